"""`/api/v1/violations`: every offence of every line with its message; as JSON in pages, or all of them as CSV."""

import csv
import io
from collections.abc import Iterable
from typing import Annotated, Any, Self

import trio
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from simulator.admin.moments import Moment, tehran_moment
from simulator.admin.pages import MAX_PAGE, Period, StorePage
from simulator.admin.waiting import Awaited
from simulator.center.operator import Operator
from simulator.messages import Offence
from simulator.store import ViolationQuery

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


class ViolationForm(BaseModel):
    """An offence of a line."""

    id: int
    at: Moment
    line: str
    rule: str
    clause: str
    counts: bool = Field(description="Whether it still stands against the line: no reinstatement came after it.")
    message: str = Field(description="Its message_id; empty if the ESME was told none.")
    account: str
    recipient: str
    outcome: str = Field(description="Whether the message was refused, or let through and counted.")
    category: str | None = Field(description="What its text was taken for.")
    text: str

    @classmethod
    def of(cls, offence: Offence, operator: Operator) -> Self:
        """The form of an offence."""
        violation = offence.violation
        return cls(
            id=offence.number,
            at=tehran_moment(violation.at),
            line=violation.line,
            rule=violation.rule,
            clause=violation.clause,
            counts=violation.slate == operator.registers.slates[violation.line],
            message=offence.message_id,
            account=offence.account,
            recipient=offence.recipient,
            outcome=offence.outcome,
            category=offence.category,
            text=offence.text,
        )


class Violations(BaseModel):
    """A page of violations."""

    violations: list[ViolationForm]
    total: int = Field(description="How many fit the filters, on all pages together.")


class Selection(Period):
    """Which violations; all that are given must fit."""

    line: str | None = Field(default=None, max_length=40, description="The line, in any form.")
    account: str | None = Field(default=None, max_length=40)
    rule: str | None = Field(default=None, max_length=100)
    clause: str | None = Field(default=None, max_length=100)

    def query(self, operator: Operator, **page: Any) -> ViolationQuery:
        """The store's form of the filters, for a page of what fits."""
        line = operator.registers.lines.find(self.line) if self.line else None
        return ViolationQuery(
            line=line.number if line else self.line,
            account=self.account,
            rule=self.rule,
            clause=self.clause,
            **self.period(),
            **page,
        )


class Filters(Selection, Awaited, StorePage):
    """A page of them."""


def router(operator: Operator) -> APIRouter:
    """The violations of an operator's lines."""
    routes = APIRouter(prefix="/api/v1", tags=["violations"])

    @routes.get("/violations")
    async def list_violations(filters: Annotated[Filters, Query()], request: Request) -> Violations:
        """The violations that fit, at once; or, with `wait`, as soon as `count` of them do or the time is over."""
        query = filters.query(operator, **filters.page())
        await filters.come(operator, lambda: operator.inquiries.count(query), request)
        found = [ViolationForm.of(offence, operator) for offence in operator.inquiries.find(query)]
        return Violations(violations=found, total=operator.inquiries.count(query))

    @routes.get("/violations.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
    async def export_violations(selection: Annotated[Selection, Query()]) -> Response:
        """All violations that fit, as CSV in UTF-8. What a spreadsheet would calculate gets an apostrophe before it."""
        return Response(await _csv(operator, selection), media_type="text/csv")

    return routes


async def _csv(operator: Operator, selection: Selection) -> str:
    """The rows, made in pages: the SMPP sessions of the same event loop have their turns in between."""
    rows = [_row(ViolationForm.model_fields)]
    while offences := operator.inquiries.find(selection.query(operator, limit=MAX_PAGE, offset=len(rows) - 1)):
        rows += (_row(ViolationForm.of(offence, operator).model_dump(mode="json").values()) for offence in offences)
        await trio.lowlevel.checkpoint()
    return "".join(rows)


def _row(cells: Iterable[object]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([_neutral("" if cell is None else str(cell)) for cell in cells])
    return line.getvalue()


def _neutral(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
