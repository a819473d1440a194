"""A shared service line carries only texts that fit a pattern approved for it."""

from simulator.messages import Outcome
from simulator.policy.rule import PASSED, Example, Finding, Rule, Sent, Submission, refusal
from simulator.profiles.profile import Profile


def _judge(submission: Submission, _profile: Profile) -> Finding:
    line = submission.line
    if line is None or not line.carries_patterns_only:
        return PASSED
    if submission.pattern is None:
        return refusal("shared.approved-pattern", line=line.number, **dict(submission.pattern_facts))
    return Finding(Outcome.PASSED, None, (("line", line.number), *submission.pattern_facts))


_LINE, _FREE, _LISTED = "2000300030", "09129990001", "09121110001"
_TEXT = "کد ورود شما به فروشگاه نمونه: "
_NIGHT = "2026-11-22T23:30"

RULE = Rule(
    id="unapproved-pattern",
    title="A text on a shared service line that fits no approved pattern",
    rationale="Nobody who uses a shared line answers for it alone, so its texts are approved before they are sent.",
    clauses=("shared.approved-pattern",),
    judge=_judge,
    examples=(
        Example("a text that nobody approved", Sent(_LINE, _FREE, "سفارش شما ثبت شد. فروشگاه نمونه"), is_refused=True),
        Example("an approved text with a word more", Sent(_LINE, _FREE, f"سلام، {_TEXT}48213"), is_refused=True),
        Example("a link in the place of a variable", Sent(_LINE, _FREE, f"{_TEXT}nemoone.ir"), is_refused=True),
        Example("the approved text", Sent(_LINE, _FREE, f"{_TEXT}48213"), is_refused=False),
        Example(
            "the same, to the blacklist and by night", Sent(_LINE, _LISTED, f"{_TEXT}48213", _NIGHT), is_refused=False
        ),
        Example(
            "the same in Arabic letters and Persian digits",
            Sent(_LINE, _FREE, "كد ورود شما به فروشگاه نمونه: ۴۸۲۱۳"),
            is_refused=False,
        ),
    ),
)
