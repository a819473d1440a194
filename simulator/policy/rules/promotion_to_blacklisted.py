"""A promotional line does not reach subscribers who opted out of advertising."""

from simulator.policy.rule import PASSED, Example, Finding, Rule, Sent, Submission, exemption, passed, refusal
from simulator.profiles.profile import Profile


def _judge(submission: Submission, _profile: Profile) -> Finding:
    line, operator = submission.line, submission.operator
    if line is None or operator is None:
        return PASSED
    if not submission.blacklisted:
        return passed(operator=operator, blacklisted="no")
    if line.is_service:
        return exemption("service.reaches-blacklist", line_type=line.type, blacklisted="yes")
    return refusal("blacklist.no-promotion", line_type=line.type, operator=operator, blacklisted="yes")


_LINE, _LISTED = "3000100010", "09121110001"
_SALE = "حراج پاییزهٔ فروشگاه نمونه: تا ۵۰٪ تخفیف روی همهٔ کفش‌ها لغو۱۱"
_ORDER = "سفارش ۴۵۸۲۱ شما ارسال شد. فروشگاه نمونه"

RULE = Rule(
    id="promotion-to-blacklisted",
    title="Any text from a promotional line to a subscriber on the blacklist",
    rationale=(
        "A subscriber who asked for an end of advertising gets none. Whatever a promotional line carries counts as"
        " advertising, and only a service line may reach such a subscriber, with information."
    ),
    clauses=("blacklist.no-promotion", "line.promotional-by-default", "service.reaches-blacklist"),
    judge=_judge,
    examples=(
        Example("an offer to one who opted out", Sent(_LINE, _LISTED, _SALE), is_refused=True),
        Example("information on a promotional line", Sent(_LINE, _LISTED, _ORDER), is_refused=True),
        Example("the number written in Persian digits", Sent(_LINE, "۰۹۱۲۱۱۱۰۰۰۱", _SALE), is_refused=True),
        Example("an offer to one who did not opt out", Sent(_LINE, "09129990001", _SALE), is_refused=False),
        Example("the number next to a listed one", Sent(_LINE, "09121110010", _SALE), is_refused=False),
        Example("information on a service line", Sent("3000200020", _LISTED, _ORDER), is_refused=False),
    ),
)
