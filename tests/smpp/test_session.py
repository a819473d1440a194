"""Stories of one session: both ends talk, and each misuse is answered as the specification says."""

import pytest

from simulator.smpp.codec import decode, encode
from simulator.smpp.consts import CommandId, CommandStatus, MessageState, TlvTag
from simulator.smpp.errors import SessionError
from simulator.smpp.events import Closed, Malformed, Request, Response, ResponseTimedOut, UnexpectedResponse
from simulator.smpp.pdus import (
    BindReceiver,
    BindTransceiver,
    BindTransceiverResp,
    BindTransmitter,
    BindTransmitterResp,
    DeliverSm,
    DeliverSmResp,
    EnquireLink,
    EnquireLinkResp,
    GenericNack,
    Pdu,
    SubmitSm,
    SubmitSmResp,
    Unbind,
    UnbindResp,
)
from simulator.smpp.receipts import Receipt, parse_receipt, receipt_pdu
from simulator.smpp.session import Role, Session, SessionLimits, SessionState
from simulator.smpp.tlvs import Tlv, build
from tests.smpp.helpers import QUIET, Bind, ConnectionPair, asked_by, bound, frame, octets

SUBMIT = SubmitSm(source_addr="3000", destination_addr="989121234567", registered_delivery=1, short_message=b"hello")


def test_bind_submit_receipt_unbind() -> None:
    pair = ConnectionPair()
    [asked] = pair.ask(BindTransceiver(system_id="panel", password="secret"))
    assert asked == asked_by(1, BindTransceiver(system_id="panel", password="secret"))
    assert pair.states == (SessionState.OPEN, SessionState.OPEN)
    version = build(TlvTag.SC_INTERFACE_VERSION, 0x34)
    pair.mc.send_response(1, BindTransceiverResp("khatban", (version,)))
    assert pair.states == (SessionState.OPEN, SessionState.BOUND_TRX)
    [answered] = pair.to_esme()
    assert answered == Response(asked.pdu, 1, 0, BindTransceiverResp("khatban", (version,)))
    assert pair.states == (SessionState.BOUND_TRX, SessionState.BOUND_TRX)
    assert (pair.mc.system_id, pair.mc.interface_version) == ("panel", 0x34)
    assert (pair.esme.system_id, pair.esme.interface_version) == ("khatban", 0x34)

    assert pair.ask(SUBMIT) == [asked_by(2, SUBMIT)]
    pair.mc.send_response(2, SubmitSmResp("0000000017"))
    assert pair.to_esme() == [Response(SUBMIT, 2, 0, SubmitSmResp("0000000017"))]

    receipt = receipt_pdu(Receipt("0000000017", MessageState.DELIVERED, None, None), SUBMIT, pair.mc.interface_version)
    [delivered] = pair.deliver(receipt)
    assert isinstance(delivered, Request)
    assert isinstance(delivered.pdu, DeliverSm)
    assert parse_receipt(delivered.pdu.short_message).message_id == "0000000017"
    pair.esme.send_response(delivered.sequence_number, DeliverSmResp())
    assert pair.to_mc() == [Response(receipt, 1, 0, DeliverSmResp())]

    assert pair.ask(Unbind()) == [Closed("the peer has unbound")]
    assert pair.to_esme() == [Response(Unbind(), 3, 0, UnbindResp()), Closed("unbound")]
    assert pair.states == (SessionState.CLOSED, SessionState.CLOSED)


@pytest.mark.parametrize(
    ("bind", "state"),
    [
        (BindTransmitter(), SessionState.BOUND_TX),
        (BindReceiver(), SessionState.BOUND_RX),
        (BindTransceiver(), SessionState.BOUND_TRX),
    ],
)
def test_each_bind_leads_to_its_state_on_both_sides(bind: Bind, state: SessionState) -> None:
    pair = bound(bind)
    assert pair.states == (state, state)


