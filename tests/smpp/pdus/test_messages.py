"""submit_multi, data_sm and alert_notification, octet by octet; submit_sm and deliver_sm are in `test_codec`."""

import pytest

from simulator.smpp.codec import decode, encode
from simulator.smpp.consts import CommandId, CommandStatus
from simulator.smpp.pdus import (
    AlertNotification,
    DataSm,
    DataSmResp,
    DistributionList,
    SmeAddress,
    SubmitMulti,
    SubmitMultiResp,
    UnsuccessSme,
)
from simulator.smpp.tlvs import Tlv
from tests.smpp.helpers import frame, octets
from tests.smpp.vectors import Invalid, Valid, name_of

VALID = [
    Valid(
        "4.2.3.1",
        octets(
            "00000046 00000021 00000000 00000008",
            "434d5400",  # service_type CMT
            "05 00 33303030 00",  # source TON, NPI, address 3000
            "03",  # number_of_dests
            "01 01 01 393839313231323334353637 00",  # dest_flag SME, TON, NPI, 989121234567
            "02 667269656e647300",  # dest_flag distribution list, friends
            "01 02 01 3900",  # dest_flag SME, 9
            "00 00 01",  # esm_class, protocol_id, priority_flag
            "00 00",  # schedule_delivery_time, validity_period
            "01 00 03 00",  # registered_delivery, replace_if_present_flag, data_coding, sm_default_msg_id
            "02 6869",  # sm_length, short_message
        ),
        SubmitMulti(
            service_type="CMT",
            source_addr_ton=5,
            source_addr="3000",
            dest_address=(SmeAddress(1, 1, "989121234567"), DistributionList("friends"), SmeAddress(2, 1, "9")),
            priority_flag=1,
            registered_delivery=1,
            data_coding=3,
            short_message=b"hi",
        ),
    ),
    Valid(
        "4.2.3.2",
        octets(
            "0000002a 80000021 00000000 00000008",
            "313700",  # message_id
            "02",  # no_unsuccess
            "01 01 393800 0000000b",  # TON, NPI, address, ESME_RINVDSTADR
            "00 00 3900 00000401",
            "0428 0001 32",  # congestion_state
        ),
        SubmitMultiResp(
            "17", (UnsuccessSme(1, 1, "98", 0x0B), UnsuccessSme(0, 0, "9", 0x401)), (Tlv(0x0428, b"\x32"),)
        ),
    ),
    Valid(
        "4.2.3.2",
        octets("00000014 80000021 00000000 00000008", "313700 00"),
        SubmitMultiResp("17"),
    ),
    Valid(
        "4.2.2.1",
        octets(
            "0000002f 00000103 00000000 00000009",
            "00",  # service_type
            "05 00 33303030 00",  # source TON, NPI, address
            "01 01 3938393132 00",  # destination TON, NPI, address
            "00 01 08",  # esm_class, registered_delivery, data_coding
            "0424 0008 0633064406270645",  # message_payload
        ),
        DataSm(
            source_addr_ton=5,
            source_addr="3000",
            dest_addr_ton=1,
            dest_addr_npi=1,
            destination_addr="98912",
            registered_delivery=1,
            data_coding=8,
            tlvs=(Tlv(0x0424, "سلام".encode("utf-16-be")),),
        ),
    ),
    Valid(
        "4.2.2.2",
        octets("0000001f 80000103 000000fe 00000009", "313700", "0425 0001 00", "0423 0003 03001b"),
        DataSmResp("17", (Tlv(0x0425, b"\0"), Tlv(0x0423, b"\x03\x00\x1b"))),
        0xFE,
    ),
    Valid(
        "4.1.3.1",
        octets(
            "00000024 00000102 00000000 0000000a",
            "01 01 3938393132 00",  # source: the subscriber
            "00 00 33303030 00",  # the ESME
            "0422 0001 02",  # ms_availability_status
        ),
        AlertNotification(1, 1, "98912", 0, 0, "3000", (Tlv(0x0422, b"\x02"),)),
    ),
]

