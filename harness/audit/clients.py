"""Who makes the traffic of a live audit: a client that the user runs, a program that is started, or a driver."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol, Self

from harness.audit.checks import FAMILIES
from harness.driver import Capability, DriverSpec
from harness.driver_events import Bound, Closed, Hello, Nack, Response, Sent
from harness.driver_process import ProcessDriver
from harness.drivers.child import Bind
from harness.drivers.own_program import OwnProgram, environment
from harness.operator_api import OperatorApi
from khatban_client import Operator

SYSTEM_ID: Final = "panel"
PASSWORD: Final = "panel"  # noqa: S105 -- the demo world's, in its documentation
STOP_PATIENCE: Final = 5.0
EACH_PAYLOAD: Final = 7
"""Every so many submits one is sent in message_payload, where the driver can."""
BETWEEN: Final = 0.4
"""Seconds between two submits of a driver."""
REBIND: Final = 6.0
"""Seconds after which a driver that was thrown out is told to bind again."""
MOST_UNANSWERED: Final = 4
FORGOTTEN: Final = 5.0
"""Seconds after which what is unanswered is waited for no more."""
_GLANCE: Final = 0.1

LINE: Final = "3000200020"
_NOTICE: Final = "سفارش شما آماده است. " * 9
_ORDER: Final = "Your order is ready for you. " * 9
_NUMBER: Final = 4
"""Characters of the number that each text begins with, so that no two are alike."""
TEXTS: Final = (
    "سفارش شما ثبت شد.",
    "Your code is 48213 {valid: 2 min} info@example.ir",
    _NOTICE,
    # A pair begins with the last unit of a part of 67 units, of one of 66; with the last septet of 153, of 152.
    _NOTICE[: 66 - _NUMBER] + "🙂🙂🙂" + _NOTICE[:70],
    _ORDER[: 152 - _NUMBER] + "[{|}]~^" + _ORDER[:40],
    "کد ورود شما: ۵۵۲۱۸ 🔑",
    _NOTICE[: 65 - _NUMBER] + "🙂🙂🙂" + _NOTICE[:70],
    _ORDER[: 151 - _NUMBER] + "[{|}]~^" + _ORDER[:40],
)
"""Notices without an offer, short and long, in both alphabets, with what is hard to cut at the edges of parts."""

_WHEN_TO_BIND: Final = frozenset(
    {
        "keeps-its-session",
        "accepts-a-refused-bind",
        "unbinds-before-closing",
        "awaits-its-answers-before-unbind",
        "asks-nothing-behind-its-unbind",
        "stops-at-the-operators-unbind",
        "comes-back",
        "reconnects-with-back-off",
        "saves-what-was-unanswered",
        "asks-for-receipts",
        "can-get-its-receipts",
    }
)
_WHEN_TO_SUBMIT: Final = frozenset(
    {
        "keeps-a-window",
        "does-not-pile-up",
        "backs-off-when-throttled",
        "backs-off-when-queue-is-full",
        "sends-again-what-had-to-wait",
        "accepts-refusals",
        "waits-for-late-answers",
        "destinations-are-digits",
        "ton-fits-the-number",
        "npi-of-telephones",
        "names-marked-alphanumeric",
    }
)
_WHAT_TO_SUBMIT: Final = frozenset(check.id for check in FAMILIES["compliance"])
GATEWAYS: Final = frozenset({"kannel"})
"""Drivers whose client queues, repeats and addresses messages by itself."""
DRIVER_DECIDES: Final = _WHEN_TO_BIND | _WHEN_TO_SUBMIT | _WHAT_TO_SUBMIT
"""Checks of what a driver is told to do: where its client has no will of its own, they say nothing of the client."""
GATEWAY_IS_TOLD: Final = _WHEN_TO_BIND | _WHAT_TO_SUBMIT | {"latin-text-goes-as-gsm"}
"""What of it a gateway is told, too; the coding is a parameter of its HTTP interface."""


class Client(Protocol):
    """Who makes the traffic. A context manager around the audit.

    Attributes:
        is_quiet: Whether it is to submit nothing, as far as it can be told.
    """

    is_quiet: bool

    def __enter__(self) -> Self: ...

    def __exit__(self, *_exception: object) -> None: ...

    @property
    def not_its_own(self) -> frozenset[str]:
        """The checks that would judge us instead of the client."""

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come from it."""

    def act(self, seconds: float) -> None:
        """Does what is due, and lets so many real seconds pass."""

    def leave(self) -> None:
        """Ends its session as it would by itself, if it can be told."""


class Watched:
    """A client that somebody else runs.

    Args:
        sleep: Lets real seconds pass.
    """

    is_quiet = False
    not_its_own: frozenset[str] = frozenset()

    def __init__(self, sleep: Callable[[float], None] = time.sleep) -> None:
        self._sleep = sleep

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        pass

    @property
    def is_over(self) -> bool:
        """Nobody knows."""
        return False

    def act(self, seconds: float) -> None:
        """Waits."""
        self._sleep(seconds)

    def leave(self) -> None:
        """It leaves when it likes."""


