"""`/api/v1/reset`: the operator begins anew, with another world or clock; or some of its parts do."""

from typing import Any, Self

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, model_validator

from simulator.admin.moments import GivenMoment, Moment, tehran_moment
from simulator.admin.problems import INVALID_WORLD, Problem, ProblemError, problem
from simulator.center.operator import Operator
from simulator.center.snapshot import Snapshot, SnapshotError
from simulator.changing.reset_parts import Part, ResetError
from simulator.registry.world import WorldError
from simulator.time.clock import MAX_SPEED


class ClockStart(BaseModel):
    """Where the operator's clock begins and how fast it runs."""

    model_config = ConfigDict(extra="forbid")

    start: GivenMoment | None = Field(default=None, description="ISO 8601; Tehran's time without an offset; else now.")
    speed: float | None = Field(
        default=None,
        ge=0,
        le=MAX_SPEED,
        strict=True,
        description="Seconds of the operator in a second; 0 stops it; else 1.",
    )


class Reset(BaseModel):
    """How to begin anew; what is left out is as at the operator's start."""

    model_config = ConfigDict(extra="forbid")

    world: dict[str, Any] | None = Field(
        default=None,
        description="A world's table as in a world file: extends, profile, accounts, lines, patterns, faults, ...",
    )
    snapshot: dict[str, Any] | None = Field(
        default=None,
        description="Instead of a world: what /api/v1/snapshot answered, or `khatban snapshot save` wrote.",
    )
    clock: ClockStart = ClockStart()
    parts: list[Part] | None = Field(
        default=None,
        min_length=1,
        description="Only these begin anew, with the present world; all else stays, and no number is given"
        " twice. `registers` are all changes of registers: `lines`, `blacklist`, `subscribers`, `accounts`, `profile`.",
        examples=[["messages", "faults", "subscribers"]],
    )

    @model_validator(mode="after")
    def _go_together(self) -> Self:
        if self.world is not None and self.snapshot is not None:
            msg = "either a world or a snapshot"
            raise ValueError(msg)
        if self.parts is None:
            return self
        if self.world is not None or self.snapshot is not None:
            msg = "parts begin anew with the present world: neither a world nor a snapshot goes with them"
            raise ValueError(msg)
        if self.clock != ClockStart() and Part.CLOCK not in self.parts:
            msg = "the clock is not among the parts"
            raise ValueError(msg)
        return self


class Begun(BaseModel):
    """The operator began anew."""

    now: Moment = Field(description="The operator's time.")
    speed: float


def router(operator: Operator) -> APIRouter:
    """The reset of an operator."""
    routes = APIRouter(prefix="/api/v1/reset", tags=["reset"])

    @routes.post("")
    async def reset(wanted: Reset) -> Begun:
        """Ends every session and forgets every message, or has only `parts` begin anew; what cannot be changes nothing.

        It is a conflict (409) if what is kept does not fit without the parts: a header stop of a line, say, that was
        registered since.
        """
        try:
            if wanted.parts is not None:
                operator.reset_parts(wanted.parts, wanted.clock.start, wanted.clock.speed)
            elif wanted.snapshot is not None:
                operator.load(Snapshot.parse(wanted.snapshot), wanted.clock.start, wanted.clock.speed)
            else:
                operator.reset(wanted.world, wanted.clock.start, wanted.clock.speed)
        except ResetError as error:
            raise ProblemError(problem(409, f"{error}; nothing was changed")) from None
        except SnapshotError as error:
            raise ProblemError(_snapshot_problem(error)) from None
        except WorldError as error:
            raise ProblemError(_world_problem(error)) from None
        return Begun(now=tehran_moment(operator.clock.now()), speed=operator.clock.speed)

    return routes


def _world_problem(error: WorldError) -> Problem:
    faults = [(f"body.world.{path}" if path else "body.world", message) for path, message in error.errors]
    return problem(422, "there cannot be such a world; nothing was changed", kind=INVALID_WORLD, errors=faults)


def _snapshot_problem(error: SnapshotError) -> Problem:
    errors = [(f"body.snapshot.{path}" if path else "body.snapshot", message) for path, message in error.errors]
    return problem(422, "there cannot be such a snapshot; nothing was changed", kind=INVALID_WORLD, errors=errors)
