"""One SMPP conversation, for either role, without I/O: octets and the time go in, events and octets come out.

It owns the state, the version that both sides speak, the sequence numbers, the windows and the protocol timers. It
answers by itself what needs no opinion: enquire_link, unbind, and a PDU that is broken, unknown, out of place or, in a
strict session, beyond what the standard permits. All else becomes an event.

A shell does, in a loop::

    events = session.receive_data(data, now)      # or receive_eof, or handle_deadline when deadline() has come
    ...                                           # send_response, send_request
    write(session.data_to_send())                 # and close once Closed was among the events

The session never raises on what a peer sends; `SessionError` and `ValueError` tell the shell of its own mistakes.
"""

import math
from collections.abc import Callable
from typing import Final

from simulator.smpp.binding import Binding
from simulator.smpp.codec import DECODERS, decode_body, encode
from simulator.smpp.codegen import Encoder
from simulator.smpp.consts import RESPONSE_BIT, CommandId, command_name
from simulator.smpp.errors import FramingError, PduError, SessionError
from simulator.smpp.events import (
    Closed,
    Event,
    Malformed,
    Notice,
    Overrun,
    Request,
    Response,
    ResponseTimedOut,
    UnexpectedResponse,
)
from simulator.smpp.framing import FrameBuffer
from simulator.smpp.limits import SessionLimits
from simulator.smpp.outbox import Outbox
from simulator.smpp.pdus import (
    BindFields,
    EnquireLink,
    EnquireLinkResp,
    GenericNack,
    Outbind,
    Pdu,
    Unbind,
    UnbindResp,
    command_id,
)
from simulator.smpp.permits import UNANSWERED, permits_of
from simulator.smpp.refusals import answer_to, out_of_place, unknown_command
from simulator.smpp.states import BOUND_BY, Role, SessionState, may_send
from simulator.smpp.timers import SessionTimers, Timer, Timers
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
        window_in: how many requests of the peer may be unanswered at once; the shell may set it once it knows the peer.
        unanswered: how many requests of the peer the shell has still to answer, binds not counted.
    """

    def __init__(self, role: Role, limits: SessionLimits, now: float) -> None:
        self.state = SessionState.OPEN
        self.unanswered = 0
        self.window_in = limits.window_in
        self._role = role
        self._limits = limits
        self._binding = Binding()
        self._permits = permits_of(role, self.state, self._binding.version, strict=limits.strict)
        self._buffer = FrameBuffer(limits.max_pdu)
        self._window = Window(limits.window_out, limits.response_timeout)
        self._outbox = Outbox()
        self._timers = SessionTimers(limits, now)

    @property
    def interface_version(self) -> int:
        """What the peer says it speaks, 0 before the bind; 0x33 for an MC that says nothing."""
        return self._binding.interface_version

    @property
    def system_id(self) -> str:
        """The peer's system_id, empty before the bind or outbind."""
        return self._binding.system_id

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
        return len(self._outbox)

    def tell_congestion(self, congestion: int | None) -> None:
        """From now on tell a peer at 5.0 in every response how busy our side is, 0 to 100; None: tell nothing."""
        self._outbox.congestion = congestion

    def receive_data(self, data: bytes | bytearray, now: float) -> list[Event]:
        """Take octets from the connection; gives what they mean, in order. After the end of the session, nothing."""
        events: list[Event] = []
        if self.state in _OVER:
            return events
        self._timers.heard_at = now
        pieces, broken = self._buffer.feed(data)
        new, accepts, window = tuple.__new__, self._permits.accepts, self.window_in or math.inf
        for code, status, sequence_number, frame in pieces:
            decoder = accepts.get(code)
            if decoder is None:
                self._receive_other(code, status, sequence_number, frame, events)
                if self.state in _OVER:
                    return events
                accepts = self._permits.accepts
                continue
            try:
                pdu = decoder(frame)
            except PduError as error:
                self._refuse(error, events)
                continue
            if self.unanswered < window:
                # Request(...) without its keyword handling: this is the hot path.
                events.append(new(Request, (sequence_number, pdu, frame)))
            else:
                events.append(Overrun(sequence_number, pdu))
            self.unanswered += 1
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

        Nothing answers outbind and alert_notification. To a peer at 3.3 no TLV leaves, whatever the PDU holds.

        Raises:
            SessionError: the state does not allow it, a bind is under way, or the window is full (unbind and
                enquire_link are sent all the same).
            ValueError: a value does not fit its field.
        """
        encoder = self._permits.requests.get(type(pdu))
        code = command_id(type(pdu))
        if encoder is None or self.state in _OVER:
            raise SessionError(f"{command_name(code)}: no {self._role.value} sends it in state {self.state.value}")
        if code in BOUND_BY and self._binding.under_way:
            raise SessionError(f"{command_name(code)}: a bind is under way")
        if isinstance(pdu, UNANSWERED):
            return self._notify(pdu, encoder, now)
        if not self._window.room and not isinstance(pdu, Unbind | EnquireLink):
            raise SessionError(f"{command_name(code)}: the window is full, {self.outstanding} requests wait")
        number = self._window.number(self._timers.enquiry)
        self._outbox.put(encoder(pdu, number, 0))
        self._window.add(number, pdu, code, now)
        self._timers.message_at = now
        if code in BOUND_BY:
            self._binding.under_way = code
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
        if self.state is SessionState.CLOSED and not self._outbox.is_ending:
            return
        encoder = self._permits.responses.get(type(pdu))
        if encoder is None:
            self._answer_bind(sequence_number, pdu, command_status)
            return
        self._outbox.answer(pdu, sequence_number, command_status, encoder)
        if self.unanswered:
            self.unanswered -= 1

    def data_to_send(self) -> bytes:
        """All octets that are to be written now, and no others: what is given out is forgotten here."""
        return b"".join(self.frames_to_send())

    def frames_to_send(self) -> list[bytes]:
        """What `data_to_send` gives, each PDU by itself."""
        if self._outbox.is_ending:
            self.state = SessionState.CLOSED
        return self._outbox.take()

    def revise_unsent(self, revise: Callable[[bytes], bytes | None]) -> None:
        """Change PDUs that were not given out yet: `revise` takes each, and gives what goes in its place, or None."""
        self._outbox.revise(revise)

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
                self._outbox.put(encode(EnquireLink(), self._timers.enquiry))
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
        if not may_send(self._role.peer, self.state, code) or (code in BOUND_BY and self._binding.under_way):
            raise out_of_place(code, sequence_number, self._role.peer, self.state)
        pdu = DECODERS[code](frame)
        if isinstance(pdu, EnquireLink):
            self._outbox.answer(EnquireLinkResp(), sequence_number)
        elif isinstance(pdu, Unbind):
            self._outbox.end_with(UnbindResp(), sequence_number)
            self.state = SessionState.UNBOUND
            events.append(Closed("the peer has unbound"))
        elif isinstance(pdu, BindFields):
            self._binding.asked(code, pdu)
            self._outbox.version = self._binding.version
            events.append(Request(sequence_number, pdu, frame))
        else:
            if isinstance(pdu, Outbind):
                self._binding.called(pdu)
                self._move_to(SessionState.OUTBOUND)
            events.append(Notice(sequence_number, pdu))

    def _refuse(self, error: PduError, events: list[Event]) -> None:
        """Answer a request that cannot be taken, and tell of it."""
        self._outbox.answer(answer_to(error), error.sequence_number, error.command_status)
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
            self._move_to(self._binding.answered(request, code, status, pdu))
        elif isinstance(request, Unbind):
            events.append(self._close("unbound"))

    def _answer_bind(self, sequence_number: int, pdu: Pdu, command_status: int) -> None:
        """An MC says whether the ESME is bound."""
        code, binding = command_id(type(pdu)), self._binding.under_way
        if binding is None or code != binding | RESPONSE_BIT or self._role is not Role.MC:
            raise SessionError(f"{command_name(code)}: nothing to answer by it in state {self.state.value}")
        self._outbox.answer(pdu, sequence_number, command_status)
        self._move_to(self._binding.answers(pdu, command_status))

    def _move_to(self, state: SessionState | None) -> None:
        """Go on in another state, or with None in this one; a session that is over stays so."""
        if state is not None and self.state not in _OVER:
            self.state = state
            self._outbox.version = self._binding.version
            self._permits = permits_of(self._role, state, self._binding.version, strict=self._limits.strict)

    def _notify(self, pdu: Pdu, encoder: Encoder, now: float) -> int:
        """Send what nothing answers."""
        number = self._window.number(self._timers.enquiry)
        self._outbox.put(encoder(pdu, number, 0))
        self._timers.message_at = now
        if isinstance(pdu, Outbind):
            self._move_to(SessionState.OUTBOUND)
        return number

    def _lose_framing(self, broken: FramingError, events: list[Event]) -> None:
        self._outbox.end_with(GenericNack(), broken.sequence_number, broken.command_status)
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
                self._binding.under_way = None
            elif isinstance(request, Unbind):
                events.append(self._close("unbind was not answered"))
                return
