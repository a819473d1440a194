"""TLVs (optional parameters): the raw pair, the table of all 64 standard tags, reading and writing them.

A TLV stays raw octets until somebody asks: unknown and vendor tags are kept, order and repetition too. Whether a TLV
may stand in a given PDU, or holds a permitted value, is not decided here.
"""

from collections.abc import Iterable, Mapping
from enum import Enum
from struct import Struct
from types import MappingProxyType
from typing import Final, NamedTuple

from simulator.smpp.consts import TlvTag

_HEAD: Final = Struct(">HH")
MAX_VALUE_SIZE: Final = 0xFFFF


class Tlv(NamedTuple):
    """One TLV: its tag (0 to 0xFFFF) and its value as it stands on the wire, without tag and length."""

    tag: int
    value: bytes


class Kind(Enum):
    """How the value of a TLV is read."""

    INTEGER = "big-endian unsigned integer"
    C_STRING = "C-octet string, NUL included in its size"
    OCTETS = "octets"


class TlvSpec(NamedTuple):
    """What the standard says of one tag: its name, the least and most octets of its value, and how to read it."""

    name: str
    low: int
    high: int
    kind: Kind


def _table() -> Mapping[int, TlvSpec]:
    """All standard TLVs, 5.0 section 4.8.4; sizes are the union of 3.4 and 5.0 and of what deployed peers send."""
    tag = TlvTag
    integers = {
        1: "dest_addr_subunit dest_network_type dest_bearer_type source_addr_subunit source_network_type "
        "source_bearer_type payload_type ms_msg_wait_facilities privacy_indicator user_response_code "
        "language_indicator sar_total_segments sar_segment_seqnum sc_interface_version callback_num_pres_ind "
        "number_of_messages dpf_result set_dpf ms_availability_status delivery_failure_reason more_messages_to_send "
        "message_state congestion_state ussd_service_op broadcast_channel_indicator broadcast_message_class "
        "broadcast_area_success dest_addr_np_resolution display_time its_reply_type",
        2: "dest_telematics_id user_message_reference source_port dest_port sar_msg_ref_num sms_signal",
        4: "qos_time_to_live broadcast_error_status",
    }
    table: dict[int, TlvSpec] = {
        tag[name.upper()]: TlvSpec(name, size, size, Kind.INTEGER)
        for size, names in integers.items()
        for name in names.split()
    }
    table |= {
        spec_tag: TlvSpec(spec_tag.name.lower(), low, high, kind)
        for spec_tag, low, high, kind in (
            (tag.SOURCE_TELEMATICS_ID, 1, 2, Kind.INTEGER),  # 1 in the standard, 2 like its twin in deployed decoders
            (tag.BROADCAST_REP_NUM, 1, 2, Kind.INTEGER),  # 2 in the standard, 1 in a deployed decoder
            (tag.ALERT_ON_MESSAGE_DELIVERY, 0, 1, Kind.INTEGER),  # 3.4: its presence says it all
            (tag.DEST_ADDR_NP_COUNTRY, 1, 5, Kind.INTEGER),
            (tag.ADDITIONAL_STATUS_INFO_TEXT, 1, 256, Kind.C_STRING),
            (tag.RECEIPTED_MESSAGE_ID, 1, 65, Kind.C_STRING),
            (tag.SOURCE_NETWORK_ID, 7, 65, Kind.C_STRING),
            (tag.DEST_NETWORK_ID, 7, 65, Kind.C_STRING),
            (tag.SOURCE_SUBADDRESS, 2, 23, Kind.OCTETS),
            (tag.DEST_SUBADDRESS, 2, 23, Kind.OCTETS),
            (tag.CALLBACK_NUM_ATAG, 0, 65, Kind.OCTETS),
            (tag.CALLBACK_NUM, 4, 19, Kind.OCTETS),
            (tag.NETWORK_ERROR_CODE, 3, 3, Kind.OCTETS),
            (tag.MESSAGE_PAYLOAD, 0, MAX_VALUE_SIZE, Kind.OCTETS),
            (tag.BROADCAST_CONTENT_TYPE, 3, 3, Kind.OCTETS),
            (tag.BROADCAST_CONTENT_TYPE_INFO, 1, 255, Kind.OCTETS),
            (tag.BROADCAST_FREQUENCY_INTERVAL, 3, 3, Kind.OCTETS),
            (tag.BROADCAST_AREA_IDENTIFIER, 1, MAX_VALUE_SIZE, Kind.OCTETS),
            (tag.BROADCAST_END_TIME, 16, 17, Kind.OCTETS),  # a time of 16 characters, with or without NUL
            (tag.BROADCAST_SERVICE_GROUP, 1, 255, Kind.OCTETS),
            (tag.BILLING_IDENTIFICATION, 1, 1024, Kind.OCTETS),
            (tag.SOURCE_NODE_ID, 6, 6, Kind.OCTETS),
            (tag.DEST_NODE_ID, 6, 6, Kind.OCTETS),
            (tag.DEST_ADDR_NP_INFORMATION, 10, 10, Kind.OCTETS),
            (tag.MS_VALIDITY, 1, 4, Kind.OCTETS),  # one octet, or 4 with a unit and a count (5.0)
            (tag.ITS_SESSION_INFO, 2, 2, Kind.OCTETS),
        )
    }
    return MappingProxyType(table)


