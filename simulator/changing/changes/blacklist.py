"""What subscribers decide, and what the operator decides of them: opt-outs, lists, stopped headers, ported numbers."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pyroaring import BitMap

from simulator.changing.change import Change, ChangeError
from simulator.changing.changes.lines import line_of
from simulator.numbers.number_sets import numbers_in, pack, parse_entry, unpack
from simulator.numbers.numbering import MobileOperator, SubscriberNumber
from simulator.registry.registers import Registers


def _checked_entry(entry: str) -> str:
    parse_entry(entry)
    return entry


def _checked_pack(text: str) -> str:
    unpack(text)
    return text


class _Choice(Change):
    """A subscriber's word about advertising."""

    number: SubscriberNumber
    operator: MobileOperator | None = None
    """The operator that heard it; without one, the operator that serves him."""

    def _choose(self, registers: Registers, at: float, *, listed: bool) -> None:
        operator = self.operator or registers.numbers.serving(self.number)
        registers.blacklist.choose(self.number, operator, listed=listed, at=at)


class OptOut(_Choice):
    """A subscriber wants no advertising; it counts after the profile's delay."""

    kind: Literal["opt-out"] = "opt-out"

    def apply(self, registers: Registers, at: float) -> None:
        """Puts him on the blacklist."""
        self._choose(registers, at, listed=True)


class OptIn(_Choice):
    """A subscriber takes advertising again; it counts after the profile's delay."""

    kind: Literal["opt-in"] = "opt-in"

    def apply(self, registers: Registers, at: float) -> None:
        """Takes him off the blacklist."""
        self._choose(registers, at, listed=False)


class _Bulk(Change):
    """Many numbers at once: written one by one, or as a packed set (base64 of a serialised roaring bitmap)."""

    numbers: tuple[Annotated[str, AfterValidator(_checked_entry)], ...] = ()
    """Numbers and inclusive ranges FIRST-LAST, in any form."""
    packed: Annotated[str, AfterValidator(_checked_pack)] | None = None
    """How a long list is journaled; bit n is the number 989 and n in nine digits."""
    count: int | None = Field(default=None, ge=0)
    """How many numbers `packed` holds, for whoever reads the journal."""
    operator: MobileOperator | None = None
    """The operator on whose list; without one, each number on the list of the operator that serves it."""

    @model_validator(mode="after")
    def _has_one_list(self) -> Self:
        if bool(self.numbers) == (self.packed is not None):
            msg = "say either `numbers` or `packed`"
            raise ValueError(msg)
        return self

    def _put(self, registers: Registers, at: float, *, listed: bool) -> None:
        numbers = numbers_in(self.numbers) if self.packed is None else unpack(self.packed)
        if self.operator and registers.blacklist.settings.shared:
            raise ChangeError("operator", f"the blacklist is shared; {self.operator} has no list of its own")
        served = registers.numbers if self.operator is None else self.operator
        registers.blacklist.put(numbers, served, listed=listed, at=at)


class ListNumbers(_Bulk):
    """The operator puts numbers on its blacklist, at once."""

    kind: Literal["list-numbers"] = "list-numbers"

    def apply(self, registers: Registers, at: float) -> None:
        """Lists the numbers."""
        self._put(registers, at, listed=True)


class UnlistNumbers(_Bulk):
    """The operator takes numbers off its blacklist, at once."""

    kind: Literal["unlist-numbers"] = "unlist-numbers"

    def apply(self, registers: Registers, at: float) -> None:
        """Takes the numbers off."""
        self._put(registers, at, listed=False)


def bulk_change(bits: BitMap, operator: MobileOperator | None, *, listed: bool) -> ListNumbers | UnlistNumbers:
    """The change that lists a set of numbers, or takes it off."""
    change = ListNumbers if listed else UnlistNumbers
    return change(packed=pack(bits), count=len(bits), operator=operator)


class _HeaderChoice(Change):
    """A subscriber's word about one line."""

    number: SubscriberNumber
    line: str

    def _choose(self, registers: Registers, at: float, *, stopped: bool) -> None:
        line = line_of(registers, self.line)
        if not registers.header_stops.can_stop(line):
            raise ChangeError("line", f"subscribers cannot stop a {line.type} line (profile header_stops.applies_to)")
        registers.header_stops.choose(self.number, line.number, stopped=stopped, at=at)


class StopHeader(_HeaderChoice):
    """A subscriber wants nothing from a line («لغو ۱۱»); it counts after the profile's delay."""

    kind: Literal["stop-header"] = "stop-header"

    def apply(self, registers: Registers, at: float) -> None:
        """Stops the line for him."""
        self._choose(registers, at, stopped=True)


class RejoinHeader(_HeaderChoice):
    """A subscriber comes back to a line that he stopped (12); it counts after the profile's delay."""

    kind: Literal["rejoin-header"] = "rejoin-header"

    def apply(self, registers: Registers, at: float) -> None:
        """Opens the line for him."""
        self._choose(registers, at, stopped=False)


class PortNumber(Change):
    """A number goes to another operator, or back to its prefix's; what the old one had on its list stays there."""

    kind: Literal["port-number"] = "port-number"
    number: SubscriberNumber
    operator: MobileOperator

    def apply(self, registers: Registers, at: float) -> None:
        """Has the other operator serve the number."""
        del at
        if registers.numbers.serving(self.number) is self.operator:
            raise ChangeError("operator", f"{self.operator} serves {self.number} already")
        registers.numbers.port(self.number, self.operator)


CHANGES = (OptOut, OptIn, ListNumbers, UnlistNumbers, StopHeader, RejoinHeader, PortNumber)
