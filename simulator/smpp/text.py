"""Text to octets and back: what data_coding means, GSM 03.38, and how a text divides into message segments.

Owns the character sets. A user data header has to be off already (see `udh`); where parts belong together is not known
here. Decoding never fails: what cannot be read becomes U+FFFD, so that the message can still be judged and shown.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

UCS2: Final = 0x08
"""The data_coding of UTF-16BE text (5.0: 4.7.7)."""

_ESCAPE: Final = 0x1B
_REPLACEMENT: Final = "\ufffd"

# GSM 03.38 default alphabet by septet, 6.2.1; 0x1B is the escape into the extension table.
_GSM: Final = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ"
    " !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_EXTENSION: Final[Mapping[int, str]] = MappingProxyType(
    dict(zip(b"\x0a\x14\x28\x29\x2f\x3c\x3d\x3e\x40\x65", "\f^{}\\[~]|€", strict=True))
)
_FROM_GSM: Final[Mapping[int, str]] = MappingProxyType(
    dict(enumerate(_GSM)) | dict.fromkeys(range(0x80, 0x100), _REPLACEMENT)
)
_TO_GSM: Final[Mapping[str, bytes]] = MappingProxyType(
    {char: bytes([septet]) for septet, char in enumerate(_GSM) if septet != _ESCAPE}
    | {char: bytes([_ESCAPE, septet]) for septet, char in _GSM_EXTENSION.items()}
)

GSM_SINGLE: Final = 160
GSM_SEGMENT: Final = 153
UCS2_SINGLE: Final = 70
UCS2_SEGMENT: Final = 67


class Alphabet(StrEnum):
    """What data_coding 0, "MC default alphabet", may stand for; every operator says that for itself."""

    GSM = "gsm"
    ASCII = "ascii"
    LATIN1 = "latin-1"
    UCS2 = "ucs2"


def decode_text(data_coding: int, octets: bytes, default_alphabet: Alphabet) -> str:
    """Read octets as text.

    Args:
        data_coding: as in the PDU, 0 to 255.
        octets: the text without user data header; GSM text unpacked, one septet an octet.
        default_alphabet: what data_coding 0 stands for.

    Returns:
        The text. Binary codings (2, 4, 8-bit classes) and codings not known here give one Latin-1 character an octet.
    """
    alphabet = _alphabet(data_coding, default_alphabet)
    if alphabet is Alphabet.UCS2:
        return octets.decode("utf-16-be", "replace")
    if alphabet is Alphabet.GSM:
        return _decode_gsm(octets)
    if alphabet is Alphabet.ASCII:
        return octets.decode("ascii", "replace")
    return octets.decode("latin-1")


def _alphabet(data_coding: int, default: Alphabet) -> Alphabet:
    """Up to 0x0F SMPP's own codings, above GSM 03.38's groups, which clients pass through (0x18 is flash UCS2)."""
    if data_coding == UCS2:
        return Alphabet.UCS2
    if data_coding == 0x00:
        return default
    if data_coding == 0x01:
        return Alphabet.ASCII
    if 0x10 <= data_coding <= 0x1F:  # general group with a message class: bits 3-2 name the alphabet
        return (Alphabet.GSM, Alphabet.LATIN1, Alphabet.UCS2, Alphabet.LATIN1)[data_coding >> 2 & 0x03]
    if 0xC0 <= data_coding <= 0xDF:  # message waiting, default alphabet
        return Alphabet.GSM
    if 0xE0 <= data_coding <= 0xEF:  # message waiting, UCS2
        return Alphabet.UCS2
    if data_coding >= 0xF0:  # data coding and message class: bit 2 says 8-bit data
        return Alphabet.LATIN1 if data_coding & 0x04 else Alphabet.GSM
    return Alphabet.LATIN1


def _decode_gsm(octets: bytes) -> str:
    if _ESCAPE not in octets:
        return octets.decode("latin-1").translate(_FROM_GSM)
    chars, septets = [], iter(octets)
    for septet in septets:
        if septet != _ESCAPE:
            chars.append(_FROM_GSM[septet])
            continue
        extended = next(septets, None)
        if extended is None:
            chars.append(_REPLACEMENT)
        elif extended == _ESCAPE:  # reserved for a further table; shown as a space (03.38 6.2.1.1)
            chars.append(" ")
        else:  # without an entry the character of the default table is shown
            chars.append(_GSM_EXTENSION.get(extended, _FROM_GSM[extended]))
    return "".join(chars)


def encode_text(text: str) -> tuple[int, bytes]:
    """Write text as GSM 03.38, unpacked, with data_coding 0 if it can be, else as UTF-16BE with data_coding 8."""
    if is_gsm(text):
        return 0, b"".join(_TO_GSM[char] for char in text)
    return UCS2, text.encode("utf-16-be", "surrogatepass")


def is_gsm(text: str) -> bool:
    """Whether every character is in the GSM 03.38 default alphabet or its extension table."""
    return all(char in _TO_GSM for char in text)


def units(text: str) -> int:
    """The length that counts for segments: septets if all is GSM (an extension character is 2), else UTF-16 units."""
    return sum(_sizes(text))


def segment_count(text: str) -> int:
    """How many messages a text makes, at least 1: as `split_text` cuts it."""
    return len(split_text(text))


def split_text(text: str) -> list[str]:
    """Cut a text into what fits one message each.

    One message holds 160 septets or 70 UTF-16 units; as a part of several, with a header of 6 octets, 153 or 67
    (GSM 03.40 9.2.3.24.1). An escape pair and a surrogate pair are never cut.

    Returns:
        The parts in order, at least one; together they are the text.
    """
    single, segment = (GSM_SINGLE, GSM_SEGMENT) if is_gsm(text) else (UCS2_SINGLE, UCS2_SEGMENT)
    if units(text) <= single:
        return [text]
    parts, start, used = [], 0, 0
    for at, size in enumerate(_sizes(text)):
        if used + size > segment:
            parts.append(text[start:at])
            start, used = at, 0
        used += size
    return [*parts, text[start:]]


def _sizes(text: str) -> Iterator[int]:
    if is_gsm(text):
        return (len(_TO_GSM[char]) for char in text)
    return (2 if char > "\uffff" else 1 for char in text)
