"""Any conversation of two sessions against a small model: who waits for what, who owes what, in which state."""

from collections import deque
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from simulator.smpp.consts import CommandStatus
from simulator.smpp.events import Closed, Event, Notice, Request, Response, ResponseTimedOut, UnexpectedResponse
from simulator.smpp.pdus import (
    BindReceiver,
    BindTransceiver,
    BindTransmitter,
    CancelSm,
    DataSm,
    DeliverSm,
    EnquireLink,
    Outbind,
    Pdu,
    QuerySm,
    SubmitMulti,
    SubmitSm,
    Unbind,
    command_id,
    response_type,
)
from simulator.smpp.pdus import SmeAddress as Sme
from simulator.smpp.session import Role, Session, SessionLimits, SessionState
from simulator.smpp.states import BOUND_BY, may_send
from simulator.smpp.tlvs import Tlv
from tests.smpp.helpers import bind_answer

PATIENCE = 10.0
WINDOW = 3
LIMITS = SessionLimits(session_init=None, enquire_link=None, response_timeout=PATIENCE, window_out=WINDOW)
REQUESTS: tuple[Pdu, ...] = (
    SubmitSm(source_addr="3000", short_message=b"hi"),
    SubmitMulti(dest_address=(Sme(1, 1, "98912"),)),
    QuerySm("17"),
    CancelSm(),
    DeliverSm(short_message=b"hi"),
    DataSm(tlvs=(Tlv(0x0424, b"hi"),)),
    EnquireLink(),
)
Bind = type[BindTransmitter | BindReceiver | BindTransceiver]
BINDS: tuple[Bind, ...] = (BindTransmitter, BindReceiver, BindTransceiver)
roles = st.sampled_from(Role)
versions = st.sampled_from([0x34, 0x50])


class Side:
    """One session with its model."""

    def __init__(self, role: Role) -> None:
        self.session = Session(role, LIMITS, 0.0)
        self.role = role
        self.state = SessionState.OPEN
        self.waiting: dict[int, tuple[Pdu, float]] = {}  # what it asked, and when
        self.owed: list[tuple[int, Pdu]] = []  # what it was asked and has not answered
        self.given_up: set[int] = set()
        self.asked: deque[Pdu] = deque()  # what the other side sent and this one has not seen yet
        self.incoming = b""

    @property
    def is_over(self) -> bool:
        return self.state in {SessionState.UNBOUND, SessionState.CLOSED}


