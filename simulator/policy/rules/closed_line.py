"""A line that the operator suspended or closed, or whose term is over, sends nothing."""

from collections.abc import Mapping
from typing import Any, Final

from simulator.policy.rule import PASSED, Example, Finding, Rule, Sent, Submission, refusal
from simulator.profiles.profile import Profile
from simulator.registry.lines import LineState

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


_LINE, _FREE = "3000200020", "09129990001"
_ORDER = "سفارش ۴۵۸۲۱ شما ارسال شد. شرکت نمونه"


def _in(state: str) -> Mapping[str, Any]:
    return {"lines": [{"number": _LINE, "type": "dedicated_service", "account": "panel", "state": state}]}


RULE = Rule(
    id="closed-line",
    title="A line that is suspended, closed or expired",
    rationale=(
        "A service line that carried advertising is closed; until it is reinstated it sends nothing at all."
        " So does a line that was suspended, until it may send again, and one whose term is over, until it is renewed."
    ),
    clauses=tuple(_CLAUSES.values()),
    judge=_judge,
    examples=(
        Example(
            "a closed line, with the most harmless text",
            Sent(_LINE, _FREE, _ORDER),
            is_refused=True,
            world=_in("closed"),
        ),
        Example("a suspended line", Sent(_LINE, _FREE, _ORDER), is_refused=True, world=_in("suspended")),
        Example("a line in use", Sent(_LINE, _FREE, _ORDER), is_refused=False, world=_in("active")),
        Example(
            "another line of the one whose line was closed",
            Sent("9999123456", _FREE, _ORDER),
            is_refused=False,
            world=_in("closed"),
        ),
    ),
)
