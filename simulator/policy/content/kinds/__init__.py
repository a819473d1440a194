"""Kinds of words: what a word is about, so that a word that was never learned is known by its company.

The lists stand in this package by family, in no context and without a weight; what a kind says of a text is learned.
A word may be of several kinds. This file owns how a word is looked up: endings are taken off before, by one rule for
nouns and verbs alike, for a mistake costs little: a kind is one voice among many.
"""

from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType

from simulator.policy.content.kinds import affairs, goods, occasions, people, persuasion, services

_SHORTEST = 3  # letters that must be left when an ending is taken off
_ENDINGS = (
    "هایتان", "هایتون", "هایی", "های", "ها", "تان", "تون", "مان", "مون", "شان", "شون", "ان", "ات",
    "ای", "ی", "م", "ت", "ش", "و", "ه", "س", "یم", "ید", "ند", "ین",
)  # fmt: skip

LISTS: Mapping[str, str] = MappingProxyType(
    {
        **goods.LISTS, **services.LISTS, **affairs.LISTS, **persuasion.LISTS, **occasions.LISTS, **people.LISTS,
    }
)  # fmt: skip
"""The words of every kind, with blanks between them."""


def _index() -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for kind, words in LISTS.items():
        for word in words.split():
            found[word].append(kind)
    return {word: tuple(kinds) for word, kinds in found.items()}


_KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(_index())


def kinds(word: str) -> tuple[str, ...]:
    """The kinds of a normalised word; none for most."""
    known = _KINDS.get(word)
    if known is not None:
        return known
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            known = _KINDS.get(word[: -len(ending)])
            if known is not None:
                return known
    return ()
