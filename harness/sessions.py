"""What the stage keeps of a scenario's sessions and submits: what was asked for, and what has come of it so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from harness.driver_events import (
    Behaving,
    Bound,
    Closed,
    Listening,
    Opened,
    Receipt,
    Response,
    SessionEvent,
    Unbound,
)


@dataclass(slots=True)
class Session:
    """One session of the scenario: a connection of the client to an operator.

    Attributes:
        name: By which the scenario means it; empty where it gave it none.
        tag: By which the client knows it; never used again.
        operator: The name of the operator at its other end.
        account: As which it bound; empty before that.
        opened: The connection is there.
        listening: Where the client waits to be called.
        sent: How many PDUs, or pieces of octets, the client has written to it.
        behaving: How often the client has said that it behaves as it was told.
        bound: The answer to the bind.
        unbound: The answer to the unbind.
        closed: The connection is gone.
        left: The scenario has ended it, or has seen it end.
    """

    name: str
    tag: str
    operator: str
    account: str = ""
    opened: bool = False
    listening: Listening | None = None
    sent: int = 0
    behaving: int = 0
    bound: Bound | None = None
    unbound: Unbound | None = None
    closed: Closed | None = None
    left: bool = False

    def take(self, event: SessionEvent) -> None:
        """Notes what tells of the connection itself; all else is nothing that a step could mean by "nothing"."""
        match event:
            case Opened():
                self.opened = True
            case Listening():
                self.listening = event
            case Behaving():
                self.behaving += 1
            case Bound():
                self.bound = event
            case Unbound():
                self.unbound = event
            case Closed():
                self.closed = event


@dataclass(frozen=True, slots=True)
class Call:
    """What a submit says.

    Attributes:
        source: The line.
        destination: The first recipient.
        text: What is sent; or, in place of it, `octets`.
        receipt: Whether receipts are asked for.
        also_to: Further recipients of the same call.
        schedule: schedule_delivery_time in SMPP's form, or empty.
        validity: validity_period likewise.
        more: What a driver's command may say besides: fields, tlvs, payload, octets, pdu (`harness.driver`).
    """

    source: str
    destination: str
    text: str
    receipt: bool = True
    also_to: tuple[str, ...] = ()
    schedule: str = ""
    validity: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def recipients(self) -> Sequence[str]:
        """All of them, each once."""
        return list(dict.fromkeys((self.destination, *self.also_to)))


@dataclass(slots=True)
class Submitted:
    """One submit of the scenario: what was sent, and what has come back for each part of it (parts count from 1).

    `moment` is when it was asked for, as `Stage.moment` counts.
    """

    tag: str
    label: str | None
    call: Call
    session: Session
    moment: float
    parts: int = 0
    responses: dict[int, Response] = field(default_factory=dict)
    receipts: dict[int, list[Receipt]] = field(default_factory=dict)

    @property
    def answered(self) -> bool:
        """True when every part has its submit_sm_resp."""
        return 0 < self.parts == len(self.responses)
