"""One SMPP conversation, for either role, without I/O: octets and the time go in, events and octets come out.

It owns the state, the sequence numbers, the window of our own requests and the protocol timers. It answers by itself
what needs no opinion: enquire_link, unbind, a PDU that is broken, unknown or out of place. All else becomes an event.

A shell does, in a loop::

    events = session.receive_data(data, now)      # or receive_eof, or handle_deadline when deadline() has come
    ...                                           # send_response, send_request
    write(session.data_to_send())                 # and close once Closed was among the events

The session never raises on what a peer sends; `SessionError` and `ValueError` tell the shell of its own mistakes.
"""

from typing import Final

from simulator.smpp.codec import DECODERS, decode_body, encode
from simulator.smpp.consts import RESPONSE_BIT, V33, CommandId, CommandStatus, TlvTag, command_name
from simulator.smpp.errors import FramingError, PduError, SessionError
from simulator.smpp.events import Closed, Event, Malformed, Request, Response, ResponseTimedOut, UnexpectedResponse
from simulator.smpp.framing import FrameBuffer
from simulator.smpp.limits import SessionLimits
from simulator.smpp.pdus import (
    BindFields,
    BindRespFields,
    EnquireLink,
    EnquireLinkResp,
    GenericNack,
    Pdu,
    Unbind,
    UnbindResp,
    command_id,
)
from simulator.smpp.permits import PERMITS
from simulator.smpp.refusals import answer_to, out_of_place, unknown_command
from simulator.smpp.states import BOUND_BY, Role, SessionState, may_send
from simulator.smpp.timers import SessionTimers, Timer, Timers
from simulator.smpp.tlvs import int_value
from simulator.smpp.window import Window

__all__ = ["Role", "Session", "SessionLimits", "SessionState"]

_OVER: Final = frozenset({SessionState.UNBOUND, SessionState.CLOSED})
_ENQUIRY_ANSWERS: Final = frozenset({CommandId.ENQUIRE_LINK_RESP, CommandId.GENERIC_NACK})