_MULTI = b"\0\0\0\0"  # service_type and an empty source
INVALID = [
    Invalid(
        frame(CommandId.SUBMIT_MULTI, _MULTI),
        "submit_multi.dest_address",
        CommandStatus.ESME_RINVNUMDESTS,
        "the PDU ends after 20 octets, before number_of_dests at octet 21",
    ),
    Invalid(
        frame(CommandId.SUBMIT_MULTI, _MULTI + b"\2\1\0\0009\0"),
        "submit_multi.dest_address[1]",
        CommandStatus.ESME_RINVNUMDESTS,
        "number_of_dests says 2, the PDU ends after 1",
    ),
    Invalid(
        frame(CommandId.SUBMIT_MULTI, _MULTI + b"\1\3\0\0009\0"),
        "submit_multi.dest_address[0].dest_flag",
        CommandStatus.ESME_RINVDESTFLAG,
        "3 is not within 1 to 2",
    ),
    Invalid(
        frame(CommandId.SUBMIT_MULTI, _MULTI + b"\2\1\0\0009\0\0"),
        "submit_multi.dest_address[1].dest_flag",
        CommandStatus.ESME_RINVDESTFLAG,
        "0 is not within 1 to 2",
    ),
    Invalid(
        frame(CommandId.SUBMIT_MULTI, _MULTI + b"\1\2" + b"a" * 21 + b"\0"),
        "submit_multi.dest_address[0].dl_name",
        CommandStatus.ESME_RINVDLNAME,
        "no NUL within 21 octets",
    ),
    Invalid(
        frame(CommandId.SUBMIT_MULTI, _MULTI + b"\1\1\0\0" + b"9" * 20),
        "submit_multi.dest_address[0].destination_addr",
        CommandStatus.ESME_RINVDSTADR,
        "no NUL in the 20 octets that are left",
    ),
    Invalid(
        frame(CommandId.SUBMIT_MULTI, _MULTI + b"\1\1"),
        "submit_multi.dest_address[0].dest_addr_ton",
        CommandStatus.ESME_RINVDSTTON,
        "the PDU ends after 22 octets, this field would be octet 23",
    ),
    Invalid(
        frame(CommandId.SUBMIT_MULTI, _MULTI + b"\1\1\0\0009\0\0\0\0\0"),
        "submit_multi.validity_period",
        CommandStatus.ESME_RINVEXPIRY,
        "the PDU ends after 30 octets, before this field",
    ),
    Invalid(
        frame(CommandId.SUBMIT_MULTI_RESP, b"17\0\1\0\0009\0\0\0\0"),
        "submit_multi_resp.unsuccess_sme[0].error_status_code",
        CommandStatus.ESME_RINVCMDLEN,
        "the PDU ends after 27 octets, this field would be octets 25 to 28",
    ),
    Invalid(
        frame(CommandId.DATA_SM, b"\0\0\0" + b"3" * 65 + bytes(8)),
        "data_sm.source_addr",
        CommandStatus.ESME_RINVSRCADR,
        "no NUL within 65 octets",
    ),
    Invalid(
        frame(CommandId.DATA_SM, b"\0\0\x003\0\0\0009\0\0"),
        "data_sm.registered_delivery",
        CommandStatus.ESME_RINVREGDLVFLG,
        "the PDU ends after 26 octets, this field would be octet 27",
    ),
    Invalid(
        frame(CommandId.DATA_SM_RESP, b"1" * 70),
        "data_sm_resp.message_id",
        CommandStatus.ESME_RINVMSGID,
        "no NUL within 65 octets",
    ),
    Invalid(
        frame(CommandId.ALERT_NOTIFICATION, b"\0\0009"),
        "alert_notification.source_addr",
        CommandStatus.ESME_RINVSRCADR,
        "no NUL in the 1 octets that are left",
    ),
]


@pytest.mark.parametrize("vector", VALID, ids=name_of)
def test_typed_from_the_specification(vector: Valid) -> None:
    vector.check()


@pytest.mark.parametrize("vector", INVALID, ids=name_of)
def test_broken_fields_are_named(vector: Invalid) -> None:
    vector.check()


def test_a_data_sm_resp_without_its_message_id_is_lived_with() -> None:
    assert decode(frame(CommandId.DATA_SM_RESP)).pdu == DataSmResp()


def test_255_destinations_and_no_more() -> None:
    many = SubmitMulti(dest_address=(SmeAddress(1, 1, "98"),) * 255)
    assert decode(encode(many, 1)).pdu == many
    one_more = SubmitMulti(dest_address=(SmeAddress(1, 1, "98"),) * 256)
    with pytest.raises(
        ValueError, match=r"^submit_multi\.dest_address: 256 of them, number_of_dests can say 255 at most$"
    ):
        encode(one_more, 1)


@pytest.mark.parametrize(
    ("destinations", "reason"),
    [
        ((SmeAddress(), SmeAddress(1, 256, "9")), r"\[1\]\.dest_addr_npi: 256 is not within 0 to 255"),
        ((DistributionList("a" * 21),), r"\[0\]\.dl_name: 21 octets, at most 20"),
        ((UnsuccessSme(),), r"\[0\] is a UnsuccessSme, wants SmeAddress or DistributionList"),
        (5, "int where a tuple is wanted"),
    ],
)
def test_destinations_that_cannot_be_written_are_named(destinations: tuple[SmeAddress, ...], reason: str) -> None:
    with pytest.raises(ValueError, match=rf"^submit_multi\.dest_address: {reason}$"):
        encode(SubmitMulti(dest_address=destinations), 1)


def test_an_error_status_code_has_four_octets() -> None:
    with pytest.raises(ValueError, match=r"error_status_code: 4294967296 is not within 0 to 4294967295$"):
        encode(SubmitMultiResp("1", (UnsuccessSme(0, 0, "", 1 << 32),)), 1)
