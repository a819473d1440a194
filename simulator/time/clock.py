"""The operator's clock: the time in which the operator lives: shifted against the real one, faster, or standing still.

Protocol timers never use it: they stay on real time, or a change of this clock would fire them.
"""

import math
from collections.abc import Callable
from typing import Final, NamedTuple

MAX_SPEED: Final = 1_000_000.0
FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2199
"""What a clock may be set to."""


class ClockStart(NamedTuple):
    """Where a clock begins, and how fast it runs."""

    at: float | None = None
    """POSIX seconds; the time of day if None."""
    speed: float = 1.0


class OperatorClock:
    """POSIX seconds that start at `start` when the clock is made, and run `speed` times as fast as the real clock."""

    def __init__(self, real: Callable[[], float], start: float, speed: float = 1.0) -> None:
        """`real` is any monotonic clock in seconds; a `speed` of zero stands still.

        Raises:
            ValueError: `speed` is below zero.
        """
        self._real = real
        self._set(start, speed)

    def _set(self, start: float, speed: float) -> None:
        if not speed >= 0:
            msg = f"the clock's speed cannot be below zero: {speed}"
            raise ValueError(msg)
        self._start = start
        self._origin = self._real()
        self.speed = speed

    def now(self) -> float:
        """POSIX seconds on the operator's clock."""
        return self._start + (self._real() - self._origin) * self.speed

    def run(self, speed: float) -> None:
        """Goes on from now at another speed.

        Raises:
            ValueError: `speed` is below zero.
        """
        self._set(self.now(), speed)

    def jump(self, to: float) -> None:
        """Shows a later moment from now on.

        Raises:
            ValueError: The moment is past; time does not run backwards.
        """
        if to < self.now():
            msg = "the clock jumps forward only"
            raise ValueError(msg)
        self._set(to, self.speed)

    def real_time_of(self, moment: float) -> float:
        """When, on the real clock, this clock will show `moment`; infinity if it stands still before."""
        if self.speed:
            return self._origin + (moment - self._start) / self.speed
        return self._origin if moment <= self._start else math.inf
