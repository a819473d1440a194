"""What a strict session refuses by itself, what another lets through, and what versions change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.smpp.codec import decode, encode
from simulator.smpp.consts import V34, V50, CommandStatus
from simulator.smpp.events import Event, Malformed
from simulator.smpp.inspection import check_fields, check_tlvs
from simulator.smpp.pdus import (
    BindTransceiver,
    BindTransceiverResp,
    DataSm,
    DataSmResp,
    DeliverSm,
    SubmitMulti,
    SubmitMultiResp,
    SubmitSm,
    SubmitSmResp,
)
from simulator.smpp.session import Role, Session, SessionLimits
from simulator.smpp.tlvs import Tlv
from tests.smpp.helpers import QUIET, asked_by, bound

LENIENT = SessionLimits(session_init=None, enquire_link=None, response_timeout=None, strict=False)
BIND_50 = BindTransceiver("panel", interface_version=0x50)
ODD = SubmitSm(priority_flag=9, source_addr="3000")


def refusal(events: list[Event]) -> tuple[str, int]:
    [event] = events
    assert isinstance(event, Malformed)
    return event.error.path, event.error.command_status


def test_a_reserved_value_is_refused_with_its_status_and_path() -> None:
    mc = bound().mc
    assert refusal(mc.receive_data(encode(ODD, 9), 1.0)) == ("submit_sm.priority_flag", CommandStatus.ESME_RINVPRTFLG)
    assert mc.data_to_send() == encode(SubmitSmResp(), 9, CommandStatus.ESME_RINVPRTFLG)
    assert mc.unanswered == 0


def test_tlvs_that_are_not_in_order_are_refused() -> None:
    mc = bound().mc
    wire = encode(SubmitSm(tlvs=(Tlv(0x0204, b"\0\1"), Tlv(0x020E, b"\0"))), 9)
    path = "submit_sm.tlvs[1].sar_total_segments"
    assert refusal(mc.receive_data(wire, 1.0)) == (path, CommandStatus.ESME_RINVTLVVAL)


def test_a_group_is_refused_with_its_own_response() -> None:
    mc = bound().mc
    path, status = refusal(mc.receive_data(encode(SubmitMulti(), 9), 1.0))
    assert (path, status) == ("submit_multi.dest_address", CommandStatus.ESME_RINVNUMDESTS)
    assert mc.data_to_send() == encode(SubmitMultiResp(), 9, status)


@pytest.mark.parametrize("pdu", [ODD, SubmitSm(tlvs=(Tlv(0x020E, b"\0"),)), SubmitMulti(), SubmitSm(data_coding=0xE0)])
def test_a_lenient_session_passes_everything_on(pdu: SubmitSm | SubmitMulti) -> None:
    mc = bound(BIND_50, LENIENT).mc
    assert mc.receive_data(encode(pdu, 9), 1.0) == [asked_by(9, pdu)]


def test_the_version_of_the_bind_decides_what_is_reserved() -> None:
    only_50 = encode(SubmitSm(registered_delivery=3), 9)
    assert bound(BIND_50).mc.receive_data(only_50, 1.0) == [asked_by(9, SubmitSm(registered_delivery=3))]
    path, status = refusal(bound().mc.receive_data(only_50, 1.0))
    assert (path, status) == ("submit_sm.registered_delivery", CommandStatus.ESME_RINVREGDLVFLG)


def test_an_mc_that_says_3_4_holds_an_esme_at_5_0_to_it() -> None:
    mc = Session(Role.MC, QUIET, 0.0)
    mc.receive_data(encode(BIND_50, 1), 0.0)
    mc.send_response(1, BindTransceiverResp(tlvs=(Tlv(0x0210, b"\x34"),)))
    path, _ = refusal(mc.receive_data(encode(SubmitSm(priority_flag=4), 2), 0.0))
    assert path == "submit_sm.priority_flag"
    assert mc.interface_version == 0x50


def test_a_peer_at_3_3_gets_no_tlvs_and_may_send_odd_ones() -> None:
    pair = bound(BindTransceiver("panel", interface_version=0x33))
    odd = SubmitSm(tlvs=(Tlv(0x020E, b"\0"),))
    assert pair.mc.receive_data(encode(odd, 9), 1.0) == [asked_by(9, odd)]
    pair.mc.send_response(9, SubmitSmResp("17", (Tlv(0x001D, b"why\0"),)))
    assert pair.mc.data_to_send() == encode(SubmitSmResp("17"), 9)
    receipt = DeliverSm(esm_class=4, tlvs=(Tlv(0x0427, b"\2"),))
    pair.mc.send_request(receipt, 1.0)
    assert decode(pair.mc.data_to_send()).pdu == DeliverSm(esm_class=4)


def test_a_bind_response_to_3_3_has_no_tlvs_either() -> None:
    mc = Session(Role.MC, QUIET, 0.0)
    mc.receive_data(encode(BindTransceiver("panel", interface_version=0), 1), 0.0)
    mc.send_response(1, BindTransceiverResp("khatban", (Tlv(0x0210, b"\x50"),)))
    assert mc.data_to_send() == encode(BindTransceiverResp("khatban"), 1)


def test_a_bind_answer_that_cannot_be_written_can_be_given_again() -> None:
    mc = Session(Role.MC, QUIET, 0.0)
    mc.receive_data(encode(BIND_50, 1), 0.0)
    with pytest.raises(ValueError, match="system_id"):
        mc.send_response(1, BindTransceiverResp("a" * 16))
    mc.send_response(1, BindTransceiverResp("khatban"))
    assert mc.state.is_bound


@pytest.mark.parametrize("version", [V34, V50])
@pytest.mark.parametrize("role", Role)
def test_data_sm_goes_both_ways(role: Role, version: int) -> None:
    pair = bound(BindTransceiver("panel", interface_version=version))
    ours, theirs = (pair.esme, pair.mc) if role is Role.ESME else (pair.mc, pair.esme)
    message = DataSm(destination_addr="98912", tlvs=(Tlv(0x0424, b"hi"),))
    number = ours.send_request(message, 1.0)
    assert theirs.receive_data(ours.data_to_send(), 1.0) == [asked_by(number, message)]
    theirs.send_response(number, DataSmResp("17"))
    [answered] = ours.receive_data(theirs.data_to_send(), 1.0)
    assert answered[:2] == (message, number)


OCTETS = (
    "source_addr_ton",
    "source_addr_npi",
    "dest_addr_ton",
    "dest_addr_npi",
    "esm_class",
    "priority_flag",
    "registered_delivery",
    "replace_if_present_flag",
    "data_coding",
    "sm_default_msg_id",
)
submissions = st.builds(
    lambda octets, schedule, text, tlvs: SubmitSm(
        **dict(zip(OCTETS, octets, strict=True)), schedule_delivery_time=schedule, short_message=text, tlvs=tuple(tlvs)
    ),
    # mostly what is permitted, so that each rule gets its turn
    st.lists(st.one_of(st.just(0), st.just(0), st.integers(0, 255)), min_size=len(OCTETS), max_size=len(OCTETS)),
    st.sampled_from(["", "", "000001000000000R", "soon"]),
    st.one_of(st.just(b""), st.binary(max_size=255)),
    st.lists(
        st.builds(Tlv, st.sampled_from([0x020C, 0x020E, 0x020F, 0x0424, 0x1401]), st.binary(max_size=3)), max_size=4
    ),
)


@given(submissions, st.sampled_from([V34, V50]))
def test_the_guards_of_the_decoder_miss_nothing_that_the_checks_find(pdu: SubmitSm, version: int) -> None:
    mc = bound(BindTransceiver("panel", interface_version=version)).mc
    fault = check_fields(pdu, Role.ESME, version) or check_tlvs(pdu, Role.ESME, version)
    events = mc.receive_data(encode(pdu, 9), 1.0)
    if fault is None:
        assert events == [asked_by(9, pdu)]
    else:
        assert refusal(events) == (f"submit_sm.{fault.where}", fault.command_status)
