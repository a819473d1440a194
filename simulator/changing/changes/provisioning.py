"""Changes of requests for service lines: asked, papers supplied, handed in, taken up, granted, refused, withdrawn."""

from collections.abc import Callable
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from simulator.changing.change import Change, ChangeError
from simulator.changing.changes.lines import known_account, line_of
from simulator.policy.clauses import load_clauses
from simulator.policy.patterns import review
from simulator.profiles.service_terms import Route
from simulator.registry.lines import Line, LineType, Owner, Use
from simulator.registry.pattern import Pattern
from simulator.registry.provisioning.desk import today
from simulator.registry.provisioning.documents import AnyDocument, CustomerList, Document, PatternText, PurposeStatement
from simulator.registry.provisioning.request import Asked, Request, TransitionError
from simulator.registry.provisioning.requirements import SERVICE_TYPE, Case, Reason, objections
from simulator.registry.provisioning.schedule import BATCH_CLAUSE, DURATION_CLAUSES
from simulator.registry.registers import Registers

Why = Annotated[str, Field(min_length=1, max_length=500)]
Number = Annotated[int, Field(ge=1)]


def _each_once(documents: tuple[Document, ...]) -> tuple[Document, ...]:
    kinds = [document.kind for document in documents]
    if repeated := sorted({kind for kind in kinds if kinds.count(kind) > 1}):
        msg = f"the document {repeated[0]} is given more than once"
        raise ValueError(msg)
    return documents


Documents = Annotated[tuple[AnyDocument, ...], Field(max_length=50), AfterValidator(_each_once)]


def case_of(registers: Registers, request: Request, at: float) -> Case:
    """A request as the desk looks at it at a moment."""
    asked = request.asked
    line = registers.lines.get(asked.line) if asked.line else None
    named = next((paper for paper in request.documents if isinstance(paper, PatternText)), None)
    pattern = registers.patterns.get((line.number, named.name)) if line and named else None
    if pattern is not None and line is not None and (pattern.account or line.account) != asked.account:
        pattern = None
    return Case(
        route=asked.route,
        account=asked.account,
        line=line,
        owner=line.owner if line else asked.owner,
        digits=asked.digits,
        represents=asked.represents,
        documents=request.documents,
        pattern=pattern,
        today=today(at),
        terms=registers.provisioning.terms,
    )


def standing_against(registers: Registers, request: Request, at: float) -> tuple[Reason, ...]:
    """Everything for which a request is refused if it is decided at a moment."""
    found = objections(case_of(registers, request, at))
    line = registers.lines.get(request.asked.line) if request.asked.line else None
    if line is not None and request.asked.route is not Route.SHARED and line.account != request.asked.account:
        found = (*found, Reason("line.registered", f"{line.number} is the line of {line.account}"))
    return found or _review(request, line)


def _review(request: Request, line: Line | None) -> tuple[Reason, ...]:
    """What the staff object to in the pattern with which a line of one's own becomes a shared one."""
    if request.asked.route is not Route.SHARED or line is None or line.carries_patterns_only:
        return ()
    papers = (paper for paper in request.documents if isinstance(paper, PatternText))
    findings = (finding.says for paper in papers for finding in review(paper.pattern(line.number)))
    return tuple(
        Reason("shared.approved-pattern", f"the pattern cannot be approved: {says}", "pattern") for says in findings
    )


def _request_of(registers: Registers, number: int) -> Request:
    request = registers.provisioning.get(number)
    if request is None:
        raise ChangeError("request", f"there is no request {number}")
    return request


def _make(step: Callable[[], Request]) -> Request:
    """Does to a request what can only be done in some of its states."""
    try:
        return step()
    except TransitionError as error:
        raise ChangeError("request", str(error)) from None


class AskForService(Change):
    """A line is to become a service line; without a line, the operator is to give out a Samantel line.

    It is handed in at once unless `hand_in` is false. What stands against it is the answer then: the request is refused
    with every reason.
    """

    kind: Literal["ask-for-service"] = "ask-for-service"
    route: Route
    line: str | None = None
    account: str | None = Field(default=None, max_length=15, description="The line's if left out.")
    owner: Owner | None = Field(default=None, description="Of a Samantel line that is to be given out.")
    digits: str = Field(default="", pattern=r"^[0-9]{0,15}$", description="The number that the owner would like.")
    represents: str = Field(default="", max_length=200, description="The company for which the owner asks.")
    documents: Documents = ()
    hand_in: bool = True

    def apply(self, registers: Registers, at: float) -> None:
        """Opens the request, and hands it in."""
        asked = self._asked(registers)
        desk = registers.provisioning
        request = desk.take(asked, self.documents, at)
        if self.hand_in:
            desk.hand_in(request, standing_against(registers, request, at), at)

    def _asked(self, registers: Registers) -> Asked:
        line = None if self.line is None else line_of(registers, self.line)
        if line is None and self.route is not Route.SAMANTEL:
            raise ChangeError("line", f"the {self.route} route needs a line")
        account = self.account or (line.account if line else "")
        if not account:
            raise ChangeError("account", "without a line there must be an account")
        known_account(registers, account, "account")
        if line is not None:
            self._check(registers, line, account)
        owner = line.owner if line else self.owner
        if owner is None:
            raise ChangeError("owner", "without a line there must be an owner")
        number = line.number if line else None
        return Asked(self.route, account, number, owner, self.digits, self.represents)

    def _check(self, registers: Registers, line: Line, account: str) -> None:
        if self.owner is not None:
            raise ChangeError("owner", f"the owner of {line.number} is registered: it can be amended (amend-line)")
        if line.account != account and not line.carries_patterns_only:
            raise ChangeError("account", f"{line.number} is the line of {line.account}")
        if line.is_service and not (self.route is Route.SHARED and line.carries_patterns_only):
            raise ChangeError("line", f"{line.number} is a service line already ({line.type})")
        other = None if line.carries_patterns_only else registers.provisioning.open_for(line.number)
        if other is not None:
            raise ChangeError("line", f"request {other.id} for {line.number} is {other.state}")


