"""The wire types of PDU fields, used as `Annotated[str, CString(21, ...)]` in `pdus`.

The type of a field is its wire rule: how it is written, how long it may be, and the command_status that answers a
broken one. `codegen` turns the rules into flat code once per PDU; what is said here about a wrong value is only asked
for when something is wrong.
"""

from dataclasses import dataclass

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
class UInt8:
    """An unsigned integer of one octet.

    Attributes:
        error: the command_status that answers a PDU which ends before it; where the standard has none for the field,
            the length of the command is what is wrong.
    """

    error: CommandStatus = CommandStatus.ESME_RINVCMDLEN

    def fault(self, value: object) -> str | None:
        """Why this value cannot be written, or None."""
        if not isinstance(value, int):
            return f"{type(value).__name__} where int is wanted"
        return None if 0 <= value <= 0xFF else f"{value} is not within 0 to 255"

    def missing(self, frame: bytes, start: int) -> str:
        """Why no such integer can be read at `start`."""
        return f"the PDU ends after {len(frame)} octets, this field would be octet {start + 1}"


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


WireType = CString | UInt8 | Octets | TlvStream
"""What may stand in the `Annotated` of a field."""


def _is_latin1(text: str) -> bool:
    return max(text) <= "\xff"
