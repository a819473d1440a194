"""The blacklist: subscribers who opted out of advertising, in one list of the country or in one for each operator.

Several operators of one process may hold the same object: an opt-out at one is then in force at all.
"""

import heapq
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pyroaring import BitMap

from simulator.numbers.number_sets import OFFSET, assigned_numbers, bit_of, number_of_bit
from simulator.numbers.numbering import MobileOperator
from simulator.numbers.timed_set import Standing, TimedSet
from simulator.profiles.optout_settings import BlacklistSettings
from simulator.registry.portability import NumberPortability

_ANY = MobileOperator.MCI
"""Whom to ask for a list that all share."""


class Entry(NamedTuple):
    """A listed number, and the operator on whose list it is; None on a list that all share."""

    number: str
    operator: MobileOperator | None


class Blacklist:
    """Who is on the blacklist, now and by what is already decided.

    Numbers are in normal form (98 and ten digits); moments are POSIX seconds on the operator's clock.
    """

    def __init__(self, settings: BlacklistSettings, numbers: BitMap, served: NumberPortability) -> None:
        """Lists `numbers` from the start, each at the operator that serves it as far as `served` knows."""
        self._lists: dict[MobileOperator, TimedSet]
        if settings.shared:
            self._lists = dict.fromkeys(MobileOperator, TimedSet(numbers & assigned_numbers()))
        else:
            parts = dict(served.split(numbers))
            self._lists = {operator: TimedSet(parts.get(operator)) for operator in MobileOperator}
        self.take(settings)

    def take(self, settings: BlacklistSettings) -> None:
        """Keeps the lists by other settings from now on; which lists there are stays."""
        self.settings = settings
        self._enforced = {operator: self._lists[operator] for operator in settings.enforced_by}

    def bars(self, normal: str, operator: MobileOperator, now: float) -> bool:
        """Whether promotions to a number are held back: it is on the list, and the operator enforces that."""
        listed = self._enforced.get(operator)
        return listed is not None and listed.holds(int(normal) - OFFSET, now)

    def is_listed(self, normal: str, operator: MobileOperator, now: float) -> bool:
        """Whether a number is on the list that an operator keeps."""
        return self._lists[operator].holds(int(normal) - OFFSET, now)

    def standing(self, normal: str, operator: MobileOperator, now: float) -> Standing:
        """Whether a number is on the list that an operator keeps, since when, and what is to come."""
        return self._lists[operator].standing(bit_of(normal), now)

    def choose(self, normal: str, operator: MobileOperator, *, listed: bool, at: float) -> None:
        """A subscriber opts out or in at an operator; it counts after the delay."""
        moment = at + self.settings.effective_delay
        self._lists[operator].put(bit_of(normal), present=listed, moment=moment, now=at)

    def put(self, numbers: BitMap, where: NumberPortability | MobileOperator, *, listed: bool, at: float) -> None:
        """Numbers go on the list, or off it, at once: each where it is served, or all where one operator says so.

        The set is taken over.
        """
        parts: Iterable[tuple[MobileOperator, BitMap]]
        if isinstance(where, MobileOperator):
            parts = [(where, numbers)]
        elif self.settings.shared:
            parts = [(_ANY, numbers & assigned_numbers())]
        else:
            parts = where.split(numbers)
        for operator, part in parts:
            self._lists[operator].put(part, present=listed, moment=at, now=at)

    def count(self, now: float) -> int:
        """How many entries there are: a number counts once on each list."""
        return sum(len(listed.at(now)) for _, listed in self._kept())

    def counts(self, now: float) -> dict[MobileOperator, int]:
        """How many entries each operator's list has, those without any left out; empty where the list is shared."""
        if self.settings.shared:
            return {}
        return {operator: number for operator, listed in self._lists.items() if (number := len(listed.at(now)))}

    def entries(self, now: float, first: int = 0, operator: MobileOperator | None = None) -> Iterator[Entry]:
        """The entries from a bit on in the order of the numbers, of one operator or of all.

        Not to be used after the list has changed: take what is needed at once.
        """
        return heapq.merge(
            *(_entries(listed.at(now).iter_equal_or_larger(first), keeper) for keeper, listed in self._kept(operator))
        )

    def numbers(self, now: float, operator: MobileOperator | None = None) -> BitMap:
        """Every number on an operator's list, or on any: a copy."""
        return BitMap().union(*(listed.at(now) for _, listed in self._kept(operator)))

    def _kept(self, operator: MobileOperator | None = None) -> list[tuple[MobileOperator | None, TimedSet]]:
        """The lists that there are, each once, with their keepers."""
        if self.settings.shared:
            return [(None, self._lists[_ANY])]
        return [(keeper, listed) for keeper, listed in self._lists.items() if operator in (None, keeper)]


def _entries(bits: Iterator[int], keeper: MobileOperator | None) -> Iterator[Entry]:
    return (Entry(number_of_bit(bit), keeper) for bit in bits)