TLVS: Final[Mapping[int, TlvSpec]] = _table()
"""Every standard tag with its `TlvSpec`."""


def tag_name(tag: int) -> str:
    """The standard's name of a tag, or `0x1401` for one it does not name."""
    spec = TLVS.get(tag)
    return spec.name if spec else f"0x{tag:04X}"


def build(tag: int, value: int | str | bytes) -> Tlv:
    """Make a standard TLV from a plain value.

    An integer takes the octets that the standard gives the tag, a `str` becomes a Latin-1 C-octet string with its NUL,
    `bytes` are taken as they are. Any other tag or size is made with `Tlv(tag, octets)`, unchecked.

    Raises:
        ValueError: the tag has no `TlvSpec`, or the value does not fit it.
    """
    spec = TLVS.get(tag)
    if spec is None:
        raise ValueError(f"TLV {tag_name(tag)}: no standard tag")
    if isinstance(value, int):
        octets = _integer(spec, value)
    else:
        octets = value if isinstance(value, bytes) else value.encode("latin-1") + b"\0"
    if not spec.low <= len(octets) <= spec.high:
        raise ValueError(f"TLV {spec.name}: {len(octets)} octets, wants {spec.low} to {spec.high}")
    return Tlv(tag, octets)


def _integer(spec: TlvSpec, value: int) -> bytes:
    if spec.kind is not Kind.INTEGER:
        raise ValueError(f"TLV {spec.name}: holds no integer but {spec.kind.value}")
    try:
        return value.to_bytes(spec.high, "big")
    except OverflowError:
        raise ValueError(f"TLV {spec.name}: {value} does not fit in {spec.high} octets") from None


def get(tlvs: Iterable[Tlv], tag: int) -> bytes | None:
    """The value of the first TLV with this tag, as it came; None without one."""
    for found, value in tlvs:
        if found == tag:
            return value
    return None


def int_value(tlvs: Iterable[Tlv], tag: int) -> int | None:
    """The first TLV with this tag as a big-endian integer, however many octets it came in; None without one."""
    value = get(tlvs, tag)
    return None if value is None else int.from_bytes(value, "big")


def text_value(tlvs: Iterable[Tlv], tag: int) -> str | None:
    """The first TLV with this tag as text: Latin-1 up to its NUL, which peers sometimes leave out; None without one."""
    value = get(tlvs, tag)
    return None if value is None else value.partition(b"\0")[0].decode("latin-1")


def encode_tlvs(tlvs: Iterable[Tlv]) -> bytes:
    """Write TLVs in the order given.

    Raises:
        ValueError: a tag is not within 0 to 0xFFFF, or a value is longer than 65535 octets.
    """
    parts = []
    for tag, value in tlvs:
        if not 0 <= tag <= 0xFFFF:
            raise ValueError(f"TLV tag {tag} is not within 0 to 0xFFFF")
        if len(value) > MAX_VALUE_SIZE:
            raise ValueError(f"TLV {tag_name(tag)}: {len(value)} octets, at most {MAX_VALUE_SIZE}")
        parts.append(_HEAD.pack(tag, len(value)) + value)
    return b"".join(parts)


def decode_tlvs(frame: bytes, at: int) -> tuple[Tlv, ...]:
    """Read the TLVs that fill `frame` from offset `at` to its end.

    Stray zero octets are lived with, because deployed clients put a NUL behind short_message or message_payload that no
    length counts. The rule: where a TLV should begin, if the octet is zero and what is left cannot be a TLV as it
    stands (fewer than 4 octets, or a length beyond the end), that one octet is skipped and reading begins anew behind
    it. A stream that can be read as it stands is never altered.

    Raises:
        ValueError: the octets do not divide into TLVs; the text says where.
    """
    found = []
    size = len(frame)
    while at < size:
        if size - at >= _HEAD.size:
            tag, length = _HEAD.unpack_from(frame, at)
            end = at + _HEAD.size + length
            if end <= size:
                found.append(Tlv(tag, frame[end - length : end]))
                at = end
                continue
        if frame[at]:
            raise ValueError(_truncation(frame, at))
        at += 1
    return tuple(found)


def _truncation(frame: bytes, at: int) -> str:
    left = len(frame) - at
    if left < _HEAD.size:
        return f"{left} octets {frame[at:].hex()} at offset {at} are too few for a TLV"
    tag, length = _HEAD.unpack_from(frame, at)
    return f"TLV {tag_name(tag)} at offset {at} says {length} octets, {left - _HEAD.size} are left"
