"""What is due later, in one heap: no task, timer or thread per message."""

import heapq
from collections.abc import Callable, Iterator
from itertools import count
from typing import Generic, TypeVar

Item = TypeVar("Item")
_UNNUMBERED = 1 << 62


class Schedule(Generic[Item]):
    """Items by the moment at which they fall due: of one moment the numbered ones first, then others as they came."""

    def __init__(self, on_earlier: Callable[[], None] = lambda: None) -> None:
        """`on_earlier` is called when an item falls due before all that were waiting."""
        self._heap: list[tuple[float, int, Item]] = []
        self._order = count(_UNNUMBERED)
        self._on_earlier = on_earlier

    def add(self, due: float, item: Item, number: int | None = None) -> None:
        """Puts an item on the schedule; with a number of its own it needs none of ours, of which millions take room."""
        heapq.heappush(self._heap, (due, next(self._order) if number is None else number, item))
        if self._heap[0][2] is item:
            self._on_earlier()

    def next_due(self) -> float | None:
        """When the next item falls due."""
        return self._heap[0][0] if self._heap else None

    def pop_due(self, now: float, limit: int) -> Iterator[tuple[float, Item]]:
        """Takes out up to `limit` items that are due at `now`, in order, each with its moment."""
        while self._heap and limit > 0 and self._heap[0][0] <= now:
            limit -= 1
            due, _, item = heapq.heappop(self._heap)
            yield due, item

    def __len__(self) -> int:
        return len(self._heap)
