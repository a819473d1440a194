"""Who is bound, how much goes over each bind, and which one takes a deliver_sm."""

from collections import deque
from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

from simulator.messages import MoMessage, ReceiptRecord, Reported
from simulator.registry.accounts import BindType
from simulator.smpp.pdus import Pdu
from simulator.smpp.states import SessionState


class WaitingReceipt(NamedTuple):
    """A receipt that waits for a bind, or for a bind's answer, and the message that it reports on."""

    record: ReceiptRecord
    message: Reported


class WaitingMo(NamedTuple):
    """A subscriber's message that waits likewise."""

    record: MoMessage


_RATED = 1.0
"""Seconds over which a rate is counted."""

Waiting = WaitingReceipt | WaitingMo
"""What goes to an ESME by deliver_sm, until it is acknowledged."""


class BoundSession(Protocol):
    """What a bind needs of its SMPP session (`simulator.smpp.session.Session`)."""

    @property
    def window_in(self) -> int | None: ...  # noqa: D102 - the session's own
    @property
    def unanswered(self) -> int: ...  # noqa: D102 - the session's own
    @property
    def state(self) -> SessionState: ...  # noqa: D102 - the session's own
    @property
    def outstanding(self) -> int: ...  # noqa: D102 - the session's own
    @property
    def interface_version(self) -> int: ...  # noqa: D102 - the session's own
    @property
    def window_room(self) -> int: ...  # noqa: D102 - the session's own
    def send_request(self, pdu: Pdu, now: float) -> int: ...  # noqa: D102 - the session's own


class Caller(NamedTuple):
    """How an ESME came."""

    type: BindType
    peer: str | None
    """Its address and port; None where it came over no socket."""
    is_tls: bool
    bound_at: float
    """POSIX seconds on the operator's clock."""


class Meter:
    """How much goes over a bind.

    The rate is read off marks that are set before each read of the socket that brought something, a tenth of a second
    apart at least: a message pays for one addition.
    """

    def __init__(self) -> None:
        self.submitted = 0
        """The submissions that came, those that were refused too."""
        self.delivered = 0
        """The deliver_sm that were acknowledged."""
        self._marked = 0
        self._marks: deque[tuple[float, int]] = deque()

    def mark(self, now: float) -> None:
        """Notes that what came since the last mark came at `now`, on the real clock."""
        if self.submitted == self._marked:
            return
        while self._marks and self._marks[0][0] < now - _RATED:
            self._marks.popleft()
        if not self._marks or self._marks[-1][0] <= now - _RATED / 10:
            self._marks.append((now, self._marked))
        self._marked = self.submitted

    def rate(self, now: float) -> int:
        """How many submissions came in the last second."""
        first = next((before for at, before in self._marks if at >= now - _RATED), self._marked)
        return self._marked - first


class Bind:
    """One bound session of an account, with the deliver_sm that it was sent and has not acknowledged."""

    def __init__(
        self,
        account: str,
        session: BoundSession,
        caller: Caller,
        wake: Callable[[], None],
        unbind: Callable[[], None],
        cut: Callable[[], None] = lambda: None,
        take_back: Callable[[], None] = lambda: None,
    ) -> None:
        """`wake` makes the connection send what the session holds; `unbind` makes it unbind and close.

        `cut` makes it close without a word; `take_back` makes it refuse what it was about to accept, and keep what it
        was about to deliver.
        """
        self.id = 0
        """From 1, in the order of binding; 0 before `Binds` knows it."""
        self.account = account
        self.session = session
        self.caller = caller
        self.meter = Meter()
        self.wake = wake
        self.unbind = unbind
        self.cut = cut
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
        self._last = 0
        self.turnover = 0
        """How often a session came or went."""

    def add(self, bind: Bind) -> None:
        """A session is bound."""
        self.turnover += 1
        self._last += 1
        bind.id = self._last
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

    def get(self, id_: int) -> Bind | None:
        """A bind by its number."""
        return next((bind for bind in self if bind.id == id_), None)

    def __iter__(self) -> Iterator[Bind]:
        return (bind for binds in self._by_account.values() for bind in binds)
