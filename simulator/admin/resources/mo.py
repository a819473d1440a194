"""`/api/v1/mo`: a subscriber's message, to a short code of the operator or to a line."""

from typing import Annotated, Self

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from simulator.admin.models import PartForm, moment_or_none
from simulator.admin.moments import Moment, tehran_moment
from simulator.admin.mutation_log import brought_about
from simulator.admin.pages import Period, StorePage
from simulator.admin.waiting import Awaited
from simulator.center.operator import Operator
from simulator.changing.opt_out import MoOutcome
from simulator.messages import MoMessage
from simulator.numbers.numbering import SubscriberNumber
from simulator.registry.lines import LineBook
from simulator.store import MoQuery

MAX_ADDRESS = 40
MAX_TEXT = 255 * 153
"""Characters: the longest text that concatenation carries (255 parts, GSM 03.38)."""


class SubscribersMessage(BaseModel):
    """A message that a subscriber sends."""

    model_config = ConfigDict(extra="forbid")

    subscriber: SubscriberNumber = Field(
        alias="from", description="Who sends it, in any form.", examples=["09121234567"]
    )
    to: Annotated[str, Field(max_length=MAX_ADDRESS)] = Field(description="A short code or a line.", examples=["8999"])
    text: str = Field(max_length=MAX_TEXT, examples=["1", "لغو ۱۱"])


class Received(BaseModel):
    """What the operator made of it."""

    outcome: MoOutcome
    change: int | None = Field(description="The number in the journal of what it changed.")
    reply: str | None = Field(description="What is written back to the subscriber.")


class MoForm(BaseModel):
    """A subscriber's message to a line, or one part of it, and what became of it."""

    id: int
    at: Moment
    subscriber: str = Field(serialization_alias="from")
    to: str = Field(description="The line.")
    account: str = Field(description="To whom it goes.")
    text: str
    part: PartForm | None
    attempts: int = Field(description="How often it was sent.")
    acknowledged_at: Moment | None
    given_up_at: Moment | None

    @classmethod
    def of(cls, message: MoMessage) -> Self:
        """The form of a message."""
        return cls(
            id=message.number,
            at=tehran_moment(message.made_at),
            subscriber=message.subscriber,
            to=message.line,
            account=message.account,
            text=message.text,
            part=message.part and PartForm.of(message.part),
            attempts=message.attempts,
            acknowledged_at=moment_or_none(message.acknowledged_at),
            given_up_at=moment_or_none(message.given_up_at),
        )


class Filters(Period, Awaited, StorePage):
    """Which messages; all that are given must fit."""

    subscriber: SubscriberNumber | None = None
    line: str | None = Field(default=None, max_length=MAX_ADDRESS)
    account: str | None = Field(default=None, max_length=MAX_ADDRESS)
    text: str | None = Field(default=None, min_length=1, max_length=1000, description="A part of the text.")

    def query(self, lines: LineBook) -> MoQuery:
        """The store's form of the filters; a line is found in whatever form it is written."""
        line = lines.find(self.line) if self.line else None
        return MoQuery(
            subscriber=self.subscriber,
            line=line.number if line else self.line,
            account=self.account,
            text=self.text,
            **self.period(),
            **self.page(),
        )


class MoMessages(BaseModel):
    """A page of the subscribers' messages to lines."""

    messages: list[MoForm]
    total: int = Field(description="How many fit the filters, on all pages together.")


def router(operator: Operator) -> APIRouter:
    """The messages of an operator's subscribers."""
    routes = APIRouter(prefix="/api/v1/mo", tags=["mo"])

    @routes.post("")
    async def receive_mo(message: SubscribersMessage, request: Request) -> Received:
        """Takes a message of a subscriber. What it changes is in force for the very next message to him."""
        reading, change = operator.receive_mo(message.subscriber, message.to, message.text)
        if change is not None:
            brought_about(request, change)
        return Received(outcome=reading.outcome, change=change, reply=reading.reply)

    @routes.get("")
    async def list_mo(filters: Annotated[Filters, Query()], request: Request) -> MoMessages:
        """What subscribers wrote to lines, part by part; what was for the operator is in the journal of changes.

        With `wait`, as soon as `count` messages fit or the time is over.
        """
        query = filters.query(operator.registers.lines)
        await filters.come(operator, lambda: operator.inquiries.count(query), request)
        messages = [MoForm.of(message) for message in operator.inquiries.find(query)]
        return MoMessages(messages=messages, total=operator.inquiries.count(query))

    return routes
