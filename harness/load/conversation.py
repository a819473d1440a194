"""What was said over one connection: each submit_sm until its response, each receipt, and what is amiss with them."""

from collections.abc import Callable
from typing import NamedTuple

from harness.load.measurement import Measurement
from harness.load.receipt_ledger import ReceiptLedger
from simulator.smpp.consts import status_name

Report = Callable[[str, float, Exception | None], None]
"""Tells Locust of something by its name, how many milliseconds it took, and what was wrong with it."""


class SubmitError(Exception):
    """A response with an error, or none; Locust counts errors by their texts."""


class Books(NamedTuple):
    """Where all conversations of a process are written down.

    `began` is when the load did, on the clock that the machines share; moments are seconds since then.
    """

    measurement: Measurement
    ledger: ReceiptLedger
    report: Report
    began: float


class _Sent(NamedTuple):
    due: float
    sent: float
    receipt: bool


class Conversation:
    """The accounts of one connection.

    Args:
        books: where they are written.
        timeout: seconds after which a response counts as lost.
    """

    def __init__(self, books: Books, timeout: float) -> None:
        self._measurement, self._ledger, self._report, self._began = books
        self._timeout = timeout
        self._waiting: dict[int, _Sent] = {}
        self._lost: set[int] = set()
        self._highest = 0
        self.answers = 0
        """How many responses came in time."""

    @property
    def outstanding(self) -> int:
        """How many submit_sm wait for a response."""
        return len(self._waiting)

    def submitted(self, sequence_number: int, due: float, now: float, *, receipt: bool) -> None:
        """A submit_sm went out; it should have at `due`."""
        self._waiting[sequence_number] = _Sent(due, now, receipt)
        self._highest = max(self._highest, sequence_number)
        self._measurement.count("submitted", now)

    def answered(self, sequence_number: int, command_status: int, message_id: str, now: float) -> None:
        """A response came."""
        request = self._waiting.pop(sequence_number, None)
        if request is None:
            self._measurement.count(self._stray(sequence_number), now)
            return
        self.answers += 1
        seconds = now - request.due
        self._measurement.answered(now, seconds, command_status)
        self._report("submit_sm", seconds * 1000, SubmitError(status_name(command_status)) if command_status else None)
        if request.receipt and not command_status:
            self._measurement.count("receipts_due", now)
            took = self._ledger.promise(message_id, self._began + request.due)
            if took is not None:
                self._receipted(now, took)

    def receipt(self, message_id: str | None, now: float) -> None:
        """A final receipt came, perhaps for a message of another connection; None if it cannot be read."""
        if message_id is None:
            self._measurement.count("unknown_receipts", now)
            return
        took = self._ledger.come(message_id, self._began + now)
        if took is not None:
            self._receipted(now, took)

    def message(self, now: float) -> None:
        """A subscriber's message came."""
        self._measurement.count("mo_messages", now)

    def expire(self, now: float) -> list[int]:
        """Gives up what has waited too long, and says which."""
        late = []
        for number, request in self._waiting.items():  # in the order in which they went
            if now - request.sent < self._timeout:
                break
            late.append(number)
        for number in late:
            del self._waiting[number]
            self._lost.add(number)
            self._measurement.count("lost_responses", now)
            self._report("submit_sm", self._timeout * 1000, SubmitError(f"no response within {self._timeout:g} s"))
        return late

    def end(self, now: float) -> None:
        """The connection is no more; nothing will come of what is outstanding."""
        if self._waiting:
            self._measurement.count("cut_off", now, len(self._waiting))
            self._waiting.clear()

    def _receipted(self, now: float, seconds: float) -> None:
        self._measurement.receipted(now, seconds)
        self._report("receipt", seconds * 1000, None)

    def _stray(self, sequence_number: int) -> str:
        """What a response is that answers nothing that waits."""
        if sequence_number in self._lost:
            self._lost.discard(sequence_number)
            return "late_responses"
        return "duplicate_responses" if 0 < sequence_number <= self._highest else "unasked_responses"
