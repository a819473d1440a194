"""For hours, swinging as the traffic of a day does: what leaks, grows or drifts?"""

import math
from typing import ClassVar, Literal

from harness.load.shape import Seconds, Shape, Share


class Soak(Shape):
    """A long load that swings between a share and all of it."""

    summary: ClassVar[str] = "for `seconds`, swinging between a share `low` (0.5) and all of it once in `wave_seconds`"

    kind: Literal["soak"]
    seconds: Seconds
    wave_seconds: Seconds = 600.0
    low: Share = 0.5

    @property
    def length(self) -> float:
        """As its base."""
        return self.seconds

    def level(self, now: float) -> float:
        """As its base."""
        swing = (1.0 - math.cos(2 * math.pi * now / self.wave_seconds)) / 2
        return self.low + (1.0 - self.low) * swing
