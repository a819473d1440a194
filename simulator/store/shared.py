"""What is stored once and shared by the messages that have it, as far as memory reaches: verdicts, letters."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value", bound=Hashable)


class Shared(Generic[Value]):
    """The ids of values that were stored; what is forgotten here is stored a second time."""

    def __init__(self, limit: int, highest: int) -> None:
        """`limit` is how many are remembered, `highest` the highest id so far."""
        self._limit = limit
        self._ids: dict[Value, int] = {}
        self._last: Value | None = None
        self._last_id = 0
        self._next = highest + 1

    def find(self, value: Value) -> int | None:
        """The id of a value that was stored before, if it is known."""
        if value is self._last:  # a campaign's messages share one object, whose hash may take longer than all else
            return self._last_id
        known = self._ids.get(value)
        if known is not None:
            self._last, self._last_id = value, known
        return known

    def add(self, value: Value) -> int:
        """A new id for a value, which is to be stored under it."""
        if len(self._ids) >= self._limit:
            self._ids.clear()
        number = self._ids[value] = self.reserve()
        return number

    def reserve(self) -> int:
        """A new id for something that nobody will ask for by its value."""
        number, self._next = self._next, self._next + 1
        return number

    def keep(self, keeps: Callable[[int], bool]) -> None:
        """Forgets the values whose ids do not stay."""
        self._ids = {value: number for value, number in self._ids.items() if keeps(number)}
        self._last = None

    def forget(self, highest: int) -> None:
        """Forgets all; `highest` is the highest id that is stored."""
        self._ids.clear()
        self._last = None
        self._next = highest + 1
