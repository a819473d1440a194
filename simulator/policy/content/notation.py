"""How a cue is written, and the regular expressions that the notation stands for.

A cue is a regular expression in ordinary Persian spelling with a few signs of its own:

* a blank is up to four blanks, colons, quotes or brackets, or nothing (the half space is gone, words may run together);
* `...` is up to 60 characters within a sentence;
* `#` is a number, with its separators;
* `(a|b)` does not capture; at the beginning it is spelled out, so that every cue begins with a letter or a sign;
* a cue begins at the beginning of a word and ends at the end of one, endings of plural and person allowed;
  with `~` as its last sign it may end anywhere, and `~` inside is any letters.
"""

import re
from functools import cache
from typing import NamedTuple

from simulator.policy.content.folding import fold_letters

_LETTER = r"[^\W\d_]"
BLANK = r"""[\s:"'()*_-]{0,4}"""  # bounded, or a long run of blanks would be tried in every division
_SOME = rf"(?:[^\n.!?]|\.(?=[^\s])){{0,60}}?(?<!{_LETTER})"
# Plural, indefinite, possessive and copula; written to compile small, for it stands behind almost every cue.
_ENDING = (
    f"(?:های?(?:ی|[متش][او]نه?|[متش])?|ی[یه]?|ای|[متش][او]نه?|ا?[متش]|ا?[ین]د|یم|ا[تس]ی?|ست|رو|[وه])?(?!{_LETTER})"
)
NUMBER = r"\d[\d,./]*+"  # possessive: a number is never tried in part
_LETTERS = re.compile(f"{_LETTER}+")
_DIGITS = re.compile(r"\\d\{(\d+)")
_OPTIONAL = frozenset("?*{")

_PLACE = re.compile(rf"{_LETTER}(?:{_LETTER}{{1,2}}|[. -])|\d|[%*@+!-]")
ANY_LATIN = "[a-z]"  # stands for every place that opens a Latin word


class Spelling(NamedTuple):
    """One spelled-out cue.

    Attributes:
        places: its first letters, up to three; or the digits, or the sign, that it may begin with.
        head: the letters that it begins with, to be compared as they are.
        tail: a regular expression for the rest.
        later: what one of the words behind its first `...` begins with; None when anything may stand there.
        next: the same of what follows its head, or its number, behind a blank.
        digits: how many digits in a row it begins with at least, if it begins with digits.
    """

    places: tuple[str, ...]
    head: str
    tail: str
    later: frozenset[str] | None
    next: frozenset[str] | None
    digits: int


def spellings(pattern: str) -> list[Spelling]:
    """Read a pattern of the notation.

    Raises:
        ValueError: the pattern begins with something that the index cannot look up.
    """
    return [_spelling(source) for source in _spelled_out(pattern)]


def _spelled_out(pattern: str) -> list[str]:
    """The patterns that one with a leading group stands for; `(a|b)? c` stands for `a c`, `b c` and `c`."""
    if not pattern.startswith("("):
        return [pattern]
    end, cuts = _leading_group(pattern)
    alternatives = [pattern[start + 1 : stop] for start, stop in zip(cuts, [*cuts[1:], end], strict=True)]
    rest = pattern[end + 1 :]
    if rest.startswith("?"):
        rest = rest[1:]
        alternatives.append("")
    return [source for word in alternatives for source in _spelled_out((word + rest).lstrip())]


def _leading_group(pattern: str) -> tuple[int, list[int]]:
    """Where the leading group of a pattern ends, and where its alternatives begin, less one."""
    depth, cuts = 0, [0]
    for index, character in enumerate(pattern):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return index, cuts
        if depth == 1 and character == "|":
            cuts.append(index)
    raise ValueError(f"cue {pattern!r} opens a group and does not close it")


def _spelling(source: str) -> Spelling:
    places, head = _places(source), _head(source)
    behind = source[len(head) or source.startswith("#") :]
    ending = "" if source.endswith("~") else _ENDING if source[-1].isalpha() or source.endswith((")", ")?")) else ""
    body = fold_letters(source.removesuffix("~"))[len(head) :].replace("~", f"{_LETTER}*")
    body = re.sub(r" ?\.\.\. ?", "\0", body)
    body = re.sub(r"\((?!\?)", "(?:", body)
    body = re.sub(r"(?<!\[) ", lambda _: BLANK, body)
    body = re.sub(r"(?<!\\)#", lambda _: NUMBER, body).replace("\0", _SOME)
    follows = _openings(behind.lstrip()) if behind.startswith(" ") else None
    digits = _DIGITS.match(source)
    return Spelling(
        places, head, body + ending, _openings(_behind_a_gap(behind)), follows, int(digits[1]) if digits else 1
    )


def _behind_a_gap(source: str) -> str:
    """What stands behind the first `...` that is in no group."""
    depth = 0
    for index, character in enumerate(source):
        depth += (character == "(") - (character == ")")
        if depth == 0 and source.startswith("...", index):
            return source[index + 3 :].lstrip()
    return ""


@cache
def _openings(source: str) -> frozenset[str] | None:
    """What the words that fit a pattern begin with: two letters, a sign, `0` for any digit; None for anything."""
    found = set(map(_opening, _spelled_out(source)))
    return None if None in found else frozenset(opening for opening in found if opening)


def _opening(source: str) -> str | None:
    if source.startswith(("#", "\\d", "%")):
        return "%" if source[0] == "%" else "0"
    letters = _head(source)
    return letters[:2] or None


def _places(source: str) -> tuple[str, ...]:
    if source.startswith(("#", "\\d", "[0-9]")):
        return tuple("0123456789")
    if source.startswith(ANY_LATIN):
        return (ANY_LATIN,)
    head = _head(source)
    place = head[:3] if head[1:] else fold_letters(source[:2] if source[0].isalpha() else source.removeprefix("\\")[0])
    if _PLACE.fullmatch(place) is None or (place.isalpha() and len(head) < 2 and source[2:3] in _OPTIONAL):
        raise ValueError(f"cue {source!r} must begin with two plain letters, a number or a sign")
    return (place,)


def _head(source: str) -> str:
    """The letters that a cue begins with, up to the first that is optional or no letter."""
    letters = _LETTERS.match(source)
    if letters is None:
        return ""
    optional = source[letters.end() : letters.end() + 1] in _OPTIONAL
    return fold_letters(letters[0][:-1] if optional else letters[0])
