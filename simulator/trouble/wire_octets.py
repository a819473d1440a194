"""The octets of one PDU changed by hand, for what no encoder writes."""

from typing import NamedTuple

from simulator.smpp.codegen import HEADER
from simulator.smpp.consts import HEADER_SIZE


class Header(NamedTuple):
    """The four values of a PDU's header."""

    command_length: int
    command_id: int
    command_status: int
    sequence_number: int


def header_of(octets: bytes) -> Header:
    """The header of a PDU."""
    return Header(*HEADER.unpack_from(octets))


def rewritten(octets: bytes, *, body: bytes | None = None, **header: int) -> bytes:
    """A PDU with another body or other values in its header; command_length is right unless it is given."""
    body = octets[HEADER_SIZE:] if body is None else body
    length = header.pop("command_length", HEADER_SIZE + len(body))
    return HEADER.pack(*header_of(octets)._replace(command_length=length, **header)) + body


def extended(octets: bytes, more: bytes) -> bytes:
    """A PDU with more octets in its body."""
    return rewritten(octets, body=octets[HEADER_SIZE:] + more)


def c_string(text: str) -> bytes:
    """A C-octet string with its NUL."""
    return text.encode("latin-1") + b"\0"
