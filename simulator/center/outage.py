"""A time in which the store cannot be written, because the disk is full or does not obey.

Nothing that the file does not hold may have happened. When a commit fails, the operator therefore does to itself what a
`kill -9` would do, without losing its sessions: the answers that wait are taken back, and what is decided is made anew
from the file. Until the store takes something again, nothing is accepted, nothing falls due, and what the sessions tell
of receipts is put by.
"""

from collections.abc import Callable

PAUSE = 1.0
"""Seconds of real time between two attempts to write, at least."""
_SHARE = 10
"""How many times as long as it took to make everything anew the attempts keep apart, lest that be all there is done."""


class UnwritableError(Exception):
    """The store cannot be written; nothing was altered."""


class Outage:
    """One such time."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        self.next_try = 0.0
        """When the next attempt is due, on the real clock."""
        self.is_read_back = False
        """Whether what is decided was made anew from the file; a disk that cannot be read either is waited for."""
        self._pause = PAUSE
        self._put_by: list[Callable[[], None]] = []

    def begun(self, now: float, seconds: float) -> None:
        """Everything was made anew by `now`, on the real clock, which took so long."""
        self._pause = max(PAUSE, _SHARE * seconds)
        self.wait(now)

    def wait(self, now: float) -> None:
        """The next attempt is due a pause later."""
        self.next_try = now + self._pause

    def put_by(self, call: Callable[[], None]) -> None:
        """Keeps what is to be done when the outage is over."""
        self._put_by.append(call)

    def end(self) -> None:
        """Does what was put by, in its order."""
        for call in self._put_by:
            call()
