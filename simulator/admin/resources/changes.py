"""`/api/v1/changes`: the one way to alter the operator's registers, and the journal of what was altered."""

import json
from typing import Annotated, Any, Self

from fastapi import APIRouter, Body, Query, Request
from pydantic import BaseModel, Field, ValidationError

from simulator.admin.moments import Moment, tehran_moment
from simulator.admin.mutation_log import brought_about
from simulator.admin.pages import Period, StorePage
from simulator.admin.problems import INVALID_REQUEST, ProblemError, problem
from simulator.admin.waiting import Awaited
from simulator.center.operator import Operator
from simulator.changing.change import Change, ChangeError
from simulator.changing.changes import CHANGES, change_adapter, described_change
from simulator.changing.journal import Origin
from simulator.messages import JournalEntry
from simulator.store import ChangeQuery
from simulator.wording import path_of

_EXAMPLE = {"kind": "suspend-line", "line": "3000200020", "reason": "complaints"}


class Entry(BaseModel):
    """A change as it stands in the journal."""

    id: int
    at: Moment
    origin: Origin
    change: dict[str, Any]

    @classmethod
    def of(cls, entry: JournalEntry) -> Self:
        """The form of an entry."""
        return cls(
            id=entry.number, at=tehran_moment(entry.at), origin=Origin(entry.origin), change=json.loads(entry.body)
        )


class Changes(BaseModel):
    """A page of the journal."""

    changes: list[Entry]
    total: int = Field(description="How many fit the filters, on all pages together.")


class Filters(Period, Awaited, StorePage):
    """Which changes; all that are given must fit."""

    kind: str | None = Field(default=None, max_length=40)
    origin: Origin | None = None
    text: str | None = Field(default=None, min_length=1, max_length=200, description="A part of it, such as a number.")

    def query(self) -> ChangeQuery:
        """The store's form of the filters."""
        return ChangeQuery(kind=self.kind, origin=self.origin, text=self.text, **self.period(), **self.page())


class Changed(BaseModel):
    """A change was made."""

    id: int = Field(description="Its number in the journal.")


def router(operator: Operator) -> APIRouter:
    """The changes of an operator's registers."""
    routes = APIRouter(prefix="/api/v1/changes", tags=["changes"])

    @routes.get("")
    async def list_changes(filters: Annotated[Filters, Query()], request: Request) -> Changes:
        """What was changed, when, and by whom; with `wait`, as soon as `count` changes fit or the time is over."""
        query = filters.query()
        await filters.come(operator, lambda: operator.inquiries.count(query), request)
        entries = [Entry.of(entry) for entry in operator.inquiries.find(query)]
        return Changes(changes=entries, total=operator.inquiries.count(query))

    @routes.get("/kinds")
    async def list_kinds() -> list[dict[str, Any]]:
        """What may be changed: the JSON Schema of each kind of change."""
        return [change.model_json_schema() for change in CHANGES]

    @routes.post("", status_code=201)
    async def make_change(table: Annotated[dict[str, Any], Body(examples=[_EXAMPLE])], request: Request) -> Changed:
        """Makes a change: its kind, and what that asks for. In force for the very next message."""
        change = _read(table)
        try:
            number = operator.change(change, Origin.HTTP)
        except ChangeError as error:
            faults = [(f"body.{error.where}", error.why)]
            raise ProblemError(problem(409, f"{error.why}; nothing was changed", errors=faults)) from None
        brought_about(request, number)
        return Changed(id=number)

    return routes


def _read(table: dict[str, Any]) -> Change:
    try:
        return change_adapter().validate_python(table)
    except ValidationError as error:
        faults = [(path_of(("body", *place)), message) for place, message in described_change(error)]
        raise ProblemError(problem(422, "there cannot be such a change", kind=INVALID_REQUEST, errors=faults)) from None
