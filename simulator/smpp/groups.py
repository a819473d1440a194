"""Reading and writing the structures that repeat inside a PDU (`fields.Group`): destinations, failed destinations.

A loop over fields, unlike the flat code of `codegen`: there are two such groups, and no hot path runs through them.
"""

from collections.abc import Callable
from typing import Any

from simulator.smpp.consts import CommandStatus
from simulator.smpp.fields import CString, Field, Group, UInt, WireType, fields_of

Members = tuple[Any, ...]
Reader = Callable[[bytes, int], tuple[Members, int]]
"""Takes a frame and the offset of the count; gives the structures and the offset behind them."""


class MemberError(ValueError):
    """A structure of a group cannot be read.

    Attributes:
        where: the path inside the group, such as `[2].destination_addr`.
        command_status: that answers it.
        reason: what is wrong, for people.
    """

    def __init__(self, where: str, command_status: CommandStatus, reason: str) -> None:
        super().__init__(where, command_status, reason)
        self.where = where
        self.command_status = command_status
        self.reason = reason


def make_reader(group: Group) -> Reader:
    """A reader of this group; it raises IndexError for a missing count and MemberError for all else."""
    layouts = [(kind, fields_of(kind)) for kind in group.kinds]

    def read(frame: bytes, at: int) -> tuple[Members, int]:
        count, at = frame[at], at + 1
        members = []
        for number in range(count):
            if at >= len(frame):
                reason = f"{group.count_field} says {count}, the PDU ends after {number}"
                raise MemberError(f"[{number}]", group.error, reason)
            kind, layout = layouts[0]
            if group.flag_field:
                kind, layout = layouts[_flag(group, number, frame[at])]
                at += 1
            values, at = _read_member(layout, frame, at, number)
            members.append(kind(*values))
        return tuple(members), at

    return read


def _flag(group: Group, number: int, flag: int) -> int:
    if not 1 <= flag <= len(group.kinds):
        reason = f"{flag} is not within 1 to {len(group.kinds)}"
        raise MemberError(f"[{number}].{group.flag_field}", group.flag_error, reason)
    return flag - 1


def _read_member(layout: tuple[Field, ...], frame: bytes, at: int, number: int) -> tuple[list[Any], int]:
    values: list[Any] = []
    for name, wire in layout:
        if isinstance(wire, CString):
            end = frame.find(0, at, at + wire.size)
            value: Any = str(frame[at:end], "latin-1")
            following = end + 1
        else:
            assert isinstance(wire, UInt)  # noqa: S101 - the only other type that a structure is declared with
            following = at + wire.size
            end = -1 if following > len(frame) else following
            value = int.from_bytes(frame[at:following], "big")
        if end < 0:
            raise MemberError(f"[{number}].{name}", wire.error, wire.missing(frame, at))
        values.append(value)
        at = following
    return values, at


def make_writer(group: Group) -> Callable[[Members], bytes]:
    """A writer of this group; what it raises for a value that does not fit is put into words by `Group.fault`."""
    flags = range(1, len(group.kinds) + 1)
    layouts = {
        kind: (bytes((flag,)) if group.flag_field else b"", fields_of(kind))
        for flag, kind in zip(flags, group.kinds, strict=True)
    }

    def write(members: Members) -> bytes:
        octets = bytes((len(members),))
        for member in members:
            flag, layout = layouts[type(member)]
            octets += flag + b"".join(_written(wire, value) for (_, wire), value in zip(layout, member, strict=True))
        return octets

    return write


def _written(wire: WireType, value: Any) -> bytes:
    if reason := wire.fault(value):
        raise ValueError(reason)
    octets: bytes = value.to_bytes(wire.size, "big") if isinstance(wire, UInt) else value.encode("latin-1") + b"\0"
    return octets
