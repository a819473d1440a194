"""What the model looks at in a normalised text, by name; what each name weighs is `model`'s affair.

A text is its tokens: words as they are, all else by its shape, so that a feature is never a value of one message. A
word is known by itself, by its pieces of three characters and by its kinds; the words of the last third count a second
time, for an offer likes to stand at the end of a notice. The marks of a text (a link, an amount, many lines) are
features of the whole. Names of these never look like those of words: they hold a colon.
"""

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import combinations
from typing import TypeAlias

from simulator.policy.content.kinds import kinds

Token: TypeAlias = tuple[str, int, int]
"""What a token is to the model, where it begins, where it ends."""

_PIECE = 3
_TOKEN = re.compile(
    r"(?P<link>https?://[!-~]+|[a-z0-9_-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:/[!-~]*)?)|(?P<word>[^\W\d_]+)"
    r"|(?P<dialled>[*#][\d*]+#)|(?P<number>\d[\d,./:*]*)|(?P<sign>[%!?+=@:*\n-])|(?P<picture>[\u2600-\u27bf\U0001f300-\U0001faff])"
)
_WORD = _TOKEN.groupindex["word"]
_SHAPES = {"link": "//", "dialled": "*#", "picture": ":)"}
# What is worth knowing of a whole text, by the tokens that show it.
_MARKS = {
    "//": "link", "*#": "short code", ":)": "picture", "!": "exclamation", "?": "question", "%": "percent",
    ":": "colon", "|": "lines", "*": "star", "09": "mobile", "021": "telephone", "0:0": "time", "0/0": "date",
    "0,0": "amount", "000": "code", "0000": "long number",
    "تومان": "price", "تومن": "price", "ریال": "price", "ت": "price",
}  # fmt: skip
_MISSED = ("link", "mobile", "amount", "price", "time", "date")
_LENGTHS = (3, 5, 8, 12, 18, 26, 40, 60)
_LINES = (2, 3, 5)
_REMEMBERED = 4096


def tokens(text: str) -> list[Token]:
    """The tokens of a normalised text, in order."""
    return [(m[0] if m.lastindex == _WORD else _shape(m), *m.span()) for m in _TOKEN.finditer(text)]


def last_third(found: list[Token]) -> list[Token]:
    """The tokens that count a second time."""
    return found[2 * len(found) // 3 :]


def of_word(shape: str) -> list[str]:
    """The features of one token; those of its pieces as often as they stand in it."""
    word = f" {shape} "
    pieces = [word[start : start + _PIECE] for start in range(len(word) - _PIECE + 1)] if len(shape) > 1 else []
    return [word, *pieces, *(f"kind: {kind}" for kind in kinds(shape))]


def of_last_word(shape: str) -> list[str]:
    """The features that one of the last tokens adds."""
    return [f"last: {shape}", *(f"last kind: {kind}" for kind in kinds(shape))]


def of_whole(shapes: list[str]) -> frozenset[str]:
    """The marks of a text, what it lacks, and how long it is.

    Args:
        shapes: all its tokens.
    """
    marks = frozenset(_MARKS[shape] for shape in _MARKS.keys() & set(shapes))
    return _of_marks(marks, bisect_right(_LENGTHS, len(shapes)), bisect_right(_LINES, shapes.count("|")))


@lru_cache(_REMEMBERED)
def _of_marks(marks: frozenset[str], length: int, lines: int) -> frozenset[str]:
    found = {f"mark: {mark}" for mark in marks} | {f"lacks: {mark}" for mark in _MISSED if mark not in marks}
    found.update(f"marks: {one}, {other}" for one, other in combinations(sorted(marks), 2))
    found.update(f"tokens: {least}" for least in _LENGTHS[:length])
    found.update(f"lines: {least}" for least in _LINES[:lines])
    return frozenset(found)


def _shape(match: re.Match[str]) -> str:
    """The shape of whatever is no word."""
    kind, written = match.lastgroup or "", match[0]
    if kind == "number":
        return _number(written.rstrip(",./:*"))
    if kind == "sign":
        return "|" if written == "\n" else written
    return _SHAPES[kind]


def _number(number: str) -> str:
    """An amount, a time, a date, a telephone number, or how long a number is."""
    for separator in ",:/":
        if separator in number:
            return f"0{separator}0"
    if number.startswith("09") and len(number) >= 10:
        return "09"
    if number.startswith("0") and len(number) >= 8:
        return "021"
    return "0" if len(number) <= 2 else "00" if len(number) == 3 else "000" if len(number) <= 6 else "0000"