class Program(Watched):
    """A program of the user's, told where to bind by its environment.

    Args:
        command: Its command line.
        operator: Where to bind.
        hear: Takes each line that it writes.

    Raises:
        ChildError: On entering: it cannot be started.
    """

    def __init__(self, command: str, operator: Operator, hear: Callable[[str], None]) -> None:
        super().__init__()
        self._command, self._operator, self._hear = command, operator, hear
        self._program: OwnProgram | None = None

    def __enter__(self) -> Self:
        host, port = self._operator.smpp
        api = OperatorApi(self._operator).url
        bind = Bind(
            seed=1, host=host, port=port, operator=api, type="transceiver", system_id=SYSTEM_ID, password=PASSWORD
        )
        self._program = OwnProgram(self._command, {**environment(bind), "KHATBAN_SOURCE": LINE})
        return self

    def __exit__(self, *_exception: object) -> None:
        if self._program is not None:
            self._program.stop()

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self._program is not None and bool(self._program.ended)

    def act(self, seconds: float) -> None:
        """Waits, and passes on what it wrote."""
        super().act(seconds)
        while self._program is not None and not self._program.lines.empty():
            self._hear(self._program.lines.get())


class Driven:
    """A driver that is told to bind, and to submit one text after another.

    Args:
        spec: Which.
        operator: Where to bind.
        log: File that takes the output of its process.

    Raises:
        DriverError: On entering, or later: its process cannot be started, or is gone.
    """

    def __init__(self, spec: DriverSpec, operator: Operator, log: Path) -> None:
        self.is_quiet = False
        self._driver = ProcessDriver(spec, log)
        self._operator = operator
        self._sessions = self._submits = self._unanswered = 0
        self._is_bound = False
        self._next = self._submitted = time.monotonic()

    def __enter__(self) -> Self:
        self._driver.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._driver.stop()

    @property
    def not_its_own(self) -> frozenset[str]:
        """What it is told, unless it keeps a session of its own and decides by itself."""
        if not self._can(Capability.SESSIONS):
            return frozenset()
        return GATEWAY_IS_TOLD if self._driver.name in GATEWAYS else DRIVER_DECIDES

    @property
    def is_over(self) -> bool:
        """It goes on for as long as it is told to."""
        return False

    def act(self, seconds: float) -> None:
        """Binds or submits when it is time, and hears what came of it."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if time.monotonic() >= self._next:
                self._command()
            self._hear(min(left, _GLANCE))

    def leave(self) -> None:
        """Has it unbind when all is answered, and waits until its connection is over."""
        if not self._is_bound or not self._can(Capability.SESSIONS):
            return
        end = time.monotonic() + STOP_PATIENCE
        while self._unanswered > 0 and time.monotonic() < end:
            self._hear(_GLANCE)
        self._driver.send("unbind", session=self._session)
        while time.monotonic() < end and self._is_bound:
            self._hear(_GLANCE)

    @property
    def _session(self) -> str:
        return f"audit.{self._sessions}"

    def _command(self) -> None:
        now = time.monotonic()
        self._next = now + BETWEEN
        if not self._is_bound:
            self._bind()
            self._next = now + REBIND
        elif not self.is_quiet and (self._unanswered < MOST_UNANSWERED or now - self._submitted > FORGOTTEN):
            self._submit()
            self._submitted = now

    def _bind(self) -> None:
        self._sessions += 1
        self._unanswered = 0
        host, port = self._operator.smpp
        api = OperatorApi(self._operator).url
        # Another seed for each session: the client draws its references from it.
        where = {"session": self._session, "seed": self._sessions, "host": host, "port": port, "operator": api}
        self._driver.send("bind", **where, type="transceiver", system_id=SYSTEM_ID, password=PASSWORD)

    def _submit(self) -> None:
        self._submits += 1
        self._driver.send(
            "submit",
            session=self._session,
            tag=str(self._submits),
            source=LINE,
            destination=f"98912345{self._submits % 3 + 6700:04}",
            text=f"{self._submits:0{_NUMBER - 1}} {TEXTS[self._submits % len(TEXTS)]}",
            receipt=True,
            **({"payload": True} if self._submits % EACH_PAYLOAD == 0 and self._can(Capability.PAYLOAD) else {}),
        )

    def _can(self, capability: Capability) -> bool:
        return capability in self._driver.capabilities

    def _hear(self, seconds: float) -> None:
        event = self._driver.receive(seconds)
        if event is None or isinstance(event, Hello) or event.session != self._session:
            return
        match event:
            case Bound(command_status=0):
                self._is_bound = True
                self._next = time.monotonic()
            case Closed():
                self._is_bound = False
                self._next = time.monotonic() + REBIND
            case Sent(part=part) if part is not None:
                self._unanswered += 1
            case Response() | Nack():
                self._unanswered -= 1
