"""Finding listed words in a text, as filters do: as whole words, or anywhere."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from simulator.policy.content.folding import fold
from simulator.profiles.rule_settings import WordMatch

_SHOWN = 20
"""Characters of a word around a hit that are shown at each side."""


class FoundWord(NamedTuple):
    """A listed word, and the word of the text that holds it, both folded."""

    word: str
    inside: str


class WordList:
    """Words made ready to be looked for in folded texts; one that folds to nothing is nowhere.

    Letters and digits part each other, so that «۲۴» is a whole word in «۲۴ساعته»; blanks within a listed word may be
    left out, or be several.
    """

    def __init__(self, words: Iterable[str], match: WordMatch) -> None:
        folded = {" ".join(fold(word)[0].split()) for word in words} - {""}
        listed = sorted(folded, key=lambda word: (-len(word), word))  # the longest that stands there is told
        forms = [_whole(word) if match is WordMatch.WORD else _spaced(word) for word in listed]
        self._pattern = re.compile("|".join(forms)) if forms else None

    def find(self, folded: str) -> Iterator[FoundWord]:
        """Every place where a listed word stands; places do not overlap."""
        if self._pattern is None:
            return
        for match in self._pattern.finditer(folded):
            yield FoundWord(match[0], _around(folded, *match.span()))


def reads_as_nothing(word: str) -> bool:
    """Whether nothing of a word is left when it is folded."""
    return not fold(word)[0].strip()


def _spaced(word: str) -> str:
    return r"\s*".join(re.escape(piece) for piece in word.split(" "))


def _whole(word: str) -> str:
    return f"{_edge(word[0], '<!')}{_spaced(word)}{_edge(word[-1], '!')}"


def _edge(character: str, side: str) -> str:
    """What must not stand beside a word's outer character: a digit beside a digit, a letter beside a letter."""
    same = r"\d" if character.isdigit() else r"[^\W\d_]"
    return f"(?{side}{same})"


def _around(text: str, start: int, end: int) -> str:
    """The hit with the letters and digits around it."""
    first, last = start, end
    while first > max(0, start - _SHOWN) and text[first - 1].isalnum():
        first -= 1
    while last < min(len(text), end + _SHOWN) and text[last].isalnum():
        last += 1
    return text[first:last]
