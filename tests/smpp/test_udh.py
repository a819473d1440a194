import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.smpp.consts import ESM_UDHI, TlvTag
from simulator.smpp.pdus import DeliverSm, SubmitSm
from simulator.smpp.text import Languages
from simulator.smpp.tlvs import Tlv, build
from simulator.smpp.udh import (
    Concatenation,
    Element,
    ReferenceKind,
    Udh,
    UserData,
    build_udh,
    concatenation,
    concatenation_udh,
    message_octets,
    split_udh,
    user_data,
)
from tests.smpp.helpers import octets


@pytest.mark.parametrize(
    ("wire", "elements", "rest"),
    [
        ("05 00 03 2a 02 01 6869", [(0x00, "2a 02 01")], b"hi"),
        ("06 08 04 0d05 02 01", [(0x08, "0d05 02 01")], b""),
        ("0b 00 03 2a 02 01 05 04 0b84 23f0 68", [(0x00, "2a 02 01"), (0x05, "0b84 23f0")], b"h"),
        ("00 68", [], b"h"),
        ("02 24 00", [(0x24, "")], b""),
    ],
)
def test_a_header_is_taken_off_and_put_on(wire: str, elements: list[tuple[int, str]], rest: bytes) -> None:
    header = Udh(tuple(Element(identifier, octets(data)) for identifier, data in elements))
    assert split_udh(octets(wire)) == (header, rest)
    assert build_udh(header.elements) + rest == octets(wire)


