"""How single characters fold: every way to write a letter, a digit or nothing at all, brought to one.

This file owns the character table and the index map of a fold; it knows no words. The folded alphabet is: Persian
letters without hamza seats and without madda (آ أ إ become ا, ئ becomes ی), ASCII digits, lower-case ASCII letters,
ASCII punctuation. Whatever has no width, no sound or no meaning of its own (joiners, marks of direction, tatweel,
vowel signs, variation selectors) folds to nothing.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

# Arabic, Kurdish, Urdu and Pashto letters that a reader takes for a Persian one, by that Persian letter.
_LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "ا": "آأإٱٲٳٵ",
        "ب": "ٻٮ",
        "ت": "ٺټٹ",
        "ح": "ځ",
        "د": "ډڊڈ",
        "ر": "ڒړڔڕڑ",
        "س": "ښ",
        "ف": "ڤڢڣڥ",
        "ق": "ٯڧڨ",
        "ک": "كڪګڬڭ",
        "گ": "ڰڱڳڴ",
        "ل": "ڵڶڷ",
        "ن": "ںڼڹ",
        "ه": "ةەہھۀۂۃ",
        "و": "ؤۆۇۈۉۊۋٶ",
        "ی": "يىئېۍێےۓٸ",
    }
)
# Cyrillic and Greek letters that look like a Latin one, in the order of the Latin letters beside them.
_LOOK_ALIKES = (
    "авсԁеһіјкӏмнорԛѕтухԝАВСЕНІЈКМОРЅТУХαβεικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "abcdehijklmhopqstyxwabcehijkmopstyxabeiknoptuxabezhikmnoptyx",
)
_PUNCTUATION = str.maketrans(
    "٪﹪٫٬،؛؟۔«»“”„‟‘’‚‛–—‒―−‐‑⁎∗¦\u2028\u2029\u0085\u00b7", '%%.,,;?.""""""\'\'\'\'-------**|\n\n\n.'
)
_CIRCLED = str.maketrans("❶❷❸❹❺❻❼❽❾➀➁➂➃➄➅➆➇➈➊➋➌➍➎➏➐➑➒", "123456789" * 3)
# Blocks whose characters are other shapes of plain ones; NFKC says of which.
_COMPATIBILITY = (
    (0xA0, 0x17F),
    (0x2000, 0x214F),
    (0x2460, 0x24FF),
    (0xFB50, 0xFDFF),
    (0xFE70, 0xFFEF),
    (0x1D400, 0x1D7FF),
)
_SILENT = (
    *range(0x0300, 0x0370),  # combining marks of Latin
    *range(0x0610, 0x061B),  # Koranic signs above letters
    0x061C,  # Arabic letter mark
    0x0640,  # tatweel
    *range(0x064B, 0x0660),  # vowel signs, madda, hamza above and below
    0x0670,  # superscript alef
    *range(0x06D6, 0x06DD),
    *range(0x06DF, 0x06E9),
    *range(0x06EA, 0x06EE),
    0x00AC,  # the not sign stands for the half space in texts from one old editor
    0x00AD,  # soft hyphen
    0x034F,
    0x115F,
    0x1160,
    0x17B4,
    0x17B5,
    *range(0x180B, 0x1810),
    *range(0x200B, 0x2010),  # zero-width space, ZWNJ, ZWJ, LRM, RLM
    *range(0x202A, 0x202F),  # embeddings and overrides of direction
    *range(0x2060, 0x2070),  # word joiner, isolates
    0x20E3,  # the key cap around an emoji digit
    0x3164,
    *range(0xFE00, 0xFE10),  # variation selectors
    0xFEFF,  # byte order mark
    0xFFA0,
    *range(0x1F3FB, 0x1F400),  # skin tones
)


def _plain_table() -> dict[int, str]:
    """Folds of single characters whose result is one plain character or nothing."""
    table = {ord(letter): str(digit) for zero in "٠۰" for digit in range(10) for letter in chr(ord(zero) + digit)}
    table |= {ord(other): letter for letter, others in _LETTERS.items() for other in others}
    table |= {ord(other): letter for other, letter in zip(*_LOOK_ALIKES, strict=True)}
    table |= {code: chr(plain) for code, plain in (_PUNCTUATION | _CIRCLED).items()}
    table |= {code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
    return table | dict.fromkeys(_SILENT, "")


def _base(character: str) -> str:
    """The plain shape of one character: NFKC, and the letter under a Latin accent."""
    compatible = unicodedata.normalize("NFKC", character)
    decomposed = unicodedata.normalize("NFD", compatible)
    return decomposed[0] if len(compatible) == 1 and decomposed[0].isascii() else compatible


def _table() -> dict[int, str]:
    """Every fold that `str.translate` can do in one go."""
    table = _plain_table()
    codes: Iterable[int] = (code for first, last in _COMPATIBILITY for code in range(first, last + 1))
    shapes = {code: _base(chr(code)).translate(table) for code in codes if code not in table}
    return table | {code: shape for code, shape in shapes.items() if shape != chr(code)}


_FOLDS: Mapping[int, str] = MappingProxyType(_table())


def _one_of(codes: Iterable[int]) -> re.Pattern[str]:
    return re.compile("[" + "".join(re.escape(chr(code)) for code in codes) + "]")


_DROPPED = _one_of(code for code, fold in _FOLDS.items() if not fold)
_EXPANDED = _one_of(code for code, fold in _FOLDS.items() if len(fold) > 1)
# For `str.translate`: a plain dict, with the ordinary characters in it that stay as they are, for a look-up that fails
# costs it an exception.
_TRANSLATION: Final = {**{code: chr(code) for code in (*range(0x80), *range(0x600, 0x700))}, **_FOLDS}
_LETTER_FOLDS: Mapping[int, str] = MappingProxyType({ord(o): to for to, others in _LETTERS.items() for o in others})


def fold_letters(pattern: str) -> str:
    """Fold only the Persian letters of a text, so that a regular expression keeps its capitals and its signs."""
    return pattern.translate(_LETTER_FOLDS)


def fold(text: str) -> tuple[str, Sequence[int]]:
    """Fold each character of a text by itself.

    Args:
        text: any string, lone surrogates included.

    Returns:
        The folded text, and for each of its characters the index of the original character that it came from.
    """
    if not unicodedata.is_normalized("NFKC", text) or _EXPANDED.search(text) is not None:
        return _fold_each(text)
    folded = text.translate(_TRANSLATION)
    if len(folded) == len(text):
        return folded, range(len(text))
    origins: list[int] = []
    done = 0
    for dropped in _DROPPED.finditer(text):
        origins += range(done, dropped.start())
        done = dropped.end()
    origins += range(done, len(text))
    return folded, origins


def _fold_each(text: str) -> tuple[str, list[int]]:
    pieces: list[str] = []
    origins: list[int] = []
    for index, character in enumerate(text):
        piece = _FOLDS.get(ord(character))
        if piece is None:
            piece = character if character.isascii() else unicodedata.normalize("NFKC", character).translate(_FOLDS)
        pieces.append(piece)
        if len(piece) == 1:
            origins.append(index)
        elif piece:
            origins.extend([index] * len(piece))
    return "".join(pieces), origins
