import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.smpp.consts import TlvTag
from simulator.smpp.tlvs import Tlv, build, decode_tlvs, encode_tlvs, get, int_value, tag_name, text_value
from tests.smpp.helpers import octets


def test_tag_name() -> None:
    assert (tag_name(0x0424), tag_name(0x1401)) == ("message_payload", "0x1401")


@pytest.mark.parametrize(
    ("tag", "value", "wire"),
    [
        (TlvTag.MESSAGE_STATE, 2, "0427 0001 02"),
        (TlvTag.SAR_MSG_REF_NUM, 0x0D05, "020c 0002 0d05"),
        (TlvTag.RECEIPTED_MESSAGE_ID, "17", "001e 0003 313700"),
        (TlvTag.NETWORK_ERROR_CODE, b"\x03\x00\x08", "0423 0003 030008"),
        (TlvTag.MESSAGE_PAYLOAD, b"", "0424 0000"),
    ],
)
def test_build_and_write(tag: TlvTag, value: int | str | bytes, wire: str) -> None:
    assert encode_tlvs([build(tag, value)]) == octets(wire)


@pytest.mark.parametrize(
    ("tag", "value", "reason"),
    [
        (0x1401, 1, "TLV 0x1401: no standard tag"),
        (TlvTag.MESSAGE_STATE, 256, "TLV message_state: 256 does not fit in 1 octets"),
        (TlvTag.SAR_MSG_REF_NUM, -1, "TLV sar_msg_ref_num: -1 does not fit in 2 octets"),
        (TlvTag.MESSAGE_PAYLOAD, 1, "TLV message_payload: holds no integer but octets"),
        (TlvTag.RECEIPTED_MESSAGE_ID, "1" * 65, "TLV receipted_message_id: 66 octets, wants 1 to 65"),
        (TlvTag.NETWORK_ERROR_CODE, b"\x03\x08", "TLV network_error_code: 2 octets, wants 3 to 3"),
    ],
)
def test_what_does_not_fit_is_refused(tag: int, value: int | str | bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{reason}$"):
        build(tag, value)


def test_values_are_read_from_the_first_tlv_with_the_tag() -> None:
    tlvs = (Tlv(0x001E, b"17\0rest"), Tlv(0x0427, b"\x02"), Tlv(0x0427, b"\x05"), Tlv(0x0010, b"\x01\x02"))
    assert get(tlvs, 0x0427) == b"\x02"
    assert int_value(tlvs, 0x0427) == 2
    assert int_value(tlvs, 0x0010) == 0x0102
    assert text_value(tlvs, 0x001E) == "17"
    assert text_value((Tlv(0x001E, b"17"),), 0x001E) == "17"
    assert (get(tlvs, 1), int_value(tlvs, 1), text_value(tlvs, 1)) == (None, None, None)


@pytest.mark.parametrize(
    ("wire", "tlvs"),
    [
        ("", ()),
        ("00", ()),
        ("000000", ()),
        ("0000 0000", (Tlv(0, b""),)),  # can be read as it stands
        ("00 020c 0002 0d05", (Tlv(0x020C, b"\x0d\x05"),)),
        ("00 001e 0003 313700", (Tlv(0x001E, b"17\0"),)),
        ("0424 0001 68 00", (Tlv(0x0424, b"h"),)),
        ("0424 0001 68 00 0427 0001 02", (Tlv(0x0424, b"h"), Tlv(0x0427, b"\x02"))),
    ],
)
def test_stray_zero_octets(wire: str, tlvs: tuple[Tlv, ...]) -> None:
    assert decode_tlvs(octets(wire), 0) == tlvs


@pytest.mark.parametrize(
    ("wire", "reason"),
    [
        ("01", "1 octets 01 at offset 0 are too few for a TLV"),
        ("0424 0002 68", "TLV message_payload at offset 0 says 2 octets, 1 are left"),
        ("0427 0001 02 1401 00", "3 octets 140100 at offset 5 are too few for a TLV"),
        ("00 0424 ffff 68", "TLV message_payload at offset 1 says 65535 octets, 1 are left"),
    ],
)
def test_octets_that_are_no_tlvs(wire: str, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{reason}$"):
        decode_tlvs(octets(wire), 0)


tlv_lists = st.lists(st.builds(Tlv, st.integers(0, 0xFFFF), st.binary(max_size=40)), max_size=6)


@given(tlv_lists, st.integers(0, 5))
def test_a_stream_that_can_be_read_is_never_altered(tlvs: list[Tlv], at: int) -> None:
    assert decode_tlvs(bytes(at) + encode_tlvs(tlvs), at) == tuple(tlvs)
