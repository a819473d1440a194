"""Which octets of a PDU are which field, read off the PDU's declaration: what a person looks at octet by octet."""

from collections.abc import Iterator
from typing import NamedTuple

from simulator.smpp.codegen import HEADER
from simulator.smpp.fields import CString, Field, Group, Octets, UInt, fields_of
from simulator.smpp.groups import make_reader
from simulator.smpp.pdus import PDU_TYPES
from simulator.smpp.tlvs import tag_name

_HEADER = ("command_length", "command_id", "command_status", "sequence_number")
_WORD = 4


class Span(NamedTuple):
    """A field and its place: `octets[start:end]`."""

    name: str
    start: int
    end: int
    value: int | str
    """A number, a text, or octets as hexadecimal digits."""


def spans(octets: bytes) -> list[Span]:
    """The spans of a PDU that can be decoded, from its first octet to its last; a length or a count has its own."""
    words = HEADER.unpack_from(octets)
    found = [Span(name, at * _WORD, (at + 1) * _WORD, words[at]) for at, name in enumerate(_HEADER)]
    for field in fields_of(PDU_TYPES[words[1]]):
        found += _field(field, octets, found[-1].end)
    return found


def _field(field: Field, octets: bytes, at: int) -> Iterator[Span]:
    name, wire = field
    if isinstance(wire, CString):
        if not (wire.may_be_absent and at == len(octets)):
            end = octets.index(0, at)
            yield Span(name, at, end + 1, octets[at:end].decode("latin-1"))
    elif isinstance(wire, UInt):
        yield Span(name, at, at + wire.size, int.from_bytes(octets[at : at + wire.size], "big"))
    elif isinstance(wire, Octets):
        yield Span(wire.length_field, at, at + 1, octets[at])
        yield _hexadecimal(name, at + 1, at + 1 + octets[at], octets)
    elif isinstance(wire, Group):
        yield Span(wire.count_field, at, at + 1, octets[at])
        yield _hexadecimal(name, at + 1, make_reader(wire)(octets, at)[1], octets)
    else:
        yield from _tlvs(octets, at)


def _tlvs(octets: bytes, at: int) -> Iterator[Span]:
    while at < len(octets):
        tag, length = (int.from_bytes(octets[start : start + 2], "big") for start in (at, at + 2))
        end = at + _WORD + length
        yield Span(tag_name(tag), at, end, octets[at + _WORD : end].hex())
        at = end


def _hexadecimal(name: str, start: int, end: int, octets: bytes) -> Span:
    return Span(name, start, end, octets[start:end].hex())
