"""`/api/v1/mutations`: what was done to the operator over HTTP: when, by whom, what, and what became of it."""

import json
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from simulator.admin.moments import Moment, tehran_moment
from simulator.admin.pages import Period, StorePage
from simulator.admin.waiting import Awaited
from simulator.center.operator import Operator
from simulator.messages import Mutation
from simulator.store import MutationQuery


class Result(StrEnum):
    """What became of a request."""

    DONE = "done"
    REFUSED = "refused"


class MutationForm(BaseModel):
    """A request that may have altered something. What subscribers, ESMEs and sanctions alter is in the journal only."""

    id: int
    at: Moment = Field(description="On the operator's clock.")
    real_at: Moment = Field(description="On the real one.")
    method: str
    path: str = Field(description="With the query, if there was one.")
    client: str = Field(description="The address that it came from.")
    origin: str = Field(description="Who the client says that it is: its X-Khatban-Origin.")
    agent: str = Field(description="Its User-Agent.")
    body: Any = Field(description="What was asked, without secrets and cut where it is long; null without JSON.")
    status: int = Field(description="The HTTP status of the answer.")
    outcome: str | None = Field(description="Why it was refused; null if it was not.")
    changes: list[int] = Field(description="The changes of the registers that it brought about, by their ids.")

    @classmethod
    def of(cls, mutation: Mutation) -> Self:
        """The form of a mutation."""
        return cls(
            id=mutation.number,
            at=tehran_moment(mutation.at),
            real_at=tehran_moment(mutation.wall),
            method=mutation.method,
            path=mutation.path,
            client=mutation.client,
            origin=mutation.origin,
            agent=mutation.agent,
            body=None if mutation.body is None else json.loads(mutation.body),
            status=mutation.status,
            outcome=mutation.outcome or None,
            changes=json.loads(mutation.changes),
        )


class Mutations(BaseModel):
    """A page of mutations."""

    mutations: list[MutationForm]
    total: int = Field(description="How many fit the filters, on all pages together.")


class Filters(Period, Awaited, StorePage):
    """Which mutations; all that are given must fit."""

    method: Literal["POST", "PUT", "PATCH", "DELETE"] | None = None
    path: str | None = Field(default=None, min_length=1, max_length=200, description="A part of the path.")
    origin: str | None = Field(default=None, max_length=200)
    client: str | None = Field(default=None, max_length=60)
    result: Result | None = None
    text: str | None = Field(default=None, min_length=1, max_length=200, description="A part of what was asked.")

    def query(self) -> MutationQuery:
        """The store's form of the filters."""
        return MutationQuery(
            method=self.method,
            path=self.path,
            origin=self.origin,
            client=self.client,
            is_refused=None if self.result is None else self.result is Result.REFUSED,
            text=self.text,
            **self.period(),
            **self.page(),
        )


def router(operator: Operator) -> APIRouter:
    """The mutations of an operator."""
    routes = APIRouter(prefix="/api/v1/mutations", tags=["mutations"])

    @routes.get("")
    async def list_mutations(filters: Annotated[Filters, Query()], request: Request) -> Mutations:
        """What was done since the operator began (or was reset as a whole, which is the first entry then)."""
        query = filters.query()
        await filters.come(operator, lambda: operator.inquiries.count(query), request)
        found = [MutationForm.of(mutation) for mutation in operator.inquiries.find(query)]
        return Mutations(mutations=found, total=operator.inquiries.count(query))

    return routes
