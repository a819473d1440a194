"""The stage of one scenario: its session, what was submitted, and everything that the client has reported since.

Steps act and look here. The stage turns the operator's time into real waiting, pairs answers and receipts with the
submit they belong to, keeps what no step has looked at yet, and writes the transcript. It judges nothing.
"""

import contextlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from harness.driver import Driver
from harness.driver_events import (
    Behaving,
    Bound,
    Closed,
    EnquireLink,
    Failed,
    Hello,
    Listening,
    MobileOriginated,
    Nack,
    Opened,
    Pdu,
    Receipt,
    Response,
    Sent,
    SessionEvent,
    Unbound,
)
from harness.operator_api import Operator

ANSWER_PATIENCE = 5.0
"""Real seconds for an answer that the operator owes at once (bind, submit_sm, unbind)."""
LATENESS = 2.0
"""Real seconds that something due later may come after its time, for a machine that is busy."""
LEAST_SILENCE = 0.15
"""Real seconds, at least, of listening before silence is believed."""


class StepError(Exception):
    """The client could not carry a step out; nothing is said of the operator."""


@dataclass(frozen=True, slots=True)
class Call:
    """What a submit says.

    Attributes:
        source: The line.
        destination: The first recipient.
        text: What is sent.
        receipt: Whether receipts are asked for.
        also_to: Further recipients of the same call.
        schedule: schedule_delivery_time in SMPP's form, or empty.
        validity: validity_period likewise.
    """

    source: str
    destination: str
    text: str
    receipt: bool = True
    also_to: tuple[str, ...] = ()
    schedule: str = ""
    validity: str = ""


@dataclass(slots=True)
class Submitted:
    """One submit of the scenario: what was sent, and what has come back for each part of it (parts count from 1).

    `recipients` is how many different ones it names.
    """

    tag: str
    label: str | None
    source: str
    destination: str
    text: str
    recipients: int = 1
    parts: int = 0
    responses: dict[int, Response] = field(default_factory=dict)
    receipts: dict[int, Receipt] = field(default_factory=dict)

    @property
    def answered(self) -> bool:
        """True when every part has its submit_sm_resp."""
        return 0 < self.parts == len(self.responses)


@dataclass(frozen=True, slots=True)
class Scene:
    """What one play of a scenario is given besides the client and the operator.

    Attributes:
        name: Unique in the life of the client; names the scenario's sessions.
        seed: For what the client draws at random.
        record: Takes every event, for the transcript.
        speed: How many seconds of the operator's clock pass in a real one.
        clock: Real seconds that only grow.
    """

    name: str
    seed: int
    record: Callable[[Mapping[str, Any]], None]
    speed: float = 1.0
    clock: Callable[[], float] = time.monotonic


