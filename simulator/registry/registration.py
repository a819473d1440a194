"""What a line must be to be registered, each condition with the clause that it stands on."""

from collections.abc import Callable
from typing import Final, NamedTuple

from simulator.messages import PROMOTIONAL_CATEGORIES, Category
from simulator.numbers.identity import is_company_id, is_national_code
from simulator.numbers.line_plan import LineKind, LineType, OwnerKind, Use


class Registration(NamedTuple):
    """What the conditions look at."""

    number: str
    kind: LineKind
    type: LineType
    owner: OwnerKind
    identity: str
    """The owner's national code or identifier; empty where it is not known."""
    use: Use
    purpose: frozenset[Category]
    receives: bool


class Condition(NamedTuple):
    """One condition: `breach` says how a registration breaks it, or None."""

    clause: str
    breach: Callable[[Registration], str | None]


def _length_on_sale(line: Registration) -> str | None:
    lengths = line.kind.lengths | line.kind.on_request
    if line.type is LineType.SAMANTEL or not lengths or len(line.number) in lengths:
        return None
    return (
        f"a line of the kind {line.kind.name} is given out with {spoken(lengths)} digits, not with {len(line.number)}"
    )


def _samantel_form(line: Registration) -> str | None:
    if line.type is LineType.SAMANTEL and not (line.kind.name == "9999" and len(line.number) == 10):
        return "a Samantel line is 9999 and six more digits"
    return None


def _legal_owner(line: Registration) -> str | None:
    if line.type is LineType.DEDICATED_SERVICE and line.owner is OwnerKind.NATURAL and not line.kind.natural_owners:
        return "a dedicated service line belongs to a legal person"
    return None


def _own_line(line: Registration) -> str | None:
    if line.type is LineType.DEDICATED_SERVICE and line.use is Use.SHARED:
        return "a dedicated service line is used by its owner alone"
    return None


def _purpose_informs(line: Registration) -> str | None:
    if line.type is LineType.PROMOTIONAL or not (advertising := line.purpose & PROMOTIONAL_CATEGORIES):
        return None
    return f"a service line informs; its purpose cannot be {min(advertising)}"


def _no_service_sim(line: Registration) -> str | None:
    if line.type is not LineType.PROMOTIONAL and not line.kind.service:
        return f"a {line.kind.name} is no service line"
    return None


def _identity_holds(line: Registration) -> str | None:
    if not line.identity:
        return None
    if line.owner is OwnerKind.LEGAL and not is_company_id(line.identity):
        return (
            f"{line.identity} is not the national identifier of a legal person: eleven digits, the last a check digit"
        )
    if line.owner is OwnerKind.NATURAL and not is_national_code(line.identity):
        return f"{line.identity} is not the national code of a natural person: ten digits, the last a check digit"
    return None


def _name_of_a_body(line: Registration) -> str | None:
    if line.kind.name == "alphanumeric" and line.owner is not OwnerKind.LEGAL:
        return "a sender's name in letters belongs to a legal person"
    return None


def _name_without_answer(line: Registration) -> str | None:
    if line.kind.name == "alphanumeric" and line.receives:
        return "nobody can write to a sender's name in letters"
    return None


CONDITIONS: Final = (
    Condition("samantel.ten-digits", _samantel_form),
    Condition("line.length-on-sale", _length_on_sale),
    Condition("dedicated.legal-owner", _legal_owner),
    Condition("dedicated.own-line", _own_line),
    Condition("dedicated.purpose", _purpose_informs),
    Condition("line.sim-card", _no_service_sim),
    Condition("line.owner-identity", _identity_holds),
    Condition("line.name-of-a-body", _name_of_a_body),
    Condition("line.name-one-way", _name_without_answer),
)
"""Each is looked at; the first that is broken is told."""


class Breach(NamedTuple):
    """The condition that a registration breaks."""

    clause: str
    why: str

    def __str__(self) -> str:
        return f"{self.why} (clause {self.clause})"


def breach_of(line: Registration) -> Breach | None:
    """The first condition that a registration breaks; None if it may be."""
    for condition in CONDITIONS:
        if (why := condition.breach(line)) is not None:
            return Breach(condition.clause, why)
    return None


def spoken(lengths: frozenset[int]) -> str:
    """Lengths as they are read: `6 to 14`, or `8, 9, 10, 12 or 14`."""
    ordered = sorted(lengths)
    if len(ordered) > 2 and ordered[-1] - ordered[0] == len(ordered) - 1:
        return f"{ordered[0]} to {ordered[-1]}"
    return " or ".join(part for part in (", ".join(map(str, ordered[:-1])), str(ordered[-1])) if part)
