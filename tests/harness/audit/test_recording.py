"""Traces become a recording: responses beside requests, sessions in their states, what was watched and what was not."""

import pytest

from harness.audit.recording import Recording
from harness.audit.traces import Carried, Opened
from simulator.smpp.codec import encode
from simulator.smpp.consts import V33, V34
from simulator.smpp.pdus import DeliverSm, EnquireLink, EnquireLinkResp, GenericNack, SubmitSm
from simulator.smpp.states import Role, SessionState
from tests.harness.audit.talk import NOON, Talk


def test_a_response_finds_its_request() -> None:
    recording = Talk().bind().submit().recording()
    bind, bind_resp, submit, submit_resp = recording.pdus
    assert recording.answer_to(submit) is submit_resp
    assert recording.request_of(bind_resp) is bind
    assert recording.answer_to(submit_resp) is None


def test_the_directions_number_independently() -> None:
    recording = Talk().bind().enquire(None).mc(EnquireLink(), 2).mc(EnquireLinkResp(), 2).recording()
    ours, theirs, answer = recording.pdus[2:]
    assert recording.answer_to(ours) is answer
    assert recording.answer_to(theirs) is None


def test_requests_under_one_number_are_answered_in_their_order() -> None:
    talk = Talk().bind().esme(SubmitSm(), 5).esme(SubmitSm(), 5)
    recording = talk.mc(GenericNack(), 5, 8).mc(GenericNack(), 5, 8).recording()
    first, second, nack, other = recording.pdus[2:]
    assert (recording.answer_to(first), recording.answer_to(second)) == (nack, other)


def test_the_state_is_that_before_the_pdu() -> None:
    states = [pdu.state for pdu in Talk().bind().submit().unbind().enquire().recording().pdus]
    assert states == [
        SessionState.OPEN,
        SessionState.OPEN,
        *[SessionState.BOUND_TRX] * 4,
        *[SessionState.UNBOUND] * 2,
    ]


def test_a_refused_bind_binds_nobody() -> None:
    recording = Talk().bind(status=13).enquire().recording()
    assert recording.pdus[-1].state is SessionState.OPEN
    assert recording.sessions[0].bind is None
    assert recording.sessions[0].system_id == ""


def test_what_began_before_the_recording_has_no_state() -> None:
    recording = Talk().join().submit().recording()
    assert {pdu.state for pdu in recording.pdus} == {None}
    assert recording.missed_before(recording.pdus[0])
    assert not recording.sessions[0].is_whole


def test_the_version_is_that_of_the_bind() -> None:
    talk = Talk().open().esme(EnquireLink()).bind(interface_version=0x33).submit()
    assert [pdu.version for pdu in talk.recording().pdus] == [V34, *[V33] * 4]


def test_what_was_watched_ends_with_the_session_the_recording_or_a_loss() -> None:
    for talk, seconds in (
        (Talk().bind().mc(DeliverSm()).wait(5), 5),
        (Talk().bind().mc(DeliverSm()).wait(3).end().wait(5), 3),
        (Talk().bind().mc(DeliverSm()).wait(2).lose().wait(5), 2),
        (Talk().bind().lose().mc(DeliverSm()).wait(4), 4),
    ):
        recording = talk.recording()
        [deliver] = recording.sent(Role.MC, DeliverSm)
        assert recording.watched(deliver) == pytest.approx(seconds)


def test_octets_that_are_no_pdu_say_why() -> None:
    header = encode(SubmitSm(), 7)[:16]
    recording = Recording(
        [Opened(NOON, 1, 1), Carried(NOON, 2, 1, Role.ESME, header), Carried(NOON, 3, 1, Role.ESME, b"")]
    )
    [pdu] = recording.pdus
    assert (pdu.command, pdu.sequence_number, pdu.pdu) == ("submit_sm", 7, None)
    assert pdu.fault is not None
    assert pdu.fault.path == "submit_sm.command_length"


def test_an_empty_recording() -> None:
    recording = Recording((), notes=["nothing"])
    assert (recording.pdus, recording.sessions, recording.began, recording.ended) == ([], (), 0.0, 0.0)
    assert recording.notes == ("nothing",)
