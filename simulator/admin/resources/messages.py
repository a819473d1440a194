"""`/api/v1/messages`: what was submitted and what became of it, by filters and pages, now or once it has come."""

from typing import Annotated, Any

import trio
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, WithJsonSchema

from simulator.admin.models import MessageForm
from simulator.admin.moments import GivenMoment, posix_or_none
from simulator.admin.pages import Page
from simulator.admin.problems import ProblemError, problem
from simulator.admin.waiting import Awaited
from simulator.inquiries import Entry
from simulator.messages import Fate
from simulator.numbering import normal_mobile
from simulator.operator import Operator
from simulator.smpp.consts import MessageState
from simulator.store import MessageQuery

SLICE = 25
"""Messages that become JSON in one turn of the event loop, about two milliseconds."""


def _read_state(value: Any) -> MessageState:
    if value not in MessageState.__members__:
        msg = f"{value!r} is no message_state; there are: {', '.join(MessageState.__members__)}"
        raise ValueError(msg)
    return MessageState[value]


StateName = Annotated[
    MessageState,
    BeforeValidator(_read_state),
    WithJsonSchema({"type": "string", "enum": list(MessageState.__members__)}),
]
"""A message_state by its name."""


class Filters(Awaited, Page):
    """Which messages; all that are given must fit."""

    line: str | None = Field(default=None, max_length=40, description="The line, or the originator as it was written.")
    to: str | None = Field(default=None, max_length=40, description="The recipient, in any way of writing it.")
    account: str | None = Field(default=None, max_length=40)
    verdict: Fate | None = None
    rule: str | None = Field(default=None, max_length=100, description="The rule that refused or counted.")
    state: StateName | None = None
    text: str | None = Field(default=None, min_length=1, max_length=1000, description="A part of the text.")
    since: GivenMoment | None = Field(default=None, description="Received then or later.")
    until: GivenMoment | None = Field(default=None, description="Received earlier.")

    def query(self) -> MessageQuery:
        """The store's form of the filters."""
        return MessageQuery(
            line=self.line,
            to=self.to and (normal_mobile(self.to) or self.to),
            account=self.account,
            outcome=self.verdict,
            rule=self.rule,
            state=self.state,
            text=self.text,
            since=posix_or_none(self.since),
            until=posix_or_none(self.until),
            limit=self.limit,
            offset=self.offset,
        )


_FORMS = TypeAdapter(list[MessageForm])


class Move(BaseModel):
    """Where a message is brought by hand."""

    model_config = ConfigDict(extra="forbid")

    state: StateName
    err: str = Field(default="000", pattern=r"^[0-9]{3}$", description="What its receipt says of the reason.")


class Messages(BaseModel):
    """A page of messages, the earliest first."""

    messages: list[MessageForm]
    total: int = Field(description="How many messages fit the filters, on all pages together.")


def router(operator: Operator) -> APIRouter:
    """The messages of an operator."""
    routes = APIRouter(prefix="/api/v1/messages", tags=["messages"])

    @routes.get("", response_model=Messages)
    async def list_messages(filters: Annotated[Filters, Query()], request: Request) -> Response:
        """The messages that fit, at once; or, with `wait`, as soon as `count` of them do or the time is over."""
        query = filters.query()
        await filters.come(operator, lambda: operator.inquiries.count(query), request)
        return await _page(operator.inquiries.entries(query), operator.inquiries.count(query))

    @routes.get("/{id}")
    async def get_message(id: str) -> MessageForm:  # noqa: A002 - the name that the documentation shows
        """One message by its message_id."""
        entry = operator.inquiries.entry(id)
        if entry is None:
            raise ProblemError(problem(404, f"there is no message {id!r}"))
        return MessageForm.of(entry)

    @routes.post("/{id}/move")
    async def move_message(id: str, wanted: Move) -> MessageForm:  # noqa: A002 - as above
        """Brings a message under way into another state by hand."""
        moved = operator.move(id, wanted.state, wanted.err)
        entry = operator.inquiries.entry(id)
        if entry is None:
            raise ProblemError(problem(404, f"there is no message {id!r}"))
        if not moved:
            state = MessageState(entry.message.state).name
            raise ProblemError(problem(409, f"message {id!r} is {state}, which does not become {wanted.state.name}"))
        return MessageForm.of(entry)

    return routes


async def _page(entries: list[Entry], total: int) -> Response:
    """A `Messages` as JSON, made in slices: the SMPP sessions of the same event loop have their turns in between."""
    slices = []
    for start in range(0, len(entries), SLICE):
        forms = [MessageForm.of(entry) for entry in entries[start : start + SLICE]]
        slices.append(_FORMS.dump_json(forms).removeprefix(b"[").removesuffix(b"]"))
        await trio.lowlevel.checkpoint()
    body = b'{"messages":[%s],"total":%d}' % (b",".join(slices), total)
    return Response(body, media_type="application/json")
