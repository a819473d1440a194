"""Who has stopped a header by 11 gets nothing from it."""

from simulator.policy.rule import PASSED, Example, Finding, Rule, Sent, Submission, refusal
from simulator.profiles.profile import Profile


def _judge(submission: Submission, _profile: Profile) -> Finding:
    line = submission.line
    if line is None or not submission.header_stopped:
        return PASSED
    return refusal("optout.header", header=line.number, line_type=line.type, stopped="yes")


_STOPPED, _OTHER, _SUBSCRIBER = "3000200020", "3000100010", "09129990001"
_ORDER = "سفارش ۴۵۸۲۱ شما به پست سپرده شد. شرکت نمونه لغو۱۱"
_WORLD = {"stopped_headers": [{"line": _STOPPED, "number": _SUBSCRIBER}]}

RULE = Rule(
    id="stopped-header",
    title="Any text from a line to a subscriber who stopped it by 11",
    rationale=(
        "The blacklist is about advertising; a subscriber who has enough of one sender stops that header alone, also"
        " when it carries nothing but information, and comes back to it by 12."
    ),
    clauses=("optout.header",),
    judge=_judge,
    examples=(
        Example(
            "information from the stopped line", Sent(_STOPPED, _SUBSCRIBER, _ORDER), is_refused=True, world=_WORLD
        ),
        Example("the same to somebody else", Sent(_STOPPED, "09129990002", _ORDER), is_refused=False, world=_WORLD),
        Example("the same from another line", Sent(_OTHER, _SUBSCRIBER, _ORDER), is_refused=False, world=_WORLD),
    ),
)
