"""What the shape of a load is: how much of the plan's binds or rate there is at each moment, and when binds break.

A shape is a function of the time alone, so that every worker knows it without being told.
"""

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field

Seconds = Annotated[float, Field(gt=0, le=30 * 86_400)]
Share = Annotated[float, Field(ge=0, le=1)]


class Of(StrEnum):
    """What a shape moves; the other of the two stays as the plan says."""

    RATE = "rate"
    BINDS = "binds"


class Ending(StrEnum):
    """How a storm ends connections."""

    CUT = "cut"
    """Without a word, with whatever is outstanding."""
    UNBIND = "unbind"
    """In order: all that is outstanding is answered first."""


class Shape(BaseModel):
    """The shape of a load; a class of its own for each kind (`harness.load.shapes`).

    Attributes:
        of: what it moves; left out, the rate where the plan has one, else the binds. Storms move binds.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    summary: ClassVar[str]
    """One sentence for whoever writes a plan."""
    moves_binds: ClassVar[bool] = False
    """Whether it makes sense of binds only."""

    of: Of | None = None

    @property
    def length(self) -> float:
        """How long messages are submitted, in seconds."""
        raise NotImplementedError

    def level(self, now: float) -> float:
        """How much there is of what it moves, 0 to 1, so many seconds after the load began."""
        raise NotImplementedError

    def storms(self, now: float) -> int:
        """How many storms have broken by then."""
        del now
        return 0

    @property
    def storm_share(self) -> float:
        """Which share of the binds a storm breaks."""
        return 0.0

    @property
    def ending(self) -> Ending:
        """How a storm breaks them."""
        return Ending.CUT
