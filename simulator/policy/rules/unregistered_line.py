"""Messages leave only from lines that are registered to the account that sends them, or that it has a pattern on."""

from simulator.policy.rule import PASSED, Example, Finding, Rule, Sent, Submission, refusal
from simulator.profiles.profile import Profile


def _judge(submission: Submission, _profile: Profile) -> Finding:
    line = submission.line
    if line is None:
        return refusal("line.registered", source=submission.source, registered_to="nobody")
    if line.account != submission.account and not submission.shares_line:
        return refusal("line.registered", source=submission.source, registered_to="another account")
    return PASSED


_LINE, _FREE = "3000200020", "09129990001"
_ORDER = "سفارش ۴۵۸۲۱ شما ارسال شد. شرکت نمونه"
_OTHER = {"accounts": [{"system_id": "other", "password": "other"}]}
_OTHERS = {**_OTHER, "lines": [{"number": _LINE, "type": "dedicated_service", "account": "other"}]}
_SHARED = {
    **_OTHER,
    "lines": [{"number": "2000400040", "type": "shared_service", "account": "other"}],
    "patterns": [
        {"name": "parcel", "line": "2000400040", "account": "panel", "text": "کد پیگیری مرسولهٔ شما: %code%"},
    ],
}

RULE = Rule(
    id="unregistered-line",
    title="A line that is not registered to the sender",
    rationale="Every line has a known owner who answers for what it sends; an account may use only its own lines.",
    clauses=("line.registered",),
    judge=_judge,
    examples=(
        Example("a line that nobody registered", Sent("3000999999", _FREE, _ORDER), is_refused=True),
        Example("a line of another account", Sent(_LINE, _FREE, _ORDER), is_refused=True, world=_OTHERS),
        Example("a digit too many", Sent(_LINE + "0", _FREE, _ORDER), is_refused=True),
        Example("the account's own line", Sent(_LINE, _FREE, _ORDER), is_refused=False),
        Example("the same line written with its country code", Sent("98" + _LINE, _FREE, _ORDER), is_refused=False),
        Example(
            "a shared line of another account, by a pattern of one's own",
            Sent("2000400040", _FREE, "کد پیگیری مرسولهٔ شما: ۷۷۱۲"),
            is_refused=False,
            world=_SHARED,
        ),
    ),
)
