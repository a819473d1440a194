"""What a cue says, and how a list of cues finds its places in a normalised text.

This file owns `Cues` and the search. How a cue is written is `notation`'s, the cues themselves are in `cues/`, what
they add up to is `classify`'s.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

from simulator.messages import Category
from simulator.policy.content.notation import ANY_LATIN, PLACES, spellings


class Weight(IntEnum):
    """How much a group of cues says. Weights of one side add up; see `classify`."""

    DECISIVE = 8
    STRONG = 6
    CLEAR = 4
    FAIR = 2
    HINT = 1
    NOTHING = 0


class Cues(NamedTuple):
    """Patterns that say the same thing, equally loudly.

    Attributes:
        category: the category that they speak for; None when they only disarm.
        weight: how much they say together, however many of them are found.
        reason: a short English phrase for the trace; no two groups share one.
        patterns: in the notation of `notation`.
        disarms: whether they are a context in which the words of an offer mean nothing.
    """

    category: Category | None
    weight: Weight
    reason: str
    patterns: tuple[str, ...]
    disarms: bool = False


class Hit(NamedTuple):
    """A place in a normalised text where a cue was found."""

    start: int
    end: int
    cues: Cues


class _Expression:
    """A regular expression that is compiled when it is first tried: most are not, in a short life of the program."""

    def __init__(self, source: str) -> None:
        self._source = source

    @cached_property
    def match(self) -> Callable[[str, int], re.Match[str] | None]:
        return re.compile(self._source).match


class _Tail(NamedTuple):
    """What may follow a head: one expression, whose empty groups tell which cues it was."""

    expression: _Expression
    groups: tuple[Cues, ...]


_Tails = tuple[_Tail, ...]
_Heads = tuple[tuple[str, _Tails], ...]


class Lexicon:
    """Cues in an index: by the place where they may begin, then by head, then by tail.

    Most places of a text fall through the index without a regular expression being tried, and equal tails are compiled
    once, when they are first tried: that is what keeps both the search and the start of the program short.
    """

    def __init__(self, cues: Sequence[Cues]) -> None:
        index: defaultdict[str, defaultdict[str, list[tuple[str, Cues]]]] = defaultdict(lambda: defaultdict(list))
        for group in cues:
            for spelling in (spelling for pattern in group.patterns for spelling in spellings(pattern)):
                for place in spelling.places:
                    index[place][spelling.head].append((spelling.tail, group))
        expressions: dict[str, _Expression] = {}
        heads: dict[str, _Heads] = {
            place: tuple((head, _tails(tails, expressions)) for head, tails in by_head.items())
            for place, by_head in index.items()
        }
        self._latin = heads.pop(ANY_LATIN, ())
        self._heads = {place: rows + heads.get(place[:2], ()) * (len(place) > 2) for place, rows in heads.items()}

    def find(self, text: str) -> Iterator[Hit]:
        """Every place where a cue begins, in order; places may overlap.

        Args:
            text: a normalised text.

        Yields:
            For a place, a head and a category at most one hit: of the loudest cues, the one written longest.
        """
        index, latin = self._heads, self._latin
        for place in PLACES.finditer(text):
            start, key = place.start(), place[0]
            rows = index.get(key) or index.get(key[:2], ())
            for head, tails in rows + latin if "a" <= key <= "zzz" else rows:
                if text.startswith(head, start):
                    behind = start + len(head)
                    for expression, groups in tails:
                        match = expression.match(text, behind)
                        if match is not None:
                            yield Hit(start, match.end(), groups[(match.lastindex or 1) - 1])


def _tails(sources: list[tuple[str, Cues]], expressions: dict[str, _Expression]) -> _Tails:
    """The tails of one head, one for each category, the disarming ones apart."""
    kinds: defaultdict[tuple[Category | None, bool], list[tuple[str, Cues]]] = defaultdict(list)
    for tail, group in sources:
        kinds[group.category, group.disarms].append((tail, group))
    tails = []
    for alternatives in kinds.values():
        ordered = sorted(alternatives, key=lambda one: (-one[1].weight, -len(one[0])))
        source = "|".join(tail + "()" for tail, _ in ordered)  # the empty group tells which one it was
        expression = expressions.setdefault(source, _Expression(source))
        tails.append(_Tail(expression, tuple(group for _, group in ordered)))
    return tuple(tails)
