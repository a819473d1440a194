"""Which receipts are due, and which came: an operator gives a receipt to any bind of the account.

Ids of responses and of receipts may come in either order, and at different workers: what a worker does not match it
hands over to the master (`take`, `merge`), where the other half has come or will come.
"""

from collections import deque
from typing import Any

REMEMBERED = 200_000
"""So many receipts back one that comes again is known as such; later it is one that nobody knows."""


class ReceiptLedger:
    """Ids of messages, from the response or from the receipt, until both are there. Times are seconds on one clock.

    Attributes:
        duplicates: receipts that came again.
    """

    def __init__(self, remembered: int = REMEMBERED) -> None:
        self.duplicates = 0
        self._due: dict[str, float] = {}
        self._early: dict[str, float] = {}
        self._done: set[str] = set()
        self._order: deque[str] = deque()
        self._remembered = remembered

    @property
    def due(self) -> int:
        """How many receipts are still to come."""
        return len(self._due)

    @property
    def unknown(self) -> int:
        """How many came with an id that no response has named so far."""
        return len(self._early)

    def promise(self, message_id: str, sent: float) -> float | None:
        """A response promises a receipt; gives the seconds that it took, if it has come before."""
        came = self._early.pop(message_id, None)
        if came is None:
            self._due[message_id] = sent
            return None
        self._remember(message_id)
        return max(0.0, came - sent)

    def come(self, message_id: str, at: float) -> float | None:
        """A receipt came; gives the seconds since its message was sent, if a response has named it."""
        sent = self._due.pop(message_id, None)
        if sent is not None:
            self._remember(message_id)
            return max(0.0, at - sent)
        if message_id in self._done or message_id in self._early:
            self.duplicates += 1
        else:
            self._early[message_id] = at
        return None

    def take(self) -> dict[str, Any]:
        """Whatever is not matched, to be handed over; it is forgotten here."""
        taken = {"due": list(self._due.items()), "early": list(self._early.items()), "duplicates": self.duplicates}
        self._due, self._early, self.duplicates = {}, {}, 0
        return taken

    def merge(self, taken: dict[str, Any]) -> list[tuple[float, float]]:
        """Takes over what a worker could not match; gives when each receipt that matches now came, and its seconds."""
        self.duplicates += taken["duplicates"]
        matched = []
        for message_id, sent in taken["due"]:
            if (seconds := self.promise(message_id, sent)) is not None:
                matched.append((sent + seconds, seconds))
        for message_id, at in taken["early"]:
            if (seconds := self.come(message_id, at)) is not None:
                matched.append((at, seconds))
        return matched

    def _remember(self, message_id: str) -> None:
        self._done.add(message_id)
        self._order.append(message_id)
        if len(self._order) > self._remembered:
            self._done.discard(self._order.popleft())
