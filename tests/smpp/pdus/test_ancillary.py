"""query, cancel and replace, and the broadcast family, octet by octet."""

import pytest

from simulator.smpp.codec import decode
from simulator.smpp.consts import CommandId, CommandStatus
from simulator.smpp.pdus import (
    BroadcastSm,
    BroadcastSmResp,
    CancelBroadcastSm,
    CancelBroadcastSmResp,
    CancelSm,
    CancelSmResp,
    Pdu,
    QueryBroadcastSm,
    QueryBroadcastSmResp,
    QuerySm,
    QuerySmResp,
    ReplaceSm,
    ReplaceSmResp,
)
from simulator.smpp.tlvs import Tlv
from tests.smpp.helpers import frame, octets
from tests.smpp.vectors import Invalid, Valid, name_of

VALID = [
    Valid(
        "4.5.2.1",
        octets("0000001c 00000003 00000000 00000001", "31373137 00", "05 00 33303030 00"),
        QuerySm("1717", 5, 0, "3000"),
    ),
    Valid(
        "4.5.2.2",
        octets(
            "00000028 80000003 00000000 00000001",
            "31373137 00",  # message_id
            "323631313232303933303030303134 2b 00",  # final_date: 261122093000, no tenths, 14 quarters ahead
            "02 00",  # message_state DELIVERED, error_code
        ),
        QuerySmResp("1717", "261122093000014+", 2, 0),
    ),
    Valid(
        "4.5.2.2",
        octets("00000016 80000003 00000000 00000001", "313700 00 01 00"),
        QuerySmResp("17", "", 1, 0),
    ),
    Valid(
        "4.5.1.1",
        octets(
            "00000027 00000008 00000000 00000001",
            "434d5400",  # service_type
            "313700",  # message_id
            "05 00 33303030 00",
            "01 01 393839313233 00",
        ),
        CancelSm("CMT", "17", 5, 0, "3000", 1, 1, "989123"),
    ),
    Valid(
        "4.5.1.1",
        octets("0000001d 00000008 00000000 00000001", "00 00", "05 00 33303030 00", "01 01 39 00"),
        CancelSm("", "", 5, 0, "3000", 1, 1, "9"),
    ),
    Valid("4.5.1.2", octets("00000010 80000008 00000000 00000001"), CancelSmResp()),
    Valid(
        "4.5.3.1",
        octets(
            "00000032 00000007 00000000 00000001",
            "313700",  # message_id
            "05 00 33303030 00",  # source
            "303030303031303030303030303030 52 00",  # schedule_delivery_time: in one day
            "00",  # validity_period
            "01 00",  # registered_delivery, sm_default_msg_id
            "03 6e6577",  # sm_length, short_message
        ),
        ReplaceSm("17", 5, 0, "3000", "000001000000000R", "", 1, 0, b"new"),
    ),
    Valid("4.5.3.2", octets("00000010 80000007 00000013 00000001"), ReplaceSmResp(), 0x13),
    Valid(
        "4.4.1.1",
        octets(
            "0000003e 00000111 00000000 00000001",
            "434253 00",  # service_type CBS
            "05 00 33303030 00",  # source
            "00",  # message_id
            "01 00 00 00 08 00",  # priority_flag, two times, replace_if_present_flag, data_coding, sm_default_msg_id
            "0606 0004 00 546872",  # broadcast_area_identifier: alias Thr
            "0601 0003 000033",  # broadcast_content_type: weather
            "0604 0002 0005",  # broadcast_rep_num
            "0605 0003 09001f",  # broadcast_frequency_interval: 31 minutes
        ),
        BroadcastSm(
            service_type="CBS",
            source_addr_ton=5,
            source_addr="3000",
            priority_flag=1,
            data_coding=8,
            tlvs=(
                Tlv(0x0606, b"\0Thr"),
                Tlv(0x0601, b"\0\0\x33"),
                Tlv(0x0604, b"\0\5"),
                Tlv(0x0605, b"\x09\0\x1f"),
            ),
        ),
    ),
    Valid(
        "4.4.1.2",
        octets("00000023 80000111 00000000 00000001", "313700", "0607 0004 00000108", "0606 0004 00546872"),
        BroadcastSmResp("17", (Tlv(0x0607, b"\0\0\1\x08"), Tlv(0x0606, b"\0Thr"))),
    ),
    Valid(
        "4.6.1.1",
        octets("0000001c 00000112 00000000 00000001", "00", "05 00 333000", "0204 0002 0011"),
        QueryBroadcastSm("", 5, 0, "30", (Tlv(0x0204, b"\0\x11"),)),
    ),
    Valid(
        "4.6.1.3",
        octets(
            "00000025 80000112 00000000 00000001",
            "313700",
            "0427 0001 02",  # message_state
            "0606 0004 00546872",  # broadcast_area_identifier
            "0608 0001 64",  # broadcast_area_success
        ),
        QueryBroadcastSmResp("17", (Tlv(0x0427, b"\2"), Tlv(0x0606, b"\0Thr"), Tlv(0x0608, b"\x64"))),
    ),
    Valid(
        "4.6.2.1",
        octets("00000023 00000113 00000000 00000001", "43425300", "313700", "05 00 333000", "0601 0003 000033"),
        CancelBroadcastSm("CBS", "17", 5, 0, "30", (Tlv(0x0601, b"\0\0\x33"),)),
    ),
    Valid("4.6.2.3", octets("00000010 80000113 0000010f 00000001"), CancelBroadcastSmResp(), 0x10F),
]

