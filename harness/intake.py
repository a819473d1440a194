"""Takes in what the client reports: pairs answers and receipts with their submits, keeps what nobody has looked at."""

from collections.abc import Iterable, Sequence

from harness.driver_events import MobileOriginated, Nack, Pdu, Receipt, Response, Sent, SessionEvent
from harness.sessions import Session, Submitted
from harness.transcript import Transcript


class Intake:
    """The events of one scenario.

    Args:
        submitted: The scenario's submits; the place of one, from 1, is its tag.
        transcript: Told which step looked at what.

    Attributes:
        unseen: What no step has looked at, without PDUs that another event tells.
        pdus: Every PDU that no step has looked at.
    """

    def __init__(self, submitted: Sequence[Submitted], transcript: Transcript) -> None:
        self._submitted, self._transcript = submitted, transcript
        self.unseen: list[SessionEvent] = []
        self.pdus: list[Pdu] = []
        self._orphans: list[tuple[str, Receipt]] = []
        self._announced: dict[str, Pdu] = {}
        self._twins: dict[int, SessionEvent] = {}
        self._seen: set[int] = set()

    def see(self, events: Iterable[SessionEvent]) -> None:
        """Marks events as looked at by the step that runs."""
        looked_at = {id(event) for event in events}
        looked_at |= {id(self._twins[each]) for each in looked_at if each in self._twins}
        self._seen |= looked_at
        self._transcript.see(looked_at)
        self.unseen = [event for event in self.unseen if id(event) not in looked_at]
        self.pdus = [pdu for pdu in self.pdus if id(pdu) not in looked_at]

    def take(self, event: SessionEvent, session: Session) -> None:
        """Takes an event of a session in."""
        self._pair_with_pdu(event)
        match event:
            case Sent():
                session.sent += 1
                if event.tag is not None and event.part == event.parts:
                    self._tagged(event.tag).parts = event.parts or 0
            case Pdu():
                self.pdus.append(event)
                if not event.told:
                    self.unseen.append(event)
            case Response() | Receipt() | MobileOriginated() | Nack():
                self._take_answer(event, session)
            case _:
                session.take(event)

    def _take_answer(self, event: Response | Receipt | MobileOriginated | Nack, session: Session) -> None:
        if id(event) not in self._seen:
            self.unseen.append(event)
        if isinstance(event, Response):
            self._tagged(event.tag).responses[event.part] = event
        elif isinstance(event, Receipt):
            self._orphans.append((session.operator, event))
        self._pair_receipts()

    def _pair_with_pdu(self, event: SessionEvent) -> None:
        """A PDU that another event tells again comes right before it; who has looked at one has looked at both."""
        if isinstance(event, Pdu):
            if event.told:
                self._announced[event.session] = event
            return
        pdu = self._announced.pop(event.session, None)
        if pdu is None:
            return
        self._twins[id(pdu)], self._twins[id(event)] = event, pdu
        if id(pdu) in self._seen:
            self._seen.add(id(event))
            self._transcript.see_with(pdu, event)

    def _tagged(self, tag: str) -> Submitted:
        return self._submitted[int(tag) - 1]

    def _pair_receipts(self) -> None:
        """Gives each receipt to the part whose message_id it bears; one may come before the response that names it."""
        parts = {
            (entry.session.operator, response.message_id): (entry, part)
            for entry in self._submitted
            for part, response in entry.responses.items()
            if response.message_id
        }
        waiting, self._orphans = self._orphans, []
        for operator, receipt in waiting:
            if (operator, receipt.message_id) not in parts:
                self._orphans.append((operator, receipt))
                continue
            entry, part = parts[operator, receipt.message_id]
            entry.receipts.setdefault(part, []).append(receipt)
