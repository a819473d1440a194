"""Whether octets read as a text that somebody may have meant, in one coding or another.

A guess, made on purpose where only extremes count: it is asked whether a text is gibberish as it is labelled, and good
Persian or Latin as something else.
"""

import unicodedata
from typing import Final

_MOJIBAKE: Final = frozenset("\ufffd?\0")
_CONTROLS: Final = frozenset("\n\r\t\f")
_GOOD: Final = 0.8
_GIBBERISH: Final = 0.5
_LEAST: Final = 4
"""Octets below which nothing can be said."""


def legibility(text: str) -> float:
    """The share of characters that a Persian or Latin message may have; 0 for no text."""
    if not text:
        return 0.0
    return sum(map(_is_usual, text)) / len(text)


def _is_usual(char: str) -> bool:
    code = ord(char)
    if code < 0x80:
        return char in _CONTROLS or 0x20 <= code < 0x7F
    if 0x600 <= code < 0x780 or 0xFB50 <= code < 0xFE00 or 0xFE70 <= code < 0xFEFF or 0x2000 <= code < 0x2100:
        return unicodedata.category(char) != "Cn"
    return 0xA0 <= code < 0x250 or code >= 0x1F000 or 0x2600 <= code < 0x27C0 or 0xFE00 <= code < 0xFE10


def as_utf8(octets: bytes) -> str | None:
    """The text, if the octets are UTF-8 with at least one character of several octets."""
    if len(octets) < _LEAST or octets.isascii():
        return None
    try:
        text = octets.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if legibility(text) >= _GOOD else None


def misread_ucs2(octets: bytes) -> str | None:
    """What octets that are labelled UTF-16BE are rather: `UTF-8`, `UTF-16LE` or `ASCII`; None if they may be right."""
    if len(octets) < _LEAST or legibility(octets.decode("utf-16-be", "replace")) >= _GIBBERISH:
        return None
    if as_utf8(octets) is not None:
        return "UTF-8"
    if octets.isascii() and legibility(octets.decode("ascii")) >= _GOOD:
        return "ASCII"
    if len(octets) % 2 == 0 and legibility(octets.decode("utf-16-le", "replace")) >= _GOOD:
        return "UTF-16LE"
    return None


def is_lost(text: str) -> bool:
    """Whether a text is mostly what a failed conversion leaves: question marks, U+FFFD, NULs."""
    letters = [char for char in text if not char.isspace()]
    return len(letters) >= _LEAST and sum(char in _MOJIBAKE for char in letters) > len(letters) / 2
