"""A line (originator): its number, its type, who owns it, which account may send from it, and its state.

A line's type is an attribute of its registration, never guessed from its digits; what the digits do forbid (a Samantel
line that is not 9999 and ten digits) is refused when the line is registered (`simulator.registry.registration`).
"""

import datetime
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, model_validator

from simulator.messages import Category
from simulator.numbers.line_plan import LineKind, LineType, OwnerKind, Use, line_kind
from simulator.numbers.numbering import TEHRAN, fold_digits, in_tehran, line_forms
from simulator.registry.recipients import Recipients
from simulator.registry.registration import Breach, Registration, breach_of

__all__ = ["Line", "LineBook", "LineState", "LineType", "Owner", "OwnerKind", "Purpose", "Use"]

Purpose = Annotated[frozenset[Category], PlainSerializer(sorted)]
"""Kinds of content, always written in the same order."""


Domain = Annotated[str, Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$", max_length=253)]
"""An internet domain in small Latin letters; an international one as xn--…."""


class LineState(StrEnum):
    """Whether a line may send."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    EXPIRED = "expired"
    """Its time was over before it was renewed."""


def _of_some_kind(number: str) -> str:
    line_kind(number)
    return number


class Owner(BaseModel):
    """Who a line is registered to.

    `identity` is a natural person's national code, or a company's national identifier; `verified` says that the
    operator has seen that it is theirs.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: OwnerKind = OwnerKind.LEGAL
    name: str = Field(default="", max_length=200)
    identity: str = Field(default="", max_length=11)
    verified: bool = True


class Line(BaseModel):
    """A registered line.

    Attributes:
        number: Without country code: 3 to 15 digits (3000…, 9999…, a fixed line or SIM card with its zero), or a name
            of up to 11 characters that begins with a letter.
        type: What the line was registered for; what its kind is born as if left out.
        account: Who may send from it.
        owner: Who it is registered to.
        use: Its owner's alone, or a panel's which many send from.
        purpose: What it was declared to send; nothing was declared if empty.
        recipients: Whom it was declared to send to; nothing was declared if None.
        domains: Where links in its texts may lead, subdomains included; by an agreement with the operator.
        receives: Whether subscribers can write to it; what its kind does if None.
        state: Whether it may send.
        expires: The last day of its term; None if it has none.
        suspended_until: When its suspension ends by itself; None if it does not.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: Annotated[str, AfterValidator(_of_some_kind)]
    type: LineType = LineType.PROMOTIONAL
    account: str = Field(min_length=1, max_length=15)
    owner: Owner = Owner()
    use: Use = Use.DEDICATED
    purpose: Purpose = frozenset()
    recipients: Recipients | None = None
    domains: tuple[Domain, ...] = ()
    receives: bool | None = None
    state: LineState = LineState.ACTIVE
    expires: datetime.date | None = None
    suspended_until: Annotated[datetime.datetime, AfterValidator(in_tehran)] | None = None

    @property
    def kind(self) -> LineKind:
        """The row of the plan that its number belongs to."""
        return line_kind(self.number)

    @property
    def is_service(self) -> bool:
        """True for the types that may send by night and to the blacklist."""
        return self.type is not LineType.PROMOTIONAL

    @property
    def carries_patterns_only(self) -> bool:
        """True where every text must fit an approved pattern (clause shared.approved-pattern)."""
        return self.type is LineType.SHARED_SERVICE

    @property
    def takes_mo(self) -> bool:
        """Whether subscribers can write to it; to a panel's shared line they cannot, unless it says so."""
        if self.receives is not None:
            return self.receives
        return self.kind.receives and self.use is Use.DEDICATED and not self.carries_patterns_only

    @property
    def expires_at(self) -> float | None:
        """The moment at which its term is over, POSIX seconds: the end of its last day in Tehran."""
        if self.expires is None:
            return None
        after = self.expires + datetime.timedelta(days=1)
        return datetime.datetime.combine(after, datetime.time(), TEHRAN).timestamp()

    def changed(self, **values: Any) -> Self:
        """The line with other values, checked as a registration is.

        Raises:
            ValueError: It could not be registered so.
        """
        fields: dict[str, Any] = {name: getattr(self, name) for name in type(self).model_fields}
        return self.model_validate(fields | values)

    @model_validator(mode="before")
    @classmethod
    def _born_as_its_kind(cls, fields: Any) -> Any:
        if isinstance(fields, dict) and "type" not in fields and isinstance(number := fields.get("number"), str):
            try:
                return {**fields, "type": line_kind(number).born}
            except ValueError:
                return fields  # the number's own check says it better
        return fields

    def breach(self, **values: Any) -> Breach | None:
        """What would forbid the registration with other values of type, owner, use, purpose or receives."""
        fields: dict[str, Any] = {name: getattr(self, name) for name in ("type", "owner", "use", "purpose", "receives")}
        return registration_breach(self.number, **fields | values)

    @model_validator(mode="after")
    def _registration_is_possible(self) -> Self:
        if (breach := self.breach()) is not None:
            raise ValueError(str(breach))
        return self


def registration_breach(
    number: str,
    *,
    type: LineType,  # noqa: A002 - the names of the fields
    owner: Owner,
    use: Use = Use.DEDICATED,
    purpose: frozenset[Category] = frozenset(),
    receives: bool | None = None,
) -> Breach | None:
    """What would forbid the registration of a line; None if it may be."""
    registration = Registration(
        number=number,
        kind=line_kind(number),
        type=type,
        owner=owner.kind,
        identity=owner.identity,
        use=use,
        purpose=purpose,
        receives=bool(receives),
    )
    return breach_of(registration)


class LineBook:
    """The operator's lines as they are now, found by any form in which an ESME may write them."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines: dict[str, Line] = {}
        self._by_form: dict[str, Line] = {}
        self._timed: dict[str, Line] = {}
        for line in lines:
            self.put(line)

    def put(self, line: Line) -> None:
        """Registers a line, or puts it as it is now in the place of what it was."""
        self._lines[line.number] = line
        for form in line_forms(line.number):
            # A bare number wins over another line's 98-form: a registered 9821… is itself.
            if form == line.number or form not in self._lines:
                self._by_form[form] = line
        if line.expires is None and line.suspended_until is None:
            self._timed.pop(line.number, None)
        else:
            self._timed[line.number] = line

    def timed(self) -> Iterable[Line]:
        """The lines whose state time will change."""
        return self._timed.values()

    def get(self, number: str) -> Line | None:
        """The line of exactly that number."""
        return self._lines.get(number)

    def find(self, written: str) -> Line | None:
        """The line that an ESME means by `written`: bare, 98…, +98…, 0098…, in Latin, Persian or Arabic digits.

        A sender's name in letters is itself only.
        """
        line = self._by_form.get(written)
        if line is not None:
            return line
        number = fold_digits(written)
        return self._by_form.get(number) if number.removeprefix("+").isdigit() else None

    def __iter__(self) -> Iterator[Line]:
        return iter(self._lines.values())
