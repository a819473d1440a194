"""The TLV table against sizes and values typed once more from 5.0 4.8.4, every tag."""

import pytest

from simulator.smpp.consts import V34, V50, CommandStatus, TlvTag
from simulator.smpp.tlv_table import TLVS, TLVS_34, Kind
from simulator.smpp.tlvs import Tlv, build, decode_tlvs, encode_tlvs
from tests.smpp.helpers import octets

# tag, one TLV on the wire, its name, and how its value reads; one line for each of the 64.
WIRE = [
    ("0005 0001 04", "dest_addr_subunit", 4),
    ("0006 0001 08", "dest_network_type", 8),
    ("0007 0001 08", "dest_bearer_type", 8),
    ("0008 0002 4000", "dest_telematics_id", 0x4000),
    ("000d 0001 03", "source_addr_subunit", 3),
    ("000e 0001 01", "source_network_type", 1),
    ("000f 0001 01", "source_bearer_type", 1),
    ("0010 0002 0040", "source_telematics_id", 0x40),
    ("0017 0004 00015180", "qos_time_to_live", 86400),
    ("0019 0001 01", "payload_type", 1),
    ("001d 0006 646f776e2100", "additional_status_info_text", "down!"),
    ("001e 0003 313700", "receipted_message_id", "17"),
    ("0030 0001 81", "ms_msg_wait_facilities", 0x81),
    ("0201 0001 03", "privacy_indicator", 3),
    ("0202 0003 a03132", "source_subaddress", b"\xa012"),
    ("0203 0002 8031", "dest_subaddress", b"\x801"),
    ("0204 0002 ffff", "user_message_reference", 0xFFFF),
    ("0205 0001 ff", "user_response_code", 255),
    ("020a 0002 23f0", "source_port", 9200),
    ("020b 0002 0b84", "dest_port", 2948),
    ("020c 0002 0d05", "sar_msg_ref_num", 0x0D05),
    ("020d 0001 05", "language_indicator", 5),
    ("020e 0001 ff", "sar_total_segments", 255),
    ("020f 0001 01", "sar_segment_seqnum", 1),
    ("0210 0001 50", "sc_interface_version", 0x50),
    ("0302 0001 0b", "callback_num_pres_ind", 0x0B),
    ("0303 0004 03616263", "callback_num_atag", b"\x03abc"),
    ("0304 0001 63", "number_of_messages", 99),
    ("0381 0007 01010139383931", "callback_num", b"\x01\x01\x019891"),
    ("0420 0001 01", "dpf_result", 1),
    ("0421 0001 00", "set_dpf", 0),
    ("0422 0001 02", "ms_availability_status", 2),
    ("0423 0003 030008", "network_error_code", b"\x03\x00\x08"),
    ("0424 0002 6869", "message_payload", b"hi"),
    ("0425 0001 03", "delivery_failure_reason", 3),
    ("0426 0001 01", "more_messages_to_send", 1),
    ("0427 0001 02", "message_state", 2),
    ("0428 0001 64", "congestion_state", 100),
    ("0501 0001 20", "ussd_service_op", 32),
    ("0600 0001 01", "broadcast_channel_indicator", 1),
    ("0601 0003 010033", "broadcast_content_type", b"\x01\x00\x33"),
    ("0602 0002 6162", "broadcast_content_type_info", b"ab"),
    ("0603 0001 01", "broadcast_message_class", 1),
    ("0604 0002 0005", "broadcast_rep_num", 5),
    ("0605 0003 09001f", "broadcast_frequency_interval", b"\x09\x00\x1f"),
    ("0606 0004 00546872", "broadcast_area_identifier", b"\x00Thr"),
    ("0607 0004 00000108", "broadcast_error_status", 0x108),
    ("0608 0001 ff", "broadcast_area_success", 255),
    ("0609 0010 3236313132323039333030303031342b", "broadcast_end_time", b"261122093000014+"),
    ("060a 0001 61", "broadcast_service_group", b"a"),
    ("060b 0003 800102", "billing_identification", b"\x80\x01\x02"),
    ("060d 0007 31343332313100", "source_network_id", "143211"),
    ("060e 0007 31343332333500", "dest_network_id", "143235"),
    ("060f 0006 303030303031", "source_node_id", b"000001"),
    ("0610 0006 393939393939", "dest_node_id", b"999999"),
    ("0611 0001 02", "dest_addr_np_resolution", 2),
    ("0612 000a 32313235353530313233", "dest_addr_np_information", b"2125550123"),
    ("0613 0005 0000000062", "dest_addr_np_country", 98),
    ("1201 0001 02", "display_time", 2),
    ("1203 0002 0001", "sms_signal", 1),
    ("1204 0004 0402000a", "ms_validity", b"\x04\x02\x00\x0a"),
    ("130c 0001 03", "alert_on_message_delivery", 3),
    ("1380 0001 08", "its_reply_type", 8),
    ("1383 0002 0103", "its_session_info", b"\x01\x03"),
]


