"""One process's part in a load test: the time, what there is to be at each moment, the books, and when it is over."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from harness.load.conversation import Books, Conversation, Report
from harness.load.link import Address
from harness.load.measurement import Measurement
from harness.load.order import Order
from harness.load.pace import ClosedLoop, OpenLoop, Pace
from harness.load.plan import Plan
from harness.load.receipt_ledger import ReceiptLedger
from harness.load.traffic import Mix

PATIENCE_INTERRUPTED = 3.0
"""Seconds for which an interrupted load waits for responses and receipts."""


def wall() -> float:
    """Seconds on the clock that machines share."""
    return datetime.now(UTC).timestamp()


class LoadRun:
    """The state of a process; times are seconds since the load began.

    Args:
        plan: the plan.
        order: what this process is told.
        clock: seconds on a clock that only goes forward.
    """

    def __init__(self, plan: Plan, order: Order, clock: Callable[[], float] = time.perf_counter) -> None:
        self.plan, self.order = plan, order
        self.address = Address.of(order.smpp)
        self.measurement = Measurement()
        self.ledger = ReceiptLedger()
        self.mix = Mix(plan.traffic, plan.seed)
        self.interrupted = False
        self.bound = 0
        self.max_bound = 0
        self.conversations: set[Conversation] = set()
        self._clock = clock
        self._began = clock()
        self.began_at = wall()
        self._ended: float | None = None
        self._has_begun = False

    def begin(self) -> None:
        """The load begins now, with new books; on Locust's page one may begin after another."""
        self.measurement, self.ledger = Measurement(), ReceiptLedger()
        if self._has_begun:
            self.interrupted, self._ended = False, None
        elif self.interrupted:
            self._ended = 0.0
        self._has_begun = True
        self.max_bound = self.bound
        self._began, self.began_at = self._clock(), wall()

    def now(self) -> float:
        """Seconds since the load began."""
        return self._clock() - self._began

    @property
    def load_s(self) -> float:
        """How long messages are submitted: as the shape says, or until it was interrupted."""
        return self.plan.shape.length if self._ended is None else self._ended

    def is_loading(self, now: float) -> bool:
        """Whether messages are submitted."""
        return now < self.load_s

    def interrupt(self) -> None:
        """Submits nothing any more, and waits for what is to come but a little."""
        self.interrupted = True
        if self.is_loading(now := self.now()):
            self._ended = now

    def is_over(self, now: float, outstanding: int) -> bool:
        """Whether nothing more is to be waited for; `outstanding` responses are, in all processes."""
        if self.is_loading(now):
            return False
        waited = now - self.load_s
        patience = min(self.plan.patience, PATIENCE_INTERRUPTED) if self.interrupted else self.plan.patience
        return waited >= patience or not (outstanding or self.ledger.due)

    @property
    def outstanding(self) -> int:
        """Responses that this process waits for."""
        return sum(conversation.outstanding for conversation in self.conversations)

    def conversation(self, report: Report) -> Conversation:
        """The accounts of a new connection."""
        books = Books(self.measurement, self.ledger, report, self.began_at)
        return Conversation(books, self.plan.binds.response_timeout)

    def pace(self, phase: float) -> Pace:
        """When a bind submits, from now on."""
        if self.plan.rate is None:
            return ClosedLoop()
        return OpenLoop(self._bind_rate, self.now(), phase)

    def _bind_rate(self, now: float) -> float:
        return (self.plan.bind_rate_at(now) or 0.0) if self.is_loading(now) else 0.0

    def bind_came(self, conversation: Conversation, seconds: float) -> None:
        """A session was bound, so many seconds after it began to connect."""
        self.conversations.add(conversation)
        self.bound += 1
        self.max_bound = max(self.max_bound, self.bound)
        self.measurement.bound(self.now(), seconds)

    def bind_went(self, conversation: Conversation) -> None:
        """It is no more."""
        now = self.now()
        conversation.end(now)
        self.conversations.discard(conversation)
        self.bound -= 1
