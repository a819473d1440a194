"""A reader of pcapng files and TCP packets, written from the specifications alone, for the tests to trust.

It checks whatever a file says twice: both lengths of a block, checksums word by word, padding that must be zero.
"""

from pathlib import Path
from typing import NamedTuple

FIN, SYN, PSH, ACK = 0x01, 0x02, 0x08, 0x10


class Block(NamedTuple):
    kind: int
    body: bytes


class Caught(NamedTuple):
    """An enhanced packet block."""

    microseconds: int
    octets: bytes
    comments: list[str]


class Tcp(NamedTuple):
    """A TCP packet with its addresses as octets."""

    source: tuple[bytes, int]
    destination: tuple[bytes, int]
    number: int
    acknowledged: int
    flags: int
    data: bytes


def little(octets: bytes) -> int:
    return int.from_bytes(octets, "little")


def big(octets: bytes) -> int:
    return int.from_bytes(octets, "big")


def read_blocks(octets: bytes) -> list[Block]:
    blocks, at = [], 0
    while at < len(octets):
        length = little(octets[at + 4 : at + 8])
        assert length % 4 == 0
        assert length >= 12
        block = octets[at : at + length]
        assert len(block) == length
        assert little(block[-4:]) == length
        blocks.append(Block(little(block[:4]), block[8:-4]))
        at += length
    return blocks


def read_options(octets: bytes) -> list[tuple[int, bytes]]:
    """The options of a block without the one that ends them, which must be there if any other is."""
    options: list[tuple[int, bytes]] = []
    at = 0
    while at < len(octets):
        code, length = little(octets[at : at + 2]), little(octets[at + 2 : at + 4])
        if code == 0:
            assert (length, at + 4) == (0, len(octets))
            assert options
            return options
        end = at + 4 + length
        options.append((code, octets[at + 4 : end]))
        at = end + -length % 4
        assert not any(octets[end:at])
    assert not options
    return options


def read_packet(block: Block) -> Caught:
    assert block.kind == 6
    interface, high, low, caught, original = (little(block.body[at : at + 4]) for at in range(0, 20, 4))
    assert interface == 0
    assert caught == original
    end = 20 + caught
    padded = end + -caught % 4
    assert not any(block.body[end:padded])
    options = read_options(block.body[padded:])
    assert all(code == 1 for code, _ in options)
    return Caught(high << 32 | low, block.body[20:end], [value.decode() for _, value in options])


def read_capture(path: Path) -> list[Caught]:
    section, interface, *packets = read_blocks(path.read_bytes())
    assert (section.kind, interface.kind) == (0x0A0D0D0A, 1)
    return [read_packet(block) for block in packets]


def add_words(octets: bytes) -> int:
    """The sum of RFC 1071, as its text has it: word by word, each carry put back at once."""
    total = 0
    for at in range(0, len(octets), 2):
        total += big(octets[at : at + 2].ljust(2, b"\0"))
        total = (total & 0xFFFF) + (total >> 16)
    return total


def read_tcp(packet: bytes) -> Tcp:
    if packet[0] >> 4 == 4:
        assert packet[0] == 0x45
        assert big(packet[2:4]) == len(packet)
        assert add_words(packet[:20]) == 0xFFFF
        protocol, source, destination, segment = packet[9], packet[12:16], packet[16:20], packet[20:]
    else:
        assert packet[0] >> 4 == 6
        assert big(packet[4:6]) == len(packet) - 40
        protocol, source, destination, segment = packet[6], packet[8:24], packet[24:40], packet[40:]
    assert protocol == 6
    pseudo = source + destination + len(segment).to_bytes(4, "big") + b"\0\0\0\x06"
    assert add_words(pseudo + segment) == 0xFFFF
    header = (segment[12] >> 4) * 4
    return Tcp(
        (source, big(segment[0:2])),
        (destination, big(segment[2:4])),
        big(segment[4:8]),
        big(segment[8:12]),
        segment[13],
        segment[header:],
    )
