"""What a cue says, and how a list of cues finds its places in a normalised text.

This file owns `Cues` and the search. How a cue is written is `notation`'s, the cues themselves are in `cues/`, what
they add up to is `classify`'s.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import IntEnum
from functools import cached_property, lru_cache
from typing import NamedTuple

from simulator.messages import Category
from simulator.policy.content.features import Token
from simulator.policy.content.notation import ANY_LATIN, BLANK, NUMBER, Spelling, spellings

_REMEMBERED = 32768  # words; ten megabytes when all are there
_LETTERS = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(rf"(?=(\d{{1,9}})){NUMBER}{BLANK}([^\W\d_]{{1,2}}|[\d%])?")


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
    """What may follow a head: one expression, whose empty groups tell which cues it was.

    Attributes:
        expression: the tails of some cues of one category.
        groups: these cues.
        joined: when the word goes on behind its head, it goes on with one of these; None when nothing is known.
        glued: one of these opens a word of every text where it can match then; None when nothing is known.
        parted: the same when the word ends with its head.
        behind: a number, when it begins with one, is followed by one of these; None when nothing is known.
        digits: how many digits in a row such a number has at least.
    """

    expression: _Expression
    groups: tuple[Cues, ...]
    joined: frozenset[str] | None
    glued: frozenset[str] | None
    parted: frozenset[str] | None
    behind: frozenset[str] | None
    digits: int


class _Candidate(NamedTuple):
    """A tail that may follow in a text, because a word of it begins with its head.

    Attributes:
        reach: how long the head is.
        needs: one of these opens a word of every text where it can match; None when nothing is known.
        expression: what is to be tried.
        groups: the cues that its empty groups stand for.
    """

    reach: int
    needs: frozenset[str] | None
    expression: _Expression
    groups: tuple[Cues, ...]


_Heads = tuple[tuple[str, tuple[_Tail, ...]], ...]


class Lexicon:
    """Cues in an index: by the first letters, then by head, then by tail.

    What an index says of a word is kept, for texts repeat their words; of its tails only those are tried of whose
    later words the text has one that begins alike. Equal tails are compiled once, when they are first tried. That is
    what keeps both the search and the start of the program short.
    """

    def __init__(self, cues: Sequence[Cues]) -> None:
        index: defaultdict[str, defaultdict[str, list[tuple[Spelling, Cues]]]] = defaultdict(lambda: defaultdict(list))
        for group in cues:
            for spelling in (spelling for pattern in group.patterns for spelling in spellings(pattern)):
                for place in spelling.places:
                    index[place][spelling.head].append((spelling, group))
        expressions: dict[str, _Expression] = {}
        heads: dict[str, _Heads] = {
            place: tuple((head, _tails(tails, expressions)) for head, tails in by_head.items())
            for place, by_head in index.items()
        }
        self._latin = heads.pop(ANY_LATIN, ())
        self._heads = {place: rows + heads.get(place[:2], ()) * (len(place) > 2) for place, rows in heads.items()}
        self._known = lru_cache(_REMEMBERED)(self._candidates)

    def find(self, text: str, tokens: Iterable[Token]) -> Iterator[Hit]:
        """Every place where a cue begins, in order; places may overlap.

        Args:
            text: a normalised text.
            tokens: its tokens.

        Yields:
            For a place, a head and a category at most one hit: of the loudest cues, the one written longest.
        """
        known = self._known
        looked_up = [
            (start, known(shape if shape.isalpha() and len(shape) > 1 else _opening(text, start)))
            for shape, start, _ in tokens
        ]
        openings = set().union(*[opens for _, (_, opens) in looked_up])
        for start, (candidates, _) in looked_up:
            for reach, needs, expression, groups in candidates:
                if needs is None or not needs.isdisjoint(openings):
                    match = expression.match(text, start + reach)
                    if match is not None:
                        yield Hit(start, match.end(), groups[(match.lastindex or 1) - 1])

    def _candidates(self, word: str) -> tuple[tuple[_Candidate, ...], tuple[str, ...]]:
        """What a word may begin, and what it answers to when a later word is asked for."""
        if word[:1].isdigit():
            return self._numbered(word), ("0",)
        rows = self._heads.get(word[:3]) or self._heads.get(word[:2], ())
        if "a" <= word <= "zzz":
            rows += self._latin
        candidates = []
        for head, tails in rows:
            if word.startswith(head):
                goes_on = word[len(head) :].isalpha()
                candidates += [
                    _Candidate(len(head), glued if goes_on else parted, expression, groups)
                    for expression, groups, joined, glued, parted, _, _ in tails
                    if not goes_on or joined is None or word.startswith(tuple(joined), len(head))
                ]
        return tuple(candidates), _opens(word)

    def _numbered(self, number: str) -> tuple[_Candidate, ...]:
        """What a number may begin, by its first digit, how many stand together, and what follows."""
        digits, follows = int(number[1]), {number[2:3], number[2:]}
        return tuple(
            _Candidate(0, tail.parted, tail.expression, tail.groups)
            for _, tails in self._heads.get(number[0], ())
            for tail in tails
            if digits >= tail.digits and (tail.behind is None or not tail.behind.isdisjoint(follows))
        )


def _opening(text: str, start: int) -> str:
    """The letters that begin a link, or a sign; a letter by itself with the sign behind it; of a number its look."""
    first = text[start]
    if first.isdigit():
        number = _NUMBER.match(text, start)
        digits, follows = number.groups("") if number is not None else (first, "")
        return f"{first}{len(digits)}{'0' if follows.isdigit() else follows}"
    letters = _LETTERS.match(text, start)
    if letters is None:
        return first
    return letters[0] if len(letters[0]) > 1 else text[start : start + 2]


def _opens(word: str) -> tuple[str, ...]:
    return ("*", "0") if word in "*#" else (word[:1], word[:2])


def _tails(spelled: list[tuple[Spelling, Cues]], expressions: dict[str, _Expression]) -> tuple[_Tail, ...]:
    """The tails of one head, one for each category, the disarming ones apart."""
    kinds: defaultdict[tuple[Category | None, bool], list[tuple[Spelling, Cues]]] = defaultdict(list)
    for spelling, group in spelled:
        kinds[group.category, group.disarms].append((spelling, group))
    tails = []
    for alternatives in kinds.values():
        ordered = sorted(alternatives, key=lambda one: (-one[1].weight, -len(one[0].tail)))
        source = "|".join(spelling.tail + "()" for spelling, _ in ordered)  # the empty group tells which one it was
        expression = expressions.setdefault(source, _Expression(source))
        joined = _any_of(spelling.next for spelling, _ in ordered)
        glued = _any_of(spelling.later for spelling, _ in ordered)
        parted = _any_of(spelling.next or spelling.later for spelling, _ in ordered)
        behind = _any_of(spelling.next for spelling, _ in ordered)
        digits = min(spelling.digits for spelling, _ in ordered)
        tails.append(_Tail(expression, tuple(group for _, group in ordered), joined, glued, parted, behind, digits))
    return tuple(tails)


def _any_of(needs: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    found = list(needs)
    known = [one for one in found if one is not None]
    return frozenset().union(*known) if len(known) == len(found) else None
