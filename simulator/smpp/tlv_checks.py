"""Whether the TLVs of a request are in order: sizes, values, what must be there and what cannot stand together.

Only TLVs in their place are looked at (`tlv_places`); unknown, vendor and misplaced ones are passed over (5.0: 2.11.1).
Octets that do not divide into TLVs never come this far: that is the decoder's ESME_RINVTLVSTREAM.
"""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from simulator.smpp.consts import ESM_TYPE_MASK, ESM_UDHI, V50, CommandId, CommandStatus, TlvTag
from simulator.smpp.pdus import BroadcastSm, DataSm, Pdu
from simulator.smpp.states import Role
from simulator.smpp.tlv_places import places
from simulator.smpp.tlv_table import TLVS, TLVS_34, Kind, TlvSpec
from simulator.smpp.tlvs import get, tag_name
from simulator.smpp.values import Fault, ranges

Check = Callable[[Any, int], Fault | None]
"""Takes a PDU and a TLV that is there; says what is wrong with the PDU because of it, or None."""


class TlvRule(NamedTuple):
    """What is looked at in a TLV: its size, its first octet, and the PDU around it."""

    low: int
    high: int
    values: frozenset[int] | None
    check: Check | None
    spec: TlvSpec


Places = Mapping[int, TlvRule]
"""The TLVs of some PDU that are looked at."""


def looked_at(sender: Role, command: CommandId, version: int) -> Places:
    """The TLVs of this PDU that are looked at, by 3.4 or 5.0."""
    table, checks = (TLVS, _CHECKS_50) if version >= V50 else (TLVS_34, _CHECKS_34)
    specs = {tag: table[tag] for tag in places(sender, command, version) if tag in table}
    return MappingProxyType(
        {tag: TlvRule(spec.low, spec.high, spec.values, checks.get(tag), spec) for tag, spec in specs.items()}
    )


def tlv_fault(pdu: Pdu, places: Places, version: int) -> Fault | None:
    """The first thing that is wrong with the TLVs of a request, in their order; last what is missing altogether.

    Args:
        pdu: a request.
        places: what `looked_at` says of it.
        version: 3.4 or 5.0, of which the former has no TLVs that must be there.
    """
    number = 0
    for tag, value in pdu.tlvs:
        rule = places.get(tag)
        if rule is not None:
            low, high, values, check, spec = rule
            size = len(value)
            if not low <= size <= high or (values is not None and size and value[0] not in values):
                return _own_fault(f"tlvs[{number}].{spec.name}", spec, value)
            if check is not None and (fault := check(pdu, tag)):
                return fault
        number += 1  # noqa: SIM113 - enumerate costs a tuple more for each TLV
    mandatory = _MANDATORY.get(type(pdu)) if version >= V50 else None
    return mandatory(pdu) if mandatory else None


def _own_fault(where: str, spec: TlvSpec, value: bytes) -> Fault:
    if not spec.low <= len(value) <= spec.high:
        wants = spec.low if spec.low == spec.high else f"{spec.low} to {spec.high}"
        return Fault(CommandStatus.ESME_RINVTLVLEN, where, f"{len(value)} octets, wants {wants}")
    which = "" if spec.kind is Kind.INTEGER else "the first octet "
    return Fault(
        spec.error, where, f"{which}{value[0]} is reserved, permitted are {ranges(spec.values or frozenset())}"
    )


def _fault(status: CommandStatus, pdu: Pdu, tag: int, reason: str) -> Fault:
    """A fault of a TLV that is there."""
    number = next(number for number, tlv in enumerate(pdu.tlvs) if tlv.tag == tag)
    return Fault(status, f"tlvs[{number}].{tag_name(tag)}", reason)


def _missing(tag: int, reason: str) -> Fault:
    """A fault of a TLV that is not there."""
    return Fault(CommandStatus.ESME_RMISSINGTLV, f"tlvs.{tag_name(tag)}", reason)


def _no_header(pdu: Any, tag: int) -> Fault | None:
    """Beside a user data header, which says parts and ports by itself (3.4: 5.2.12, 5.0: 4.7.12)."""
    if not getattr(pdu, "esm_class", 0) & ESM_UDHI:
        return None
    reason = "cannot be used where esm_class says that the text has a user data header"
    return _fault(CommandStatus.ESME_RTLVNOTALLWD, pdu, tag, reason)


def _sensible_part(pdu: Any, tag: int) -> Fault | None:
    """The sar_* TLVs count only if all three are there (5.0: 4.8.4.48); part 3 of 2 is then no part."""
    number, total = get(pdu.tlvs, tag), get(pdu.tlvs, TlvTag.SAR_TOTAL_SEGMENTS)
    if number and total and number > total and get(pdu.tlvs, TlvTag.SAR_MSG_REF_NUM) is not None:
        reason = f"part {number[0]} of {total[0]}"
        return _fault(CommandStatus.ESME_RINVTLVVAL, pdu, tag, reason)
    return _no_header(pdu, tag)


def _one_text(pdu: Any, tag: int) -> Fault | None:
    """3.4 wants sm_length 0 beside message_payload (4.4.1), so that is what is wrong.

    In 5.0 message_payload supersedes short_message (4.2.1.1), and both may be there.
    """
    text = getattr(pdu, "short_message", b"")
    if not text or not get(pdu.tlvs, tag):
        return None
    return Fault(
        CommandStatus.ESME_RINVMSGLEN, "short_message", f"{len(text)} octets, must be empty beside message_payload"
    )


