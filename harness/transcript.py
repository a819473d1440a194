"""What the client reported during one scenario: as it came, and which step looked at it.

Every event is written down at once as a JSON object (`harness.results` says where). What stood around a failed
expectation is told from here, in words; so is the account of the whole scenario (`harness.account`).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from harness.driver_events import (
    Bound,
    Closed,
    EnquireLink,
    Listening,
    MobileOriginated,
    Nack,
    Pdu,
    Receipt,
    Response,
    Sent,
    SessionEvent,
    Unbound,
)
from harness.sessions import Session
from simulator.smpp.consts import status_name

AROUND = 12
"""So many events before a failure are told with it."""
_SHORT = 60


@dataclass(slots=True)
class Entry:
    """One event.

    Attributes:
        event: As the client reported it.
        session: Where it happened.
        moment: When it came: seconds of the operators' clocks since the scenario began.
        step: The number, from 1, of the step that was running.
        seen_by: The number of the step that looked at it; 0 until then.
    """

    event: SessionEvent
    session: Session
    moment: float
    step: int
    seen_by: int = 0


class Transcript:
    """The events of one scenario. `record` takes each as it comes."""

    def __init__(self, record: Callable[[Mapping[str, Any]], None]) -> None:
        self._record = record
        self.entries: list[Entry] = []
        self.step = 0

    def add(self, event: SessionEvent, session: Session, at: float, moment: float) -> None:
        """Writes an event down: `at` is in real seconds since the scenario began, `moment` in the operators'."""
        self.entries.append(Entry(event, session, moment, self.step))
        direction = "sent" if isinstance(event, Sent) else "received"
        told: dict[str, Any] = event.model_dump(exclude_none=True)
        times = {"at": round(at, 4), "moment": round(moment, 3), "step": self.step}
        self._record({**times, "direction": direction, **told, "session": session.name or session.tag})

    def see(self, events: Collection[int]) -> None:
        """Notes that the running step looked at the events with these identities."""
        for entry in self.entries:
            if id(entry.event) in events:
                entry.seen_by = self.step

    def see_with(self, event: SessionEvent, other: SessionEvent) -> None:
        """Notes that whoever looked at one event has looked at another."""
        seen_by = next(entry.seen_by for entry in self.entries if entry.event is event)
        for entry in self.entries:
            if entry.event is other:
                entry.seen_by = seen_by

    def moment_of(self, event: SessionEvent) -> float:
        """When an event came, in seconds of the operators' clocks since the scenario began."""
        return next(entry.moment for entry in self.entries if entry.event is event)

    def around(self) -> tuple[str, ...]:
        """The last events, one a line, each with its moment."""
        shown = [entry for entry in self.entries if not (isinstance(entry.event, Pdu) and entry.event.told)]
        return tuple(f"{entry.moment:9.3f} s  {line(entry)}" for entry in shown[-AROUND:])


def line(entry: Entry) -> str:
    """An event in words, behind the name of its session if it has one, and an arrow for its direction."""
    name = f"{entry.session.name} " if entry.session.name else ""
    return f"{name}{'>' if isinstance(entry.event, Sent) else '<'} {words(entry.event)}"


def words(event: SessionEvent) -> str:
    """What one event says, in one line without times."""
    match event:
        case Sent():
            return _sent(event)
        case Bound():
            return f"bind_resp {status_name(event.command_status)}"
        case Response():
            answered = f"part {event.part}: " if event.part > 1 else ""
            return f"{answered}response {status_name(event.command_status)}"
        case Receipt():
            return f"receipt {event.state} err {event.err} for message {event.message_id}"
        case MobileOriginated():
            return f"deliver_sm from {event.source} to {event.destination}: {_short(event.text)}"
        case Pdu():
            fields = ", ".join(
                f"{name} {_short(value)}" for name, value in event.fields.items() if value not in ("", 0)
            )
            broken = f" ({event.error})" if event.error else ""
            return f"{event.name} {status_name(event.command_status)} {fields}".rstrip() + broken
        case Nack():
            return f"generic_nack {status_name(event.command_status)}"
        case Unbound():
            return f"unbind_resp {status_name(event.command_status)}"
        case Closed():
            return f"the connection ended: {event.reason}"
        case Listening():
            return "listening"
        case EnquireLink():
            return "enquire_link"
        case _:
            return event.event


def _sent(event: Sent) -> str:
    part = f" part {event.part}/{event.parts}" if (event.parts or 1) > 1 else ""
    coding = "" if event.data_coding is None else f" data_coding {event.data_coding}"
    octets = "" if event.octets is None else f", {event.octets} octets"
    return f"{event.pdu or 'octets'}{part}{coding}{octets}"


def _short(value: object) -> str:
    shown = repr(value) if isinstance(value, str) else str(value)
    return shown if len(shown) <= _SHORT else f"{shown[:_SHORT]}…"
