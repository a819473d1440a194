"""A call to a shared service line names one recipient, or as few as the profile says."""

from simulator.policy.rule import PASSED, Example, Finding, Rule, Sent, Submission, refusal
from simulator.profiles.profile import Profile


def _judge(submission: Submission, profile: Profile) -> Finding:
    line, most = submission.line, profile.pattern_calls.most_recipients
    if most is None or submission.recipients <= most or line is None or not line.carries_patterns_only:
        return PASSED
    return refusal("shared.one-recipient", line=line.number, recipients=str(submission.recipients), at_most=str(most))


_SHARED, _DEDICATED = "2000300030", "3000200020"
_FIRST, _SECOND, _THIRD = "09129990001", "09129990002", "09359990003"
_CODE, _ORDER = "کد ورود شما به فروشگاه نمونه: 48213", "سفارش ۴۵۸۲۱ شما ارسال شد. فروشگاه نمونه"
_ONE = {"profile": {"pattern_calls": {"most_recipients": 1}}}
_TWO = {"profile": {"pattern_calls": {"most_recipients": 2}}}

RULE = Rule(
    id="several-recipients",
    title="Several recipients in one call to a shared service line",
    rationale=(
        "A pattern is filled in for one person: a code, an order, an appointment. Who sends the same to many at once"
        " does not inform but announces, and shared lines are not for that."
    ),
    clauses=("shared.one-recipient",),
    judge=_judge,
    examples=(
        Example(
            "a code for two people",
            Sent(_SHARED, _FIRST, _CODE, also_to=(_SECOND,)),
            is_refused=True,
            world=_ONE,
        ),
        Example(
            "one more than the operator allows",
            Sent(_SHARED, _FIRST, _CODE, also_to=(_SECOND, _THIRD)),
            is_refused=True,
            world=_TWO,
        ),
        Example("a code for one", Sent(_SHARED, _FIRST, _CODE), is_refused=False, world=_ONE),
        Example(
            "the same recipient named twice in the same form",
            Sent(_SHARED, _FIRST, _CODE, also_to=(_FIRST,)),
            is_refused=False,
            world=_ONE,
        ),
        Example(
            "as many as the operator allows",
            Sent(_SHARED, _FIRST, _CODE, also_to=(_SECOND,)),
            is_refused=False,
            world=_TWO,
        ),
        Example(
            "several recipients of a dedicated line",
            Sent(_DEDICATED, _FIRST, _ORDER, also_to=(_SECOND, _THIRD)),
            is_refused=False,
            world=_ONE,
        ),
    ),
)
