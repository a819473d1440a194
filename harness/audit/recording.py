"""A recording: all that was observed, decoded, with each response beside its request and each session in its state.

It judges nothing. Checks ask it what was said, what answered what, and for how long a request was watched.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from harness.audit.submissions import Submission, submission
from harness.audit.traces import Carried, Ended, Lost, Opened, Trace
from harness.audit.wire_pdu import WirePdu
from simulator.smpp.codec import decode
from simulator.smpp.codegen import HEADER
from simulator.smpp.consts import HEADER_SIZE, RESPONSE_BIT, V34, CommandId, command_name, spoken_version
from simulator.smpp.errors import FramingError, PduError
from simulator.smpp.pdus import BindFields, Pdu
from simulator.smpp.states import BOUND_BY, Role, SessionState

_UNANSWERED: Final = frozenset({CommandId.OUTBIND, CommandId.ALERT_NOTIFICATION})


class Loss(NamedTuple):
    """Octets that were missed: when, and before which PDU by its number."""

    at: float
    before: int


@dataclass(slots=True)
class Session:
    """One connection.

    Attributes:
        number: as its PDUs name it.
        pdus: both directions, in the order of time.
        opened: when it began; None where that was not seen.
        ended: when it was over; None if it lasted longer than the recording.
        ended_by: who ended it, as far as is known.
        losses: where octets of it were missed.
        bind: the bind that was accepted.
    """

    number: int
    pdus: list[WirePdu] = field(default_factory=list)
    opened: float | None = None
    ended: float | None = None
    ended_by: Role | None = None
    losses: list[Loss] = field(default_factory=list)
    bind: WirePdu | None = None

    @property
    def system_id(self) -> str:
        """Who is bound on it; empty if nobody was seen to bind."""
        return self.bind.pdu.system_id if self.bind and isinstance(self.bind.pdu, BindFields) else ""

    @property
    def is_whole(self) -> bool:
        """Whether it was seen from its beginning."""
        return self.opened is not None

    def requests(self, sender: Role) -> list[WirePdu]:
        """What one side asked, in order; what cannot be decoded, too."""
        return [pdu for pdu in self.pdus if pdu.sender is sender and not pdu.is_response]


class Recording:
    """What was observed, put together.

    Args:
        traces: In the order of time.
        until: When the observer stopped looking, POSIX seconds; the time of the last trace if left out.
        notes: What is to be known of the source, for people: what was missed, what was left out.

    Attributes:
        pdus: All of them, in the order of time.
        sessions: In the order of their beginning.
        began: When the first trace was seen; 0 without any.
        ended: When the observer stopped looking.
    """

    def __init__(self, traces: Iterable[Trace], until: float | None = None, notes: Sequence[str] = ()) -> None:
        builder = _Builder()
        first = last = None
        for trace in traces:
            first = trace.at if first is None else first
            last = trace.at
            builder.take(trace)
        self.pdus: Sequence[WirePdu] = builder.pdus
        self.sessions: Sequence[Session] = tuple(builder.sessions.values())
        self.began = first or 0.0
        self.ended = max(until or 0.0, last or 0.0)
        self.notes = tuple(notes)
        self._numbered = builder.sessions
        self._answers: Mapping[int, WirePdu] = builder.answers
        self._requests: Mapping[int, WirePdu] = builder.requests

    def sent(self, sender: Role, *kinds: type[Pdu] | type[BindFields]) -> Iterator[WirePdu]:
        """What one side sent of these kinds of PDU, and could be decoded; all that could if none is named."""
        for pdu in self.pdus:
            if pdu.sender is sender and (isinstance(pdu.pdu, kinds) if kinds else pdu.pdu is not None):
                yield pdu

    @cached_property
    def submissions(self) -> Sequence[Submission]:
        """All that was submitted, in the order of time."""
        return tuple(self._submissions.values())

    def submission_of(self, pdu: WirePdu) -> Submission | None:
        """What a PDU submits; None if it is no submission, or cannot be decoded."""
        return self._submissions.get(pdu.number)

    @cached_property
    def _submissions(self) -> Mapping[int, Submission]:
        found = ((pdu.number, submission(pdu)) for pdu in self.pdus)
        return {number: message for number, message in found if message is not None}

    def session_of(self, pdu: WirePdu) -> Session:
        """The connection over which a PDU went."""
        return self._numbered[pdu.session]

    def answer_to(self, request: WirePdu) -> WirePdu | None:
        """What answered a request: its own response, or a generic_nack."""
        return self._answers.get(request.number)

    def request_of(self, response: WirePdu) -> WirePdu | None:
        """What a response answers; None if nothing that was unanswered fits it."""
        return self._requests.get(response.number)

    def watched(self, pdu: WirePdu) -> float:
        """For how many seconds behind a PDU its session was open, and seen without a gap."""
        session = self._numbered[pdu.session]
        ends = [self.ended] if session.ended is None else [session.ended]
        losses = (loss.at for loss in session.losses if loss.before > pdu.number)
        return max(min([*ends, *losses]) - pdu.at, 0.0)

    def missed_before(self, pdu: WirePdu) -> bool:
        """Whether something of the session was missed before: then what a response answers may not have been seen."""
        session = self._numbered[pdu.session]
        return not session.is_whole or any(loss.before <= pdu.number for loss in session.losses)


class _Builder:
    """Puts traces together, one after another."""

    def __init__(self) -> None:
        self.pdus: list[WirePdu] = []
        self.sessions: dict[int, Session] = {}
        self.answers: dict[int, WirePdu] = {}
        self.requests: dict[int, WirePdu] = {}
        self._states: dict[int, SessionState | None] = {}
        self._versions: dict[int, int] = defaultdict(lambda: V34)
        self._outstanding: dict[tuple[int, Role, int], deque[WirePdu]] = defaultdict(deque)

    def take(self, trace: Trace) -> None:
        session = self.sessions.setdefault(trace.session, Session(trace.session))
        match trace:
            case Opened(at=at):
                session.opened = at
                self._states[session.number] = SessionState.OPEN
            case Lost(at=at):
                session.losses.append(Loss(at, len(self.pdus)))
            case Ended(at=at, by=by):
                session.ended, session.ended_by = at, by
                self._states[session.number] = SessionState.CLOSED
            case Carried():
                if len(trace.octets) >= HEADER_SIZE:
                    self._carry(session, trace)

    def _carry(self, session: Session, trace: Carried) -> None:
        _, command, status, sequence_number = HEADER.unpack_from(trace.octets)
        pdu, fault = _decoded(trace.octets)
        if isinstance(pdu, BindFields):
            self._versions[session.number] = spoken_version(pdu.interface_version)
        seen = WirePdu(
            number=len(self.pdus),
            at=trace.at,
            frame=trace.frame,
            session=trace.session,
            sender=trace.sender,
            command_id=command,
            command_status=status,
            sequence_number=sequence_number,
            octets=trace.octets,
            pdu=pdu,
            fault=fault,
            state=self._states.get(session.number),
            version=self._versions[session.number],
            judgement=trace.judgement,
        )
        self.pdus.append(seen)
        session.pdus.append(seen)
        self._pair(seen)
        self._move(session, seen)

    def _pair(self, seen: WirePdu) -> None:
        if not seen.is_response:
            if seen.command_id not in _UNANSWERED:
                self._outstanding[seen.session, seen.sender, seen.sequence_number].append(seen)
            return
        waiting = self._outstanding.get((seen.session, seen.sender.peer, seen.sequence_number))
        wanted = seen.command_id & ~RESPONSE_BIT
        found = next((each for each in waiting or () if not wanted or each.command_id == wanted), None)
        if waiting is not None and found is not None:
            waiting.remove(found)
            self.answers[found.number] = seen
            self.requests[seen.number] = found

    def _move(self, session: Session, seen: WirePdu) -> None:
        request = self.requests.get(seen.number)
        if seen.command_id == CommandId.OUTBIND:
            self._states[session.number] = SessionState.OUTBOUND
        if request is None or seen.command_status:
            return
        if request.command_id in BOUND_BY and seen.command_id != CommandId.GENERIC_NACK:
            session.bind = request
            self._states[session.number] = BOUND_BY[request.command_id]
        elif seen.command_id == CommandId.UNBIND_RESP:
            self._states[session.number] = SessionState.UNBOUND


def _decoded(octets: bytes) -> tuple[Pdu | None, PduError | None]:
    """What octets with a whole header say, or why that cannot be read."""
    try:
        return decode(octets).pdu, None
    except PduError as error:
        return None, error
    except FramingError as error:
        _, command, _, sequence_number = HEADER.unpack_from(octets)
        path = f"{command_name(command)}.command_length"
        return None, PduError(command, sequence_number, error.command_status, path, error.reason)
