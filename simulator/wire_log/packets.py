"""The packets that a TCP conversation would have made of what was read from a socket and written to it.

A process does not see the packets of its connections. It sees octets come and go; the headers are made up around them,
whole enough for Wireshark to follow the stream: handshake, sequence and acknowledgement numbers, checksums, FIN. Each
read and each write is one packet, or as many as it needs.
"""

from collections.abc import Iterator
from enum import StrEnum
from ipaddress import IPv4Address, ip_address
from struct import Struct
from typing import Final, NamedTuple

MAX_SEGMENT: Final = 0xFFFF - 40
"""Octets of data that fit one packet: an IPv4 packet says its length in 16 bits, the two headers included."""

_FIN, _SYN, _PSH, _ACK = 0x01, 0x02, 0x08, 0x10
_TCP_HEADER_SIZE = 20
_IPV4_HEADER_SIZE = 20
_NO_OPTIONS = 5 << 4  # the TCP header's length in words of four octets, in the upper half of its octet
_WINDOW = 0xFFFF
_PROTOCOL_TCP = 6
_HOPS = 64
_DONT_FRAGMENT = 0x4000

_IPV4 = Struct(">BBHHHBBH4s4s")
_IPV6 = Struct(">IHBB16s16s")
_TCP = Struct(">HHIIBBHHH")


class Direction(StrEnum):
    """Which way octets go, seen from the operator."""

    IN = "in"
    OUT = "out"

    @property
    def opposite(self) -> "Direction":
        """The other way."""
        return Direction.OUT if self is Direction.IN else Direction.IN


class Endpoint(NamedTuple):
    """One end of a TCP connection."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


class Segment(NamedTuple):
    """A packet with data, and where in the octets that were read or written at once its data ends."""

    packet: bytes
    end: int


class Conversation:
    """One TCP connection: makes its packets in the order in which they are asked for.

    Args:
        peer: who opened the connection; what it sends goes IN.
        local: the operator's end. Both are addresses of one family.
    """

    def __init__(self, peer: Endpoint, local: Endpoint) -> None:
        self._ports = {Direction.IN: (peer.port, local.port), Direction.OUT: (local.port, peer.port)}
        source, destination = ip_address(peer.host), ip_address(local.host)
        self._is_ipv4 = isinstance(source, IPv4Address)
        self._hosts = {
            Direction.IN: (source.packed, destination.packed),
            Direction.OUT: (destination.packed, source.packed),
        }
        self._next = {Direction.IN: 0, Direction.OUT: 0}

    def opening(self) -> list[bytes]:
        """The three packets of the handshake."""
        return [
            self._packet(Direction.IN, _SYN),
            self._packet(Direction.OUT, _SYN | _ACK),
            self._packet(Direction.IN, _ACK),
        ]

    def data(self, direction: Direction, octets: bytes) -> Iterator[Segment]:
        """The packets of one read or write."""
        for at in range(0, len(octets), MAX_SEGMENT):
            piece = octets[at : at + MAX_SEGMENT]
            yield Segment(self._packet(direction, _PSH | _ACK, piece), at + len(piece))

    def closing(self, direction: Direction) -> list[bytes]:
        """The end of what goes one way, and its acknowledgement."""
        return [self._packet(direction, _FIN | _ACK), self._packet(direction.opposite, _ACK)]

    def _packet(self, direction: Direction, flags: int, data: bytes = b"") -> bytes:
        acknowledged = self._next[direction.opposite] if flags & _ACK else 0
        ports, number = self._ports[direction], self._next[direction]
        length = _TCP_HEADER_SIZE + len(data)
        pseudo = b"".join(self._hosts[direction]) + length.to_bytes(4, "big") + _PROTOCOL_TCP.to_bytes(4, "big")
        header = (*ports, number, acknowledged, _NO_OPTIONS, flags, _WINDOW)
        check = checksum(pseudo + _TCP.pack(*header, 0, 0) + data)
        self._next[direction] = (
            number + len(data) + bool(flags & (_SYN | _FIN))
        ) & 0xFFFFFFFF  # both count as one octet
        return self._ip_header(direction, length) + _TCP.pack(*header, check, 0) + data

    def _ip_header(self, direction: Direction, length: int) -> bytes:
        hosts = self._hosts[direction]
        if not self._is_ipv4:
            return _IPV6.pack(6 << 28, length, _PROTOCOL_TCP, _HOPS, *hosts)
        before = (0x45, 0, _IPV4_HEADER_SIZE + length, 0, _DONT_FRAGMENT, _HOPS, _PROTOCOL_TCP)
        return _IPV4.pack(*before, checksum(_IPV4.pack(*before, 0, *hosts)), *hosts)


def checksum(octets: bytes) -> int:
    """The Internet checksum (RFC 1071) of octets that are not all zero.

    Adding 16-bit words with the carry put back in at the bottom is arithmetic modulo 65535, where 2**16 is 1; so the
    sum is the remainder of all octets read as one number.
    """
    octets += bytes(len(octets) % 2)
    total = int.from_bytes(octets, "big") % 0xFFFF or 0xFFFF
    return total ^ 0xFFFF
