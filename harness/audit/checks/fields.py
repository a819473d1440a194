"""The fields of what a client sends: whether they fit, hold what the standard permits, and say something sensible."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from harness.audit.check import Check, Finding, Judge, Severity, bad_if, odd_if
from harness.audit.recording import Recording
from harness.audit.wire_pdu import WirePdu
from simulator.smpp.codec import encode
from simulator.smpp.consts import TlvTag
from simulator.smpp.inspection import field_rules
from simulator.smpp.pdus import DataSm, SubmitMulti, SubmitSm
from simulator.smpp.states import Role
from simulator.smpp.times import parse_time
from simulator.smpp.tlvs import get
from simulator.smpp.values import DATA_CODINGS

_SERVICE_TYPES: Final = frozenset({"", "CMT", "CPT", "VMN", "VMA", "WAP", "USSD", "CBS", "GUTS"})
_TIMES: Final = ("schedule_delivery_time", "validity_period")


def _decodes(recording: Recording) -> Iterator[Finding]:
    for pdu in recording.pdus:
        if pdu.sender is Role.ESME and (pdu.fault is not None or pdu.pdu is not None):
            yield bad_if(f"{pdu.fault.path}: {pdu.fault.reason}" if pdu.fault else None, pdu)


def _no_surplus(recording: Recording) -> Iterator[Finding]:
    for pdu in recording.sent(Role.ESME):
        if pdu.pdu is None or pdu.is_response:
            continue
        written = encode(pdu.pdu, pdu.sequence_number, pdu.command_status)
        surplus = len(pdu.octets) - len(written)
        yield bad_if(f"{surplus} octets that belong to no field and no TLV" if surplus else None, pdu)


def _permitted(*names: str) -> Judge:
    """Judges fields by the tables of the standard; an occasion is a field that is not empty."""
    return partial(_permits, names)


def _permits(names: tuple[str, ...], recording: Recording) -> Iterator[Finding]:
    for pdu in recording.sent(Role.ESME):
        if pdu.is_response or pdu.pdu is None:
            continue
        rules = field_rules(type(pdu.pdu), Role.ESME, pdu.version)
        found = [(name, getattr(pdu.pdu, name)) for name in names if name in rules and hasattr(pdu.pdu, name)]
        said = [(name, value) for name, value in found if value != ""]
        reasons = [f"{name}: {reason}" for name, value in said if (reason := rules[name].fault(value))]
        if said:
            yield bad_if("; ".join(reasons) or None, pdu)


def _named_coding(recording: Recording) -> Iterator[Finding]:
    for pdu in recording.sent(Role.ESME, SubmitSm, SubmitMulti, DataSm):
        value = getattr(pdu.pdu, "data_coding", 0)
        yield bad_if(None if value in DATA_CODINGS else f"data_coding 0x{value:02X} is reserved", pdu)


def _in_the_future(recording: Recording) -> Iterator[Finding]:
    for pdu in recording.sent(Role.ESME, SubmitSm, SubmitMulti):
        for name in _TIMES:
            moment = _moment(getattr(pdu.pdu, name, ""), pdu.at)
            if moment is not None:
                is_over = moment.timestamp() <= pdu.at
                yield bad_if(f"{name} {moment.isoformat()} was over when it was sent" if is_over else None, pdu)


def _valid_after_schedule(recording: Recording) -> Iterator[Finding]:
    for pdu in recording.sent(Role.ESME, SubmitSm, SubmitMulti):
        begins, ends = (_moment(getattr(pdu.pdu, name, ""), pdu.at) for name in _TIMES)
        if begins is not None and ends is not None:
            yield bad_if("validity_period ends before schedule_delivery_time" if ends <= begins else None, pdu)


def _moment(written: str, at: float) -> datetime | None:
    try:
        return parse_time(written, datetime.fromtimestamp(at, UTC))
    except ValueError:
        return None


def _one_text(recording: Recording) -> Iterator[Finding]:
    for pdu in recording.sent(Role.ESME, SubmitSm, SubmitMulti):
        payload = get(getattr(pdu.pdu, "tlvs", ()), TlvTag.MESSAGE_PAYLOAD)
        if payload is not None:
            size = len(getattr(pdu.pdu, "short_message", b""))
            yield bad_if(f"sm_length {size} beside message_payload" if size else None, pdu)


def _some_text(recording: Recording) -> Iterator[Finding]:
    for pdu in recording.sent(Role.ESME, SubmitSm, SubmitMulti, DataSm):
        has_text = bool(getattr(pdu.pdu, "short_message", b"") or get(_tlvs(pdu), TlvTag.MESSAGE_PAYLOAD))
        is_stored = bool(getattr(pdu.pdu, "sm_default_msg_id", 0))
        yield odd_if(None if has_text or is_stored else "neither short_message nor message_payload", pdu)


def _known_service(recording: Recording) -> Iterator[Finding]:
    for pdu in recording.sent(Role.ESME, SubmitSm, SubmitMulti, DataSm):
        said = getattr(pdu.pdu, "service_type", "")
        yield odd_if(None if said in _SERVICE_TYPES else f"service_type {said!r}, by agreement only", pdu)


def _tlvs(pdu: WirePdu) -> Any:
    return getattr(pdu.pdu, "tlvs", ())


CHECKS: Final = (
    Check(
        "fields-fit",
        "Its PDUs can be decoded: each string ends, and fits its field.",
        "3.4 3.1, 5.2; 5.0 3.1, 4.7",
        Severity.CRITICAL,
        "Cut or refuse what is too long before it is sent: system_id 15 characters, password 8, addresses 20.",
        _decodes,
    ),
    Check(
        "sends-no-surplus",
        "Its PDUs end with their last field or TLV.",
        "3.4 3.2.1, 5.2.21; 5.0 3.2.1",
        Severity.MAJOR,
        "Write no NUL behind short_message or message_payload: sm_length and the TLV's length count all there is.",
        _no_surplus,
    ),
    Check(
        "types-of-number-permitted",
        "The ton and npi of its addresses are values of the standard.",
        "3.4 5.2.5, 5.2.6; 5.0 4.7.1, 4.7.2",
        Severity.MAJOR,
        "TON 0 to 6; NPI 0, 1, 3, 4, 6, 8, 9, 10, 14 or 18.",
        _permitted("source_addr_ton", "source_addr_npi", "dest_addr_ton", "dest_addr_npi", "dest_address"),
    ),
    Check(
        "esm-class-permitted",
        "Its esm_class is one that an ESME may send.",
        "3.4 5.2.12; 5.0 4.7.12",
        Severity.MAJOR,
        "0x00 or 0x03, with 0x40 for a user data header; the receipt's bit is the operator's.",
        _permitted("esm_class"),
    ),
    Check(
        "priority-permitted",
        "Its priority_flag is within 0 and 3.",
        "3.4 5.2.14; 5.0 4.7.19",
        Severity.MINOR,
        "Leave it 0 unless the operator offers priorities.",
        _permitted("priority_flag"),
    ),
    Check(
        "registered-delivery-permitted",
        "Its registered_delivery is a value of the standard.",
        "3.4 5.2.17; 5.0 4.7.21",
        Severity.MAJOR,
        "1 for a receipt of every end, 2 for failures only.",
        _permitted("registered_delivery"),
    ),
    Check(
        "replace-flag-permitted",
        "Its replace_if_present_flag is 0 or 1.",
        "3.4 5.2.18; 5.0 4.7.22",
        Severity.MINOR,
        "0 unless the message is to take the place of another.",
        _permitted("replace_if_present_flag"),
    ),
    Check(
        "data-coding-named",
        "Its data_coding is one that the standard names.",
        "3.4 5.2.19; 5.0 4.7.7",
        Severity.MAJOR,
        "0 for GSM 03.38, 8 for UCS-2, 3 for Latin-1, 4 for binary data.",
        _named_coding,
    ),
    Check(
        "times-well-formed",
        "schedule_delivery_time and validity_period are empty, or 16 characters of the standard's form.",
        "3.4 7.1.1; 5.0 4.7.23",
        Severity.MAJOR,
        "YYMMDDhhmmsstnnp: a relative time ends with 000R, Tehran's absolute one with 014+.",
        _permitted(*_TIMES),
    ),
    Check(
        "times-to-come",
        "The times that it names are still to come.",
        "3.4 5.2.15, 5.2.16; 5.0 4.7.23",
        Severity.CRITICAL,
        "Look at the zone (nn and p): a local time written with 00+ is three and a half hours late in Tehran.",
        _in_the_future,
    ),
    Check(
        "valid-beyond-its-schedule",
        "A scheduled message is valid for longer than until its delivery.",
        "3.4 5.2.16; 5.0 4.7.23.2",
        Severity.CRITICAL,
        "Count the validity from the scheduled time.",
        _valid_after_schedule,
    ),
    Check(
        "text-in-one-place",
        "sm_length is 0 beside message_payload.",
        "3.4 4.4.1, 5.3.2.32; 5.0 4.2.1.1",
        Severity.MAJOR,
        "Put the text into short_message or into message_payload, never into both.",
        _one_text,
    ),
    Check(
        "sends-a-text",
        "A message says something.",
        "3.4 5.2.21; 5.0 4.7.28",
        Severity.MINOR,
        "Refuse empty texts where people write them.",
        _some_text,
    ),
    Check(
        "service-type-known",
        "Its service_type is empty, or one that the standard names.",
        "3.4 5.2.11; 5.0 4.7.25",
        Severity.MINOR,
        "Leave it empty unless the operator has given you one.",
        _known_service,
    ),
)
