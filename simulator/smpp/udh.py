"""The user data header of GSM 03.40 (9.2.3.24) and what makes messages parts of a longer one.

Owns the header's octets, the three ways in which a part says where it belongs, and where the text of a message is.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

from simulator.smpp.consts import ESM_UDHI, TlvTag
from simulator.smpp.pdus import DeliverSm, SubmitSm
from simulator.smpp.tlvs import get, int_value

IE_CONCATENATION_8: Final = 0x00
"""Information element with an 8-bit reference: reference, total, number."""

IE_CONCATENATION_16: Final = 0x08
"""Information element with a 16-bit reference: reference high, reference low, total, number."""


class Element(NamedTuple):
    """An information element: its identifier and its data."""

    identifier: int
    data: bytes


class Udh(NamedTuple):
    """A user data header: its elements in order. Without elements there is no header."""

    elements: tuple[Element, ...] = ()


class Concatenation(NamedTuple):
    """Which part of which message: parts of one message share the reference; numbers run from 1 to total."""

    reference: int
    total: int
    number: int


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
    """Write the header of one part: 6 octets with an 8-bit reference, 7 octets if the reference is above 255.

    Raises:
        ValueError: the numbers make no part of a message.
    """
    if not 0 <= part.reference <= 0xFFFF or not 1 <= part.number <= part.total <= 0xFF:
        raise ValueError(f"part {part.number} of {part.total}, reference {part.reference}: no part of a message")
    where = bytes((part.total, part.number))
    if part.reference <= 0xFF:
        return build_udh([Element(IE_CONCATENATION_8, bytes((part.reference,)) + where)])
    return build_udh([Element(IE_CONCATENATION_16, part.reference.to_bytes(2, "big") + where)])


def concatenation(pdu: SubmitSm | DeliverSm) -> Concatenation | None:
    """Say which part a message is, by its header or by the three sar_* TLVs; None if it is no part.

    A header that cannot be read, and numbers that make no sense (part 0, part 3 of 2), make no part (03.40 9.2.3.24.1).
    """
    if pdu.esm_class & ESM_UDHI:
        try:
            header, _ = split_udh(_carried(pdu))
        except ValueError:
            return None
        found = (_from_element(element) for element in header.elements)
        return next((part for part in found if part is not None), None)
    reference = int_value(pdu.tlvs, TlvTag.SAR_MSG_REF_NUM)
    total = int_value(pdu.tlvs, TlvTag.SAR_TOTAL_SEGMENTS)
    number = int_value(pdu.tlvs, TlvTag.SAR_SEGMENT_SEQNUM)
    if reference is None or total is None or number is None:
        return None
    return _sensible(Concatenation(reference, total, number))


def message_octets(pdu: SubmitSm | DeliverSm) -> bytes:
    """The octets of a message's text: short_message, or message_payload where that is empty, without a header.

    A header that cannot be read stays where it is.
    """
    octets = _carried(pdu)
    if not pdu.esm_class & ESM_UDHI:
        return octets
    try:
        return split_udh(octets)[1]
    except ValueError:
        return octets


def _carried(pdu: SubmitSm | DeliverSm) -> bytes:
    return pdu.short_message or get(pdu.tlvs, TlvTag.MESSAGE_PAYLOAD) or b""


def _from_element(element: Element) -> Concatenation | None:
    sizes = {IE_CONCATENATION_8: 3, IE_CONCATENATION_16: 4}
    if len(element.data) != sizes.get(element.identifier):
        return None
    *reference, total, number = element.data
    return _sensible(Concatenation(int.from_bytes(bytes(reference), "big"), total, number))


def _sensible(part: Concatenation) -> Concatenation | None:
    return part if 1 <= part.number <= part.total else None
