"""The user data header of GSM 03.40 (9.2.3.24) and what makes messages parts of a longer one.

Owns the header's octets, the three ways in which a part says where it belongs, and where the text of a message is. How
the text is read, and which parts have come, is not known here.
"""

from collections.abc import Iterable
from enum import Enum
from typing import Final, NamedTuple

from simulator.smpp.consts import ESM_UDHI, TlvTag
from simulator.smpp.pdus import DeliverSm, SubmitSm
from simulator.smpp.text import Languages
from simulator.smpp.tlvs import get, int_value

IE_CONCATENATION_8: Final = 0x00
"""Information element with an 8-bit reference: reference, total, number."""

IE_CONCATENATION_16: Final = 0x08
"""Information element with a 16-bit reference: reference high, reference low, total, number."""

IE_SINGLE_SHIFT: Final = 0x24
"""Information element with the national language of the single shift table, one octet."""

IE_LOCKING_SHIFT: Final = 0x25
"""Information element with the national language of the locking shift table, one octet."""


class Element(NamedTuple):
    """An information element: its identifier and its data."""

    identifier: int
    data: bytes


class Udh(NamedTuple):
    """A user data header: its elements in order. Without elements there is no header."""

    elements: tuple[Element, ...] = ()


class ReferenceKind(Enum):
    """In which of three ways a part says where it belongs; a reference counts only among its own kind."""

    UDH_8 = "udh8"
    UDH_16 = "udh16"
    SAR = "sar"


class Concatenation(NamedTuple):
    """Which part of which message: parts of one message share the reference; numbers run from 1 to total."""

    reference: int
    total: int
    number: int
    kind: ReferenceKind = ReferenceKind.UDH_8


class UserData(NamedTuple):
    """What a message carries.

    Attributes:
        octets: the text, without its header. A header that cannot be read stays where it is.
        part: which part of a longer message this is; None if it is none.
        languages: the national tables that the header names.
        header_size: octets of the header, its length octet included.
    """

    octets: bytes
    part: Concatenation | None = None
    languages: Languages = Languages()
    header_size: int = 0


def split_udh(octets: bytes) -> tuple[Udh, bytes]:
    """Take the header off the octets of a message whose esm_class has `ESM_UDHI`.

    Returns:
        The header, and the octets behind it.

    Raises:
        ValueError: the header does not fit in the octets, or its elements do not fit in the header.
    """
    if not octets:
        raise ValueError("no user data header: there are no octets")
    end = 1 + octets[0]
    if end > len(octets):
        raise ValueError(f"the user data header says {octets[0]} octets, {len(octets) - 1} are left")
    elements, at = [], 1
    while at < end:
        data = at + 2
        if data > end or data + octets[at + 1] > end:
            raise ValueError(f"information element at octet {at} does not fit in a header of {octets[0]} octets")
        elements.append(Element(octets[at], octets[data : data + octets[at + 1]]))
        at = data + octets[at + 1]
    return Udh(tuple(elements)), octets[end:]


def build_udh(elements: Iterable[Element]) -> bytes:
    """Write a header, its length octet included.

    Raises:
        ValueError: an identifier or a length does not fit in an octet.
    """
    body = b""
    for identifier, data in elements:
        if not 0 <= identifier <= 0xFF:
            raise ValueError(f"information element identifier {identifier} is not within 0 to 255")
        if len(data) > 0xFF:
            raise ValueError(f"information element 0x{identifier:02X}: {len(data)} octets, at most 255")
        body += bytes((identifier, len(data))) + data
    if len(body) > 0xFF:
        raise ValueError(f"user data header: {len(body)} octets, at most 255")
    return bytes((len(body),)) + body


def concatenation_udh(part: Concatenation) -> bytes:
    """Write the header of one part: 6 octets with an 8-bit reference, 7 octets with a 16-bit one.

    Raises:
        ValueError: the numbers make no part of a message, or the part is marked by TLVs.
    """
    size = {ReferenceKind.UDH_8: 1, ReferenceKind.UDH_16: 2}.get(part.kind)
    if size is None or not 0 <= part.reference < 1 << 8 * size or not 1 <= part.number <= part.total <= 0xFF:
        raise ValueError(
            f"part {part.number} of {part.total}, {part.kind.value} reference {part.reference}: no part of a message"
        )
    identifier = IE_CONCATENATION_8 if part.kind is ReferenceKind.UDH_8 else IE_CONCATENATION_16
    return build_udh([Element(identifier, part.reference.to_bytes(size, "big") + bytes((part.total, part.number)))])


def user_data(pdu: SubmitSm | DeliverSm) -> UserData:
    """Say what a message carries: message_payload, which supersedes short_message (5.0: 4.2.1.1), or that, taken apart.

    Where an information element is repeated the last one counts, and an 8-bit and a 16-bit reference exclude each
    other likewise (23.040, 9.2.3.24). The three sar_* TLVs are looked at where the header names no part. Numbers that
    make no sense (part 0, part 3 of 2) make no part.
    """
    octets = (get(pdu.tlvs, TlvTag.MESSAGE_PAYLOAD) if pdu.tlvs else None) or pdu.short_message
    header = Udh()
    rest = octets
    if pdu.esm_class & ESM_UDHI:
        try:
            header, rest = split_udh(octets)
        except ValueError:
            header, rest = Udh(), octets
    part, locking, single = None, 0, 0
    for element in header.elements:
        part = _part(element) or part
        if element.identifier == IE_LOCKING_SHIFT and len(element.data) == 1:
            locking = element.data[0]
        elif element.identifier == IE_SINGLE_SHIFT and len(element.data) == 1:
            single = element.data[0]
    return UserData(rest, part or _sar_part(pdu), Languages(locking, single), len(octets) - len(rest))


def concatenation(pdu: SubmitSm | DeliverSm) -> Concatenation | None:
    """Say which part a message is; None if it is no part."""
    return user_data(pdu).part


def message_octets(pdu: SubmitSm | DeliverSm) -> bytes:
    """The octets of a message's text, without its header."""
    return user_data(pdu).octets


def _part(element: Element) -> Concatenation | None:
    kinds = {(IE_CONCATENATION_8, 3): ReferenceKind.UDH_8, (IE_CONCATENATION_16, 4): ReferenceKind.UDH_16}
    kind = kinds.get((element.identifier, len(element.data)))
    if kind is None:
        return None
    *reference, total, number = element.data
    return _sensible(Concatenation(int.from_bytes(bytes(reference), "big"), total, number, kind))


def _sar_part(pdu: SubmitSm | DeliverSm) -> Concatenation | None:
    reference = int_value(pdu.tlvs, TlvTag.SAR_MSG_REF_NUM)
    total = int_value(pdu.tlvs, TlvTag.SAR_TOTAL_SEGMENTS)
    number = int_value(pdu.tlvs, TlvTag.SAR_SEGMENT_SEQNUM)
    if reference is None or total is None or number is None:
        return None
    return _sensible(Concatenation(reference, total, number, ReferenceKind.SAR))


def _sensible(part: Concatenation) -> Concatenation | None:
    return part if 1 <= part.number <= part.total else None
