"""PDUs as a scenario and a driver's events spell them: fields by the standard's names, octets as hexadecimal digits.

It knows no field of any PDU: what there is, is asked of the PDU's class.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.smpp.consts import CommandId
from simulator.smpp.fields import CString, Field, Group, Octets, UInt, WireType, fields_of
from simulator.smpp.pdus import PDU_TYPES, Pdu
from simulator.smpp.tlvs import Tlv
from simulator.wording import hint


def pdu_type(name: str) -> type[Pdu]:
    """The class of the PDU of that name.

    Raises:
        ValueError: The standard has none.
    """
    names = {CommandId(command_id).name.lower(): each for command_id, each in PDU_TYPES.items()}
    if name not in names:
        raise ValueError(f"there is no PDU {name!r}{hint(name, names)}")
    return names[name]


def build_pdu(name: str, fields: Mapping[str, Any], tlvs: Sequence[Mapping[str, Any]] = ()) -> Pdu:
    """A PDU; a field that is not named has its default.

    Args:
        name: By the standard, as `submit_sm`.
        fields: Numbers, text, octets as hexadecimal digits, and for a group a list of mappings.
        tlvs: Mappings with `tag`, a number, and `value`, hexadecimal digits.

    Raises:
        ValueError: There is no such PDU or field, or a value does not fit; begins with its path.
    """
    kind = pdu_type(name)
    values = _values(kind, fields, name)
    values["tlvs"] = tuple(_tlv(tlv, f"{name}.tlvs[{place}]") for place, tlv in enumerate(tlvs))
    return kind(**values)


def plain_fields(values: Mapping[str, Any]) -> dict[str, Any]:
    """A PDU's values, without its TLVs, as `build_pdu` takes them."""
    return {name: _plain(value) for name, value in values.items() if name != "tlvs"}


def plain_tlvs(tlvs: Sequence[Tlv]) -> list[dict[str, Any]]:
    """TLVs as `build_pdu` takes them."""
    return [{"tag": tlv.tag, "value": tlv.value.hex()} for tlv in tlvs]


def _values(kind: type[Any], given: Mapping[str, Any], path: str) -> dict[str, Any]:
    wires = {field.name: field.wire for field in _fields(kind)}
    unknown = next((name for name in given if name not in wires), None)
    if unknown is not None:
        raise ValueError(f"{path} has no field {unknown!r}{hint(unknown, wires)}")
    return {name: _value(wires[name], value, f"{path}.{name}") for name, value in given.items()}


def _fields(kind: type[Any]) -> Sequence[Field]:
    return [field for field in fields_of(kind) if field.name != "tlvs"]


def _value(wire: WireType, value: Any, path: str) -> Any:
    read = value
    if isinstance(wire, Octets):
        read = _octets(value, path)
    elif isinstance(wire, Group):
        read = _members(wire, value, path)
    elif isinstance(wire, UInt) and isinstance(value, bool):
        read = str(value)  # a bool is an int to Python, and no number to anybody else
    fault = wire.fault(read) if isinstance(wire, CString | UInt | Octets | Group) else None
    if fault:
        raise ValueError(f"{path}: {fault}")
    return read


def _members(wire: Group, value: Any, path: str) -> tuple[Any, ...]:
    if not isinstance(value, Sequence) or not all(isinstance(member, Mapping) for member in value):
        raise ValueError(f"{path}: expected a list of mappings")
    return tuple(_member(wire, member, f"{path}[{place}]") for place, member in enumerate(value))


def _member(wire: Group, member: Mapping[str, Any], path: str) -> Any:
    """A structure of a group, of the first kind that has all of its fields."""
    fitting = [kind for kind in wire.kinds if set(member) <= {field.name for field in _fields(kind)}]
    kind = (fitting or wire.kinds)[0]
    return kind(**_values(kind, member, path))


def _tlv(tlv: Mapping[str, Any], path: str) -> Tlv:
    tag = tlv.get("tag")
    if not isinstance(tag, int) or not 0 <= tag <= 0xFFFF:
        raise ValueError(f"{path}.tag: {tag!r} is not within 0 to 65535")
    return Tlv(tag, _octets(tlv.get("value"), f"{path}.value"))


def _octets(value: Any, path: str) -> bytes:
    try:
        return bytes.fromhex(value)
    except (TypeError, ValueError):
        raise ValueError(f"{path}: {value!r} are no hexadecimal digits, two an octet") from None


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    if hasattr(value, "_asdict"):
        return {name: _plain(inner) for name, inner in value._asdict().items()}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return value