def test_a_refused_bind_leaves_the_session_open_for_another() -> None:
    pair = ConnectionPair()
    [refused] = pair.bind(command_status=CommandStatus.ESME_RINVPASWD)
    assert isinstance(refused, Response)
    assert refused.command_status == CommandStatus.ESME_RINVPASWD
    assert pair.states == (SessionState.OPEN, SessionState.OPEN)
    pair.bind()
    assert pair.states == (SessionState.BOUND_TRX, SessionState.BOUND_TRX)


def test_a_refused_bind_is_answered_with_one_nul_as_body() -> None:
    pair = ConnectionPair()
    pair.ask(BindTransceiver(system_id="panel"))
    pair.mc.send_response(1, BindTransceiverResp(), CommandStatus.ESME_RINVSYSID)
    assert pair.mc.data_to_send() == octets("00000011 80000009 0000000f 00000001 00")


def test_an_mc_that_says_no_version_takes_no_tlvs() -> None:
    pair = ConnectionPair()
    pair.ask(BindTransceiver("panel"))
    pair.mc.send_response(1, BindTransceiverResp())
    pair.to_esme()
    assert pair.esme.interface_version == 0x33
    plain = SUBMIT._replace(tlvs=())
    assert pair.ask(SUBMIT._replace(tlvs=(Tlv(0x0204, b"\0\1"),))) == [asked_by(2, plain)]


@pytest.mark.parametrize(
    ("bind", "wire", "answer", "status", "path"),
    [
        (None, encode(SUBMIT, 9), SubmitSmResp, CommandStatus.ESME_RINVBNDSTS, "submit_sm"),
        (None, encode(Unbind(), 9), UnbindResp, CommandStatus.ESME_RINVBNDSTS, "unbind"),
        (BindReceiver(), encode(SUBMIT, 9), SubmitSmResp, CommandStatus.ESME_RINVBNDSTS, "submit_sm"),
        (BindTransceiver(), encode(DeliverSm(), 9), DeliverSmResp, CommandStatus.ESME_RINVBNDSTS, "deliver_sm"),
        (
            BindTransceiver(),
            encode(BindTransmitter(), 9),
            BindTransmitterResp,
            CommandStatus.ESME_RALYBND,
            "bind_transmitter",
        ),
        (
            BindTransceiver(),
            frame(CommandId.SUBMIT_SM, b"\0\0\0" + b"3" * 30, sequence_number=9),
            SubmitSmResp,
            CommandStatus.ESME_RINVSRCADR,
            "submit_sm.source_addr",
        ),
        (
            None,
            frame(CommandId.BIND_TRANSCEIVER, b"panel\x001234567890", sequence_number=9),
            BindTransceiverResp,
            CommandStatus.ESME_RINVPASWD,
            "bind_transceiver.password",
        ),
        (
            BindTransceiver(),
            frame(CommandId.UNBIND, b"\xff", sequence_number=9),
            UnbindResp,
            CommandStatus.ESME_RINVTLVSTREAM,
            "unbind.tlvs",
        ),
        (BindTransceiver(), frame(0x22, sequence_number=9), GenericNack, CommandStatus.ESME_RINVCMDID, "command_id"),
        (None, frame(0x00010200, sequence_number=9), GenericNack, CommandStatus.ESME_RINVCMDID, "command_id"),
    ],
)
def test_misuse_is_answered_by_the_session_itself(
    bind: Bind | None, wire: bytes, answer: type[Pdu], status: CommandStatus, path: str
) -> None:
    pair = bound(bind) if bind else ConnectionPair()
    before = pair.mc.state
    [event] = pair.mc.receive_data(wire, 0.0)
    assert isinstance(event, Malformed)
    assert (event.error.path, event.error.command_status, event.error.sequence_number) == (path, status, 9)
    told = decode(pair.mc.data_to_send())
    assert (type(told.pdu), told.command_status, told.sequence_number) == (answer, status, 9)
    assert pair.mc.state is before
    assert pair.mc.receive_data(encode(EnquireLink(), 10), 0.0) == []  # the conversation goes on
    assert pair.mc.unsent == 16