@pytest.mark.parametrize(
    ("wire", "reason"),
    [
        ("", "no user data header: there are no octets"),
        ("05 00 03 2a", "the user data header says 5 octets, 3 are left"),
        ("03 00 03 2a 02 01", "information element at octet 1 does not fit in a header of 3 octets"),
        ("01 00 03", "information element at octet 1 does not fit in a header of 1 octets"),
        ("06 00 03 2a 02 01 05", "information element at octet 6 does not fit in a header of 6 octets"),
    ],
)
def test_a_header_that_does_not_fit(wire: str, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{reason}$"):
        split_udh(octets(wire))
    pdu = SubmitSm(esm_class=ESM_UDHI, short_message=octets(wire))
    assert concatenation(pdu) is None
    assert message_octets(pdu) == octets(wire)


@pytest.mark.parametrize(
    ("elements", "reason"),
    [
        ([Element(256, b"")], "information element identifier 256 is not within 0 to 255"),
        ([Element(0, bytes(256))], "information element 0x00: 256 octets, at most 255"),
        ([Element(0, bytes(200)), Element(1, bytes(200))], "user data header: 404 octets, at most 255"),
    ],
)
def test_a_header_that_cannot_be_written(elements: list[Element], reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{reason}$"):
        build_udh(elements)


@pytest.mark.parametrize(
    ("part", "wire"),
    [
        (Concatenation(0x2A, 2, 1), "05 00 03 2a 02 01"),
        (Concatenation(0xFF, 255, 255), "05 00 03 ff ff ff"),
        (Concatenation(0x0D05, 3, 2, ReferenceKind.UDH_16), "06 08 04 0d05 03 02"),
        (Concatenation(0x2A, 3, 2, ReferenceKind.UDH_16), "06 08 04 002a 03 02"),
    ],
)
def test_the_header_of_a_part_and_back(part: Concatenation, wire: str) -> None:
    assert concatenation_udh(part) == octets(wire)
    pdu = DeliverSm(esm_class=ESM_UDHI, short_message=octets(wire) + b"hi")
    assert concatenation(pdu) == part
    assert message_octets(pdu) == b"hi"


@pytest.mark.parametrize(
    "part",
    [
        (0, 0, 0),
        (0, 2, 3),
        (0, 2, 0),
        (0, 256, 1),
        (0x100, 2, 1),
        (-1, 2, 1),
        (0x10000, 2, 1, ReferenceKind.UDH_16),
        (0, 2, 1, ReferenceKind.SAR),
    ],
)
def test_no_header_for_what_is_no_part(part: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="no part of a message"):
        concatenation_udh(Concatenation(*part))


@pytest.mark.parametrize(
    "wire", ["05 00 03 2a 00 00", "05 00 03 2a 02 03", "05 00 03 2a 02 00", "04 00 02 2a 02", "06 05 04 0b84 23f0"]
)
def test_a_header_without_a_sensible_part_makes_none(wire: str) -> None:
    pdu = SubmitSm(esm_class=ESM_UDHI, short_message=octets(wire) + b"hi")
    assert concatenation(pdu) is None
    assert message_octets(pdu) == b"hi"


def test_without_udhi_there_is_no_header() -> None:
    pdu = SubmitSm(short_message=octets("05 00 03 2a 02 01"))
    assert concatenation(pdu) is None
    assert message_octets(pdu) == octets("05 00 03 2a 02 01")


SAR = {TlvTag.SAR_MSG_REF_NUM: 0x0D05, TlvTag.SAR_TOTAL_SEGMENTS: 3, TlvTag.SAR_SEGMENT_SEQNUM: 2}


def test_sar_tlvs_say_the_same() -> None:
    pdu = SubmitSm(short_message=b"hi", tlvs=tuple(build(tag, value) for tag, value in SAR.items()))
    assert concatenation(pdu) == Concatenation(0x0D05, 3, 2, ReferenceKind.SAR)
    assert message_octets(pdu) == b"hi"


# 23.040 9.2.3.24: of repeated elements the last counts; 8-bit and 16-bit references exclude each other likewise.
@pytest.mark.parametrize(
    ("wire", "part"),
    [
        ("0a 00 03 2a 02 01 00 03 2b 03 02", Concatenation(0x2B, 3, 2)),
        ("0b 00 03 2a 02 01 08 04 0d05 03 02", Concatenation(0x0D05, 3, 2, ReferenceKind.UDH_16)),
        ("0b 08 04 0d05 03 02 00 03 2a 02 01", Concatenation(0x2A, 2, 1)),
        ("0a 00 03 2a 02 01 00 03 2b 02 03", Concatenation(0x2A, 2, 1)),  # the second makes no sense
        ("03 24 01 0d", Concatenation(0x0D05, 3, 2, ReferenceKind.SAR)),  # the header names no part, the TLVs do
        ("05 00 03 2a 02 01", Concatenation(0x2A, 2, 1)),
    ],
)
def test_which_reference_counts(wire: str, part: Concatenation) -> None:
    tlvs = tuple(build(tag, value) for tag, value in SAR.items())
    assert concatenation(SubmitSm(esm_class=ESM_UDHI, short_message=octets(wire), tlvs=tlvs)) == part


@pytest.mark.parametrize(
    ("wire", "languages"),
    [
        ("03 24 01 0d 68", Languages(0, 13)),
        ("03 25 01 01 68", Languages(1, 0)),
        ("06 24 01 02 25 01 03 68", Languages(3, 2)),
        ("06 24 01 02 24 01 03 68", Languages(0, 3)),
        ("04 24 02 02 03 68", Languages(0, 0)),  # of the wrong length
    ],
)
def test_the_header_names_the_national_tables(wire: str, languages: Languages) -> None:
    pdu = SubmitSm(esm_class=ESM_UDHI, short_message=octets(wire))
    assert user_data(pdu) == UserData(b"h", None, languages, octets(wire)[0] + 1)


@pytest.mark.parametrize("left_out", SAR)
def test_all_three_sar_tlvs_are_needed(left_out: TlvTag) -> None:
    pdu = SubmitSm(tlvs=tuple(build(tag, value) for tag, value in SAR.items() if tag is not left_out))
    assert concatenation(pdu) is None


def test_sar_numbers_without_sense_make_no_part() -> None:
    wrong = SAR | {TlvTag.SAR_SEGMENT_SEQNUM: 4}
    assert concatenation(SubmitSm(tlvs=tuple(build(tag, value) for tag, value in wrong.items()))) is None


def test_the_text_may_be_in_message_payload_with_a_header_too() -> None:
    payload = build(TlvTag.MESSAGE_PAYLOAD, octets("05 00 03 2a 02 01") + b"long")
    assert message_octets(SubmitSm(esm_class=ESM_UDHI, tlvs=(payload,))) == b"long"
    assert concatenation(SubmitSm(esm_class=ESM_UDHI, tlvs=(payload,))) == Concatenation(0x2A, 2, 1)
    assert message_octets(SubmitSm(tlvs=(Tlv(0x0424, b"long"),))) == b"long"
    assert message_octets(SubmitSm(short_message=b"short", tlvs=(Tlv(0x0424, b"long"),))) == b"long"
    assert message_octets(SubmitSm(short_message=b"short", tlvs=(Tlv(0x0424, b""),))) == b"short"
    assert message_octets(SubmitSm()) == b""


@given(st.binary(max_size=40), st.integers(0, 255))
def test_no_message_fails(short_message: bytes, esm_class: int) -> None:
    pdu = SubmitSm(esm_class=esm_class, short_message=short_message)
    part = concatenation(pdu)
    assert part is None or 1 <= part.number <= part.total
    assert short_message.endswith(message_octets(pdu))
