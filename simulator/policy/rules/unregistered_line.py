"""Messages leave only from lines that are registered to the account that sends them, or that it has a pattern on."""

from simulator.policy.rule import PASSED, Finding, Rule, Submission, refusal
from simulator.profile import Profile


def _judge(submission: Submission, _profile: Profile) -> Finding:
    line = submission.line
    if line is None:
        return refusal("line.registered", source=submission.source, registered_to="nobody")
    if line.account != submission.account and not submission.shares_line:
        return refusal("line.registered", source=submission.source, registered_to="another account")
    return PASSED


RULE = Rule(
    id="unregistered-line",
    title="A line that is not registered to the sender",
    rationale="Every line has a known owner who answers for what it sends; an account may use only its own lines.",
    clauses=("line.registered",),
    judge=_judge,
)
