"""Which clock an operator lives by: that of a former process, one that somebody asks for, or the real one."""

import datetime
from collections.abc import Callable
from typing import Final

from simulator.messages import ClockSetting
from simulator.numbers.numbering import in_tehran
from simulator.store import Store
from simulator.time.clock import ClockStart, OperatorClock

AS_THE_REAL_ONE: Final = ClockStart()


class Clocks:
    """Makes the clocks of one operator."""

    def __init__(self, start: ClockStart, *, real: Callable[[], float], wall: Callable[[], float]) -> None:
        """`real` is the monotonic clock of protocol timers; `wall` the time of day."""
        self._start = start
        self.real = real
        self.wall = wall

    @property
    def is_as_the_real_one(self) -> bool:
        """Whether a clock of which nothing is asked shows the time of day."""
        return self._start == AS_THE_REAL_ONE

    def new(
        self, start: datetime.datetime | None = None, speed: float | None = None, not_before: float = 0.0
    ) -> OperatorClock:
        """A clock that begins at `start` (without zone: Tehran's) or as the operator's does, no earlier than that.

        Raises:
            ValueError: `speed` is below zero.
        """
        begins = self.wall() if self._start.at is None else self._start.at
        begins = max(begins, not_before) if start is None else in_tehran(start).timestamp()
        return OperatorClock(self.real, begins, self._start.speed if speed is None else speed)

    def as_left(self, store: Store, not_before: float) -> OperatorClock:
        """The clock of a former process on the same store goes on as if it had never ended."""
        setting, wall = store.clock(), self.wall()
        if setting is not None:
            return OperatorClock(self.real, setting.shown + (wall - setting.wall) * setting.speed, setting.speed)
        if store.highest_message():
            return OperatorClock(self.real, max(wall, not_before))
        return self.new(not_before=not_before)

    def setting(self, clock: OperatorClock) -> ClockSetting:
        """How a clock stands, for a process to come."""
        return ClockSetting(self.wall(), clock.now(), clock.speed)
