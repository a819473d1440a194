"""A line (originator): its number, its type, who owns it, which account may send from it, and its state.

A line's type is an attribute of its registration, never guessed from its digits; what the digits do forbid (a Samantel
line that is not 9999 and ten digits) is refused when the line is registered.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from simulator.line_plan import LineType
from simulator.messages import Category
from simulator.numbering import fold_digits, line_forms
from simulator.recipients import Recipients

__all__ = ["Line", "LineBook", "LineState", "LineType", "Owner", "OwnerKind"]

Domain = Annotated[str, Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$", max_length=253)]
"""An internet domain in small Latin letters; an international one as xn--…."""


class LineState(StrEnum):
    """Whether a line may send."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class OwnerKind(StrEnum):
    """A company or body that is registered, or a person."""

    LEGAL = "legal"
    NATURAL = "natural"


class Owner(BaseModel):
    """Who a line is registered to."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: OwnerKind = OwnerKind.LEGAL
    name: str = Field(default="", max_length=200)
    verified: bool = True
    """Whether the operator has seen that the name is theirs."""


class Line(BaseModel):
    """A registered line.

    `number` is the bare number (3000…, 2000…, 9999…), 4 to 15 digits, without country code.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: str = Field(pattern=r"^[0-9]{4,15}$")
    type: LineType = LineType.PROMOTIONAL
    account: str = Field(min_length=1, max_length=15)
    owner: Owner = Owner()
    purpose: frozenset[Category] = frozenset()
    """What it was declared to send; nothing was declared if empty."""
    recipients: Recipients | None = None
    """Whom it was declared to send to; nothing was declared if None."""
    state: LineState = LineState.ACTIVE
    domains: tuple[Domain, ...] = ()
    """Where links in its texts may lead, subdomains included; by an agreement with the operator."""

    @property
    def is_service(self) -> bool:
        """True for the types that may send by night and to the blacklist."""
        return self.type is not LineType.PROMOTIONAL

    @property
    def carries_patterns_only(self) -> bool:
        """True where every text must fit an approved pattern (clause shared.approved-pattern)."""
        return self.type is LineType.SHARED_SERVICE

    @model_validator(mode="after")
    def _registration_is_possible(self) -> Self:
        if self.type is LineType.SAMANTEL and not (self.number.startswith("9999") and len(self.number) == 10):
            msg = "a Samantel line is 9999 and six more digits (clause samantel.ten-digits)"
            raise ValueError(msg)
        if self.type is LineType.DEDICATED_SERVICE and self.owner.kind is not OwnerKind.LEGAL:
            msg = "a dedicated service line belongs to a legal person (clause dedicated.legal-owner)"
            raise ValueError(msg)
        return self


class LineBook:
    """The operator's lines as they are now, found by any form in which an ESME may write them."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines: dict[str, Line] = {}
        self._by_form: dict[str, Line] = {}
        for line in lines:
            self.put(line)

    def put(self, line: Line) -> None:
        """Registers a line, or puts it as it is now in the place of what it was."""
        self._lines[line.number] = line
        for form in line_forms(line.number):
            # A bare number wins over another line's 98-form: a registered 9821… is itself.
            if form == line.number or form not in self._lines:
                self._by_form[form] = line

    def get(self, number: str) -> Line | None:
        """The line of exactly that number."""
        return self._lines.get(number)

    def find(self, written: str) -> Line | None:
        """The line that an ESME means by `written`: bare, 98…, +98…, 0098…, in Latin, Persian or Arabic digits."""
        line = self._by_form.get(written)
        return line if line is not None else self._by_form.get(fold_digits(written))

    def __iter__(self) -> Iterator[Line]:
        return iter(self._lines.values())
