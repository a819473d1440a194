"""An operator does not take messages of every line."""

from simulator.policy.rule import PASSED, Example, Finding, Rule, Sent, Submission, refusal
from simulator.profiles.profile import Profile


def _judge(submission: Submission, profile: Profile) -> Finding:
    line, operator = submission.line, submission.operator
    if not profile.blocked_routes or line is None or operator is None:
        return PASSED
    for prefix in profile.blocked_routes.get(operator, ()):
        if line.number.startswith(prefix):
            return refusal("route.blocked-prefix", line=line.number, prefix=prefix, operator=operator)
    return PASSED


_MCI, _IRANCELL = "09129990001", "09359990001"
_ADVERT = "مبلمان راحتی نهال، مدل‌های تازه رسید. خیابان بهار، پلاک ۱۲ لغو۱۱"
_ORDER = "سفارش ۴۵۸۲۱ شما ارسال شد. فروشگاه نمونه"
_BLOCKED = {"profile": {"blocked_routes": {"irancell": ["3000"]}}}

RULE = Rule(
    id="blocked-route",
    title="A line of a prefix that the recipient's operator does not take",
    rationale="Aggregators and operators settle accounts with each other; where they do not, nothing goes through.",
    clauses=("route.blocked-prefix",),
    judge=_judge,
    examples=(
        Example("a blocked prefix", Sent("3000100010", _IRANCELL, _ADVERT), is_refused=True, world=_BLOCKED),
        Example("a service line of it", Sent("3000200020", _IRANCELL, _ORDER), is_refused=True, world=_BLOCKED),
        Example(
            "the same line to another operator", Sent("3000100010", _MCI, _ADVERT), is_refused=False, world=_BLOCKED
        ),
        Example(
            "another prefix to the same operator",
            Sent("9999123456", _IRANCELL, _ORDER),
            is_refused=False,
            world=_BLOCKED,
        ),
    ),
)