def test_a_second_bind_while_the_first_waits_is_refused() -> None:
    pair = ConnectionPair()
    pair.ask(BindTransceiver(system_id="panel"))
    [event] = pair.mc.receive_data(encode(BindReceiver(), 2), 0.0)
    assert isinstance(event, Malformed)
    assert (event.error.command_status, event.error.reason) == (CommandStatus.ESME_RALYBND, "a bind is under way")


def test_a_bind_of_the_mc_is_out_of_place_and_not_one_too_many() -> None:
    pair = bound()
    [event] = pair.esme.receive_data(encode(BindTransceiver(), 1), 0.0)
    assert isinstance(event, Malformed)
    assert event.error.command_status == CommandStatus.ESME_RINVBNDSTS


def test_enquire_link_is_answered_inside_in_any_state() -> None:
    pair = ConnectionPair()
    assert pair.mc.receive_data(encode(EnquireLink(), 0xFFFFFFFF), 0.0) == []
    assert decode(pair.mc.data_to_send()) == (CommandId.ENQUIRE_LINK_RESP, 0, 0xFFFFFFFF, EnquireLinkResp())


@pytest.mark.parametrize(
    ("response", "status", "in_event"),
    [
        (encode(SubmitSmResp("1"), 77), 0, SubmitSmResp("1")),
        (encode(GenericNack(), 77, 3), 3, GenericNack()),
        (frame(0x80010200, b"1\0", sequence_number=77), 0, None),
    ],
)
def test_a_response_to_nothing_is_an_event_and_never_answered(response: bytes, status: int, in_event: Pdu) -> None:
    pair = bound()
    [event] = pair.esme.receive_data(response, 0.0)
    code = int.from_bytes(response[4:8], "big")
    assert event == UnexpectedResponse(code, status, 77, in_event)
    assert pair.esme.data_to_send() == b""


def test_a_response_of_the_wrong_kind_does_not_end_the_wait() -> None:
    pair = bound()
    pair.ask(SUBMIT)
    [event] = pair.esme.receive_data(encode(DeliverSmResp(), 2), 0.0)
    assert isinstance(event, UnexpectedResponse)
    assert pair.esme.outstanding == 1


def test_a_generic_nack_ends_the_wait() -> None:
    pair = bound()
    pair.ask(SUBMIT)
    events = pair.esme.receive_data(encode(GenericNack(), 2, CommandStatus.ESME_RINVCMDID), 0.0)
    assert events == [Response(SUBMIT, 2, CommandStatus.ESME_RINVCMDID, GenericNack())]
    assert pair.esme.outstanding == 0


def test_a_response_that_cannot_be_read_still_says_how_the_request_ended() -> None:
    pair = bound()
    pair.ask(SUBMIT)
    broken = frame(CommandId.SUBMIT_SM_RESP, b"1" * 70, sequence_number=2, command_status=0x14)
    [malformed, response] = pair.esme.receive_data(broken, 0.0)
    assert isinstance(malformed, Malformed)
    assert malformed.error.path == "submit_sm_resp.message_id"
    assert response == Response(SUBMIT, 2, 0x14, None)
    assert pair.esme.data_to_send() == b""


@pytest.mark.parametrize("length", [0, 1, 15, 69_633, 0xFFFFFFFF])
def test_an_impossible_command_length_is_refused_as_soon_as_it_is_there(length: int) -> None:
    pair = bound()
    [event] = pair.mc.receive_data(length.to_bytes(4, "big"), 0.0)
    assert isinstance(event, Closed)
    assert f"command_length {length} is " in event.reason
    assert pair.mc.state is SessionState.CLOSED
    assert pair.mc.data_to_send() == octets("00000010 80000000 00000002 00000000")
    assert pair.mc.receive_data(encode(SUBMIT, 1), 0.0) == []


