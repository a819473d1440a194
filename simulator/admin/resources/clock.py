"""`/api/v1/clock`: the operator's time: read, jumped forward, run faster, or stopped."""

import contextlib
import datetime
from typing import Annotated

import trio
from fastapi import APIRouter, Body
from pydantic import BaseModel, ConfigDict, Field

from simulator.admin.moments import GivenMoment, Moment, tehran_moment
from simulator.admin.problems import INVALID_REQUEST, ProblemError, problem
from simulator.center.operator import Operator
from simulator.numbers.numbering import TEHRAN
from simulator.time.clock import LAST_YEAR, MAX_SPEED

MAX_JUMP = 20 * 366 * 86_400.0
"""Twenty years, in seconds."""
_END = datetime.datetime(LAST_YEAR + 1, 1, 1, tzinfo=TEHRAN).timestamp()
"""Beyond it no moment can be told."""


class Clock(BaseModel):
    """The operator's clock."""

    now: Moment
    speed: float = Field(description="Seconds of the operator in a second; 0 while it stands still.")

    @classmethod
    def of(cls, operator: Operator) -> "Clock":
        """The clock as it is."""
        return cls(now=tehran_moment(operator.clock.now()), speed=operator.clock.speed)


class Jump(BaseModel):
    """How far to jump: to a moment, or by so many seconds."""

    model_config = ConfigDict(extra="forbid")

    to: GivenMoment | None = Field(default=None, description="ISO 8601; Tehran's time without an offset.")
    by: float | None = Field(default=None, gt=0, le=MAX_JUMP, strict=True)


def router(operator: Operator) -> APIRouter:
    """The clock of an operator."""
    routes = APIRouter(prefix="/api/v1/clock", tags=["clock"])

    @routes.get("")
    async def read_clock() -> Clock:
        """What time it is at the operator."""
        return Clock.of(operator)

    @routes.put("/speed")
    async def set_speed(speed: Annotated[float, Body(ge=0, le=MAX_SPEED, embed=True, strict=True)]) -> Clock:
        """Has the clock run so many times as fast as the real one; 0 stops it."""
        operator.set_speed(speed)
        return Clock.of(operator)

    @routes.post("/jump")
    async def jump(wanted: Jump) -> Clock:
        """Jumps forward; answers when all that fell due by then was done, in order. Sessions' timers do not move."""
        target = _target(operator, wanted)
        with contextlib.suppress(ValueError):  # the moment has come by itself since we looked
            operator.jump(target)
        while operator.is_behind:
            operator.advance()
            operator.commit()
            await trio.lowlevel.checkpoint()
        return Clock.of(operator)

    return routes


def _target(operator: Operator, wanted: Jump) -> float:
    now = operator.clock.now()
    if (wanted.to is None) == (wanted.by is None):
        raise _fault("body", "say either `to` or `by`")
    target = now + wanted.by if wanted.by is not None else wanted.to.timestamp() if wanted.to else now
    if target < now:
        shown = tehran_moment(now).isoformat(timespec="seconds")
        raise _fault("body.to", f"it is {shown} already; the clock jumps forward only")
    if target > now + MAX_JUMP:
        raise _fault("body.to", "more than twenty years away")
    if target >= _END:
        raise _fault("body.by", f"later than the year {LAST_YEAR}")
    return target


def _fault(where: str, what: str) -> ProblemError:
    return ProblemError(problem(422, "the clock cannot jump so", kind=INVALID_REQUEST, errors=[(where, what)]))