class Conversation(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.sides = {role: Side(role) for role in Role}
        self.is_binding = False

    @property
    def esme(self) -> Side:
        return self.sides[Role.ESME]

    @property
    def mc(self) -> Side:
        return self.sides[Role.MC]

    @initialize(is_called=st.booleans(), bind=st.sampled_from([None, *BINDS, BindTransceiver]), version=versions)
    def begin(self, is_called: bool, bind: Bind | None, version: int) -> None:
        if is_called:
            self.mc.session.send_request(Outbind("khatban"), self.now)
            [event] = self.esme.session.receive_data(self.mc.session.data_to_send(), self.now)
            assert isinstance(event, Notice)
            self.mc.state = self.esme.state = SessionState.OUTBOUND
        if bind and may_send(Role.ESME, self.esme.state, command_id(bind)):
            self.bind(bind, version)
            self.receive(Role.MC, 100)
            self.answer(Role.MC, 0, is_accepted=True)
            self.receive(Role.ESME, 100)
            assert self.esme.state.is_bound

    @precondition(lambda self: not self.is_binding and not self.esme.state.is_bound and not self.esme.is_over)
    @rule(bind=st.sampled_from(BINDS), version=versions)
    def bind(self, bind: Bind, version: int) -> None:
        if may_send(Role.ESME, self.esme.state, command_id(bind)):
            self.ask(self.esme, bind("panel", interface_version=version))
            self.is_binding = True

    @rule(role=roles, pdu=st.sampled_from(REQUESTS))
    def request(self, role: Role, pdu: Pdu) -> None:
        side, version = self.sides[role], self.sides[role].session.interface_version
        is_allowed = may_send(role, side.state, command_id(type(pdu)), 0x50 if version in {0, 0x50} else 0x34)
        if is_allowed and not side.is_over and len(side.waiting) < WINDOW and not self.is_binding:
            self.ask(side, pdu)

    @precondition(lambda self: not self.is_binding)
    @rule(role=roles, is_meant=st.sampled_from([False] * 5 + [True]))
    def unbind(self, role: Role, is_meant: bool) -> None:
        side = self.sides[role]
        if is_meant and side.state.is_bound and not any(isinstance(pdu, Unbind) for pdu, _ in side.waiting.values()):
            self.ask(side, Unbind())

    def ask(self, side: Side, pdu: Pdu) -> None:
        number = side.session.send_request(pdu, self.now)
        assert number not in side.waiting
        side.waiting[number] = (pdu, self.now)
        self.sides[side.role.peer].asked.append(pdu)
        self.post(side)

    def post(self, side: Side) -> None:
        self.sides[side.role.peer].incoming += side.session.data_to_send()

    @rule(role=roles, which=st.integers(0, 20), is_accepted=st.booleans())
    def answer(self, role: Role, which: int, is_accepted: bool) -> None:
        side = self.sides[role]
        if not side.owed or side.is_over:
            return
        number, pdu = side.owed.pop(which % len(side.owed))
        status = CommandStatus.ESME_ROK if is_accepted else CommandStatus.ESME_RSYSERR
        if isinstance(pdu, BindTransmitter | BindReceiver | BindTransceiver):
            side.session.send_response(number, bind_answer(pdu), status)
            if is_accepted:
                side.state = BOUND_BY[command_id(type(pdu))]
        else:
            response = response_type(type(pdu))
            assert response is not None
            side.session.send_response(number, response(), status)
        self.post(side)

    @rule(role=roles, octets=st.integers(1, 60))
    def receive(self, role: Role, octets: int) -> None:
        side = self.sides[role]
        chunk, side.incoming = side.incoming[:octets], side.incoming[octets:]
        for event in side.session.receive_data(chunk, self.now):
            self.happened(side, event)
        self.post(side)

    def happened(self, side: Side, event: Event) -> None:
        match event:
            case Request(number, pdu):
                self.skip_what_is_answered_inside(side)
                assert side.asked.popleft() == pdu
                side.owed.append((number, pdu))
            case Response(request, number, status, pdu):
                assert side.waiting.pop(number)[0] == request
                self.settled(side, request, status, pdu)
            case UnexpectedResponse(sequence_number=number):
                side.given_up.remove(number)
            case Closed():
                side.state = side.session.state
                assert side.is_over
            case _:
                raise AssertionError(event)

    def skip_what_is_answered_inside(self, side: Side) -> None:
        while isinstance(side.asked[0], EnquireLink):
            side.asked.popleft()

    def settled(self, side: Side, request: Pdu, status: int, response: Any) -> None:
        expected = response_type(type(request))
        assert type(response) is expected
        if isinstance(request, BindTransmitter | BindReceiver | BindTransceiver):
            self.is_binding = False
            if status == CommandStatus.ESME_ROK:
                side.state = BOUND_BY[command_id(type(request))]

    @precondition(lambda self: not self.is_binding)
    @rule(seconds=st.floats(0.5, 12.0))
    def wait(self, seconds: float) -> None:
        self.now += seconds
        for side in self.sides.values():
            late = [number for number, (_, since) in side.waiting.items() if since + PATIENCE <= self.now]
            if side.is_over:
                continue
            is_unbinding = any(isinstance(side.waiting[number][0], Unbind) for number in late)
            events = side.session.handle_deadline(self.now)
            if is_unbinding:
                assert isinstance(events[-1], Closed)
                side.state = SessionState.CLOSED
                continue
            assert [event.sequence_number for event in events if isinstance(event, ResponseTimedOut)] == late
            for number in late:
                del side.waiting[number]
                side.given_up.add(number)

    @invariant()
    def the_model_holds(self) -> None:
        for side in self.sides.values():
            session = side.session
            if side.is_over:
                assert session.state in {SessionState.UNBOUND, SessionState.CLOSED}
                assert session.deadline() is None
                continue
            assert session.state is side.state
            assert session.outstanding == len(side.waiting)
            assert session.window_room == max(0, WINDOW - len(side.waiting))
            binds = sum(isinstance(pdu, BindTransmitter | BindReceiver | BindTransceiver) for _, pdu in side.owed)
            assert session.unanswered == len(side.owed) - binds
            assert session.unsent == 0
            moments = [since + PATIENCE for _, since in side.waiting.values()]
            assert session.deadline() == (min(moments) if moments else None)


TestConversation = Conversation.TestCase
