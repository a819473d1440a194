"""A line that the operator suspended or closed, or whose term is over, sends nothing."""

from typing import Final

from simulator.lines import LineState
from simulator.policy.rule import PASSED, Finding, Rule, Submission, refusal
from simulator.profile import Profile

_CLAUSES: Final = {
    LineState.SUSPENDED: "line.active",
    LineState.CLOSED: "service.violation-closes-line",
    LineState.EXPIRED: "line.yearly-renewal",
}


def _judge(submission: Submission, _profile: Profile) -> Finding:
    line = submission.line
    if line is None or line.state is LineState.ACTIVE:
        return PASSED
    return refusal(_CLAUSES[line.state], line=line.number, state=line.state)


RULE = Rule(
    id="closed-line",
    title="A line that is suspended, closed or expired",
    rationale=(
        "A service line that carried advertising is closed; until it is reinstated it sends nothing at all."
        " So does a line that was suspended, until it may send again, and one whose term is over, until it is renewed."
    ),
    clauses=tuple(_CLAUSES.values()),
    judge=_judge,
)
