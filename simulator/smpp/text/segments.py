"""How a text divides into short messages, as networks carry it and operators bill it (3GPP TS 23.040, 9.2.3.24.1).

One short message carries 140 octets, a user data header included: 160 septets or 70 UTF-16 units alone; 153 or 67 as a
part with an 8-bit reference, 152 or 66 with a 16-bit one. An escape pair and a surrogate pair are never cut.
"""

import re
from typing import Final, Literal, NamedTuple

from simulator.smpp.text.coding import EncodedText, decode_text
from simulator.smpp.text.data_coding import Alphabet, alphabet_of
from simulator.smpp.text.gsm import Languages, encode_gsm
from simulator.smpp.text.septets import fill_bits, unpack

_MAX_OCTETS: Final = 140
_BINARY: Final = (Alphabet.OCTETS, Alphabet.JIS, Alphabet.ISO_2022_JP, Alphabet.EXTENDED_KANJI, Alphabet.KOREAN)

ReferenceBits = Literal[8, 16]
"""The size of the reference that parts share."""


def is_gsm(text: str) -> bool:
    """Whether every character is in the GSM 03.38 default alphabet or its extension table."""
    return encode_gsm(text, Languages()) is not None


def units(text: str) -> int:
    """The length that counts for segments: septets if all is GSM (an extension character is 2), else UTF-16 units."""
    return sum(_sizes(text).of_each)


def segment_count(text: str, reference_bits: ReferenceBits = 8) -> int:
    """How many short messages a text makes, at least 1: as `split_text` cuts it."""
    return len(_ends(_sizes(text), reference_bits))


def split_text(text: str, reference_bits: ReferenceBits = 8, *, is_utf16: bool = False) -> list[str]:
    """Cut a text into what fits one short message each.

    Args:
        text: the whole.
        reference_bits: of the reference that the parts share.
        is_utf16: it goes as UTF-16 whatever it says; else in GSM 03.38 where that holds all of it.

    Returns:
        The parts in order, at least one; together they are the text.
    """
    ends = _ends(_wide_sizes(text) if is_utf16 else _sizes(text), reference_bits)
    return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def encoded_segment_count(
    text: EncodedText, default_alphabet: Alphabet, reference_bits: ReferenceBits = 8, *, is_part: bool = False
) -> int:
    """How many short messages a submitted message makes, at least 1.

    Septets, UTF-16 and binary data go as they are. Latin-1, ASCII, Cyrillic and Hebrew have no coding on the radio
    path: they are billed as the GSM or UCS2 text that they become. A header takes its room in each short message.

    Args:
        text: the message; `header_size` is of all its header.
        default_alphabet: what data_coding 0 stands for.
        reference_bits: of the reference that a message too long for one gets.
        is_part: its header holds such a reference already.
    """
    alphabet = alphabet_of(text.data_coding, default_alphabet)
    if alphabet is Alphabet.UCS2:
        sizes = _utf16_sizes(text.octets)
    elif alphabet is Alphabet.GSM:
        sizes = _septet_sizes(text.octets)
    elif alphabet is Alphabet.GSM_PACKED:
        sizes = _septet_sizes(unpack(text.octets, fill_bits(text.header_size)))
    elif alphabet in _BINARY:
        sizes = _Sizes([1] * len(text.octets), 8)
    else:
        sizes = _sizes(decode_text(text.data_coding, text.octets, default_alphabet))
    return len(_ends(sizes, reference_bits, text.header_size, is_part=is_part))


class _Sizes(NamedTuple):
    """What cannot be cut, in order: how many units each takes, and the bits of a unit."""

    of_each: list[int]
    unit: int


def _sizes(text: str) -> _Sizes:
    septets = encode_gsm(text, Languages())
    return _wide_sizes(text) if septets is None else _septet_sizes(septets)


def _wide_sizes(text: str) -> _Sizes:
    return _Sizes([2 if char > "\uffff" else 1 for char in text], 16)


def _septet_sizes(septets: bytes) -> _Sizes:
    pairs = re.finditer(rb"\x1b?.", septets, re.DOTALL)
    return _Sizes([len(each[0]) for each in pairs], 7)


def _utf16_sizes(octets: bytes) -> _Sizes:
    """Of surrogate pairs and single units; an octet left over takes a unit, as it would on the radio path."""
    units_and_pairs = re.finditer(rb"[\xd8-\xdb].[\xdc-\xdf].|..?", octets, re.DOTALL)
    return _Sizes([2 if len(each[0]) > 2 else 1 for each in units_and_pairs], 16)


def _ends(sizes: _Sizes, reference_bits: ReferenceBits, header_size: int = 0, *, is_part: bool = False) -> list[int]:
    """Where each short message ends, as an index into the sizes."""
    if sum(sizes.of_each) <= _capacity(sizes.unit, header_size):
        return [len(sizes.of_each)]
    if not is_part:
        header_size = (header_size or 1) + (5 if reference_bits == 8 else 6)
    room, used, ends = _capacity(sizes.unit, header_size), 0, []
    for at, size in enumerate(sizes.of_each):
        if used + size > room:
            ends.append(at)
            used = 0
        used += size
    return [*ends, len(sizes.of_each)]


def _capacity(unit: int, header_size: int) -> int:
    """How many units fit behind a header; at least a pair, for headers that would leave no room."""
    return max(2, (_MAX_OCTETS - header_size) * 8 // unit)
