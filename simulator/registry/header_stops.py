"""Header stops: which subscribers want nothing from a line any more («لغو ۱۱», clause optout.header)."""

from collections.abc import Iterable

from pyroaring import BitMap

from simulator.numbers.number_sets import OFFSET, bit_of
from simulator.numbers.timed_set import Standing, TimedSet
from simulator.profiles.optout_settings import HeaderStopSettings
from simulator.registry.lines import Line


class HeaderStops:
    """For each line, the subscribers who stopped it. Numbers are in normal form, moments POSIX seconds."""

    def __init__(self, settings: HeaderStopSettings, stopped: Iterable[tuple[str, str]] = ()) -> None:
        """`stopped` are lines with subscribers who stopped them before the start."""
        self.settings = settings
        by_line: dict[str, BitMap] = {}
        for line, normal in stopped:
            by_line.setdefault(line, BitMap()).add(bit_of(normal))
        self._by_line = {line: TimedSet(bits) for line, bits in by_line.items()}

    def can_stop(self, line: Line) -> bool:
        """Whether subscribers can stop a line of its type."""
        return line.type in self.settings.applies_to

    def is_stopped(self, normal: str, line: Line, now: float) -> bool:
        """Whether a subscriber wants nothing from a line."""
        stopped = self._by_line.get(line.number)
        return stopped is not None and stopped.holds(int(normal) - OFFSET, now) and self.can_stop(line)

    def choose(self, normal: str, line: str, *, stopped: bool, at: float) -> None:
        """A subscriber stops a line, or comes back to it; it counts after the delay."""
        moment = at + self.settings.effective_delay
        self._by_line.setdefault(line, TimedSet()).put(bit_of(normal), present=stopped, moment=moment, now=at)

    def standings(self, normal: str, now: float) -> dict[str, Standing]:
        """The lines to which a subscriber ever said anything, with what holds there now, by their numbers."""
        bit = bit_of(normal)
        standings = {line: stopped.standing(bit, now) for line, stopped in sorted(self._by_line.items())}
        return {line: it for line, it in standings.items() if it.present or it.next or it.since is not None}

    def standing(self, normal: str, line: str, now: float) -> Standing:
        """Where a subscriber stands with a line that somebody stopped."""
        return self._by_line[line].standing(bit_of(normal), now)

    def stopped(self, now: float) -> dict[str, BitMap]:
        """Who has stopped each line, by their numbers, those that nobody has left out. Not to be changed."""
        return {line: bits for line, stopped in sorted(self._by_line.items()) if (bits := stopped.at(now))}

    def counts(self, now: float) -> dict[str, int]:
        """How many subscribers have stopped each line, those that nobody has left out."""
        return {line: len(bits) for line, bits in self.stopped(now).items()}
