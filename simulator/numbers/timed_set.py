"""A set of subscribers that changes at moments to come: who is in it now, since when, and what is already decided.

Of the decisions whose moment has come, the last one made counts. A look-up is one question to a bitmap as long as
nothing waits for its moment.
"""

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from pyroaring import BitMap

Bits = int | BitMap
"""One number, or many, by their bits (`simulator.numbers.number_sets`)."""


class _Decision(NamedTuple):
    order: int
    moment: float
    bits: Bits
    present: bool


class Standing(NamedTuple):
    """Where a number stands at a moment; moments are POSIX seconds."""

    present: bool
    since: float | None
    """When it came to be as it is; None where it has been so from the start."""
    next: tuple[float, bool] | None
    """When that will change by what is already decided, and to what."""


class TimedSet:
    """A set of numbers by their bits. `now` in questions is not before any `now` at which something was put."""

    def __init__(self, bits: BitMap | None = None) -> None:
        """Takes the bitmap over."""
        self._bits = BitMap() if bits is None else bits
        self._waiting: deque[_Decision] = deque()
        self._waiting_numbers: dict[int, list[_Decision]] = {}
        self._waiting_sets: list[_Decision] = []
        self._first_since: float | None = None
        """Since when those are in the set of whom nothing else is written down."""
        self._since: dict[int, float] = {}
        self._settled_sets: list[tuple[float | None, BitMap]] = []
        self._decisions = 0

    def holds(self, bit: int, now: float) -> bool:
        """Whether a number is in the set at `now`."""
        if self._waiting and (decision := self._latest(bit, now)):
            return decision.present
        return bit in self._bits

    def _latest(self, bit: int, now: float) -> _Decision | None:
        """Of the waiting decisions on a number whose moment has come, the last."""
        return max((decision for decision in self._concerning(bit) if decision.moment <= now), default=None)

    def _concerning(self, bit: int) -> Iterator[_Decision]:
        yield from self._waiting_numbers.get(bit, ())
        yield from (decision for decision in self._waiting_sets if bit in decision.bits)  # type: ignore[operator]

    def put(self, bits: Bits, *, present: bool, moment: float, now: float) -> None:
        """Decides at `now` that from `moment` on numbers are in the set, or are not; a bitmap is taken over."""
        self._decisions += 1
        decision = _Decision(self._decisions, moment, bits, present)
        self._waiting.append(decision)
        if isinstance(bits, int):
            self._waiting_numbers.setdefault(bits, []).append(decision)
        else:
            self._waiting_sets.append(decision)
        self._settle(now)

    def _settle(self, now: float) -> None:
        """Carries out the decisions whose moment has come, in their order: what waits behind another waits with it."""
        while self._waiting and self._waiting[0].moment <= now:
            decision = self._waiting.popleft()
            if isinstance(decision.bits, int):
                self._settle_number(decision.bits, decision)
            else:
                self._settle_set(decision.bits, decision)

    def _settle_number(self, bit: int, decision: _Decision) -> None:
        waiting = self._waiting_numbers[bit]
        waiting.remove(decision)
        if not waiting:
            del self._waiting_numbers[bit]
        if (bit in self._bits) is decision.present:
            return
        self._since[bit] = decision.moment
        if decision.present:
            self._bits.add(bit)
        else:
            self._bits.discard(bit)

    def _settle_set(self, bits: BitMap, decision: _Decision) -> None:
        self._waiting_sets.remove(decision)
        if decision.present and not (self._since or self._settled_sets) and len(bits) > len(self._bits):
            # The first list, which is the longest as a rule: what is written down is who was in the set before.
            self._settled_sets.append((None, self._bits))
            self._first_since = decision.moment
            bits |= self._bits
            self._bits = bits
            return
        # In place: what is left of it are the numbers that it changes, and the set may be of many megabytes.
        if decision.present:
            bits -= self._bits
            self._bits |= bits
        else:
            bits &= self._bits
            self._bits -= bits
        if bits:
            self._since = {bit: since for bit, since in self._since.items() if bit not in bits}
            self._settled_sets.append((decision.moment, bits))

    def standing(self, bit: int, now: float) -> Standing:
        """Where a number stands at `now`."""
        present, since = bit in self._bits, self._settled_since(bit)
        for decision in sorted(self._concerning(bit)):
            if decision.moment <= now and decision.present is not present:
                present, since = decision.present, decision.moment
        return Standing(present, since, self._next(bit, now, present=present))

    def _settled_since(self, bit: int) -> float | None:
        if bit in self._since:
            return self._since[bit]
        first = self._first_since if bit in self._bits else None
        return next((moment for moment, bits in reversed(self._settled_sets) if bit in bits), first)

    def _next(self, bit: int, now: float, *, present: bool) -> tuple[float, bool] | None:
        """The first moment after `now` at which the number's place changes."""
        for moment in sorted({decision.moment for decision in self._concerning(bit) if decision.moment > now}):
            if self.holds(bit, moment) is not present:
                return moment, not present
        return None

    def at(self, now: float) -> BitMap:
        """The set at `now`. Not to be changed: it may be the set itself."""
        due = [decision for decision in self._waiting if decision.moment <= now]
        if not due:
            return self._bits
        bits = self._bits.copy()
        for decision in due:
            put = BitMap([decision.bits]) if isinstance(decision.bits, int) else decision.bits
            bits = bits | put if decision.present else bits - put
        return bits
