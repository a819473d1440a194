"""What is said of a PDU."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.smpp.codec import encode
from simulator.smpp.consts import CommandStatus, TlvTag
from simulator.smpp.pdus import BindTransceiver, DeliverSm, EnquireLink, SubmitSm, SubmitSmResp
from simulator.smpp.tlvs import Tlv, build
from simulator.wire_log.description import describe
from tests.smpp.helpers import frame
from tests.smpp.test_codec import pdus
from tests.smpp.test_session_any_octets import broken_pdus

SALAM = "سلام"


def test_a_bind_shows_no_password() -> None:
    assert describe(encode(BindTransceiver("panel", "secret", "WWW"), 7)) == {
        "command": "bind_transceiver",
        "command_id": "0x00000009",
        "command_status": "ESME_ROK",
        "sequence_number": 7,
        "fields": {
            "system_id": "panel",
            "password": "•••",
            "system_type": "WWW",
            "interface_version": 0x34,
            "addr_ton": 0,
            "addr_npi": 0,
            "address_range": "",
        },
        "tlvs": [],
    }


def test_a_message_shows_its_text_beside_its_octets() -> None:
    said = describe(encode(SubmitSm(source_addr="3000", data_coding=8, short_message=SALAM.encode("utf-16-be")), 1))
    assert said["fields"]["short_message"] == "0633064406270645"
    assert said["text"] == SALAM
    assert "part" not in said


def test_a_part_of_a_longer_text_says_which() -> None:
    message = SubmitSm(
        esm_class=0x40, data_coding=8, short_message=b"\x05\0\x03\x2a\x02\x01" + SALAM.encode("utf-16-be")
    )
    said = describe(encode(message, 1))
    assert said["text"] == SALAM
    assert said["part"] == {"reference": 0x2A, "total": 2, "number": 1, "kind": "udh8"}


def test_text_in_message_payload() -> None:
    said = describe(encode(DeliverSm(tlvs=(build(TlvTag.MESSAGE_PAYLOAD, b"long"),)), 1))
    assert said["text"] == "long"
    assert said["tlvs"] == [{"tag": "0x0424", "name": "message_payload", "value": "6c6f6e67"}]


@pytest.mark.parametrize(
    ("tlv", "name", "value"),
    [
        (Tlv(0x0204, b"\x01\x02"), "user_message_reference", 0x0102),
        (Tlv(0x001E, b"0000000017\0"), "receipted_message_id", "0000000017"),
        (Tlv(0x0423, b"\x03\0\x10"), "network_error_code", "030010"),
        (Tlv(0x130C, b""), "alert_on_message_delivery", ""),
        (Tlv(0x0204, b"\x01\x02\x03"), "user_message_reference", "010203"),
        (Tlv(0x1401, b"dlt"), "0x1401", "646c74"),
    ],
)
def test_a_tlv_by_its_kind_and_as_octets_where_it_has_none_or_not_its_size(tlv: Tlv, name: str, value: object) -> None:
    assert describe(encode(SubmitSmResp("1", (tlv,)), 1))["tlvs"] == [
        {"tag": f"0x{tlv.tag:04X}", "name": name, "value": value}
    ]


def test_tlvs_keep_their_order_and_repeat() -> None:
    tlvs = (Tlv(0x1401, b"b"), Tlv(0x0201, b"\1"), Tlv(0x1401, b"a"))
    said = describe(encode(EnquireLink(tlvs), 1))["tlvs"]
    assert [tlv["value"] for tlv in said] == ["62", 1, "61"]


def test_statuses_by_name_and_by_number() -> None:
    statuses = [
        describe(encode(SubmitSmResp(), 1, status))["command_status"]
        for status in (CommandStatus.ESME_RTHROTTLED, 0x404)
    ]
    assert statuses == ["ESME_RTHROTTLED", "0x00000404"]


def test_a_broken_field_leaves_what_came_before_it_and_its_path() -> None:
    said = describe(frame(4, b"CMT\0" + b"\x01\x01" + b"3" * 25))
    assert said["fields"] == {"service_type": "CMT", "source_addr_ton": 1, "source_addr_npi": 1}
    assert said["error"] == {
        "path": "submit_sm.source_addr",
        "reason": "no NUL within 21 octets",
        "command_status": "ESME_RINVSRCADR",
    }


def test_a_broken_bind_shows_no_password_either() -> None:
    said = describe(frame(9, b"panel\0secret\0" + b"W" * 20))
    assert said["fields"] == {"system_id": "panel", "password": "•••"}
    assert said["error"]["path"] == "bind_transceiver.system_type"


def test_a_command_without_a_declaration_has_its_header() -> None:
    assert describe(frame(0x00010200, b"body", sequence_number=3)) == {
        "command": "0x00010200",
        "command_id": "0x00010200",
        "command_status": "ESME_ROK",
        "sequence_number": 3,
    }


@pytest.mark.parametrize(
    ("octets", "command", "reason"),
    [
        (b"\0\0\0", None, "3 octets are no header"),
        (frame(4, b"\0" * 9)[:20], "submit_sm", "command_length says 25 octets, there are 20"),
        (b"\x7f\xff\xff\xff" + frame(21)[4:], "enquire_link", "command_length says 2147483647 octets, there are 16"),
    ],
)
def test_octets_that_are_no_whole_pdu(octets: bytes, command: str | None, reason: str) -> None:
    said = describe(octets)
    assert said.get("command") == command
    assert said["error"] == {"path": "command_length", "reason": reason, "command_status": "ESME_RINVCMDLEN"}


def as_json(said: dict[str, Any]) -> Any:
    return json.loads(json.dumps(said, ensure_ascii=False).encode())


@given(st.builds(encode, pdus(), st.integers(0, 0xFFFFFFFF)))
def test_every_pdu_can_be_told_in_json(octets: bytes) -> None:
    said = describe(octets)
    assert "error" not in said
    assert as_json(said) == said


@given(broken_pdus | st.binary(max_size=60))
def test_any_octets_can_be_told_in_json(octets: bytes) -> None:
    said = describe(octets)
    assert as_json(said) == said
