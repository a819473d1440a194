"""What deployed clients were seen to send, each by name, and that the message centre's session lives with it."""

from simulator.smpp.codec import decode, encode
from simulator.smpp.consts import ESM_STORE_AND_FORWARD, ESM_UDHI, CommandStatus, MessageState, TlvTag
from simulator.smpp.events import Closed, Event, Request, Response
from simulator.smpp.pdus import (
    BindTransceiver,
    BindTransmitterResp,
    DeliverSm,
    DeliverSmResp,
    EnquireLink,
    SubmitSm,
    SubmitSmResp,
    Unbind,
)
from simulator.smpp.receipts import Receipt, receipt_pdu
from simulator.smpp.session import Session
from simulator.smpp.tlvs import Tlv, build, get
from simulator.smpp.udh import Concatenation, ReferenceKind, concatenation, message_octets
from tests.smpp.helpers import asked_by, bound, frame

PART = SubmitSm(source_addr="3000", destination_addr="989121234567", short_message=b"part")


def requests(events: list[Event]) -> list[SubmitSm]:
    found = []
    for event in events:
        assert isinstance(event, Request)
        assert isinstance(event.pdu, SubmitSm)
        found.append(event.pdu)
    return found


def receive(session: Session, *wire: bytes) -> list[Event]:
    return session.receive_data(b"".join(wire), 0.0)


def test_gosmpp_gives_all_parts_of_a_message_one_sequence_number() -> None:
    mc = bound().mc
    assert receive(mc, encode(PART, 5), encode(PART, 5)) == [asked_by(5, PART), asked_by(5, PART)]
    mc.send_response(5, SubmitSmResp("1"))
    mc.send_response(5, SubmitSmResp("2"))
    assert mc.data_to_send() == encode(SubmitSmResp("1"), 5) + encode(SubmitSmResp("2"), 5)


def test_aiosmpp_and_php_use_a_sequence_number_again() -> None:
    mc = bound().mc
    assert receive(mc, encode(PART, 3), encode(EnquireLink(), 3), encode(Unbind(), 3)) == [
        asked_by(3, PART),
        Closed("the peer has unbound"),
    ]


def test_ruby_starts_at_the_unix_time_and_others_beyond_the_range() -> None:
    mc = bound().mc
    for number in (1_795_351_898, 0x80000000, 0xFFFFFFFF, 0):
        assert receive(mc, encode(PART, number)) == [asked_by(number, PART)]
        mc.send_response(number, SubmitSmResp("1"))
        assert decode(mc.data_to_send()).sequence_number == number


def test_php_adds_a_nul_behind_short_message_before_the_sar_tlvs() -> None:
    sar = (
        build(TlvTag.SAR_MSG_REF_NUM, 0x0D05),
        build(TlvTag.SAR_TOTAL_SEGMENTS, 2),
        build(TlvTag.SAR_SEGMENT_SEQNUM, 1),
    )
    plain = encode(PART, 1)[16:]
    whole = encode(PART._replace(tlvs=sar), 1)
    [part] = requests(receive(bound().mc, frame(4, plain + b"\0" + whole[16 + len(plain) :])))
    assert part.tlvs == sar
    assert concatenation(part) == Concatenation(0x0D05, 2, 1, ReferenceKind.SAR)


def test_naz_adds_a_nul_behind_message_payload() -> None:
    message = PART._replace(short_message=b"", tlvs=(build(TlvTag.MESSAGE_PAYLOAD, b"long text"),))
    [got] = requests(receive(bound().mc, frame(4, encode(message, 1)[16:] + b"\0")))
    assert message_octets(got) == b"long text"


def test_kannel_sends_store_and_forward_with_udh_and_a_vendor_tlv() -> None:
    octets = b"\x05\x00\x03\x2a\x02\x01" + "سلام".encode("utf-16-be")
    message = PART._replace(
        esm_class=ESM_STORE_AND_FORWARD | ESM_UDHI,
        registered_delivery=0x11,
        data_coding=8,
        short_message=octets,
        tlvs=(Tlv(0x1401, b"dlt"),),
    )
    [got] = requests(receive(bound().mc, encode(message, 1)))
    assert concatenation(got) == Concatenation(0x2A, 2, 1)
    assert message_octets(got).decode("utf-16-be") == "سلام"
    assert get(got.tlvs, 0x1401) == b"dlt"


def test_rusmppyc_and_oserl_bind_as_5_0_and_tlv_order_varies() -> None:
    pair = bound(BindTransceiver("panel", "secret", interface_version=0x50, addr_ton=1, addr_npi=1))
    assert pair.mc.interface_version == 0x50
    tlvs = (build(TlvTag.SAR_SEGMENT_SEQNUM, 2), build(TlvTag.SAR_MSG_REF_NUM, 9), build(TlvTag.SAR_TOTAL_SEGMENTS, 2))
    [got] = requests(receive(pair.mc, encode(PART._replace(tlvs=tlvs), 1)))
    assert concatenation(got) == Concatenation(9, 2, 2, ReferenceKind.SAR)


def test_naz_and_php_name_a_service_type_and_a_system_type() -> None:
    pair = bound(BindTransceiver("panel", "secret", "WWW"))
    [got] = requests(receive(pair.mc, encode(PART._replace(service_type="CMT"), 1)))
    assert got.service_type == "CMT"


def test_php_answers_enquire_link_with_one_octet_of_body() -> None:
    pair = bound()
    number = pair.mc.send_request(EnquireLink(), 0.0)
    [answer] = receive(pair.mc, frame(0x80000015, b"\0", sequence_number=number))
    assert isinstance(answer, Response)


def test_every_deliver_sm_resp_body_seen_was_one_nul() -> None:
    pair = bound()
    number = pair.mc.send_request(DeliverSm(), 0.0)
    assert receive(pair.mc, frame(0x80000005, b"\0", sequence_number=number)) == [
        Response(DeliverSm(), number, 0, DeliverSmResp())
    ]


def test_aiosmpplib_closes_right_after_unbind() -> None:
    pair = bound()
    assert pair.ask(Unbind()) == [Closed("the peer has unbound")]
    assert pair.mc.receive_eof(0.0) == []


def test_a_refused_bind_and_submit_have_a_body_of_one_nul_for_gosmpp_aiosmpplib_and_kannel() -> None:
    mc = bound().mc
    assert encode(BindTransmitterResp(), 1, CommandStatus.ESME_RINVPASWD)[16:] == b"\0"
    receive(mc, frame(4, b"\0\0\0" + b"3" * 40))
    assert mc.data_to_send()[16:] == b"\0"


def test_aiosmpplib_and_naz_take_the_whole_body_of_submit_sm_resp_as_the_id() -> None:
    assert encode(SubmitSmResp("0000000017"), 1)[16:] == b"0000000017\0"


def test_ruby_wants_esm_class_4_and_a_c_octet_string_as_receipted_message_id() -> None:
    receipt = receipt_pdu(Receipt("17", MessageState.DELIVERED, None, None), PART, 0x34)
    assert receipt.esm_class == 4
    assert get(receipt.tlvs, TlvTag.RECEIPTED_MESSAGE_ID) == b"17\0"