class Stage:
    """Where the steps of one scenario act."""

    def __init__(self, driver: Driver, operator: Operator, scene: Scene) -> None:
        self.operator = operator
        self._driver, self._scene = driver, scene
        self._started = scene.clock()
        self._sessions = 0
        self.bound: Bound | None = None
        self.unbound: Unbound | None = None
        self.closed: Closed | None = None
        self.submitted: list[Submitted] = []
        self.unseen: list[SessionEvent] = []
        self._orphans: list[Receipt] = []

    @property
    def session(self) -> str:
        """The name of the current session."""
        return f"{self._scene.name}.{self._sessions}"

    def bind(self, bind_type: str, system_id: str, password: str) -> None:
        """Opens a new session and waits for the bind's answer or the connection's end."""
        self._sessions += 1
        self.bound = self.unbound = self.closed = None
        host, port = self.operator.smpp
        address: dict[str, Any] = {"session": self.session, "host": host, "port": port, "operator": self.operator.url}
        self._driver.send(
            "bind", **address, seed=self._scene.seed, type=bind_type, system_id=system_id, password=password
        )
        self.wait(lambda: self.bound is not None, self.patience)

    def submit(self, call: Call, label: str | None) -> Submitted:
        """Sends a text and waits until the client has written all its parts."""
        recipients = len({call.destination, *call.also_to})
        tag = str(len(self.submitted) + 1)
        entry = Submitted(tag, label, call.source, call.destination, call.text, recipients)
        self.submitted.append(entry)
        asked = {"also_to": list(call.also_to), "schedule": call.schedule, "validity": call.validity}
        self._driver.send(
            "submit",
            session=self.session,
            tag=tag,
            source=call.source,
            destination=call.destination,
            text=call.text,
            receipt=call.receipt,
            **{name: value for name, value in asked.items() if value},
        )
        self.wait(lambda: entry.parts > 0, self.patience)
        return entry

    def unbind(self) -> None:
        """Sends an unbind and waits for its answer and the connection's end."""
        self._driver.send("unbind", session=self.session)
        self.wait(lambda: self.unbound is not None, self.patience)

    def leave(self) -> None:
        """Closes the connection, if there is one, and waits until the client says so."""
        if self._sessions and self.closed is None:
            self._driver.send("close", session=self.session)
            with contextlib.suppress(StepError):  # the connection went by itself while we told the client to close it
                self.wait(lambda: self.closed is not None, self.patience)

    def find(self, label: str | None) -> Submitted:
        """The submit of that label, or the last one."""
        fitting = [entry for entry in self.submitted if label is None or entry.label == label]
        if not fitting:
            raise StepError("nothing was submitted yet")
        return fitting[-1]

    def see(self, events: Mapping[int, SessionEvent]) -> None:
        """Marks events as looked at, so that `expect_nothing` does not report them."""
        looked_at = {id(event) for event in events.values()}
        self.unseen = [event for event in self.unseen if id(event) not in looked_at]

    @property
    def patience(self) -> float:
        """The longest real time to wait for an answer that the operator owes at once."""
        return ANSWER_PATIENCE + self._driver.patience

    def due(self, seconds: float) -> float:
        """The longest real time to wait for what is due within so many seconds of the operator's clock."""
        return seconds / self._scene.speed + LATENESS + self._driver.patience

    def silence(self, seconds: float) -> float:
        """The real time to listen for nothing during so many seconds of the operator's clock."""
        return max(seconds / self._scene.speed, LEAST_SILENCE)

    def wait(self, until: Callable[[], bool], seconds: float) -> bool:
        """Takes events in until a condition holds, so many real seconds have passed, or the connection is gone.

        Raises:
            DriverError: The client's process is gone.
            StepError: The client could not do what it was told.
        """
        end = self._scene.clock() + seconds
        while not until():
            left = end - self._scene.clock()
            if left <= 0 or self.closed is not None:
                return False
            event = self._driver.receive(left)
            if event is not None and not isinstance(event, Hello) and event.session == self.session:
                self._take(event)
        return True

    def _take(self, event: SessionEvent) -> None:
        direction = "sent" if isinstance(event, Sent) else "received"
        at = round(self._scene.clock() - self._started, 4)
        record: dict[str, Any] = event.model_dump(exclude_none=True)
        self._scene.record({"at": at, "direction": direction, **record})
        match event:
            case Failed():
                raise StepError(f"the client could not carry out {event.command}: {event.reason}")
            case Sent():
                self._on_sent(event)
            case Bound():
                self.bound = event
            case Unbound():
                self.unbound = event
            case Closed():
                self.closed = event
            case Response():
                self._on_response(event)
            case Receipt():
                self.unseen.append(event)
                self._orphans.append(event)
                self._pair_receipts()
            case MobileOriginated() | Nack():
                self.unseen.append(event)
            case Pdu():
                if not event.told:
                    self.unseen.append(event)
            case EnquireLink() | Opened() | Listening() | Behaving():
                pass  # the client lives and has said so: nothing that a step could mean by "nothing"

    def _on_sent(self, event: Sent) -> None:
        if event.tag is None or event.part != event.parts:
            return
        self._tagged(event.tag).parts = event.parts or 0

    def _on_response(self, event: Response) -> None:
        self._tagged(event.tag).responses[event.part] = event
        self.unseen.append(event)
        self._pair_receipts()

    def _tagged(self, tag: str) -> Submitted:
        return self.submitted[int(tag) - 1]

    def _pair_receipts(self) -> None:
        """Gives each receipt to the part whose message_id it bears; one may come before the response that names it."""
        parts = {
            response.message_id: (entry, part)
            for entry in self.submitted
            for part, response in entry.responses.items()
            if response.message_id
        }
        waiting, self._orphans = self._orphans, []
        for receipt in waiting:
            if receipt.message_id not in parts:
                self._orphans.append(receipt)
                continue
            entry, part = parts[receipt.message_id]
            entry.receipts[part] = receipt
