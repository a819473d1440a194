"""Who is bound, and which bind takes a deliver_sm."""

from collections import deque
from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

from simulator.messages import Message, MoMessage, ReceiptRecord
from simulator.smpp.pdus import Pdu
from simulator.smpp.states import SessionState


class WaitingReceipt(NamedTuple):
    """A receipt that waits for a bind, or for a bind's answer, and the message that it reports on."""

    record: ReceiptRecord
    message: Message


class WaitingMo(NamedTuple):
    """A subscriber's message that waits likewise."""

    record: MoMessage


Waiting = WaitingReceipt | WaitingMo
"""What goes to an ESME by deliver_sm, until it is acknowledged."""


class BoundSession(Protocol):
    """What a bind needs of its SMPP session (`simulator.smpp.session.Session`)."""

    @property
    def state(self) -> SessionState: ...  # noqa: D102 - the session's own
    @property
    def interface_version(self) -> int: ...  # noqa: D102 - the session's own
    @property
    def window_room(self) -> int: ...  # noqa: D102 - the session's own
    def send_request(self, pdu: Pdu, now: float) -> int: ...  # noqa: D102 - the session's own


class Bind:
    """One bound session of an account, with the deliver_sm that it was sent and has not acknowledged."""

    def __init__(
        self,
        account: str,
        session: BoundSession,
        wake: Callable[[], None],
        drop: Callable[[], None],
        take_back: Callable[[], None] = lambda: None,
    ) -> None:
        """`wake` makes the connection send what the session holds; `drop` makes it unbind and close.

        `take_back` makes it refuse what it was about to accept, and keep what it was about to deliver.
        """
        self.account = account
        self.session = session
        self.wake = wake
        self.drop = drop
        self.take_back = take_back
        self.unacknowledged: dict[int, Waiting] = {}

    @property
    def can_receive(self) -> bool:
        """True when a deliver_sm may go to this bind (SMPP 3.4, table 2-1)."""
        return self.session.state in (SessionState.BOUND_RX, SessionState.BOUND_TRX)

    @property
    def takes_more(self) -> bool:
        """True when a deliver_sm may go to this bind now."""
        return self.can_receive and self.session.window_room > 0


class Binds:
    """All binds by account; those of one account take their receipts in turn."""

    def __init__(self) -> None:
        self._by_account: dict[str, deque[Bind]] = {}
        self.turnover = 0
        """How often a session came or went."""

    def add(self, bind: Bind) -> None:
        """A session is bound."""
        self.turnover += 1
        self._by_account.setdefault(bind.account, deque()).append(bind)

    def remove(self, bind: Bind) -> None:
        """A session has ended; removing it twice is no fault."""
        binds = self._by_account.get(bind.account)
        if binds and bind in binds:
            self.turnover += 1
            binds.remove(bind)

    def count(self, account: str) -> int:
        """How many binds the account has."""
        return len(self._by_account.get(account, ()))

    def counts(self) -> dict[str, int]:
        """How many binds each account has that has any."""
        return {account: len(binds) for account, binds in self._by_account.items() if binds}

    def receiver(self, account: str) -> Bind | None:
        """The next bind of the account that may take a deliver_sm and has room in its window."""
        binds = self._by_account.get(account, deque())
        for _ in range(len(binds)):
            bind = binds[0]
            binds.rotate(-1)
            if bind.takes_more:
                return bind
        return None

    def __iter__(self) -> Iterator[Bind]:
        return (bind for binds in self._by_account.values() for bind in binds)
