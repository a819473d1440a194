"""A staircase: each step long enough to be looked at by itself."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from harness.load.shape import Seconds, Shape


class Steps(Shape):
    """Equal steps up to all of it."""

    summary: ClassVar[str] = "up to all of it in so many equal `steps`, each of `step_seconds`"

    kind: Literal["steps"]
    steps: Annotated[int, Field(ge=2, le=1000)]
    step_seconds: Seconds

    @property
    def length(self) -> float:
        """As its base."""
        return self.steps * self.step_seconds

    def level(self, now: float) -> float:
        """As its base."""
        return min(self.steps, int(now / self.step_seconds) + 1) / self.steps
