"""A line that the operator suspended or closed sends nothing."""

from simulator.lines import LineState
from simulator.policy.rule import PASSED, Finding, Rule, Submission, refusal
from simulator.profile import Profile


def _judge(submission: Submission, _profile: Profile) -> Finding:
    line = submission.line
    if line is None or line.state is LineState.ACTIVE:
        return PASSED
    clause = "service.violation-closes-line" if line.state is LineState.CLOSED else "line.active"
    return refusal(clause, line=line.number, state=line.state)


RULE = Rule(
    id="closed-line",
    title="A line that is suspended or closed",
    rationale="A service line that carried advertising is closed; until it is reinstated it sends nothing at all.",
    clauses=("line.active", "service.violation-closes-line"),
    judge=_judge,
)
