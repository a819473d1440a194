"""The same load from the beginning to the end."""

from typing import ClassVar, Literal

from harness.load.shape import Seconds, Shape


class Steady(Shape):
    """All of it for so many seconds."""

    summary: ClassVar[str] = "all of it, for `seconds`"

    kind: Literal["steady"]
    seconds: Seconds

    @property
    def length(self) -> float:
        """As its base."""
        return self.seconds

    def level(self, now: float) -> float:
        """As its base."""
        del now
        return 1.0
