"""What scenario files say of PDUs, from text to the values that `pdu_fields` and the drivers take.

A number is written in decimal or as 0x…, octets as hexadecimal digits (spaces between them are welcome), a structure as
a mapping, several of them as a list. TLVs are a list, each a mapping of its one name, or tag, to its value.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import JsonValue

from simulator.smpp.consts import TlvTag
from simulator.smpp.fields import CString, Group, Octets, UInt, fields_of
from simulator.smpp.text import Alphabet, alphabet_of, encode_as
from simulator.smpp.tlv_table import TLVS, Kind
from simulator.smpp.tlvs import Tlv, build
from simulator.wording import hint

Fields = dict[str, JsonValue]
Tlvs = list[dict[str, JsonValue]]

_MAX_TAG = 0xFFFF
_RAW = "hex:"


def read_fields(pdu: type[Any], written: object, only: Sequence[str] = ()) -> Fields:
    """Fields of a PDU, or of a structure in one.

    Args:
        pdu: The class that declares them.
        written: A mapping of their names to their values as text.
        only: The names that may be there; all when empty.

    Raises:
        ValueError: A field is unknown, or its value is not of its kind; the text names it.
    """
    if not isinstance(written, Mapping):
        raise ValueError("expected a mapping of fields")  # noqa: TRY004 - a mistake in a file
    wires = {field.name: field.wire for field in fields_of(pdu) if field.name != "tlvs"}
    wires = {name: wire for name, wire in wires.items() if not only or name in only}
    for name in written:
        if name not in wires:
            raise ValueError(f"there is no field {name!r} here{hint(str(name), wires)}")
    return {name: _read(name, wires[name], value) for name, value in written.items()}


def read_octets(text: object, what: str) -> str:
    """Octets, as hexadecimal digits without spaces.

    Raises:
        ValueError: It is something else.
    """
    try:
        return bytes.fromhex(str(text)).hex()
    except ValueError:
        raise ValueError(f"{what}: {text!r} are no hexadecimal digits, two an octet") from None


def read_tlvs(written: object) -> Tlvs:
    """TLVs in their order: `tag` a number, `value` hexadecimal digits.

    A standard TLV's value is what its kind asks for: a number, a text, or octets; `hex:…` are octets whatever its kind.

    Raises:
        ValueError: It is no list, a name is unknown, or a value does not fit its TLV.
    """
    if not isinstance(written, Sequence) or isinstance(written, str):
        raise ValueError("expected a list of TLVs, each a mapping of its name to its value")  # noqa: TRY004 - a mistake in a file
    return [_tlv(each) for each in written]


def read_tag(name: str) -> int:
    """The tag of a TLV by its standard name, or as a number.

    Raises:
        ValueError: It is neither.
    """
    if name.upper() in TlvTag.__members__:
        return int(TlvTag[name.upper()])
    try:
        tag = int(name, 0)
    except ValueError:
        known = [tag.lower() for tag in TlvTag.__members__]
        raise ValueError(f"there is no TLV {name!r}{hint(name, known)}") from None
    if not 0 <= tag <= _MAX_TAG:
        raise ValueError(f"{name} does not fit the two octets of a tag")
    return tag


def encoded(text: str, data_coding: int) -> str:
    """A text in the alphabet that a data_coding names, as hexadecimal digits.

    Raises:
        ValueError: The alphabet lacks one of its characters.
    """
    octets = encode_as(text, alphabet_of(data_coding, Alphabet.GSM))
    if octets is None:
        raise ValueError(f"text: data_coding {data_coding} cannot write {text!r}")
    return octets.hex()


def _read(name: str, wire: object, value: object) -> JsonValue:
    match wire:
        case UInt():
            return _number(value, name)
        case Octets():
            return read_octets(value, name)
        case Group():
            if not isinstance(value, Sequence) or isinstance(value, str):
                raise ValueError(f"{name}: expected a list of mappings")  # noqa: TRY004 - likewise
            return [_member(name, wire, each) for each in value]
        case CString() if isinstance(value, str):
            return value
        case _:
            raise ValueError(f"{name}: expected a text")


def _number(text: object, what: str) -> int:
    try:
        return int(str(text), 0)
    except ValueError:
        raise ValueError(f"{what}: {text!r} is no number") from None


def _member(name: str, wire: Group, written: object) -> JsonValue:
    """A structure of a group, of the first kind that has all of its fields."""
    if not isinstance(written, Mapping):
        raise ValueError(f"{name}: expected a list of mappings")  # noqa: TRY004 - likewise
    fitting = [kind for kind in wire.kinds if set(written) <= {field.name for field in fields_of(kind)}]
    return dict(read_fields((fitting or wire.kinds)[0], written))


def _tlv(written: object) -> dict[str, JsonValue]:
    if not isinstance(written, Mapping) or len(written) != 1:
        raise ValueError("a TLV is a mapping of its one name, or tag, to its value")
    [(name, value)] = written.items()
    tag = read_tag(str(name))
    return {"tag": tag, "value": _value(tag, str(name), str(value)).hex()}


def _value(tag: int, name: str, written: str) -> bytes:
    spec = TLVS.get(tag)
    if written.startswith(_RAW) or spec is None or spec.kind is Kind.OCTETS:
        return bytes.fromhex(read_octets(written.removeprefix(_RAW), name))
    tlv: Tlv = build(tag, _number(written, name) if spec.kind is Kind.INTEGER else written)
    return tlv.value
