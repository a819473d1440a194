"""The timers by plain numbers; in a session, too."""

import pytest

from simulator.smpp.codec import decode, encode
from simulator.smpp.consts import CommandId
from simulator.smpp.events import Closed, Response, ResponseTimedOut, UnexpectedResponse
from simulator.smpp.pdus import (
    BindTransceiver,
    DeliverSm,
    DeliverSmResp,
    EnquireLink,
    EnquireLinkResp,
    SubmitSm,
    Unbind,
)
from simulator.smpp.session import Role, Session, SessionLimits, SessionState
from simulator.smpp.timers import Timer, Timers, after
from tests.smpp.helpers import QUIET, ConnectionPair, bound

ONLY = {"session_init": None, "enquire_link": None, "inactivity": None, "response_timeout": None}


def limits(**seconds: float) -> SessionLimits:
    return SessionLimits(**(ONLY | seconds))  # type: ignore[arg-type] # the keywords are times, all of them


def test_the_next_deadline_is_the_earliest_and_none_if_nothing_runs() -> None:
    assert Timers().deadline() is None
    assert Timers(session_init=4.0, response=3.0, enquire_link=9.0).deadline() == 3.0


def test_a_timer_has_expired_at_its_moment() -> None:
    timers = Timers(session_init=4.0, response=3.0, inactivity=4.5)
    assert timers.expired(2.9) == ()
    assert timers.expired(4.0) == (Timer.SESSION_INIT, Timer.RESPONSE)


def test_a_timer_that_is_off_never_runs_out() -> None:
    assert after(7.0, None) is None
    assert after(7.0, 0.5) == 7.5


def test_a_quiet_session_waits_for_nothing() -> None:
    pair = bound()
    pair.esme.send_request(SubmitSm(), 1.0)
    assert pair.esme.deadline() is None
    assert pair.esme.handle_deadline(1e9) == []


def test_session_init_closes_an_unbound_connection() -> None:
    session = Session(Role.MC, limits(session_init=10.0), 100.0)
    session.receive_data(encode(EnquireLink(), 1), 109.0)  # no bind, whatever else it is
    assert session.deadline() == 110.0
    assert session.handle_deadline(109.9) == []
    assert session.handle_deadline(110.0) == [Closed("no bind within 10.0 s")]
    assert session.state is SessionState.CLOSED
    assert session.deadline() is None
    assert session.handle_deadline(200.0) == []


def test_session_init_ends_with_the_bind() -> None:
    assert bound(limits=limits(session_init=10.0)).mc.deadline() is None


def test_silence_is_met_with_enquire_link_and_the_answer_resets_it() -> None:
    pair = bound(limits=limits(enquire_link=30.0, response_timeout=5.0))
    assert pair.mc.deadline() == 30.0
    assert pair.mc.handle_deadline(30.0) == []
    assert pair.mc.outstanding == 0
    assert pair.mc.deadline() == 35.0
    pair.now = 31.0
    assert pair.to_esme() == []
    assert pair.to_mc() == []
    assert pair.mc.deadline() == 61.0


def test_traffic_puts_enquire_link_off() -> None:
    pair = bound(limits=limits(enquire_link=30.0))
    pair.now = 20.0
    pair.ask(SubmitSm())
    assert pair.mc.deadline() == 50.0


@pytest.mark.parametrize(("response_timeout", "end"), [(5.0, 35.0), (None, 60.0)])
def test_no_sign_of_life_after_enquire_link_closes(response_timeout: float | None, end: float) -> None:
    pair = bound(limits=SessionLimits(**ONLY | {"enquire_link": 30.0, "response_timeout": response_timeout}))  # type: ignore[arg-type] # the keywords are times, all of them
    pair.mc.handle_deadline(30.0)
    assert decode(pair.mc.data_to_send()).command_id == CommandId.ENQUIRE_LINK
    assert pair.mc.deadline() == end
    assert pair.mc.handle_deadline(end) == [Closed("enquire_link was not answered")]