def test_the_nack_of_a_readable_header_has_its_sequence_number_and_goes_out_last() -> None:
    pair = bound()
    wire = encode(SUBMIT, 5) + octets("0000000f 00000015 00000000 00000006") + encode(SUBMIT, 7)
    events = pair.mc.receive_data(wire, 0.0)
    assert events == [asked_by(5, SUBMIT), Closed("command_length 15 is below 16 (ESME_RINVCMDLEN)")]
    pair.mc.send_response(5, SubmitSmResp("17"))
    assert pair.mc.data_to_send() == encode(SubmitSmResp("17"), 5) + octets("00000010 80000000 00000002 00000006")
    pair.mc.send_response(5, SubmitSmResp("17"))
    assert pair.mc.data_to_send() == b""


def test_what_came_before_unbind_is_answered_before_it() -> None:
    pair = bound()
    events = pair.mc.receive_data(encode(SUBMIT, 5) + encode(Unbind(), 6) + encode(SUBMIT, 7), 0.0)
    assert events == [asked_by(5, SUBMIT), Closed("the peer has unbound")]
    assert pair.states == (SessionState.BOUND_TRX, SessionState.UNBOUND)
    pair.mc.send_response(5, SubmitSmResp("17"))
    assert pair.mc.unsent == 19 + 16
    assert pair.mc.data_to_send() == encode(SubmitSmResp("17"), 5) + encode(UnbindResp(), 6)
    assert pair.states == (SessionState.BOUND_TRX, SessionState.CLOSED)
    assert pair.mc.unsent == 0


@pytest.mark.parametrize(
    ("partial", "reason"),
    [
        (b"", "the peer closed the connection"),
        (encode(SUBMIT, 1)[:20], "the peer closed the connection, 20 octets into a PDU"),
    ],
)
def test_end_of_the_stream(partial: bytes, reason: str) -> None:
    pair = bound()
    assert pair.mc.receive_data(partial, 0.0) == []
    assert pair.mc.receive_eof(0.0) == [Closed(reason)]
    assert pair.mc.receive_eof(0.0) == []
    pair.mc.send_response(1, SubmitSmResp("late"))
    assert pair.mc.data_to_send() == b""


@pytest.mark.parametrize(
    ("role", "bind", "pdu"),
    [
        (Role.ESME, None, SUBMIT),
        (Role.ESME, BindReceiver(), SUBMIT),
        (Role.ESME, BindTransceiver(), DeliverSm()),
        (Role.ESME, BindTransceiver(), BindTransceiver()),
        (Role.ESME, BindTransceiver(), SubmitSmResp()),
        (Role.MC, None, BindTransceiver()),
        (Role.MC, None, Unbind()),
        (Role.MC, BindTransmitter(), DeliverSm()),
        (Role.MC, BindTransceiver(), SUBMIT),
    ],
)
def test_our_own_side_is_held_to_the_matrix_too(role: Role, bind: Bind | None, pdu: Pdu) -> None:
    pair = bound(bind) if bind else ConnectionPair()
    session = pair.esme if role is Role.ESME else pair.mc
    with pytest.raises(SessionError, match=rf": no {role.value} sends it in state "):
        session.send_request(pdu, 0.0)
    assert session.data_to_send() == b""
    assert session.outstanding == 0


def test_our_own_answers_are_held_to_the_matrix_too() -> None:
    pair = bound(BindTransmitter())
    for answer in (BindTransceiverResp(), BindTransmitterResp(), DeliverSmResp(), SUBMIT):
        with pytest.raises(SessionError, match="nothing to answer by it in state BOUND_TX"):
            pair.mc.send_response(1, answer)
    with pytest.raises(SessionError):
        pair.esme.send_response(1, BindTransmitterResp())


def test_only_one_bind_at_a_time() -> None:
    pair = ConnectionPair()
    pair.esme.send_request(BindTransceiver(), 0.0)
    with pytest.raises(SessionError, match="bind_receiver: a bind is under way"):
        pair.esme.send_request(BindReceiver(), 0.0)


