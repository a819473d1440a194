"""The TLVs of what a client sends: their sizes and values, their places, and whether they may be there at all."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from harness.audit.check import Check, Finding, Severity, bad_if, odd_if
from harness.audit.recording import Recording
from harness.audit.wire_pdu import WirePdu
from simulator.smpp.consts import V34, VENDOR_TLV_TAGS, CommandId, TlvTag
from simulator.smpp.inspection import check_tlvs
from simulator.smpp.states import Role
from simulator.smpp.tlv_places import places
from simulator.smpp.tlv_table import TLVS
from simulator.smpp.tlvs import Tlv, tag_name

_REPEATABLE: Final = frozenset(
    {
        TlvTag.CALLBACK_NUM,
        TlvTag.CALLBACK_NUM_PRES_IND,
        TlvTag.CALLBACK_NUM_ATAG,
        TlvTag.BROADCAST_AREA_IDENTIFIER,
        TlvTag.BROADCAST_ERROR_STATUS,
    }
)
_SAR: Final = frozenset({TlvTag.SAR_MSG_REF_NUM, TlvTag.SAR_TOTAL_SEGMENTS, TlvTag.SAR_SEGMENT_SEQNUM})


def _in_order(recording: Recording) -> Iterator[Finding]:
    for pdu, _ in _with_tlvs(recording):
        if pdu.pdu is not None and not pdu.is_response:
            fault = check_tlvs(pdu.pdu, Role.ESME, pdu.version)
            yield bad_if(f"{fault.where}: {fault.reason}" if fault else None, pdu)


def _once(recording: Recording) -> Iterator[Finding]:
    for pdu, tlvs in _with_tlvs(recording):
        counts = Counter(tlv.tag for tlv in tlvs)
        repeated = [tag_name(tag) for tag, count in counts.items() if count > 1 and tag not in _REPEATABLE]
        yield bad_if(f"{', '.join(repeated)} more than once" if repeated else None, pdu)


def _in_place(recording: Recording) -> Iterator[Finding]:
    for pdu, tlvs in _with_tlvs(recording):
        if pdu.version < V34:
            continue
        permitted = places(Role.ESME, CommandId(pdu.command_id), pdu.version)
        known = [tlv.tag for tlv in tlvs if tlv.tag in TLVS]
        misplaced = [tag_name(tag) for tag in known if tag not in permitted]
        if known:
            yield odd_if(f"{', '.join(misplaced)} in a {pdu.command}" if misplaced else None, pdu)


def _assigned(recording: Recording) -> Iterator[Finding]:
    for pdu, tlvs in _with_tlvs(recording):
        unknown = [f"0x{tlv.tag:04X}" for tlv in tlvs if tlv.tag not in TLVS and tlv.tag not in VENDOR_TLV_TAGS]
        yield odd_if(f"{', '.join(unknown)}: neither named by the standard nor a vendor's" if unknown else None, pdu)


def _none_at_33(recording: Recording) -> Iterator[Finding]:
    for pdu in recording.sent(Role.ESME):
        if pdu.version < V34:
            tlvs = _tlvs(pdu)
            yield bad_if(f"{len(tlvs)} TLVs from a client that says it speaks 3.3" if tlvs else None, pdu)


def _whole_sar(recording: Recording) -> Iterator[Finding]:
    for pdu, tlvs in _with_tlvs(recording):
        there = {tlv.tag for tlv in tlvs} & _SAR
        if there:
            missing = ", ".join(tag_name(tag) for tag in sorted(_SAR - there))
            yield bad_if(f"without {missing}" if missing else None, pdu)


def _tlvs(pdu: WirePdu) -> tuple[Tlv, ...]:
    found: tuple[Tlv, ...] = getattr(pdu.pdu, "tlvs", ())
    return found


def _with_tlvs(recording: Recording) -> Iterator[tuple[WirePdu, tuple[Tlv, ...]]]:
    for pdu in recording.sent(Role.ESME):
        if tlvs := _tlvs(pdu):
            yield pdu, tlvs


CHECKS: Final = (
    Check(
        "tlvs-in-order",
        "Its TLVs have the sizes and values of the standard, and do not contradict the fields.",
        "3.4 3.2.4, 5.3; 5.0 4.8",
        Severity.MAJOR,
        "Write a TLV with the octets of its table; no sar_* or port TLV beside a user data header.",
        _in_order,
    ),
    Check(
        "tlvs-once",
        "No TLV of a PDU comes twice, but for those that may.",
        "3.4 3.2.4.1; 5.0 3.2.1.6",
        Severity.MAJOR,
        "Replace a TLV instead of adding it again; receivers differ in which of the two they read.",
        _once,
    ),
    Check(
        "tlvs-in-place",
        "Its TLVs are in PDUs that list them.",
        "3.4 4.4.1, 4.5.1, 4.7.1; 5.0 4.2.4",
        Severity.MINOR,
        "Receivers pass over what is out of place: leave it out.",
        _in_place,
    ),
    Check(
        "tlvs-assigned",
        "The tags of its TLVs are the standard's, or from a vendor's block.",
        "3.4 5.3.1; 5.0 4.8.1",
        Severity.MINOR,
        "Tags of your own are from 0x1400 to 0x3FFF, by agreement with the operator.",
        _assigned,
    ),
    Check(
        "no-tlvs-at-3.3",
        "Sends no TLVs where it says 3.3 in its bind.",
        "3.4 3.4; 5.0 2.11.2",
        Severity.MAJOR,
        "Say 3.4 in the bind, or leave them out.",
        _none_at_33,
    ),
    Check(
        "sar-whole",
        "Where one of the sar_* TLVs is, all three are.",
        "3.4 5.3.2.22 to 5.3.2.24; 5.0 4.8.4.48",
        Severity.CRITICAL,
        "sar_msg_ref_num, sar_total_segments and sar_segment_seqnum; without one of them a part stands alone.",
        _whole_sar,
    ),
)
