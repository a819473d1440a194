"""The changes that nobody asks for when they come: what the operator decided earlier, for a moment that has come.

A register tells what is due in its own values; here these become changes, which are journaled as any other. One is
given at a time, because it may alter what comes of the next.
"""

from collections.abc import Iterator
from typing import NamedTuple

from simulator.changing.change import Change
from simulator.changing.changes.lines import ExpireLine, ResumeLine
from simulator.changing.changes.provisioning import (
    ExpireRequest,
    GrantService,
    RefuseRequest,
    TakeUpRequest,
    standing_against,
)
from simulator.registry.lines import Line, LineState
from simulator.registry.provisioning.request import Request, RequestState
from simulator.registry.registers import Registers


class _Due(NamedTuple):
    """Something that is due at a moment; of what is due at once, lines come first, and then the lower number."""

    at: float
    rank: int
    key: int
    what: Line | Request


def next_due(registers: Registers) -> float | None:
    """When the registers change next by themselves, on the operator's clock."""
    first = _first(registers)
    return None if first is None else first.at


def fallen_due(registers: Registers, now: float) -> list[tuple[float, Change]]:
    """What is due at `now`, each with its moment, in order; to be applied before this is asked again."""
    first = _first(registers)
    if first is None or first.at > now:
        return []
    what = first.what
    change = _of_line(what) if isinstance(what, Line) else _of_request(registers, what, first.at)
    return [(first.at, change)]


def _first(registers: Registers) -> _Due | None:
    return min(_all(registers), key=lambda due: due[:3], default=None)


def _all(registers: Registers) -> Iterator[_Due]:
    for place, line in enumerate(registers.lines.timed()):
        if (at := _line_due(line)) is not None:
            yield _Due(at, 0, place, line)
    request = registers.provisioning.next_due()
    if request is not None and request.due is not None:
        yield _Due(request.due, 1, request.id, request)


def _line_due(line: Line) -> float | None:
    """When the state of a line changes by itself."""
    if line.state is LineState.SUSPENDED:
        return None if line.suspended_until is None else line.suspended_until.timestamp()
    return line.expires_at if line.state is LineState.ACTIVE else None


def _of_line(line: Line) -> Change:
    return ResumeLine(line=line.number) if line.state is LineState.SUSPENDED else ExpireLine(line=line.number)


def _of_request(registers: Registers, request: Request, at: float) -> Change:
    if request.state is RequestState.DRAFT:
        return ExpireRequest(request=request.id)
    if request.state is RequestState.WAITING_FOR_BATCH:
        return TakeUpRequest(request=request.id)
    if reasons := standing_against(registers, request, at):
        return RefuseRequest(request=request.id, reason=reasons[0].why[:500], clause=reasons[0].clause)
    return GrantService(request=request.id)