@pytest.mark.parametrize(("wire", "name", "value"), WIRE, ids=[row[1] for row in WIRE])
def test_each_tlv_on_the_wire(wire: str, name: str, value: int | str | bytes) -> None:
    tag = TlvTag[name.upper()]
    tlv = build(tag, value)
    assert encode_tlvs([tlv]) == octets(wire)
    assert decode_tlvs(octets(wire), 0) == (tlv,)
    assert (TLVS[tag].name, isinstance(value, int)) == (name, TLVS[tag].kind is Kind.INTEGER)
    values = TLVS[tag].values
    assert values is None or tlv.value[0] in values


def test_every_tag_has_a_line_above_and_an_entry_in_the_table() -> None:
    assert sorted(TlvTag[name.upper()] for _, name, _ in WIRE) == sorted(TlvTag) == sorted(TLVS)


# Sizes typed from 5.0 4.8.4, where they are not those of one integer.
@pytest.mark.parametrize(
    ("tag", "low", "high", "kind"),
    [
        (TlvTag.MESSAGE_STATE, 1, 1, Kind.INTEGER),
        (TlvTag.SAR_MSG_REF_NUM, 2, 2, Kind.INTEGER),
        (TlvTag.QOS_TIME_TO_LIVE, 4, 4, Kind.INTEGER),
        (TlvTag.ADDITIONAL_STATUS_INFO_TEXT, 1, 256, Kind.C_STRING),
        (TlvTag.RECEIPTED_MESSAGE_ID, 1, 65, Kind.C_STRING),
        (TlvTag.SOURCE_SUBADDRESS, 2, 23, Kind.OCTETS),
        (TlvTag.NETWORK_ERROR_CODE, 3, 3, Kind.OCTETS),
        (TlvTag.CALLBACK_NUM, 4, 19, Kind.OCTETS),
        (TlvTag.CALLBACK_NUM_ATAG, 0, 65, Kind.OCTETS),
        (TlvTag.BROADCAST_AREA_IDENTIFIER, 1, 101, Kind.OCTETS),
        (TlvTag.BILLING_IDENTIFICATION, 1, 1024, Kind.OCTETS),
        (TlvTag.SOURCE_NETWORK_ID, 7, 65, Kind.C_STRING),
    ],
)
def test_sizes(tag: TlvTag, low: int, high: int, kind: Kind) -> None:
    spec = TLVS[tag]
    assert (spec.low, spec.high, spec.kind) == (low, high, kind)
    assert Tlv(tag, bytes(high)).value[:low] == bytes(low)


@pytest.mark.parametrize(
    ("tag", "permitted", "reserved"),
    [
        (TlvTag.DEST_ADDR_SUBUNIT, {0, 4}, {5, 255}),
        (TlvTag.DEST_BEARER_TYPE, {0, 8}, {9}),
        (TlvTag.MS_MSG_WAIT_FACILITIES, {0, 3, 0x80, 0x83}, {4, 0x40, 0x84}),
        (TlvTag.CALLBACK_NUM_PRES_IND, {0, 3, 0x0B}, {0x0C, 0x10}),
        (TlvTag.SAR_TOTAL_SEGMENTS, {1, 255}, {0}),
        (TlvTag.NUMBER_OF_MESSAGES, {0, 99}, {100}),
        (TlvTag.USSD_SERVICE_OP, {3, 16, 19, 32, 255}, {4, 15, 20, 31}),
        (TlvTag.CONGESTION_STATE, {0, 100}, {101}),
        (TlvTag.BROADCAST_AREA_SUCCESS, {0, 100, 255}, {101, 254}),
        (TlvTag.BROADCAST_FREQUENCY_INTERVAL, {0, 8, 14}, {1, 7, 15}),
        (TlvTag.SOURCE_SUBADDRESS, {0x80, 0x88, 0xA0}, {0, 1, 2}),
    ],
)
def test_values(tag: TlvTag, permitted: set[int], reserved: set[int]) -> None:
    values = TLVS[tag].values
    assert values is not None
    assert permitted <= values
    assert not reserved & values


def test_3_4_has_44_tags_fewer_values_and_none_of_the_statuses_of_5_0() -> None:
    assert len(TLVS_34) == 44
    assert {tag for tag, spec in TLVS.items() if spec.since == V50} == set(TLVS) - set(TLVS_34)
    assert all(spec.since == V34 for spec in TLVS_34.values())
    assert max(spec.error for spec in TLVS_34.values()) <= CommandStatus.ESME_RINVTLVVAL
    assert TLVS_34[TlvTag.MS_VALIDITY].values == frozenset(range(4))
    assert TLVS_34[TlvTag.MESSAGE_STATE].values == frozenset(range(1, 9))
    assert TLVS_34[TlvTag.NUMBER_OF_MESSAGES].error is CommandStatus.ESME_RINVNUMMSGS