def _ms_validity(pdu: Any, tag: int) -> Fault | None:
    """One octet, or four of which the second is a unit (5.0: 4.8.4.41)."""
    value = get(pdu.tlvs, tag) or b""
    if len(value) not in (1, 4):
        return _fault(CommandStatus.ESME_RINVTLVLEN, pdu, tag, f"{len(value)} octets, wants 1 or 4")
    if value[1:] and value[1] > 6:
        return _fault(CommandStatus.ESME_RINVTLVVAL, pdu, tag, f"unit {value[1]} is reserved, permitted are 0-6")
    return None


def _comes_with(companion: int, pdu: Any, tag: int) -> Fault | None:
    """Not without another TLV (5.0: 4.8.4.25, 4.8.4.56)."""
    return None if _count(pdu, companion) else _missing(companion, f"must come with {tag_name(tag)}")


def _ported(pdu: Any, tag: int) -> Fault | None:
    """A number that was ported comes with where to (5.0: 4.8.4.22)."""
    if get(pdu.tlvs, tag) != b"\x02":
        return None
    wanted = (TlvTag.DEST_ADDR_NP_INFORMATION, TlvTag.DEST_ADDR_NP_COUNTRY)
    absent = next((each for each in wanted if not _count(pdu, each)), None)
    return _missing(absent, "must come with dest_addr_np_resolution 2") if absent else None


def _one_for_each_number(pdu: Any, tag: int) -> Fault | None:
    """With several callback numbers, each has its own (5.0: 4.2.4)."""
    numbers, these = _count(pdu, TlvTag.CALLBACK_NUM), _count(pdu, tag)
    if numbers < 2 or these == numbers:
        return None
    return _missing(tag, f"{these} of them, callback_num is there {numbers} times")


def _presented_number(pdu: Any, tag: int) -> Fault | None:
    """How to show a number needs the number (5.0: 4.8.4.17)."""
    return _comes_with(TlvTag.CALLBACK_NUM, pdu, tag) or _one_for_each_number(pdu, tag)


def _one_name(pdu: Any, tag: int) -> Fault | None:
    """A broadcast that replaces another names it in one way (5.0: 4.4.2)."""
    if not isinstance(pdu, BroadcastSm) or not pdu.message_id:
        return None
    return _fault(CommandStatus.ESME_RTLVNOTALLWD, pdu, tag, "cannot be used beside message_id")


def _count(pdu: Pdu, tag: int) -> int:
    return sum(tlv.tag == tag for tlv in pdu.tlvs)


_CHECKS: Final[Mapping[int, Check]] = MappingProxyType(
    {
        TlvTag.SAR_MSG_REF_NUM: _no_header,
        TlvTag.SAR_TOTAL_SEGMENTS: _no_header,
        TlvTag.SAR_SEGMENT_SEQNUM: _sensible_part,
        TlvTag.SOURCE_PORT: _no_header,
        TlvTag.DEST_PORT: _no_header,
        TlvTag.MS_VALIDITY: _ms_validity,
        TlvTag.CALLBACK_NUM_ATAG: _one_for_each_number,
        TlvTag.CALLBACK_NUM_PRES_IND: _one_for_each_number,
    }
)
_CHECKS_34: Final[Mapping[int, Check]] = MappingProxyType({**_CHECKS, TlvTag.MESSAGE_PAYLOAD: _one_text})
_CHECKS_50: Final[Mapping[int, Check]] = MappingProxyType(
    {
        **_CHECKS,
        TlvTag.CALLBACK_NUM_PRES_IND: _presented_number,
        TlvTag.SOURCE_NETWORK_ID: partial(_comes_with, TlvTag.SOURCE_NODE_ID),
        TlvTag.DEST_NETWORK_ID: partial(_comes_with, TlvTag.DEST_NODE_ID),
        TlvTag.DEST_ADDR_NP_RESOLUTION: _ported,
        TlvTag.USER_MESSAGE_REFERENCE: _one_name,
    }
)


def _text_of_data_sm(pdu: DataSm) -> Fault | None:
    """5.0 names message_payload as what data_sm must have (4.7.6); a receipt or acknowledgement goes without text."""
    if pdu.esm_class & ESM_TYPE_MASK or _count(pdu, TlvTag.MESSAGE_PAYLOAD):
        return None
    return _missing(TlvTag.MESSAGE_PAYLOAD, "data_sm has its text nowhere else")


def _parts_of_broadcast(pdu: BroadcastSm) -> Fault | None:
    """5.0 4.4.1.1; one of priority 1, immediate, is not repeated and needs no broadcast_rep_num (4.8.4.13)."""
    wanted = [TlvTag.BROADCAST_AREA_IDENTIFIER, TlvTag.BROADCAST_CONTENT_TYPE, TlvTag.BROADCAST_FREQUENCY_INTERVAL]
    if pdu.priority_flag != 1:
        wanted.insert(2, TlvTag.BROADCAST_REP_NUM)
    absent = next((each for each in wanted if not _count(pdu, each)), None)
    return _missing(absent, "a broadcast must have it") if absent else None


_MANDATORY: Final[Mapping[type[Pdu], Callable[[Any], Fault | None]]] = MappingProxyType(
    {DataSm: _text_of_data_sm, BroadcastSm: _parts_of_broadcast}
)
HAVE_MANDATORY_TLVS: Final = frozenset(_MANDATORY)
"""The requests that 5.0 has looked at even if they have no TLVs."""
