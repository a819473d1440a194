"""What waits for the binds of one account: the first of it in memory, and the rest in the store, where all of it is.

A million receipts for which nobody comes are a few numbers here.
"""

from collections import deque
from collections.abc import Collection, Iterable

from simulator.delivery.binds import Waiting, WaitingReceipt
from simulator.store import NO_BACKLOG, Backlog, Store

IN_MEMORY = 20_000
"""Receipts that are kept here, where more wait."""
BATCH = 5_000
"""Receipts that are read from the store at once."""


class AccountQueue:
    """One account's queue. Receipts are numbered as they are made, so those that are not here follow those that are."""

    def __init__(self, account: str, store: Store, backlog: Backlog = NO_BACKLOG, held: Collection[int] = ()) -> None:
        """`backlog` is what the store has for the account; sessions hold the numbers `held` of it already."""
        self._account = account
        self._store = store
        self._here: deque[Waiting] = deque()
        self._held = frozenset(held)
        self._next, self._last, waiting = backlog
        """In the store only are the receipts from the number `_next` to `_last`."""
        self._left = waiting - len(held)

    def __len__(self) -> int:
        return len(self._here) + max(0, self._left)

    def __bool__(self) -> bool:
        return bool(self._here) or self._next <= self._last

    def put(self, waiting: Waiting) -> None:
        """Puts something to the end, for the first time or once more."""
        number = waiting.record.number
        if not isinstance(waiting, WaitingReceipt) or number <= self._last:
            self._here.append(waiting)
        elif self._next <= self._last or len(self._here) >= IN_MEMORY:
            self._last = number
            self._left += 1
        else:
            self._here.append(waiting)
            self._last, self._next = number, number + 1

    def put_back(self, waiting: Iterable[Waiting]) -> None:
        """Puts what was taken, in its order, before everything else."""
        self._here.extendleft(reversed(list(waiting)))

    def take(self) -> Waiting | None:
        """Takes out the first; None if there is none, or none that is committed."""
        if not self._here and self._next <= self._last:
            self._read_on()
        return self._here.popleft() if self._here else None

    def _read_on(self) -> None:
        found = self._store.unacknowledged_receipts(self._account, self._next, self._last, BATCH)
        self._here.extend(WaitingReceipt(*each) for each in found if each[0].number not in self._held)
        self._left -= len(self._here)
        if found:
            self._next = found[-1][0].number + 1
        if len(found) < BATCH and self._store.is_written:  # some may have been deleted with their messages
            self._next, self._left = self._last + 1, 0
