"""The three blocks of a pcapng file that a capture needs (draft-ietf-opsawg-pcapng, sections 4.1 to 4.3).

It owns octets, padding and options; what a packet holds is not known here. Everything is little-endian, as the
byte-order magic in the section header says.
"""

from struct import Struct
from typing import Final

LINKTYPE_RAW: Final = 101
"""Packets begin with their IPv4 or IPv6 header; its first four bits say which."""

_SECTION_HEADER: Final = 0x0A0D0D0A
_INTERFACE_DESCRIPTION: Final = 1
_ENHANCED_PACKET: Final = 6

_BYTE_ORDER_MAGIC: Final = 0x1A2B3C4D
_SECTION_LENGTH_UNKNOWN: Final = -1

_OPT_ENDOFOPT: Final = b"\0\0\0\0"
_OPT_COMMENT: Final = 1
_SHB_USERAPPL: Final = 4
_IF_NAME: Final = 2
_MAX_OPTION: Final = 0xFFFF

_FRAME: Final = Struct("<II")
_SECTION: Final = Struct("<IHHq")
_INTERFACE: Final = Struct("<HHI")
_PACKET: Final = Struct("<IIIII")
_OPTION: Final = Struct("<HH")


def section_header(application: str) -> bytes:
    """The block that opens a file and says who wrote it."""
    fixed = _SECTION.pack(_BYTE_ORDER_MAGIC, 1, 0, _SECTION_LENGTH_UNKNOWN)
    return _block(_SECTION_HEADER, fixed + _options((_SHB_USERAPPL, application)))


def interface(name: str) -> bytes:
    """The block of the one interface: raw IP, no limit on the length, times in microseconds (the default)."""
    return _block(_INTERFACE_DESCRIPTION, _INTERFACE.pack(LINKTYPE_RAW, 0, 0) + _options((_IF_NAME, name)))


def packet(microseconds: int, octets: bytes, comments: tuple[str, ...] = ()) -> bytes:
    """The block of one packet, caught whole at a time since the epoch, with what there is to say of it."""
    fixed = _PACKET.pack(0, microseconds >> 32 & 0xFFFFFFFF, microseconds & 0xFFFFFFFF, len(octets), len(octets))
    return _block(_ENHANCED_PACKET, fixed + _padded(octets) + _options(*((_OPT_COMMENT, each) for each in comments)))


def _block(kind: int, body: bytes) -> bytes:
    """A block says its length at both ends, so that a reader can walk it in both directions."""
    length = _FRAME.size + len(body) + 4
    return _FRAME.pack(kind, length) + body + length.to_bytes(4, "little")


def _options(*options: tuple[int, str]) -> bytes:
    if not options:
        return b""
    parts = []
    for code, text in options:
        value = text.encode()
        if len(value) > _MAX_OPTION:  # its length has two octets; no character is cut in the middle
            value = value[:_MAX_OPTION].decode(errors="ignore").encode()
        parts.append(_OPTION.pack(code, len(value)) + _padded(value))
    return b"".join(parts) + _OPT_ENDOFOPT


def _padded(octets: bytes) -> bytes:
    return octets + bytes(-len(octets) % 4)