def test_any_octets_count_as_a_sign_of_life() -> None:
    pair = bound(limits=limits(enquire_link=30.0, response_timeout=5.0))
    pair.mc.handle_deadline(30.0)
    pair.mc.data_to_send()
    pair.mc.receive_data(encode(SubmitSm(), 9)[:5], 33.0)
    assert pair.mc.deadline() == 63.0
    assert pair.mc.handle_deadline(63.0) == []
    assert decode(pair.mc.data_to_send()).command_id == CommandId.ENQUIRE_LINK


def test_an_enquire_link_that_we_were_asked_to_send_is_a_request_like_others() -> None:
    pair = bound()
    number = pair.esme.send_request(EnquireLink(), 0.0)
    pair.to_mc()
    assert pair.to_esme() == [Response(EnquireLink(), number, 0, EnquireLinkResp())]


def test_inactivity_counts_messages_either_way_and_not_enquire_link() -> None:
    pair = bound(limits=limits(inactivity=60.0))
    pair.now = 10.0
    pair.ask(SubmitSm())
    assert pair.mc.deadline() == 70.0
    pair.mc.send_request(DeliverSm(), 20.0)
    assert pair.mc.deadline() == 80.0
    pair.mc.receive_data(encode(EnquireLink(), 50), 75.0)
    assert pair.mc.handle_deadline(80.0) == [Closed("no message for 60.0 s")]


def test_requests_time_out_in_order_and_a_late_answer_is_unexpected() -> None:
    pair = bound(limits=limits(response_timeout=60.0))
    early, late = DeliverSm(short_message=b"early"), DeliverSm(short_message=b"late")
    pair.mc.send_request(early, 0.0)
    pair.mc.send_request(late, 10.0)
    assert pair.mc.deadline() == 60.0
    assert pair.mc.handle_deadline(60.0) == [ResponseTimedOut(early, 1)]
    assert pair.mc.deadline() == 70.0
    pair.mc.data_to_send()
    assert pair.mc.receive_data(encode(DeliverSmResp(), 2), 65.0) == [Response(late, 2, 0, DeliverSmResp())]
    [event] = pair.mc.receive_data(encode(DeliverSmResp(), 1), 66.0)
    assert isinstance(event, UnexpectedResponse)
    assert pair.mc.deadline() is None


def test_an_unbind_that_is_not_answered_ends_the_session() -> None:
    pair = bound(limits=limits(response_timeout=60.0))
    number = pair.esme.send_request(Unbind(), 0.0)
    assert pair.esme.handle_deadline(60.0) == [
        ResponseTimedOut(Unbind(), number),
        Closed("unbind was not answered"),
    ]


def test_several_timers_at_once_stop_at_the_end_of_the_session() -> None:
    pair = ConnectionPair(limits(session_init=10.0, response_timeout=10.0))
    pair.esme.send_request(BindTransceiver(), 0.0)
    assert pair.esme.handle_deadline(10.0) == [Closed("no bind within 10.0 s")]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"max_pdu": 15}, "max_pdu: 15 octets, but a header alone has 16"),
        ({"window_out": 0}, "window_out: 0, must be 1 or more"),
        ({"inactivity": 0.0}, "inactivity: 0.0 seconds, must be more than 0, or None for off"),
        ({"enquire_link": float("nan")}, "enquire_link: nan seconds, must be more than 0, or None for off"),
    ],
)
def test_limits_that_make_no_sense_are_refused(wrong: dict[str, float], reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{reason}$"):
        SessionLimits(**wrong)  # type: ignore[arg-type] # meant


def test_the_default_limits_take_the_longest_message_payload() -> None:
    assert SessionLimits().max_pdu > len(encode(SubmitSm(), 1)) + 4 + 0xFFFF
    assert QUIET.window_out == 10
