"""The operator's clock: the time in which the operator lives, which may be shifted against the real one and run faster.

Protocol timers never use it: they stay on real time, or a change of this clock would fire them.
"""

from collections.abc import Callable


class OperatorClock:
    """POSIX seconds that start at `start` when the clock is made, and run `speed` times as fast as the real clock."""

    def __init__(self, real: Callable[[], float], start: float, speed: float = 1.0) -> None:
        """`real` is any monotonic clock in seconds.

        Raises:
            ValueError: `speed` is not above zero.
        """
        if not speed > 0:
            msg = f"the clock's speed must be above zero, not {speed}"
            raise ValueError(msg)
        self._real = real
        self._origin = real()
        self.start = start
        self.speed = speed

    def now(self) -> float:
        """POSIX seconds on the operator's clock."""
        return self.start + (self._real() - self._origin) * self.speed

    def real_time_of(self, moment: float) -> float:
        """When, on the real clock, this clock will show `moment`."""
        return self._origin + (moment - self.start) / self.speed
