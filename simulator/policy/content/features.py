"""What the model looks at in a normalised text: words, and pieces of three characters.

This file owns the names of features; what they weigh is `model`'s affair. Numbers, links and telephone numbers are
replaced by their shapes, so that a feature is never a value of one message. Every feature of a text is a piece of
its *skeleton*, which is its tokens with one blank between them: ` شما ` is a word, `فار` a piece.
"""

import re
from collections.abc import Iterable

_PIECE = 3
_LONGEST = 2000  # what a text says it says in its first characters; the rest of a very long one is not weighed
_TOKEN = re.compile(
    r"(?P<link>https?://\S+|[a-z0-9_-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:/\S*)?)|(?P<word>[^\W\d_]+)"
    r"|(?P<dialled>[*#][\d*]+#)|(?P<number>\d[\d,./:*]*)|(?P<sign>[%!?+=@:\n])"
)


def tokens(text: str) -> list[tuple[str, int, int]]:
    """The tokens of a normalised text, each with its place: words as they are, all else by its shape."""
    return [(_shape(match), match.start(), match.end()) for match in _TOKEN.finditer(text[:_LONGEST])]


def features(shapes: Iterable[str]) -> set[str]:
    """The features of a text.

    Args:
        shapes: its tokens, in order.
    """
    words = list(shapes)
    skeleton = f" {' '.join(words)} "
    found = {skeleton[start : start + _PIECE] for start in range(len(skeleton) - _PIECE + 1)}
    found.update([f" {word} " for word in words])
    return found


def _shape(match: re.Match[str]) -> str:
    kind, written = match.lastgroup, match[0]
    if kind == "word":
        return written
    if kind == "number":
        return _number(written.rstrip(",./:*"))
    if kind == "sign":
        return "|" if written == "\n" else written
    return "url" if kind == "link" else "*#"


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
