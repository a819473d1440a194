"""`/api/v1/lines`: the lines as they are now, and what became of each; `/api/v1/line-kinds`: the number plan."""

import datetime
from typing import Annotated, Any, Self

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from simulator.admin.moments import Moment
from simulator.admin.pages import Page
from simulator.admin.problems import ProblemError, problem
from simulator.admin.resources.changes import Entry
from simulator.admin.resources.requests import RequestForm
from simulator.center.operator import Operator
from simulator.changing.journal import Origin
from simulator.messages import Category
from simulator.numbers.line_plan import KINDS, LineKind
from simulator.registry.lines import Line, LineState, LineType, Owner, Use


class LineForm(BaseModel):
    """A registered line."""

    number: str
    kind: str = Field(description="The row of the number plan that its digits belong to.", examples=["3000"])
    aggregator: str
    type: LineType
    account: str
    owner: Owner
    use: Use
    purpose: list[Category] = Field(description="What it was declared to send; empty if nothing was declared.")
    recipients: int | None = Field(
        description="How many subscribers it was declared for; null if nothing was declared."
    )
    receives: bool = Field(description="Whether subscribers can write to it.")
    state: LineState
    expires: datetime.date | None = Field(description="The last day of its term.")
    suspended_until: Moment | None
    violations: int = Field(description="Those that stand against it: since its last reinstatement.")

    @classmethod
    def of(cls, line: Line, operator: Operator, **more: Any) -> Self:
        """The form of a line; `more` are the fields of a form that says more."""
        return cls(
            number=line.number,
            kind=line.kind.name,
            aggregator=line.kind.aggregator,
            type=line.type,
            account=line.account,
            owner=line.owner,
            use=line.use,
            purpose=sorted(line.purpose),
            recipients=None if line.recipients is None else len(line.recipients),
            receives=line.takes_mo,
            state=line.state,
            expires=line.expires,
            suspended_until=line.suspended_until,
            violations=operator.inquiries.violations_of(line.number),
            **more,
        )


class Lines(BaseModel):
    """A page of lines, in the order of their registration."""

    lines: list[LineForm]
    total: int = Field(description="How many fit the filters, on all pages together.")


class LineStory(LineForm):
    """A line, and what became of it."""

    strikes: int = Field(description="So many close it.")
    sanctions: list[Entry] = Field(description="The changes of its history that its violations led to.")
    history: list[Entry] = Field(description="Every change of it, and of the requests for it, the earliest first.")
    requests: list[RequestForm]


class KindForm(BaseModel):
    """A row of the number plan."""

    name: str
    aggregator: str
    lengths: list[int] = Field(description="Total lengths on sale; empty where none are published.")
    on_request: list[int]
    born: LineType = Field(description="What a line of this kind is when it is given out.")
    service: bool = Field(description="Whether it may be made a service line.")
    receives: bool
    mark: str = Field(description="How many sources agree.")

    @classmethod
    def of(cls, kind: LineKind) -> Self:
        """The form of a row."""
        return cls(
            name=kind.name,
            aggregator=kind.aggregator,
            lengths=sorted(kind.lengths),
            on_request=sorted(kind.on_request),
            born=kind.born,
            service=kind.service,
            receives=kind.receives,
            mark=kind.mark,
        )


class Filters(Page):
    """Which lines; all that are given must fit."""

    account: str | None = Field(default=None, max_length=40)
    kind: str | None = Field(default=None, max_length=40, description="A row of the number plan, such as 3000.")
    type: LineType | None = None
    state: LineState | None = None

    def fit(self, line: Line) -> bool:
        """Whether a line is asked for."""
        wanted = {"account": self.account, "type": self.type, "state": self.state}
        return self.kind in (None, line.kind.name) and all(
            value is None or getattr(line, name) == value for name, value in wanted.items()
        )


def router(operator: Operator) -> APIRouter:
    """The lines of an operator."""
    routes = APIRouter(prefix="/api/v1", tags=["lines"])

    @routes.get("/lines")
    async def list_lines(filters: Annotated[Filters, Query()]) -> Lines:
        """The lines that fit."""
        fitting = [line for line in operator.registers.lines if filters.fit(line)]
        page = fitting[filters.offset : filters.offset + filters.limit]
        return Lines(lines=[LineForm.of(line, operator) for line in page], total=len(fitting))

    @routes.get("/lines/{number}")
    async def get_line(number: str) -> LineStory:
        """One line, by its number in any form, with its history and its sanctions."""
        line = operator.registers.lines.find(number)
        if line is None:
            raise ProblemError(problem(404, f"there is no line {number!r}"))
        history = [Entry.of(entry) for entry in operator.inquiries.line_history(line.number)]
        requests = [
            RequestForm.of(request, operator)
            for request in operator.registers.provisioning
            if line.number in (request.asked.line, request.granted_line)
        ]
        return LineStory.of(
            line,
            operator,
            strikes=operator.registers.profile.sanctions.strikes,
            sanctions=[entry for entry in history if entry.origin is Origin.SANCTION],
            history=history,
            requests=requests,
        )

    @routes.get("/line-kinds")
    async def list_kinds() -> list[KindForm]:
        """The number plan: what the digits of a line say of it, in the order in which the kinds are tried."""
        return [KindForm.of(kind) for kind in KINDS]

    return routes
