"""What a request must meet: who may ask for which line by which route, and the papers for each route and prefix.

Each condition names its clause, so that no refusal can be without one.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from pydantic import ValidationError

from simulator.profiles.service_terms import Route, ServiceTerms
from simulator.registry.lines import Line, LineState, LineType, Owner, OwnerKind, Use, registration_breach
from simulator.registry.pattern import Pattern, PatternState
from simulator.registry.provisioning.documents import (
    AgencyLetter,
    Document,
    Licence,
    PatternText,
    PurposeStatement,
    Reader,
)
from simulator.registry.registration import Breach

SERVICE_TYPE: Final[Mapping[Route, LineType]] = {
    Route.DEDICATED: LineType.DEDICATED_SERVICE,
    Route.SHARED: LineType.SHARED_SERVICE,
    Route.SAMANTEL: LineType.SAMANTEL,
}
"""What a line becomes by each route."""

_ANY_SAMANTEL: Final = "9999000000"
"""Stands for the number that will be drawn."""


class Case(NamedTuple):
    """One request as the desk looks at it."""

    route: Route
    account: str
    line: Line | None
    """The line as it is now; None if the operator is to give one out."""
    owner: Owner
    digits: str
    """The number that the owner would like; empty if he leaves it to the operator."""
    represents: str
    """The company for which the owner asks; empty if he asks for himself."""
    documents: tuple[Document, ...]
    pattern: Pattern | None
    """The pattern on the line that the papers name."""
    today: datetime.date
    terms: ServiceTerms


class Reason(NamedTuple):
    """Why a request is refused."""

    clause: str
    why: str
    document: str = ""
    """The kind of paper that is missing or not in order; several with ` or ` between where one of them is enough."""


class Eligibility(NamedTuple):
    """A condition on who asks for what; `breach` says how a request breaks it."""

    clause: str
    breach: Callable[[Case], str | None]


class Requirement(NamedTuple):
    """A paper that a route asks for: one of several kinds, where `needed`; `where` says that in words."""

    clause: str
    any_of: tuple[str, ...]
    where: str = ""
    needed: Callable[[Case], bool] = lambda _case: True
    objection: Callable[[Case, Document], str | None] = lambda _case, _document: None
    """What is wrong with a paper of these kinds here, where it would do elsewhere."""


def _not_active(case: Case) -> str | None:
    if case.line is None or case.line.state is LineState.ACTIVE:
        return None
    return f"{case.line.number} is {case.line.state}"


def _unverified(case: Case) -> str | None:
    return None if case.owner.verified else "the owner's identity is not verified"


def _digits_wished(case: Case) -> str | None:
    if case.route is not Route.SAMANTEL or not case.digits:
        return None
    if len(case.digits) != 10:
        return f"a Samantel line has ten digits, and {case.digits} has {len(case.digits)}"
    return f"the digits of a Samantel line are drawn, so {case.digits} cannot be had"


def _pattern_lacking(case: Case) -> str | None:
    """On another's shared line there must be an approved pattern; a line of one's own becomes one with its pattern."""
    if case.route is not Route.SHARED or case.line is None or not case.line.carries_patterns_only:
        return None
    if case.pattern is None:
        return f"the account {case.account} has no such pattern on {case.line.number}"
    if case.pattern.state is not PatternState.APPROVED:
        return f"the pattern {case.pattern.name!r} is {case.pattern.state}"
    return None


ELIGIBILITY: Final = (
    Eligibility("line.active", _not_active),
    Eligibility("line.verified-owner", _unverified),
    Eligibility("samantel.ten-digits", _digits_wished),
    Eligibility("shared.approved-pattern", _pattern_lacking),
)
"""Besides what a line must be to be registered as what it is to become (`simulator.registry.registration`)."""


def _represents(case: Case) -> bool:
    return bool(case.represents)


def _is_natural(case: Case) -> bool:
    return case.owner.kind is OwnerKind.NATURAL


def _is_legal(case: Case) -> bool:
    return case.owner.kind is OwnerKind.LEGAL


def _for_whom(case: Case, document: Document) -> str | None:
    if isinstance(document, AgencyLetter) and document.represents != case.represents:
        return f"is of {document.represents}, not of {case.represents}"
    return None


def _runs_long_enough(case: Case, document: Document) -> str | None:
    least = case.today + datetime.timedelta(days=case.terms.licence_days)
    if isinstance(document, Licence) and document.runs_out_before(least):
        return f"runs out on {document.expires}, and must be good until {least}"
    return None


def _new_pattern_has_text(case: Case, document: Document) -> str | None:
    on_line = case.line is not None and case.line.carries_patterns_only
    if on_line or not isinstance(document, PatternText):
        return None
    if not document.text:
        return "has no text"
    try:
        document.pattern("-")
    except ValidationError as error:
        return "cannot be: " + str(error.errors()[0]["msg"]).removeprefix("Value error, ")
    return None


_LICENCES: Final = ("business-licence", "e-namad", "guild-permit")
_COMPANY: Final = (
    Requirement("dedicated.pledge", ("pledge",)),
    Requirement("dedicated.purpose", ("purpose",)),
    Requirement("dedicated.customer-list", ("customer-list",)),
    Requirement("dedicated.company-papers", ("national-id",)),
    Requirement("dedicated.company-papers", ("economic-code",)),
    Requirement("dedicated.company-papers", ("registration-number",)),
    Requirement("dedicated.company-papers", ("official-gazette",)),
    Requirement("dedicated.agency-letter", ("agency-letter",), "who asks for another", _represents, _for_whom),
)
_MAGFA: Final = (
    Requirement("dedicated.magfa-papers", ("letter-to-magfa",)),
    Requirement("dedicated.magfa-papers", ("signature-certificate",)),
    Requirement("dedicated.magfa-papers", ("promissory-note",)),
)
_NINE_THOUSAND: Final = (
    Requirement("dedicated.9000-papers", ("id-card",)),
    Requirement("dedicated.9000-papers", ("birth-certificate",)),
    Requirement("dedicated.9000-papers", ("pledge",)),
    Requirement(
        "dedicated.9000-papers",
        ("e-namad", "official-gazette", "business-licence", "guild-permit"),
        objection=_runs_long_enough,
    ),
    Requirement("dedicated.9000-papers", ("address",)),
)

REQUIREMENTS: Final[Mapping[Route, tuple[Requirement, ...]]] = {
    Route.DEDICATED: _COMPANY,
    Route.SHARED: (Requirement("shared.approved-pattern", ("pattern",), objection=_new_pattern_has_text),),
    Route.SAMANTEL: (
        Requirement("samantel.natural-owner", _LICENCES, "natural persons", _is_natural),
        Requirement("samantel.natural-owner", (*_LICENCES, "official-gazette"), "legal persons", _is_legal),
    ),
}
"""The papers of each route."""

BY_PREFIX: Final[Mapping[str, tuple[Requirement, ...]]] = {"3000": (*_COMPANY, *_MAGFA), "9000": _NINE_THOUSAND}
"""The papers of the dedicated route for the kinds of lines that ask for others."""


def requirements(route: Route, kind: str) -> tuple[Requirement, ...]:
    """The papers for a route and a kind of line (`simulator.numbers.line_plan`)."""
    if route is Route.DEDICATED and kind in BY_PREFIX:
        return BY_PREFIX[kind]
    return REQUIREMENTS[route]


def objections(case: Case) -> tuple[Reason, ...]:
    """Everything for which a request is refused, who asks for what before the papers; nothing if it may go on."""
    return (*eligibility_objections(case), *_paper_objections(case))


def eligibility_objections(case: Case) -> Iterator[Reason]:
    """What stands against who asks for what."""
    for condition in ELIGIBILITY:
        if (why := condition.breach(case)) is not None:
            yield Reason(condition.clause, why)
    if (breach := _breach(case)) is not None:
        yield Reason(breach.clause, breach.why)


def _breach(case: Case) -> Breach | None:
    """What would forbid the registration of the line as it would be."""
    line_type = SERVICE_TYPE[case.route]
    declared = next((paper.categories for paper in case.documents if isinstance(paper, PurposeStatement)), None)
    if case.line is None:
        return registration_breach(_ANY_SAMANTEL, type=line_type, owner=case.owner, purpose=declared or frozenset())
    use = Use.SHARED if case.route is Route.SHARED else case.line.use
    return case.line.breach(type=line_type, use=use, purpose=case.line.purpose if declared is None else declared)


def _paper_objections(case: Case) -> Iterator[Reason]:
    kind = case.line.kind.name if case.line else ""
    reader = Reader(case.owner, case.today, case.terms)
    for requirement in requirements(case.route, kind):
        if requirement.needed(case) and (why := _lacks(case, requirement, reader)) is not None:
            yield Reason(requirement.clause, why, _one_of(requirement.any_of))


def _lacks(case: Case, requirement: Requirement, reader: Reader) -> str | None:
    """What is wrong with the papers that would meet a requirement; None if one of them does."""
    given = [document for document in case.documents if document.kind in requirement.any_of]
    flaws = [(document, document.objection(reader) or requirement.objection(case, document)) for document in given]
    if any(flaw is None for _, flaw in flaws):
        return None
    if flaws:
        document, flaw = flaws[0]
        return f"the document {document.kind} {flaw}"
    return f"the document {_one_of(requirement.any_of)} is missing"


def _one_of(kinds: Iterable[str]) -> str:
    return " or ".join(kinds)