def test_a_value_that_cannot_be_written_leaves_nothing_outstanding() -> None:
    pair = bound()
    with pytest.raises(ValueError, match=r"submit_sm\.source_addr"):
        pair.esme.send_request(SubmitSm(source_addr="3" * 40), 0.0)
    assert pair.esme.outstanding == 0
    assert pair.esme.data_to_send() == b""


def test_window() -> None:
    pair = bound(limits=SessionLimits(window_out=2))
    assert pair.esme.window_room == 2
    first, second = pair.esme.send_request(SUBMIT, 0.0), pair.esme.send_request(SUBMIT, 0.0)
    assert (pair.esme.outstanding, pair.esme.window_room) == (2, 0)
    with pytest.raises(SessionError, match="submit_sm: the window is full, 2 requests wait"):
        pair.esme.send_request(SUBMIT, 0.0)
    pair.to_mc()
    pair.mc.send_response(second, SubmitSmResp("2"))
    assert pair.to_esme() == [Response(SUBMIT, second, 0, SubmitSmResp("2"))]
    assert (pair.esme.outstanding, pair.esme.window_room) == (1, 1)
    assert pair.esme.send_request(SUBMIT, 0.0) == 4
    pair.esme.send_request(Unbind(), 0.0)  # leaving needs no room
    assert first == 2


def test_a_bind_that_times_out_can_be_tried_again() -> None:
    session = Session(Role.ESME, SessionLimits(session_init=None, response_timeout=5.0), 0.0)
    session.send_request(BindTransceiver(), 0.0)
    assert session.handle_deadline(5.0) == [ResponseTimedOut(BindTransceiver(), 1)]
    assert session.send_request(BindTransceiver(), 5.0) == 2


def test_a_bind_that_is_answered_after_the_framing_was_lost_moves_nothing() -> None:
    session = Session(Role.MC, QUIET, 0.0)
    session.receive_data(encode(BindTransceiver(), 1) + bytes(16), 0.0)
    session.send_response(1, BindTransceiverResp())
    assert session.state is SessionState.CLOSED


def test_the_tlvs_of_a_submit_sm_arrive_as_they_are() -> None:
    pair = bound()
    odd = SUBMIT._replace(tlvs=(Tlv(0x1401, b"\x00\x01"), Tlv(0x0427, b"")))
    assert pair.ask(odd) == [asked_by(2, odd)]


def test_a_receipt_may_come_in_the_same_read_as_the_bind_response() -> None:
    pair = ConnectionPair()
    pair.ask(BindTransceiver("panel"))
    receipt = DeliverSm(short_message=b"id:17 stat:DELIVRD")
    events = pair.esme.receive_data(encode(BindTransceiverResp(), 1) + encode(receipt, 1), 0.0)
    assert events == [Response(BindTransceiver("panel"), 1, 0, BindTransceiverResp()), asked_by(1, receipt)]


def test_a_generic_nack_binds_nobody_whatever_its_status() -> None:
    pair = ConnectionPair()
    pair.ask(BindTransceiver("panel"))
    [event] = pair.esme.receive_data(encode(GenericNack(), 1, CommandStatus.ESME_ROK), 0.0)
    assert isinstance(event, Response)
    assert pair.esme.state is SessionState.OPEN


def test_a_bind_too_many_says_in_which_state_it_came() -> None:
    [event] = bound().mc.receive_data(encode(BindReceiver(), 2), 0.0)
    assert isinstance(event, Malformed)
    assert event.error.reason == "no ESME sends it in state BOUND_TRX"


def test_a_request_does_not_take_the_number_of_an_enquire_link_that_waits() -> None:
    pair = bound(limits=SessionLimits(session_init=None, enquire_link=30.0))
    pair.mc.handle_deadline(30.0)
    enquiry = decode(pair.mc.data_to_send()).sequence_number
    pair.mc._window._next = enquiry
    assert pair.mc.send_request(DeliverSm(), 31.0) == enquiry + 1