class Session:
    """One session, from the open connection to its end.

    Args:
        role: which side we are.
        limits: sizes and times.
        now: the moment at which the connection was made, in seconds on the clock of every later `now`.

    Attributes:
        state: where the session stands.
        interface_version: what the peer speaks, 0 before the bind. An ESME says it in the bind, an MC in the TLV
            sc_interface_version of its answer; 0x33 for an MC that says nothing, since it then takes no TLVs.
        system_id: the peer's system_id, empty before the bind.
    """

    def __init__(self, role: Role, limits: SessionLimits, now: float) -> None:
        self.state = SessionState.OPEN
        self.interface_version = 0
        self.system_id = ""
        self._role = role
        self._limits = limits
        self._permits = PERMITS[role, self.state]
        self._buffer = FrameBuffer(limits.max_pdu)
        self._window = Window(limits.window_out, limits.response_timeout)
        self._outbox: list[bytes] = []
        self._farewell: bytes | None = None  # goes out behind the answers to what came before the end
        self._binding: int | None = None  # command_id of a bind that is not answered yet
        self._timers = SessionTimers(limits, now)

    @property
    def outstanding(self) -> int:
        """How many requests of ours wait for an answer."""
        return len(self._window)

    @property
    def window_room(self) -> int:
        """How many more requests may be sent now."""
        return self._window.room

    @property
    def unsent(self) -> int:
        """How many octets `data_to_send` would give now."""
        return sum(map(len, self._outbox)) + len(self._farewell or b"")

    def receive_data(self, data: bytes | bytearray, now: float) -> list[Event]:
        """Take octets from the connection; gives what they mean, in order. After the end of the session, nothing."""
        events: list[Event] = []
        if self.state in _OVER:
            return events
        self._timers.heard_at = now
        pieces, broken = self._buffer.feed(data)
        new, accepts = tuple.__new__, self._permits.accepts
        for code, status, sequence_number, frame in pieces:
            decoder = accepts.get(code)
            if decoder is None:
                self._receive_other(code, status, sequence_number, frame, events)
                if self.state in _OVER:
                    return events
                accepts = self._permits.accepts
                continue
            try:
                # Request(...) without its keyword handling: this is the hot path.
                events.append(new(Request, (sequence_number, decoder(frame))))
            except PduError as error:
                self._refuse(error, events)
        if events:
            self._timers.message_at = now
        if broken:
            self._lose_framing(broken, events)
        return events

    def receive_eof(self, now: float) -> list[Event]:
        """The peer has closed its side of the connection."""
        if self.state in _OVER:
            return []
        self._timers.heard_at = now
        inside = f", {len(self._buffer)} octets into a PDU" if len(self._buffer) else ""
        return [self._close(f"the peer closed the connection{inside}")]

    def send_request(self, pdu: Pdu, now: float) -> int:
        """Send a request of ours; gives the sequence number under which its `Response` will come.

        Raises:
            SessionError: the state does not allow it, a bind is under way, or the window is full (unbind and
                enquire_link are sent all the same).
            ValueError: a value does not fit its field.
        """
        encoder = self._permits.requests.get(type(pdu))
        code = command_id(type(pdu))
        if encoder is None or self.state in _OVER:
            raise SessionError(f"{command_name(code)}: no {self._role.value} sends it in state {self.state.value}")
        if code in BOUND_BY and self._binding:
            raise SessionError(f"{command_name(code)}: a bind is under way")
        if not self._window.room and not isinstance(pdu, Unbind | EnquireLink):
            raise SessionError(f"{command_name(code)}: the window is full, {self.outstanding} requests wait")
        number = self._window.number(self._timers.enquiry)
        self._outbox.append(encoder(pdu, number, 0))
        self._window.add(number, pdu, code, now)
        self._timers.message_at = now
        if code in BOUND_BY:
            self._binding = code
        return number

    def forget_request(self, sequence_number: int) -> None:
        """Wait no longer for the answer to a request of ours; its place in the window is free."""
        self._window.forget(sequence_number)

    def send_response(self, sequence_number: int, pdu: Pdu, command_status: int = 0) -> None:
        """Answer a request of the peer. A bind response with ESME_ROK moves the state.

        Once the session is closed and its last octets are taken, the answer is void and goes nowhere.

        Raises:
            SessionError: this side may not send that response in this state, or no such bind is under way.
            ValueError: a value does not fit its field.
        """
        if self.state is SessionState.CLOSED and self._farewell is None:
            return
        encoder = self._permits.responses.get(type(pdu))
        if encoder is None:
            self._answer_bind(sequence_number, pdu, command_status)
            return
        self._outbox.append(encoder(pdu, sequence_number, command_status))

    def data_to_send(self) -> bytes:
        """All octets that are to be written now, and no others: what is given out is forgotten here."""
        return b"".join(self.frames_to_send())

    def frames_to_send(self) -> list[bytes]:
        """What `data_to_send` gives, each PDU by itself."""
        if self._farewell is not None:
            self._outbox.append(self._farewell)
            self._farewell = None
            self.state = SessionState.CLOSED
        frames, self._outbox = self._outbox, []
        return frames

    def deadline(self) -> float | None:
        """The moment at which `handle_deadline` wants to be called; None if nothing is waited for."""
        return self._running().deadline()

    def handle_deadline(self, now: float) -> list[Event]:
        """Do what the timers that have run out ask for; called too early it does nothing."""
        events: list[Event] = []
        for timer in self._running().expired(now):
            if timer is Timer.SESSION_INIT:
                events.append(self._close(f"no bind within {self._limits.session_init} s"))
            elif timer is Timer.INACTIVITY:
                events.append(self._close(f"no message for {self._limits.inactivity} s"))
            elif timer is Timer.RESPONSE:
                self._give_up(now, events)
            elif self._timers.is_unheard:
                events.append(self._close("enquire_link was not answered"))
            else:
                self._timers.enquiry, self._timers.enquired_at = self._window.number(), now
                self._outbox.append(encode(EnquireLink(), self._timers.enquiry))
            if self.state in _OVER:
                break
        return events

    def _receive_other(self, code: int, status: int, sequence_number: int, frame: bytes, events: list[Event]) -> None:
        """All that is not a request to be passed on as it is."""
        if code & RESPONSE_BIT:
            self._receive_response(code, status, sequence_number, frame, events)
            return
        try:
            self._receive_control(code, sequence_number, frame, events)
        except PduError as error:
            self._refuse(error, events)

    def _receive_control(self, code: int, sequence_number: int, frame: bytes, events: list[Event]) -> None:
        """A request that the session answers by itself or that may move the state; any other is a PduError."""
        if code not in DECODERS:
            raise unknown_command(code, sequence_number)
        if not may_send(self._role.peer, self.state, code) or (code in BOUND_BY and self._binding):
            raise out_of_place(code, sequence_number, self._role.peer, self.state)
        pdu = DECODERS[code](frame)
        if isinstance(pdu, EnquireLink):
            self._outbox.append(encode(EnquireLinkResp(), sequence_number))
        elif isinstance(pdu, Unbind):
            self._farewell = encode(UnbindResp(), sequence_number)
            self.state = SessionState.UNBOUND
            events.append(Closed("the peer has unbound"))
        elif isinstance(pdu, BindFields):
            self._binding = code
            self.interface_version = pdu.interface_version
            self.system_id = pdu.system_id
            events.append(Request(sequence_number, pdu))

    def _refuse(self, error: PduError, events: list[Event]) -> None:
        """Answer a request that cannot be taken, and tell of it."""
        self._outbox.append(answer_to(error))
        events.append(Malformed(error))

    def _receive_response(self, code: int, status: int, number: int, frame: bytes, events: list[Event]) -> None:
        pdu = None
        try:
            pdu = decode_body(frame, code, status)
        except PduError as error:
            events.append(Malformed(error))
        if number and number == self._timers.enquiry and code in _ENQUIRY_ANSWERS:
            self._timers.enquiry = 0
            return
        request = self._window.settle(number, code)
        if request is None:
            events.append(UnexpectedResponse(code, status, number, pdu))
            return
        events.append(Response(request, number, status, pdu))
        if isinstance(request, BindFields):
            self._bind_answered(code, status, pdu)
        elif isinstance(request, Unbind):
            events.append(self._close("unbound"))

    def _bind_answered(self, code: int, status: int, pdu: Pdu | None) -> None:
        """An ESME learns whether it is bound."""
        binding, self._binding = self._binding, None
        if binding is None or status != CommandStatus.ESME_ROK or code == CommandId.GENERIC_NACK:
            return
        version = None
        if isinstance(pdu, BindRespFields):
            self.system_id = pdu.system_id
            version = int_value(pdu.tlvs, TlvTag.SC_INTERFACE_VERSION)
        self.interface_version = V33 if version is None else version
        self._bound_by(binding)

    def _answer_bind(self, sequence_number: int, pdu: Pdu, command_status: int) -> None:
        """An MC says whether the ESME is bound."""
        code, binding = command_id(type(pdu)), self._binding
        if binding is None or code != binding | RESPONSE_BIT or self._role is not Role.MC:
            raise SessionError(f"{command_name(code)}: nothing to answer by it in state {self.state.value}")
        self._outbox.append(encode(pdu, sequence_number, command_status))
        self._binding = None
        if command_status == CommandStatus.ESME_ROK and self.state not in _OVER:
            self._bound_by(binding)

    def _bound_by(self, bind: int) -> None:
        self.state = BOUND_BY[bind]
        self._permits = PERMITS[self._role, self.state]

    def _lose_framing(self, broken: FramingError, events: list[Event]) -> None:
        self._farewell = encode(GenericNack(), broken.sequence_number, broken.command_status)
        events.append(self._close(str(broken)))

    def _close(self, reason: str) -> Closed:
        self.state = SessionState.CLOSED
        return Closed(reason)

    def _running(self) -> Timers:
        if self.state in _OVER:
            return Timers()
        return self._timers.running(is_bound=self.state.is_bound, response=self._window.deadline())

    def _give_up(self, now: float, events: list[Event]) -> None:
        for number, request in self._window.give_up(now):
            events.append(ResponseTimedOut(request, number))
            if isinstance(request, BindFields):
                self._binding = None
            elif isinstance(request, Unbind):
                events.append(self._close("unbind was not answered"))
                return
