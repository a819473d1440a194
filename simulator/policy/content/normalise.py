"""Reading a text as a person would: one spelling for all the ways to write, or to hide, a word.

This file owns `Normalised` and the rewrites that need more than one character: letters pulled apart, letters repeated,
sensitive words spelled loosely, Finglish. Single characters are `folding`'s, Latin spellings `finglish`'s. The text
that is delivered is never touched: a `Normalised` is a new value that remembers where its characters came from.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from simulator.policy.content.finglish import persian
from simulator.policy.content.folding import fold

_LETTER = r"[^\W\d_]"
_PERSIAN = "[\u0621-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc]"
# What hides between the letters of one word: spaces, dots, underscores, stars, emoji; never a line break.
_GAP = r"(?:[^\w\n]|_){1,3}"

# Words that are worth hiding. They are recognised with anything between their letters, with letters doubled, and with
# the digits that look like their letters. Longer words only: a short one would be found across innocent words.
_SENSITIVE = (
    "تخفیف", "قرعه", "جایزه", "جوایز", "برنده", "برندگان", "مسابقه", "حراج", "جشنواره", "رایگان", "هدیه", "شانس",
    "تبریک", "پیشنهاد", "کوپن", "اقساط", "ویژه",
)  # fmt: skip
_DIGIT_FOR_LETTER = {"ا": "1", "ه": "5", "و": "9"}


def _loose(word: str) -> str:
    """A pattern for a word whose letters may be doubled, replaced by a digit of their shape, or pulled apart.

    It begins with a plain letter: alternatives of which that is no letter here are then passed over at once.
    """
    letters = [f"[{letter}{_DIGIT_FOR_LETTER.get(letter, '')}]{{1,3}}" for letter in word[1:]]
    return f"(?:{_GAP})?".join([f"{word[0]}{word[0]}{{0,2}}", *letters]) + "()"


_FIRST_LETTERS = "".join({word[0]: "" for word in _SENSITIVE})
_LOOSE_WORDS = re.compile(f"(?=[{_FIRST_LETTERS}])(?<!{_LETTER})(?:{'|'.join(map(_loose, _SENSITIVE))})(?!{_LETTER})")
_PULLED_APART = re.compile(
    f"(?<![^\\W_])(?<![/.@:])(?:{_PERSIAN}(?:{_GAP}{_PERSIAN}){{2,}}|[a-z](?:{_GAP}[a-z]){{3,}})(?![^\\W_]|[/@])"
)
_REPEATED = re.compile(f"({_PERSIAN})\\1{{2,}}")
# A Latin word by itself: not a part of a domain, a path, a query, an address or a code with a hyphen.
_LATIN_WORD = re.compile(r"(?=[a-z])(?<![\w./@:#?&=-])[a-z][a-z0-9@$!']+[a-z0-9](?![\w@#=]|[./:-][\w/])")
_ANY_GAP = re.compile(_GAP)
_NEXT = (1).__add__


class Normalised(NamedTuple):
    """A text as a person reads it, with the way back to the text as it was sent.

    Attributes:
        text: the normalised text.
        starts: for each character of `text`, the index in the original where its source begins.
        ends: for each character of `text`, the index in the original just behind its source.
        length: how many characters the original has.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    length: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in the original.

        Args:
            start: first index in `text`.
            end: index in `text` just behind the last character.

        Returns:
            `(start, end)` in the original; everything that was dropped between two characters is inside.

        Raises:
            ValueError: the span is not inside `text`.
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"span {start}:{end} is not inside a normalised text of {len(self.text)} characters")
        if start == end:
            place = self.starts[start] if start < len(self.text) else self.length
            return place, place
        return self.starts[start], self.ends[end - 1]


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


def normalise(text: str) -> Normalised:
    """Bring a text to the one spelling that the lexicon is written in.

    Characters are folded one by one (NFKC, Arabic letters to Persian, three scripts of digits to ASCII, look-alikes to
    Latin, invisible characters and vowel signs to nothing), then words that were hidden are put together again. A
    second call changes nothing more. Domains and addresses come through whole.

    Args:
        text: any string.

    Returns:
        The normalised text and its index map.
    """
    folded, origins = fold(text)
    ends = [*map(_NEXT, origins)] if isinstance(origins, list) else range(1, len(text) + 1)
    seen = Normalised(folded, origins, ends, len(text))
    # Each rewrite takes Latin letters, digits or length away and gives none back, so this ends.
    while (reread := _reread(seen)) is not seen:
        seen = reread
    return seen


def _reread(seen: Normalised) -> Normalised:
    """One pass of all rewrites; the same object when nothing was hidden."""
    for find in (_repeated, _loose_words, _pulled_apart, _finglish):
        if edits := find(seen.text):
            seen = _apply(seen, edits)
    return seen


def _repeated(text: str) -> list[_Edit]:
    return [_Edit(m.start(), m.end(), m[1]) for m in _REPEATED.finditer(text)]


def _loose_words(text: str) -> list[_Edit]:
    found = ((m, _SENSITIVE[(m.lastindex or 0) - 1]) for m in _LOOSE_WORDS.finditer(text))
    return [_Edit(m.start(), m.end(), word) for m, word in found if m[0] != word]


def _pulled_apart(text: str) -> list[_Edit]:
    return [_Edit(m.start(), m.end(), _put_together(m[0])) for m in _PULLED_APART.finditer(text)]


def _put_together(run: str) -> str:
    """Join single letters; where the gaps differ, the wider or the blank ones are the spaces between words."""
    gaps = _ANY_GAP.findall(run)
    narrow = min(map(len, gaps))
    marked = any(not gap.isspace() for gap in gaps)
    return _ANY_GAP.sub(lambda gap: " " if len(gap[0]) > narrow or (marked and gap[0].isspace()) else "", run)


def _finglish(text: str) -> list[_Edit]:
    found = ((m, persian(m[0])) for m in _LATIN_WORD.finditer(text))
    return [_Edit(m.start(), m.end(), word) for m, word in found if word is not None]


def _apply(seen: Normalised, edits: list[_Edit]) -> Normalised:
    """Replace spans of a text; every character of a replacement stands for the whole span that it replaced."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for edit in edits:
        pieces += seen.text[done : edit.start], edit.text
        starts += seen.starts[done : edit.start]
        ends += seen.ends[done : edit.start]
        starts += [seen.starts[edit.start]] * len(edit.text)
        ends += [seen.ends[edit.end - 1]] * len(edit.text)
        done = edit.end
    pieces.append(seen.text[done:])
    starts += seen.starts[done:]
    ends += seen.ends[done:]
    return Normalised("".join(pieces), starts, ends, seen.length)
