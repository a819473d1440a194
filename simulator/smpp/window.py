"""The requests of our own that are not answered yet, and the sequence numbers they go by."""

from typing import NamedTuple

from simulator.smpp.consts import MAX_SEQUENCE_NUMBER, RESPONSE_BIT, CommandId
from simulator.smpp.pdus import Pdu
from simulator.smpp.timers import after


class Outstanding(NamedTuple):
    """A request of ours that waits: what was asked, what may answer it, and until when (None: for ever)."""

    request: Pdu
    response_id: int
    until: float | None


class Window:
    """Requests in the order in which they were sent, which is also the order in which they time out.

    Args:
        limit: how many may be unanswered at once.
        timeout: seconds that an answer may take; None for ever.
    """

    def __init__(self, limit: int, timeout: float | None) -> None:
        self._limit = limit
        self._timeout = timeout
        self._next = 1
        self._waiting: dict[int, Outstanding] = {}

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def room(self) -> int:
        """How many more requests may be sent now."""
        return max(0, self._limit - len(self._waiting))

    def number(self, in_use: int = 0) -> int:
        """The next free sequence number: 1 to 0x7FFFFFFF and round again, past those that still wait for an answer.

        Args:
            in_use: one more number that is taken, although nothing waits for it here.
        """
        number = self._next
        while number in self._waiting or number == in_use:
            number = number % MAX_SEQUENCE_NUMBER + 1
        self._next = number % MAX_SEQUENCE_NUMBER + 1
        return number

    def add(self, sequence_number: int, request: Pdu, command_id: int, now: float) -> None:
        """Note a request that is being sent."""
        self._waiting[sequence_number] = Outstanding(request, command_id | RESPONSE_BIT, after(now, self._timeout))

    def settle(self, sequence_number: int, response_id: int) -> Pdu | None:
        """The request that this response answers, which then waits no more; None if it answers nothing."""
        waiting = self._waiting.get(sequence_number)
        if waiting is None or response_id not in (waiting.response_id, CommandId.GENERIC_NACK):
            return None
        del self._waiting[sequence_number]
        return waiting.request

    def forget(self, sequence_number: int) -> None:
        """Wait no longer for the answer to a request; a later one answers nothing."""
        self._waiting.pop(sequence_number, None)

    def deadline(self) -> float | None:
        """The moment at which the oldest request has waited long enough."""
        return next((waiting.until for waiting in self._waiting.values()), None)

    def give_up(self, now: float) -> list[tuple[int, Pdu]]:
        """Drop the requests that have waited long enough; gives their sequence numbers and themselves."""
        late = []
        for number, (request, _, until) in self._waiting.items():
            if until is None or until > now:
                break
            late.append((number, request))
        for number, _ in late:
            del self._waiting[number]
        return late
