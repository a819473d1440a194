"""TLVs (optional parameters): the raw pair, reading and writing them.

A TLV stays raw octets until somebody asks: unknown and vendor tags are kept, order and repetition too. What the
standard says of each tag is in `tlv_table`; whether a TLV may stand in a given PDU is decided in `tlv_checks`.
"""

from collections.abc import Iterable
from struct import Struct
from typing import Final, NamedTuple

from simulator.smpp.tlv_table import MAX_VALUE_SIZE, TLVS, Kind, TlvSpec

_HEAD: Final = Struct(">HH")


class Tlv(NamedTuple):
    """One TLV: its tag (0 to 0xFFFF) and its value as it stands on the wire, without tag and length."""

    tag: int
    value: bytes


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
