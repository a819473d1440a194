"""Octets typed from the specification's layouts, and every declared PDU there and back."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.smpp.codec import Frame, decode, encode
from simulator.smpp.consts import CommandId, CommandStatus
from simulator.smpp.errors import FramingError, PduError
from simulator.smpp.fields import CString, Group, Octets, TlvStream, UInt, WireType, fields_of
from simulator.smpp.pdus import (
    PDUS,
    BindReceiver,
    BindReceiverResp,
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
    command_id,
)
from simulator.smpp.tlvs import Tlv
from tests.smpp.helpers import frame, octets
from tests.smpp.pdus import test_ancillary, test_messages, test_session

SALAM = "سلام".encode("utf-16-be")

SUBMIT_SM = octets(
    "00000039 00000004 00000000 00000007",
    "00",  # service_type
    "05 00 33303030 00",  # source TON, NPI, address 3000
    "01 01 393839313231323334353637 00",  # destination TON, NPI, address 989121234567
    "00 00 00",  # esm_class, protocol_id, priority_flag
    "00 00",  # schedule_delivery_time, validity_period
    "01 00 08 00",  # registered_delivery, replace_if_present_flag, data_coding, sm_default_msg_id
    "08 0633 0644 0627 0645",  # sm_length, short_message
)
SUBMIT_SM_PDU = SubmitSm(
    source_addr_ton=5,
    source_addr="3000",
    dest_addr_ton=1,
    dest_addr_npi=1,
    destination_addr="989121234567",
    registered_delivery=1,
    data_coding=8,
    short_message=SALAM,
)

# What both sides agree on: octets, the PDU, and the clause of 5.0 that lays it out.
VALID: list[tuple[str, bytes, Pdu, int]] = [
    (
        "4.1.1.1",
        octets("00000022 00000002 00000000 00000001", "70616e656c00 73656372657400 00 34 00 00 00"),
        BindTransmitter(system_id="panel", password="secret"),
        0,
    ),
    (
        "4.1.1.2",
        octets("0000001d 80000002 00000000 00000001", "6b68617462616e00", "0210 0001 34"),
        BindTransmitterResp(system_id="khatban", tlvs=(Tlv(0x0210, b"\x34"),)),
        0,
    ),
    (
        "4.1.1.3",
        octets("00000028 00000001 00000000 00000001", "70616e656c00 73656372657400 57575700 50 01 01 5e333000"),
        BindReceiver("panel", "secret", "WWW", 0x50, 1, 1, "^30"),
        0,
    ),
    ("4.1.1.4", octets("00000011 80000001 0000000e 00000001", "00"), BindReceiverResp(), 0x0E),
    (
        "4.1.1.5",
        octets("00000022 00000009 00000000 00000001", "70616e656c00 73656372657400 00 33 00 00 00"),
        BindTransceiver(system_id="panel", password="secret", interface_version=0x33),
        0,
    ),
    (
        "4.1.1.6",
        octets("00000018 80000009 00000000 00000001", "6b68617462616e00"),
        BindTransceiverResp(system_id="khatban"),
        0,
    ),
    ("4.1.1.8", octets("00000010 00000006 00000000 00000003"), Unbind(), 0),
    ("4.1.1.9", octets("00000010 80000006 00000000 00000003"), UnbindResp(), 0),
    ("4.1.2.1", octets("00000010 00000015 00000000 00000004"), EnquireLink(), 0),
    ("4.1.2.2", octets("00000010 80000015 00000000 00000004"), EnquireLinkResp(), 0),
    ("4.1.4.1", octets("00000010 80000000 00000003 00000004"), GenericNack(), 3),
    ("4.2.1.1", SUBMIT_SM, SUBMIT_SM_PDU, 0),
    (
        "4.2.1.2",
        octets("0000001b 80000004 00000000 00000007", "30303030303030303137 00"),
        SubmitSmResp(message_id="0000000017"),
        0,
    ),
    (
        "4.3.1.1",
        octets(
            "00000045 00000005 00000000 00000001",
            "434d5400",  # service_type CMT
            "01 01 393839313231323334353637 00 05 00 33303030 00",
            "04 00 00 00 00 00 00 00 00",  # esm_class to sm_default_msg_id, the two times empty
            "05 69643a3137",  # id:17
            "001e 0003 313700",  # receipted_message_id
            "0427 0001 02",  # message_state
        ),
        DeliverSm(
            service_type="CMT",
            source_addr_ton=1,
            source_addr_npi=1,
            source_addr="989121234567",
            dest_addr_ton=5,
            destination_addr="3000",
            esm_class=4,
            short_message=b"id:17",
            tlvs=(Tlv(0x001E, b"17\0"), Tlv(0x0427, b"\x02")),
        ),
        0,
    ),
    ("4.3.1.2", octets("00000011 80000005 00000000 00000001", "00"), DeliverSmResp(), 0),
]


@pytest.mark.parametrize(("clause", "wire", "pdu", "status"), VALID, ids=[type(row[2]).__name__ for row in VALID])
def test_typed_from_the_specification(clause: str, wire: bytes, pdu: Pdu, status: int) -> None:
    got = decode(wire)
    assert got == Frame(command_id(type(pdu)), status, wire[15], pdu), clause
    assert type(got.pdu) is type(pdu)
    assert encode(pdu, wire[15], status) == wire, clause


def test_every_declared_pdu_has_a_vector() -> None:
    others = (*test_session.VALID, *test_messages.VALID, *test_ancillary.VALID)
    assert {type(row[2]) for row in VALID} | {type(vector.pdu) for vector in others} == set(PDUS)


# What no table of the standard foresees but deployed peers send; the second value is what is made of it.
ACCEPTABLE: list[tuple[str, bytes, Pdu]] = [
    ("an error without body, 3.4: 4.1.2", octets("00000010 80000002 0000000f 00000d80"), BindTransmitterResp()),
    ("an error without body, 3.4: 4.4.2", octets("00000010 80000004 0000000b 00000002"), SubmitSmResp()),
    ("an error with one NUL", octets("00000011 80000004 0000000b 00000002 00"), SubmitSmResp()),
    ("deliver_sm_resp without its unused message_id", octets("00000010 80000005 00000000 00000002"), DeliverSmResp()),
    ("enquire_link_resp with one octet", octets("00000011 80000015 00000000 00000002 00"), EnquireLinkResp()),
    (
        "NUL behind short_message",
        octets("0000003a", SUBMIT_SM[4:].hex(), "00"),
        SUBMIT_SM_PDU,
    ),
    (
        "NUL between short_message and the TLVs",
        octets("0000004b", SUBMIT_SM[4:].hex(), "00", "020c 0002 0d05", "020e 0001 02", "020f 0001 01", "00"),
        SUBMIT_SM_PDU._replace(tlvs=(Tlv(0x020C, b"\x0d\x05"), Tlv(0x020E, b"\x02"), Tlv(0x020F, b"\x01"))),
    ),
    (
        "NUL behind message_payload",
        octets("00000040", SUBMIT_SM[4:].hex(), "0424 0002 6869", "00"),
        SUBMIT_SM_PDU._replace(tlvs=(Tlv(0x0424, b"hi"),)),
    ),
    (
        "unknown, vendor and repeated TLVs, any order",
        octets("0000004b", SUBMIT_SM[4:].hex(), "1401 0001 31", "0015 0000", "020a 0001 09", "1401 0000"),
        SUBMIT_SM_PDU._replace(
            tlvs=(Tlv(0x1401, b"1"), Tlv(0x0015, b""), Tlv(0x020A, b"\x09"), Tlv(0x1401, b"")),
        ),
    ),
    ("a sequence number outside the range", octets("00000010 00000015 00000000 ffffffff"), EnquireLink()),
]


@pytest.mark.parametrize(("what", "wire", "pdu"), ACCEPTABLE, ids=[row[0] for row in ACCEPTABLE])
def test_lived_with(what: str, wire: bytes, pdu: Pdu) -> None:
    got = decode(wire).pdu
    assert got == pdu, what
    assert type(got) is type(pdu)


# A PDU that is broken, the field at fault and the status that answers it (5.0: 4.7.6).
INVALID: list[tuple[bytes, str, CommandStatus, str]] = [
    (
        frame(CommandId.BIND_TRANSCEIVER, b"a" * 16 + b"\0" + bytes(7)),
        "bind_transceiver.system_id",
        CommandStatus.ESME_RINVSYSID,
        "no NUL within 16 octets",
    ),
    (
        frame(CommandId.BIND_RECEIVER, b"panel\0" + b"123456789\0" + bytes(6)),
        "bind_receiver.password",
        CommandStatus.ESME_RINVPASWD,
        "no NUL within 9 octets",
    ),
    (
        frame(CommandId.BIND_TRANSMITTER, b"panel\0\0" + b"a" * 13 + bytes(6)),
        "bind_transmitter.system_type",
        CommandStatus.ESME_RINVSYSTYP,
        "no NUL within 13 octets",
    ),
    (
        frame(CommandId.BIND_TRANSMITTER, b"panel\0\0\0\x34\0\0" + b"9" * 41 + b"\0"),
        "bind_transmitter.address_range",
        CommandStatus.ESME_RBINDFAIL,
        "no NUL within 41 octets",
    ),
    (frame(CommandId.SUBMIT_SM), "submit_sm.service_type", CommandStatus.ESME_RINVSERTYP, "before this field"),
    (
        frame(CommandId.SUBMIT_SM, b"WAPWAP\0" + bytes(20)),
        "submit_sm.service_type",
        CommandStatus.ESME_RINVSERTYP,
        "no NUL within 6 octets",
    ),
    (
        frame(CommandId.SUBMIT_SM, b"\0\0\0" + b"3" * 21 + bytes(20)),
        "submit_sm.source_addr",
        CommandStatus.ESME_RINVSRCADR,
        "no NUL within 21 octets",
    ),
    (
        frame(CommandId.SUBMIT_SM, b"\0\0\0\0\1\1989121234567"),
        "submit_sm.destination_addr",
        CommandStatus.ESME_RINVDSTADR,
        "no NUL in the 12 octets that are left",
    ),
    (
        frame(CommandId.DELIVER_SM, bytes(10) + b"2611220930000140+\0" + bytes(8)),
        "deliver_sm.schedule_delivery_time",
        CommandStatus.ESME_RINVSCHED,
        "no NUL within 17 octets",
    ),
    (
        frame(CommandId.DELIVER_SM, bytes(11) + b"2611220930000140+\0" + bytes(8)),
        "deliver_sm.validity_period",
        CommandStatus.ESME_RINVEXPIRY,
        "no NUL within 17 octets",
    ),
    (
        frame(CommandId.SUBMIT_SM, bytes(16) + b"\x09hi"),
        "submit_sm.short_message",
        CommandStatus.ESME_RINVMSGLEN,
        "sm_length says 9 octets, 2 are left",
    ),
    (
        frame(CommandId.SUBMIT_SM, bytes(16) + b"\0\x04\x24\0\x09hi"),
        "submit_sm.tlvs",
        CommandStatus.ESME_RINVTLVSTREAM,
        "TLV message_payload at offset 33 says 9 octets, 2 are left",
    ),
    (
        frame(CommandId.SUBMIT_SM, bytes(16) + b"\0\x14\x01\0"),
        "submit_sm.tlvs",
        CommandStatus.ESME_RINVTLVSTREAM,
        "3 octets 140100 at offset 33 are too few for a TLV",
    ),
    (
        frame(CommandId.UNBIND, b"\xff"),
        "unbind.tlvs",
        CommandStatus.ESME_RINVTLVSTREAM,
        "1 octets ff at offset 16 are too few for a TLV",
    ),
    (frame(CommandId.SUBMIT_SM_RESP), "submit_sm_resp.message_id", CommandStatus.ESME_RINVMSGID, "before this field"),
    (
        frame(CommandId.SUBMIT_SM_RESP, b"9"),
        "submit_sm_resp.message_id",
        CommandStatus.ESME_RINVMSGID,
        "no NUL in the 1 octets that are left",
    ),
    (
        frame(CommandId.BIND_RECEIVER_RESP, b"mc\0\x50"),
        "bind_receiver_resp.tlvs",
        CommandStatus.ESME_RINVTLVSTREAM,
        "1 octets 50",
    ),
]


@pytest.mark.parametrize(("wire", "path", "status", "reason"), INVALID, ids=[f"{row[1]}: {row[3]}" for row in INVALID])
def test_broken_fields_are_named(wire: bytes, path: str, status: CommandStatus, reason: str) -> None:
    with pytest.raises(PduError) as caught:
        decode(wire)
    error = caught.value
    assert (error.path, error.command_status, error.sequence_number) == (path, status, 1)
    assert error.command_id == int.from_bytes(wire[4:8], "big")
    assert reason in error.reason


SUBMIT_SM_LAYOUT = [
    ("service_type", 1, CommandStatus.ESME_RINVSERTYP),
    ("source_addr_ton", 1, CommandStatus.ESME_RINVSRCTON),
    ("source_addr_npi", 1, CommandStatus.ESME_RINVSRCNPI),
    ("source_addr", 5, CommandStatus.ESME_RINVSRCADR),
    ("dest_addr_ton", 1, CommandStatus.ESME_RINVDSTTON),
    ("dest_addr_npi", 1, CommandStatus.ESME_RINVDSTNPI),
    ("destination_addr", 13, CommandStatus.ESME_RINVDSTADR),
    ("esm_class", 1, CommandStatus.ESME_RINVESMCLASS),
    ("protocol_id", 1, CommandStatus.ESME_RINVCMDLEN),
    ("priority_flag", 1, CommandStatus.ESME_RINVPRTFLG),
    ("schedule_delivery_time", 1, CommandStatus.ESME_RINVSCHED),
    ("validity_period", 1, CommandStatus.ESME_RINVEXPIRY),
    ("registered_delivery", 1, CommandStatus.ESME_RINVREGDLVFLG),
    ("replace_if_present_flag", 1, CommandStatus.ESME_RINVREPFLAG),
    ("data_coding", 1, CommandStatus.ESME_RINVCMDLEN),
    ("sm_default_msg_id", 1, CommandStatus.ESME_RINVDFTMSGID),
    ("short_message", 1 + len(SALAM), CommandStatus.ESME_RINVMSGLEN),
]


def test_a_submit_sm_cut_anywhere_names_the_field_that_is_cut() -> None:
    cuts = [(name, status) for name, width, status in SUBMIT_SM_LAYOUT for _ in range(width)]
    assert len(cuts) == len(SUBMIT_SM) - 16
    for kept, (name, status) in enumerate(cuts):
        with pytest.raises(PduError) as caught:
            decode(frame(CommandId.SUBMIT_SM, SUBMIT_SM[16 : 16 + kept]))
        assert (caught.value.path, caught.value.command_status) == (f"submit_sm.{name}", status), kept


@pytest.mark.parametrize(
    ("wire", "reason", "sequence_number"),
    [
        (b"", "0 octets are no header", 0),
        (octets("00000010 00000015 00000000"), "12 octets are no header", 0),
        (octets("00000011 00000015 00000000 00000009"), "command_length says 17 octets, there are 16", 9),
        (octets("00000010 00000015 00000000 00000009 00"), "command_length says 16 octets, there are 17", 9),
    ],
)
def test_octets_that_are_not_one_pdu(wire: bytes, reason: str, sequence_number: int) -> None:
    with pytest.raises(FramingError) as caught:
        decode(wire)
    assert (caught.value.reason, caught.value.sequence_number) == (reason, sequence_number)
    assert str(caught.value) == f"{reason} (ESME_RINVCMDLEN)"


def test_a_command_without_a_declaration_has_no_pdu() -> None:
    assert decode(frame(0x00010200, b"whatever", sequence_number=5)) == Frame(0x00010200, 0, 5, None)


@pytest.mark.parametrize(
    ("pdu", "reason"),
    [
        (SubmitSm(source_addr="3" * 21), "submit_sm.source_addr: 21 octets, at most 20"),
        (SubmitSm(destination_addr="9\x008"), "submit_sm.destination_addr: holds a NUL"),
        (SubmitSm(source_addr="خط"), "submit_sm.source_addr: holds a character outside Latin-1"),
        (SubmitSm(short_message=bytes(256)), "submit_sm.short_message: 256 octets, sm_length can say 255 at most"),
        (SubmitSm(esm_class=256), "submit_sm.esm_class: 256 is not within 0 to 255"),
        (SubmitSm(data_coding=-1), "submit_sm.data_coding: -1 is not within 0 to 255"),
        (SubmitSm(tlvs=(Tlv(-1, b""),)), "submit_sm.tlvs: TLV tag -1 is not within 0 to 0xFFFF"),
        (
            SubmitSm(tlvs=(Tlv(0x0424, bytes(65536)),)),
            "submit_sm.tlvs: TLV message_payload: 65536 octets, at most 65535",
        ),
        (SubmitSm(source_addr=3000), "submit_sm.source_addr: int where str is wanted"),  # type: ignore[arg-type] # meant
        (SubmitSm(short_message="hi"), "submit_sm.short_message: str where bytes is wanted"),  # type: ignore[arg-type] # meant
        (SubmitSm(esm_class=None), "submit_sm.esm_class: NoneType where int is wanted"),  # type: ignore[arg-type] # meant
        (BindReceiver(password="123456789"), "bind_receiver.password: 9 octets, at most 8"),
    ],
)
def test_values_that_cannot_be_written_are_named(pdu: Pdu, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(reason)}$"):
        encode(pdu, 1)


def test_a_header_value_that_cannot_be_written() -> None:
    with pytest.raises(ValueError, match=r"^enquire_link: "):
        encode(EnquireLink(), -1)


def _values(wire: WireType) -> st.SearchStrategy[Any]:
    latin1 = st.characters(min_codepoint=1, max_codepoint=255)
    match wire:
        case CString(size=size):
            return st.text(latin1, max_size=size - 1)
        case UInt(size=size):
            return st.integers(0, 256**size - 1)
        case Group(kinds=kinds):
            members = st.one_of(
                [st.builds(kind, **{name: _values(each) for name, each in fields_of(kind)}) for kind in kinds]
            )
            return st.lists(members, max_size=4).map(tuple)
        case Octets():
            return st.binary(max_size=255)
        case TlvStream():
            tlv = st.builds(Tlv, st.integers(0, 0xFFFF), st.binary(max_size=40))
            return st.lists(tlv, max_size=4).map(tuple)


def pdus() -> st.SearchStrategy[Pdu]:
    """Any PDU that can be written."""
    return st.one_of(
        [st.builds(each, **{name: _values(wire) for name, wire in fields_of(each)}) for each in PDUS],
    )


@given(pdus(), st.integers(0, 0xFFFFFFFF), st.integers(0, 0xFFFFFFFF))
def test_what_is_written_is_read_again(pdu: Pdu, sequence_number: int, status: int) -> None:
    got = decode(encode(pdu, sequence_number, status))
    assert got == Frame(command_id(type(pdu)), status, sequence_number, pdu)
    assert type(got.pdu) is type(pdu)


@given(pdus(), st.data())
def test_a_cut_pdu_is_read_or_its_error_names_a_field_of_it(pdu: Pdu, data: st.DataObject) -> None:
    whole = encode(pdu, 9)
    cut = whole[16 : data.draw(st.integers(16, len(whole) - 1) if len(whole) > 16 else st.just(16))]
    command = command_id(type(pdu))
    error = None
    try:
        decode(frame(command, cut))
    except PduError as raised:
        error = raised
    if error is not None:
        command_name, _, path = error.path.partition(".")
        assert command_name == command.name.lower()
        field, _, inside = path.partition("[")
        wire = dict(fields_of(type(pdu)))[field]
        assert inside or error.command_status == wire.error
        assert error.reason
