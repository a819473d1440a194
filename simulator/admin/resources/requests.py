"""`/api/v1/requests`: the requests for service lines as they are now; changes make and decide them."""

import datetime
from typing import Annotated, Any, Self

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from simulator.admin.moments import Moment, tehran_moment
from simulator.admin.pages import Page
from simulator.admin.problems import ProblemError, problem
from simulator.center.operator import Operator
from simulator.changing.changes.provisioning import standing_against
from simulator.profiles.service_terms import Route
from simulator.registry.lines import Owner
from simulator.registry.provisioning.documents import CustomerList, Document
from simulator.registry.provisioning.request import Event, Request, RequestState
from simulator.registry.provisioning.requirements import Reason
from simulator.registry.registers import Registers


class ReasonForm(BaseModel):
    """Why a request is, or would be, refused."""

    clause: str
    why: str
    document: str = Field(description="The kind of paper that is missing or not in order; empty if it is no paper.")

    @classmethod
    def of(cls, reason: Reason) -> Self:
        """The form of a reason."""
        return cls(clause=reason.clause, why=reason.why, document=reason.document)


class StepForm(BaseModel):
    """Something that happened to a request."""

    at: Moment
    event: Event


class RequestForm(BaseModel):
    """A request for a service line."""

    id: int
    route: Route
    account: str
    line: str | None = Field(description="Null where the operator is to give one out.")
    owner: Owner
    digits: str = Field(description="The number that the owner would like.")
    represents: str
    documents: list[dict[str, Any]] = Field(description="The papers; of a customer list, how many numbers it holds.")
    state: RequestState
    asked_at: Moment
    counts_from: datetime.date | None = Field(description="The working day on which it counts as handed in.")
    due: Moment | None = Field(description="When the operator does the next thing with it.")
    reasons: list[ReasonForm] = Field(description="Of a refusal; of a draft, what stands against it now.")
    granted_line: str | None
    steps: list[StepForm]

    @classmethod
    def of(cls, request: Request, operator: Operator) -> Self:
        """The form of a request."""
        asked = request.asked
        reasons = request.reasons
        if request.state is RequestState.DRAFT:
            reasons = standing_against(operator.registers, request, operator.clock.now())
        return cls(
            id=request.id,
            route=asked.route,
            account=asked.account,
            line=asked.line,
            owner=asked.owner,
            digits=asked.digits,
            represents=asked.represents,
            documents=[_paper(document) for document in request.documents],
            state=request.state,
            asked_at=tehran_moment(request.asked_at),
            counts_from=request.counts_from,
            due=None if request.due is None else tehran_moment(request.due),
            reasons=[ReasonForm.of(reason) for reason in reasons],
            granted_line=request.granted_line,
            steps=[StepForm(at=tehran_moment(step.at), event=step.event) for step in request.steps],
        )


def _paper(document: Document) -> dict[str, Any]:
    if isinstance(document, CustomerList):
        return {"kind": document.kind, "recipients": len(document.recipients)}
    return document.model_dump(mode="json")


class Requests(BaseModel):
    """A page of requests, the earliest first."""

    requests: list[RequestForm]
    total: int = Field(description="How many fit the filters, on all pages together.")


class Filters(Page):
    """Which requests; all that are given must fit."""

    line: str | None = Field(default=None, max_length=40, description="The line, in any form.")
    account: str | None = Field(default=None, max_length=40)
    route: Route | None = None
    state: RequestState | None = None

    def fit(self, request: Request, registers: Registers) -> bool:
        """Whether a request is asked for."""
        line = registers.lines.find(self.line) if self.line else None
        number = line.number if line else self.line
        return (
            number in (None, request.asked.line, request.granted_line)
            and self.account in (None, request.asked.account)
            and self.route in (None, request.asked.route)
            and self.state in (None, request.state)
        )


def router(operator: Operator) -> APIRouter:
    """The requests of an operator."""
    routes = APIRouter(prefix="/api/v1/requests", tags=["requests"])

    @routes.get("")
    async def list_requests(filters: Annotated[Filters, Query()]) -> Requests:
        """The requests that fit."""
        registers = operator.registers
        fitting = [request for request in registers.provisioning if filters.fit(request, registers)]
        page = fitting[filters.offset : filters.offset + filters.limit]
        return Requests(requests=[RequestForm.of(request, operator) for request in page], total=len(fitting))

    @routes.get("/{number}")
    async def get_request(number: int) -> RequestForm:
        """One request."""
        request = operator.registers.provisioning.get(number)
        if request is None:
            raise ProblemError(problem(404, f"there is no request {number}"))
        return RequestForm.of(request, operator)

    return routes
