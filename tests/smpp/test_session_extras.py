"""outbind and alert_notification, congestion_state, and the window of the peer."""

import pytest

from simulator.smpp.codec import decode, encode
from simulator.smpp.consts import CommandStatus
from simulator.smpp.errors import SessionError
from simulator.smpp.events import Closed, Malformed, Notice, Overrun, Request, Response
from simulator.smpp.pdus import (
    AlertNotification,
    BindReceiver,
    BindTransceiver,
    BindTransmitter,
    BindTransmitterResp,
    DeliverSm,
    EnquireLink,
    GenericNack,
    Outbind,
    SubmitSm,
    SubmitSmResp,
    Unbind,
)
from simulator.smpp.session import SessionLimits, SessionState
from tests.smpp.helpers import Bind, ConnectionPair, asked_by, bound, frame, octets

CALL = Outbind("khatban", "secret")
SUBMIT = SubmitSm(source_addr="3000", destination_addr="98912")
BIND_50 = BindTransceiver("panel", interface_version=0x50)


@pytest.mark.parametrize(
    ("bind", "state"), [(BindReceiver("panel"), SessionState.BOUND_RX), (BIND_50, SessionState.BOUND_TRX)]
)
def test_an_mc_calls_and_the_esme_binds(bind: Bind, state: SessionState) -> None:
    pair = ConnectionPair()
    assert pair.deliver(CALL) == [Notice(1, CALL)]
    assert pair.states == (SessionState.OUTBOUND, SessionState.OUTBOUND)
    assert (pair.esme.system_id, pair.mc.outstanding) == ("khatban", 0)
    pair.bind(bind)
    assert pair.states == (state, state)


def test_an_esme_that_is_called_does_not_bind_as_transmitter() -> None:
    pair = ConnectionPair()
    pair.deliver(CALL)
    with pytest.raises(SessionError, match="bind_transmitter: no ESME sends it in state OUTBOUND"):
        pair.esme.send_request(BindTransmitter("panel"), 0.0)
    [event] = pair.mc.receive_data(encode(BindTransmitter("panel"), 1), 0.0)
    assert isinstance(event, Malformed)
    assert pair.mc.data_to_send() == encode(BindTransmitterResp(), 1, CommandStatus.ESME_RINVBNDSTS)


def test_an_outbind_in_the_wrong_place_is_answered_by_generic_nack() -> None:
    pair = bound()
    [event] = pair.esme.receive_data(encode(CALL, 5), 0.0)
    assert isinstance(event, Malformed)
    assert pair.esme.data_to_send() == encode(GenericNack(), 5, CommandStatus.ESME_RINVBNDSTS)
    [event] = pair.mc.receive_data(encode(CALL, 5), 0.0)
    assert isinstance(event, Malformed)
    with pytest.raises(SessionError):
        pair.mc.send_request(CALL, 0.0)


def test_a_session_that_was_called_is_bound_in_time_or_closed() -> None:
    pair = ConnectionPair(SessionLimits(session_init=10.0))
    pair.deliver(CALL)
    assert pair.mc.deadline() == 10.0
    [closed] = pair.mc.handle_deadline(10.0)
    assert isinstance(closed, Closed)


def test_an_alert_is_told_and_never_answered() -> None:
    pair = bound()
    alert = AlertNotification(1, 1, "98912", esme_addr="3000")
    number = pair.mc.send_request(alert, 0.0)
    assert (pair.mc.outstanding, number) == (0, 1)
    assert pair.to_esme() == [Notice(1, alert)]
    assert (pair.esme.unanswered, pair.esme.data_to_send()) == (0, b"")
    assert pair.mc.send_request(DeliverSm(), 0.0) == 2


def test_a_broken_alert_is_answered_by_generic_nack() -> None:
    esme = bound().esme
    esme.receive_data(frame(0x102, b"\1\1" + b"9" * 70, sequence_number=7), 0.0)
    assert esme.data_to_send() == encode(GenericNack(), 7, CommandStatus.ESME_RINVSRCADR)


def test_congestion_is_told_in_every_response_to_a_peer_at_5_0() -> None:
    pair = bound(BIND_50)
    pair.mc.tell_congestion(85)
    pair.ask(SUBMIT)
    pair.mc.send_response(2, SubmitSmResp("17"))
    assert pair.mc.data_to_send() == octets("00000018 80000004 00000000 00000002", "313700", "0428 0001 55")
    pair.ask(EnquireLink())
    assert pair.mc.data_to_send() == octets("00000015 80000015 00000000 00000003", "0428 0001 55")
    pair.mc.receive_data(frame(0x22, sequence_number=4), 0.0)
    assert pair.mc.data_to_send() == encode(
        GenericNack(), 4, CommandStatus.ESME_RINVCMDID
    )  # no response of an operation
    pair.mc.tell_congestion(None)
    pair.ask(Unbind())
    assert pair.mc.data_to_send() == octets("00000010 80000006 00000000 00000004")


def test_congestion_is_not_told_to_a_peer_at_3_4() -> None:
    pair = bound()
    pair.mc.tell_congestion(85)
    pair.ask(SUBMIT)
    pair.mc.send_response(2, SubmitSmResp("17"))
    assert pair.to_esme() == [Response(SUBMIT, 2, 0, SubmitSmResp("17"))]


def test_a_request_beyond_the_window_of_the_peer_is_an_overrun() -> None:
    pair = bound(limits=SessionLimits(window_in=2))
    wire = b"".join(encode(SUBMIT, number) for number in (2, 3, 4))
    assert pair.mc.receive_data(wire, 0.0) == [asked_by(2, SUBMIT), asked_by(3, SUBMIT), Overrun(4, SUBMIT)]
    events = [*pair.mc.receive_data(encode(SUBMIT, 5), 0.0)]
    assert [type(event) for event in events] == [Overrun]
    assert pair.mc.unanswered == 4
    for number in (4, 5, 2):
        pair.mc.send_response(number, SubmitSmResp(), CommandStatus.ESME_RTHROTTLED)
    assert pair.mc.unanswered == 1
    [event] = pair.mc.receive_data(encode(SUBMIT, 6), 0.0)
    assert isinstance(event, Request)


def test_an_answer_too_many_does_not_widen_the_window() -> None:
    pair = bound(limits=SessionLimits(window_in=1))
    pair.mc.send_response(9, SubmitSmResp("17"))
    pair.mc.receive_data(encode(SUBMIT, 2), 0.0)
    pair.mc.send_response(2, SubmitSmResp("17"))
    pair.mc.send_response(2, SubmitSmResp("17"))
    assert pair.mc.unanswered == 0
    first, second = pair.mc.receive_data(encode(SUBMIT, 3) + encode(SUBMIT, 4), 0.0)
    assert (type(first), type(second)) == (Request, Overrun)


def test_enquire_link_and_a_bind_do_not_count_as_unanswered() -> None:
    pair = ConnectionPair(SessionLimits(window_in=1))
    pair.ask(BIND_50)
    pair.mc.receive_data(encode(EnquireLink(), 5), 0.0)
    assert pair.mc.unanswered == 0
    assert decode(pair.mc.data_to_send()).command_id == 0x80000015


def test_window_in_is_at_least_one() -> None:
    with pytest.raises(ValueError, match=r"^window_in: 0, must be 1 or more, or None for any number$"):
        SessionLimits(window_in=0)


def test_our_numbers_wrap_and_pass_over_those_that_wait() -> None:
    pair = bound()
    pair.esme._window._next = 0x7FFFFFFF
    assert [pair.esme.send_request(SUBMIT, 0.0) for _ in range(3)] == [0x7FFFFFFF, 1, 2]