class SupplyDocument(Change):
    """A paper is added to a draft, in the place of a former one of its kind; a customer list is joined with it."""

    kind: Literal["supply-document"] = "supply-document"
    request: Number
    document: AnyDocument

    def apply(self, registers: Registers, at: float) -> None:
        """Adds the paper."""
        del at
        request = _request_of(registers, self.request)
        if request.steps:
            raise ChangeError("request", f"request {request.id} is {request.state}: it takes no more papers")
        registers.provisioning.add_document(request, self.document)


class HandInRequest(Change):
    """A draft is complete: it is looked at, and refused at once for what stands against it."""

    kind: Literal["hand-in-request"] = "hand-in-request"
    request: Number

    def apply(self, registers: Registers, at: float) -> None:
        """Hands the draft in."""
        request = _request_of(registers, self.request)
        if request.steps:
            raise ChangeError("request", f"request {request.id} is {request.state}: it was handed in already")
        reasons = standing_against(registers, request, at)
        _make(lambda: registers.provisioning.hand_in(request, reasons, at))


class TakeUpRequest(Change):
    """The batch that a request waited for has come."""

    clauses: ClassVar[tuple[str, ...]] = (BATCH_CLAUSE,)

    kind: Literal["take-up-request"] = "take-up-request"
    request: Number

    def apply(self, registers: Registers, at: float) -> None:
        """Puts the request in review."""
        request = _request_of(registers, self.request)
        _make(lambda: registers.provisioning.take_up(request, at))


class GrantService(Change):
    """A request is granted: the line is a service line for the very next message."""

    clauses: ClassVar[tuple[str, ...]] = tuple(DURATION_CLAUSES.values())

    kind: Literal["grant-service"] = "grant-service"
    request: Number

    def apply(self, registers: Registers, at: float) -> None:
        """Makes the line what was asked for."""
        request = _request_of(registers, self.request)
        if reasons := standing_against(registers, request, at):
            raise ChangeError("request", f"{reasons[0].why} (clause {reasons[0].clause})")
        line, pattern = _as_granted(registers, request, at)
        _make(lambda: registers.provisioning.grant(request, line.number, at))
        registers.lines.put(line)
        if pattern is not None:
            registers.patterns.put(pattern)


def _as_granted(registers: Registers, request: Request, at: float) -> tuple[Line, Pattern | None]:
    """The line as a request makes it, and the pattern that comes with it."""
    desk, asked = registers.provisioning, request.asked
    if asked.line is None:
        number = desk.draw_number(request, lambda number: registers.lines.get(number) is not None)
        line = Line(number=number, type=LineType.SAMANTEL, account=asked.account, owner=asked.owner)
        return line.changed(expires=desk.expiry(at), **_declared(request)), None
    line = line_of(registers, asked.line)
    if line.carries_patterns_only:
        return line, None
    values = {"type": SERVICE_TYPE[asked.route], "expires": desk.expiry(at), **_declared(request)}
    if asked.route is not Route.SHARED:
        return line.changed(**values), None
    text = next(paper for paper in request.documents if isinstance(paper, PatternText))
    return line.changed(**values, use=Use.SHARED), text.pattern(line.number)


def _declared(request: Request) -> dict[str, object]:
    """What the papers declare of a line."""
    declared: dict[str, object] = {}
    for paper in request.documents:
        if isinstance(paper, PurposeStatement):
            declared["purpose"] = paper.categories
        elif isinstance(paper, CustomerList):
            declared["recipients"] = paper.recipients
    return declared


class RefuseRequest(Change):
    """A request is refused, with a reason."""

    kind: Literal["refuse-request"] = "refuse-request"
    request: Number
    reason: Why
    clause: str = Field(default="line.promotional-by-default", max_length=100, description="What the reason stands on.")

    def apply(self, registers: Registers, at: float) -> None:
        """Refuses the request."""
        request = _request_of(registers, self.request)
        if self.clause not in load_clauses():
            raise ChangeError("clause", f"there is no clause {self.clause!r}")
        _make(lambda: registers.provisioning.refuse(request, (Reason(self.clause, self.reason),), at))


class WithdrawRequest(Change):
    """An account takes its request back."""

    kind: Literal["withdraw-request"] = "withdraw-request"
    request: Number

    def apply(self, registers: Registers, at: float) -> None:
        """Withdraws the request."""
        request = _request_of(registers, self.request)
        _make(lambda: registers.provisioning.withdraw(request, at))


class ExpireRequest(Change):
    """A draft was not handed in in time."""

    kind: Literal["expire-request"] = "expire-request"
    request: Number

    def apply(self, registers: Registers, at: float) -> None:
        """Has the draft lapse."""
        request = _request_of(registers, self.request)
        _make(lambda: registers.provisioning.lapse(request, at))


CHANGES = (
    AskForService,
    SupplyDocument,
    HandInRequest,
    TakeUpRequest,
    GrantService,
    RefuseRequest,
    WithdrawRequest,
    ExpireRequest,
)
