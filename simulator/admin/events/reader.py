"""One who listens to events: what waits to be sent to him, and how much he missed."""

from collections import deque
from collections.abc import Collection, Iterable
from typing import Final

import trio

from simulator.admin.events.event import Event, frame_of

MAX_WAITING: Final = 100
"""Events that may wait for a reader. With more he is too slow: he misses them all, and goes on with the newest."""

SKIPPED: Final = "skipped"
"""The name of the event that tells a reader that he missed some."""


class Reader:
    """The events of some names, in their order."""

    def __init__(self, names: Collection[str], missed: int | None = 0) -> None:
        """`missed` events were gone before the reader came; None if nobody knows what there was."""
        self._names = names
        self._missed = missed
        self._waiting: deque[Event] = deque()
        self._arrived = trio.Event()

    def put(self, events: Iterable[Event]) -> None:
        """Has those events sent to the reader that he asked for."""
        for event in events:
            if event.name in self._names:
                if len(self._waiting) == MAX_WAITING:
                    self._missed = None if self._missed is None else self._missed + MAX_WAITING
                    self._waiting.clear()
                self._waiting.append(event)
                self._arrived.set()

    def miss(self) -> None:
        """Has the reader told that nobody knows what he missed."""
        self._missed = None
        self._arrived.set()

    async def next(self) -> bytes:
        """The next event's octets, as soon as there is one."""
        while self._missed == 0 and not self._waiting:
            self._arrived = trio.Event()
            await self._arrived.wait()
        if self._missed != 0:
            missed, self._missed = self._missed, 0
            return frame_of(SKIPPED, {"events": missed})
        return self._waiting.popleft().frame
