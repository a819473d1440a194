"""Approved patterns of shared service lines: a text with variables, and whether a message fits it.

Letters are compared as a reader sees them: Arabic forms of Persian letters, the three kinds of digits, ZWNJ and runs of
blanks make no difference; an extra word does.
"""

import re
import unicodedata
from collections.abc import Iterable

from simulator.world import Pattern

VARIABLE = re.compile(r"%([A-Za-z_][A-Za-z0-9_]*)%")
MAX_VARIABLE = 40
"""Characters that one variable may hold, the common limit of Iranian panels."""

_LINK = re.compile(r"https?:|www\.|[a-z0-9-]+\.(?:ir|com|net|org|shop|app|io)\b", re.IGNORECASE)
_LETTERS = str.maketrans(
    "يىكةۀ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "ییکهه01234567890123456789", "\u200b\u200c\u200d\u200e\u200f\u0640\ufeff"
)
_BLANKS = re.compile(r"[ \t]+")


def fold(text: str) -> str:
    """The text as patterns compare it."""
    return _BLANKS.sub(" ", unicodedata.normalize("NFKC", text).translate(_LETTERS)).strip()


class PatternBook:
    """The approved patterns by line."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._by_line: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
        for pattern in patterns:
            self._by_line.setdefault(pattern.line, []).append((pattern.name, _compile(pattern.text)))

    def fitting(self, line: str, text: str) -> str | None:
        """The name of the line's first pattern that the text fits, or None."""
        folded = fold(text)
        for name, expression in self._by_line.get(line, ()):
            match = expression.fullmatch(folded)
            if match and not any(_LINK.search(value) for value in match.groups()):
                return name
        return None


def _compile(text: str) -> re.Pattern[str]:
    pieces = VARIABLE.split(text)
    fixed, variables = pieces[0::2], pieces[1::2]
    expression = ""
    for index, piece in enumerate(fixed):
        expression += re.escape(_fold_piece(piece))
        if index < len(variables):
            expression += rf"([^\n\r]{{1,{MAX_VARIABLE}}}?)"
    return re.compile(expression.strip())


def _fold_piece(piece: str) -> str:
    """As `fold`, but a blank beside a variable stays."""
    return _BLANKS.sub(" ", unicodedata.normalize("NFKC", piece).translate(_LETTERS))