INVALID = [
    Invalid(
        frame(CommandId.QUERY_SM, b"1" * 65 + b"\0\0\0\0"),
        "query_sm.message_id",
        CommandStatus.ESME_RINVMSGID,
        "no NUL within 65 octets",
    ),
    Invalid(
        frame(CommandId.QUERY_SM, b"17\0\0"),
        "query_sm.source_addr_npi",
        CommandStatus.ESME_RINVSRCNPI,
        "the PDU ends after 20 octets, this field would be octet 21",
    ),
    Invalid(
        frame(CommandId.QUERY_SM_RESP, b"17\0\0\2"),
        "query_sm_resp.error_code",
        CommandStatus.ESME_RINVCMDLEN,
        "the PDU ends after 21 octets, this field would be octet 22",
    ),
    Invalid(
        frame(CommandId.CANCEL_SM, b"\0" + b"17\0" + b"\0\0\0\0\0" + b"9" * 21),
        "cancel_sm.destination_addr",
        CommandStatus.ESME_RINVDSTADR,
        "no NUL within 21 octets",
    ),
    Invalid(
        frame(CommandId.REPLACE_SM, b"17\0\0\0\0" + b"2611220930000140+\0"),
        "replace_sm.schedule_delivery_time",
        CommandStatus.ESME_RINVSCHED,
        "no NUL within 17 octets",
    ),
    Invalid(
        frame(CommandId.REPLACE_SM, b"17\0\0\0\0\0\0\0\0\5hi"),
        "replace_sm.short_message",
        CommandStatus.ESME_RINVMSGLEN,
        "sm_length says 5 octets, 2 are left",
    ),
    Invalid(
        frame(CommandId.BROADCAST_SM, b"\0\0\0\0\0"),
        "broadcast_sm.priority_flag",
        CommandStatus.ESME_RINVPRTFLG,
        "the PDU ends after 21 octets, this field would be octet 22",
    ),
    Invalid(
        frame(CommandId.BROADCAST_SM, b"\0\0\0\0\0\0\0\0\0\0\0\x06\x06\0\5"),
        "broadcast_sm.tlvs",
        CommandStatus.ESME_RINVTLVSTREAM,
        "TLV broadcast_area_identifier at offset 27 says 5 octets, 0 are left",
    ),
    Invalid(
        frame(CommandId.QUERY_BROADCAST_SM, b"17"),
        "query_broadcast_sm.message_id",
        CommandStatus.ESME_RINVMSGID,
        "no NUL in the 2 octets that are left",
    ),
    Invalid(
        frame(CommandId.CANCEL_BROADCAST_SM, b"CBCAST\0"),
        "cancel_broadcast_sm.service_type",
        CommandStatus.ESME_RINVSERTYP,
        "no NUL within 6 octets",
    ),
]


@pytest.mark.parametrize("vector", VALID, ids=name_of)
def test_typed_from_the_specification(vector: Valid) -> None:
    vector.check()


@pytest.mark.parametrize("vector", INVALID, ids=name_of)
def test_broken_fields_are_named(vector: Invalid) -> None:
    vector.check()


@pytest.mark.parametrize(
    ("command", "pdu"),
    [
        (CommandId.QUERY_SM_RESP, QuerySmResp()),
        (CommandId.BROADCAST_SM_RESP, BroadcastSmResp()),
        (CommandId.CANCEL_SM_RESP, CancelSmResp()),
    ],
)
@pytest.mark.parametrize("body", [b"", b"\0"])
def test_an_error_without_a_body_or_with_one_nul_is_lived_with(command: CommandId, pdu: Pdu, body: bytes) -> None:
    got = decode(frame(command, body, command_status=CommandStatus.ESME_RQUERYFAIL)).pdu
    assert (got, type(got)) == (pdu, type(pdu))
