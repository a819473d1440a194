"""The wire types of PDU fields, used as `Annotated[str, CString(21, ...)]` in `pdus`.

The type of a field is its wire rule: how it is written, how long it may be, and the command_status that answers a
broken one. `codegen` turns the rules into flat code once per PDU; what is said here about a wrong value is only asked
for when something is wrong. Which values the standard gives a meaning to is not said here but in `values`.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple, get_type_hints

from simulator.smpp.consts import CommandStatus
from simulator.smpp.tlvs import decode_tlvs, encode_tlvs


@dataclass(frozen=True, slots=True)
class CString:
    """A C-octet string: Latin-1 octets without zero, then one NUL (5.0: 3.1).

    Attributes:
        size: the most octets it takes, its NUL counted.
        error: the command_status that answers a broken one.
        may_be_absent: a PDU that ends before the field counts as one with an empty string there.
    """

    size: int
    error: CommandStatus
    may_be_absent: bool = False

    def fault(self, value: object) -> str | None:
        """Why this value cannot be written, or None."""
        if not isinstance(value, str):
            return f"{type(value).__name__} where str is wanted"
        if "\0" in value:
            return "holds a NUL"
        if len(value) >= self.size:
            return f"{len(value)} octets, at most {self.size - 1}"
        return None if value.isascii() or _is_latin1(value) else "holds a character outside Latin-1"

    def missing(self, frame: bytes, start: int) -> str:
        """Why no such string can be read at `start`."""
        if start >= len(frame):
            return f"the PDU ends after {len(frame)} octets, before this field"
        left = len(frame) - start
        if left < self.size:
            return f"no NUL in the {left} octets that are left"
        return f"no NUL within {self.size} octets"


@dataclass(frozen=True, slots=True)
class UInt:
    """An unsigned integer, most significant octet first; most have one octet.

    Attributes:
        error: the command_status that answers a PDU which ends before it; where the standard has none for the field,
            the length of the command is what is wrong.
        size: its octets.
    """

    error: CommandStatus = CommandStatus.ESME_RINVCMDLEN
    size: int = 1

    def fault(self, value: object) -> str | None:
        """Why this value cannot be written, or None."""
        if not isinstance(value, int):
            return f"{type(value).__name__} where int is wanted"
        most = (1 << 8 * self.size) - 1
        return None if 0 <= value <= most else f"{value} is not within 0 to {most}"

    def missing(self, frame: bytes, start: int) -> str:
        """Why no such integer can be read at `start`."""
        where = f"octet {start + 1}" if self.size == 1 else f"octets {start + 1} to {start + self.size}"
        return f"the PDU ends after {len(frame)} octets, this field would be {where}"


@dataclass(frozen=True, slots=True)
class Octets:
    """An octet string behind a length of one octet, which is no field of its own.

    Attributes:
        length_field: the specification's name of the length, for errors.
        error: the command_status that answers a length beyond the end of the PDU.
    """

    length_field: str
    error: CommandStatus

    def fault(self, value: object) -> str | None:
        """Why this value cannot be written, or None."""
        if not isinstance(value, bytes):
            return f"{type(value).__name__} where bytes is wanted"
        return None if len(value) <= 0xFF else f"{len(value)} octets, {self.length_field} can say 255 at most"

    def missing(self, frame: bytes, start: int) -> str:
        """Why no such octets can be read; `start` is where the length is."""
        if start >= len(frame):
            return f"the PDU ends after {len(frame)} octets, before {self.length_field}"
        return f"{self.length_field} says {frame[start]} octets, {len(frame) - start - 1} are left"


@dataclass(frozen=True, slots=True)
class Group:
    """Structures behind a count of one octet, which is no field of its own; each is a NamedTuple of fields.

    Attributes:
        count_field: the specification's name of the count, for errors.
        error: the command_status that answers a PDU which ends before the count or one of the structures.
        kinds: the classes that a structure may be of; more than one, and each structure begins with an octet that says
            which, the first being 1.
        flag_field: the specification's name of that octet.
        flag_error: the command_status that answers a flag which names no kind.
    """

    count_field: str
    error: CommandStatus
    kinds: tuple[type[Any], ...]
    flag_field: str = ""
    flag_error: CommandStatus = CommandStatus.ESME_RINVCMDLEN

    def fault(self, value: object) -> str | None:
        """Why this value cannot be written, or None."""
        if not isinstance(value, tuple):
            return f"{type(value).__name__} where a tuple is wanted"
        if len(value) > 0xFF:
            return f"{len(value)} of them, {self.count_field} can say 255 at most"
        found = (self._member_fault(number, member) for number, member in enumerate(value))
        return next((reason for reason in found if reason), None)

    def _member_fault(self, number: int, member: Any) -> str | None:
        if type(member) not in self.kinds:
            return f"[{number}] is a {type(member).__name__}, wants {' or '.join(kind.__name__ for kind in self.kinds)}"
        for (name, wire), value in zip(fields_of(type(member)), member, strict=True):
            if reason := wire.fault(value):
                return f"[{number}].{name}: {reason}"
        return None

    def missing(self, frame: bytes, start: int) -> str:
        """Why not even the count can be read at `start`."""
        return f"the PDU ends after {len(frame)} octets, before {self.count_field} at octet {start + 1}"


@dataclass(frozen=True, slots=True)
class TlvStream:
    """All that is left of the PDU, as TLVs.

    Attributes:
        error: the command_status that answers octets which do not divide into TLVs.
    """

    error: CommandStatus = CommandStatus.ESME_RINVTLVSTREAM

    def fault(self, value: object) -> str | None:
        """Why this value cannot be written, or None."""
        if not isinstance(value, tuple):
            return f"{type(value).__name__} where a tuple of Tlv is wanted"
        try:
            encode_tlvs(value)
        except (TypeError, ValueError) as error:
            return str(error)
        return None

    def missing(self, frame: bytes, start: int) -> str:
        """Why no TLVs can be read from `start` on."""
        reason = ""
        try:
            decode_tlvs(frame, start)
        except ValueError as error:
            reason = str(error)
        return reason


WireType = CString | UInt | Octets | Group | TlvStream
"""What may stand in the `Annotated` of a field."""


class Field(NamedTuple):
    """A field of a PDU: its name and its wire type."""

    name: str
    wire: WireType


def fields_of(layout: type[Any]) -> tuple[Field, ...]:
    """The fields of a PDU class, or of a structure inside one, in wire order, from its annotations.

    Raises:
        TypeError: a field's annotation holds no wire type.
    """
    found = []
    for name, hint in get_type_hints(layout, include_extras=True).items():
        wire = next((extra for extra in getattr(hint, "__metadata__", ()) if isinstance(extra, WireType)), None)
        if wire is None:
            raise TypeError(f"{layout.__name__}.{name}: its annotation holds no wire type")
        found.append(Field(name, wire))
    return tuple(found)


def _is_latin1(text: str) -> bool:
    return max(text) <= "\xff"
