"""When a bind submits: at a rate, with every moment at which a message was due, or whenever its window has room.

A message that could not go when it was due, because the window was full, is measured from when it was due: a stall of
the operator is then seen by all the messages that it kept back, not by the few that were on their way.
"""

from collections import deque
from collections.abc import Callable

LONGEST_BACKLOG = 100_000
"""So many messages of a bind are remembered as due; of more, the number only."""


class ClosedLoop:
    """As many as there is room for, at once."""

    unsent = 0

    def take(self, now: float, room: int) -> list[float]:
        """The moments at which the messages that are to be submitted now were due."""
        return [now] * room

    def wait(self, now: float, room: int) -> float | None:
        """Seconds until the next is due; None: not before there is room."""
        del now
        return 0.0 if room else None


class OpenLoop:
    """At a rate, whatever the operator answers.

    Args:
        rate: messages a second at a moment.
        now: when it begins.
        phase: which share of a message is due already; so that many binds of one rate do not all go at once.
    """

    def __init__(self, rate: Callable[[float], float], now: float, phase: float) -> None:
        self._rate = rate
        self._credit = phase
        self._looked = now
        self._due: deque[float] = deque()
        self._forgotten = 0

    @property
    def unsent(self) -> int:
        """How many are due that were not taken."""
        return len(self._due) + self._forgotten

    def take(self, now: float, room: int) -> list[float]:
        """The moments at which the messages that are to be submitted now were due."""
        self._look(now)
        due = self._due
        return [due.popleft() for _ in range(min(room, len(due)))]

    def wait(self, now: float, room: int) -> float | None:
        """Seconds until the next is due; None: nothing is due, or not before there is room."""
        if not room:
            return None
        if self._due:
            return 0.0
        rate = self._rate(now)
        return (1.0 - self._credit) / rate if rate else None

    def _look(self, now: float) -> None:
        rate, since = self._rate(now), self._looked
        self._looked = now
        before, self._credit = self._credit, self._credit + (now - since) * rate
        whole = int(self._credit)
        self._credit -= whole
        kept = min(whole, LONGEST_BACKLOG - len(self._due))
        self._forgotten += whole - kept
        self._due.extend(since + (number - before) / rate for number in range(1, kept + 1))


Pace = ClosedLoop | OpenLoop
