"""Everybody binds at once, as after an outage; and again."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from harness.load.shape import Seconds, Shape


class BindStorm(Shape):
    """Waves: all bind at once, stay, and all unbind at once."""

    summary: ClassVar[str] = (
        "`waves` in which all bind at once, submit for `bound_seconds`, unbind, and stay away for `pause_seconds` (1)"
    )
    moves_binds: ClassVar[bool] = True

    kind: Literal["bind_storm"]
    waves: Annotated[int, Field(ge=1, le=10_000)]
    bound_seconds: Seconds
    pause_seconds: Seconds = 1.0

    @property
    def length(self) -> float:
        """As its base; the last wave has no pause."""
        return self.waves * (self.bound_seconds + self.pause_seconds) - self.pause_seconds

    def level(self, now: float) -> float:
        """As its base."""
        return 1.0 if now % (self.bound_seconds + self.pause_seconds) < self.bound_seconds else 0.0
