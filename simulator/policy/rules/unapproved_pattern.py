"""A shared service line carries only texts that fit a pattern approved for it."""

from simulator.policy.rule import PASSED, Finding, Rule, Submission, passed, refusal
from simulator.profile import Profile


def _judge(submission: Submission, _profile: Profile) -> Finding:
    line = submission.line
    if line is None or not line.carries_patterns_only:
        return PASSED
    if submission.pattern is None:
        return refusal("shared.approved-pattern", line=line.number, **dict(submission.pattern_facts))
    return passed(line=line.number, **dict(submission.pattern_facts))


RULE = Rule(
    id="unapproved-pattern",
    title="A text on a shared service line that fits no approved pattern",
    rationale="Nobody who uses a shared line answers for it alone, so its texts are approved before they are sent.",
    clauses=("shared.approved-pattern",),
    judge=_judge,
)
