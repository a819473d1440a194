"""Recipients are Iranian mobile numbers."""

from simulator.policy.rule import PASSED, Example, Finding, Rule, Sent, Submission, refusal
from simulator.profiles.profile import Profile


def _judge(submission: Submission, _profile: Profile) -> Finding:
    if submission.recipient is None:
        return refusal("number.valid-mobile", destination=submission.destination)
    return PASSED


_LINE = "3000200020"
_ORDER = "سفارش ۴۵۸۲۱ شما ارسال شد. شرکت نمونه"

RULE = Rule(
    id="invalid-recipient",
    title="A recipient that is not an Iranian mobile number",
    rationale="The operator delivers to mobile numbers of the national plan; fixed and foreign numbers are none.",
    clauses=("number.valid-mobile",),
    judge=_judge,
    examples=(
        Example("a fixed line", Sent(_LINE, "982188776655", _ORDER), is_refused=True),
        Example("a mobile number of another country", Sent(_LINE, "905321234567", _ORDER), is_refused=True),
        Example("a digit too few", Sent(_LINE, "0912999000", _ORDER), is_refused=True),
        Example("a prefix that no operator has", Sent(_LINE, "09509990001", _ORDER), is_refused=True),
        Example("a mobile number as subscribers write it", Sent(_LINE, "09129990001", _ORDER), is_refused=False),
        Example("the same in Persian digits", Sent(_LINE, "۰۹۱۲۹۹۹۰۰۰۱", _ORDER), is_refused=False),
        Example("the same with country code and blanks", Sent(_LINE, "+98 912 999 0001", _ORDER), is_refused=False),
    ),
)
