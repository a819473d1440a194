"""More and more, to find where it breaks."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from harness.load.shape import Seconds, Shape, Share


class Ramp(Shape):
    """From a share to all of it within so many seconds; then it stays."""

    summary: ClassVar[str] = "from `start` (0.1) to all of it within `seconds`, then all of it for `hold` (0) seconds"

    kind: Literal["ramp"]
    seconds: Seconds
    start: Share = 0.1
    hold: Annotated[float, Field(ge=0, le=86_400)] = 0.0

    @property
    def length(self) -> float:
        """As its base."""
        return self.seconds + self.hold

    def level(self, now: float) -> float:
        """As its base."""
        return min(1.0, self.start + (1.0 - self.start) * now / self.seconds)
