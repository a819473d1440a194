"""Which values the standard gives a meaning to, field by field; any other is reserved.

Wire rules are in `fields`: a PDU that breaks them cannot be read. A PDU with a reserved value can be read, and what
becomes of it is the receiver's choice: 5.0 (2.11.1) advises to take the default instead, 3.4 says nothing, and both
have a command_status that refuses it. A strict session (`limits.SessionLimits.strict`) refuses.

The tables know the version that the session speaks and the side that sends; real clients were asked first: all that
they were seen to send is permitted.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from simulator.smpp.consts import V34, V50, CommandStatus, Npi, Ton
from simulator.smpp.states import Role
from simulator.smpp.times import parse_time

_SOME_MOMENT: Final = datetime(2000, 1, 1, tzinfo=UTC)


class Fault(NamedTuple):
    """Why a PDU is refused although it can be read: the answer, the field inside the PDU, and the reason."""

    command_status: CommandStatus
    where: str
    reason: str


class FieldRule(NamedTuple):
    """What a field may hold.

    Attributes:
        error: the command_status that answers anything else.
        fault: takes the value; says what is wrong with it, or None.
        guard: the values that call for a closer look (see `codegen.Inspection`).
        text: the permitted values, for people.
    """

    error: CommandStatus
    fault: Callable[[Any], str | None]
    guard: bytes | int | None
    text: str


def ranges(values: frozenset[int]) -> str:
    """Write a set of numbers as `0-3, 8`."""
    runs: list[list[int]] = []
    for value in sorted(values):
        if runs and value == runs[-1][1] + 1:
            runs[-1][1] = value
        else:
            runs.append([value, value])
    return ", ".join(str(low) if low == high else f"{low}-{high}" for low, high in runs)


def _octet(permitted: frozenset[int], error: CommandStatus, text: str = "") -> FieldRule:
    text = text or ranges(permitted)
    guard = bytes(value not in permitted for value in range(256))
    return FieldRule(error, partial(_reserved, permitted, text), guard, text)


def _reserved(permitted: frozenset[int], text: str, value: int) -> str | None:
    return None if value in permitted else f"{value} is reserved, permitted: {text}"


def _shorter_than(length: int, error: CommandStatus) -> FieldRule:
    return FieldRule(error, partial(_too_long, length), length, f"at most {length - 1} octets")


def _too_long(length: int, value: bytes) -> str | None:
    return f"{len(value)} octets, at most {length - 1}" if len(value) >= length else None


def _between(most: int, error: CommandStatus) -> FieldRule:
    return FieldRule(error, partial(_too_many, most), 0, f"1-{most}")


def _too_many(most: int, value: tuple[object, ...]) -> str | None:
    return None if 1 <= len(value) <= most else f"{len(value)} destinations, wants 1 to {most}"


def _time(error: CommandStatus) -> FieldRule:
    return FieldRule(error, _no_time, None, "empty, or 16 characters YYMMDDhhmmsstnnp")


def _no_time(value: str) -> str | None:
    try:
        parse_time(value, _SOME_MOMENT)
    except ValueError as error:
        return str(error)
    return None


_ESM_TYPES: Final = frozenset({0x00, 0x04, 0x08, 0x10, 0x18, 0x20})
_ESM_TYPES_FROM_ESME_34: Final = frozenset(
    {0x00, 0x08, 0x10}
)  # 3.4 5.2.12; 5.0 4.7.12 has one table for both directions
DATA_CODINGS: Final = frozenset({*range(0x0B), 0x0D, 0x0E, *range(0xC0, 0xE0), *range(0xF0, 0x100)})
"""The data_coding values that the standard names (5.0: 4.7.7)."""


def _rules(sender: Role, version: int) -> Mapping[str, FieldRule]:
    status, is_v5 = CommandStatus, version >= V50
    ton, npi, flag = frozenset(Ton), frozenset(Npi), frozenset({0, 1})
    types = _ESM_TYPES if is_v5 or sender is Role.MC else _ESM_TYPES_FROM_ESME_34
    types_text = "in bits 5-2 " + ", ".join(f"0x{each:02X}" for each in sorted(types))
    receipts = frozenset(value for value in range(0x20) if is_v5 or value & 3 != 3)
    receipts_text = "0x00-0x1F" if is_v5 else "0x00-0x1F without 3 in bits 1-0"
    rules = {
        "source_addr_ton": _octet(ton, status.ESME_RINVSRCTON),
        "source_addr_npi": _octet(npi, status.ESME_RINVSRCNPI),
        "dest_addr_ton": _octet(ton, status.ESME_RINVDSTTON),
        "dest_addr_npi": _octet(npi, status.ESME_RINVDSTNPI),
        "dest_address": _between(255 if is_v5 else 254, status.ESME_RINVNUMDESTS),
        "esm_class": _octet(
            frozenset(v for v in range(256) if v & 0x3C in types), status.ESME_RINVESMCLASS, types_text
        ),
        "priority_flag": _octet(frozenset(range(5 if is_v5 else 4)), status.ESME_RINVPRTFLG),
        "schedule_delivery_time": _time(status.ESME_RINVSCHED),
        "validity_period": _time(status.ESME_RINVEXPIRY),
        "registered_delivery": _octet(receipts, status.ESME_RINVREGDLVFLG, receipts_text),
        "replace_if_present_flag": _octet(flag, status.ESME_RINVREPFLAG),
    }
    if is_v5:
        rules["data_coding"] = _octet(DATA_CODINGS, status.ESME_RINVDCS)  # 3.4 has no status for it: taken as it comes
    else:
        rules["sm_default_msg_id"] = _octet(frozenset(range(255)), status.ESME_RINVDFTMSGID)
        rules["short_message"] = _shorter_than(255, status.ESME_RINVMSGLEN)
    return MappingProxyType(rules)


FIELD_RULES: Final[Mapping[tuple[Role, int], Mapping[str, FieldRule]]] = MappingProxyType(
    {(sender, version): _rules(sender, version) for sender in Role for version in (V34, V50)}
)
"""The rules of the bounded fields, by the side that sends and the version (3.3 goes by 3.4's)."""


def field_fault(pdu: Any, rules: Mapping[str, FieldRule]) -> Fault | None:
    """The first field, in the order of the wire, that holds what its rule does not permit.

    Args:
        pdu: a PDU, or a structure inside one.
        rules: one of `FIELD_RULES`.
    """
    for name, value in zip(pdu._fields, pdu, strict=True):
        rule = rules.get(name)
        if rule and (reason := rule.fault(value)):
            return Fault(rule.error, name, reason)
        if name == "dest_address" and (fault := _member_fault(value, rules)):
            return fault
    return None


def _member_fault(members: tuple[Any, ...], rules: Mapping[str, FieldRule]) -> Fault | None:
    for number, member in enumerate(members):
        if fault := field_fault(member, rules):
            return fault._replace(where=f"dest_address[{number}].{fault.where}")
    return None
