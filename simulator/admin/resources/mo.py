"""`/api/v1/mo`: a subscriber's message, to a short code of the operator or to a line."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from simulator.numbering import SubscriberNumber
from simulator.operator import Operator
from simulator.opt_out import MoOutcome

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


def router(operator: Operator) -> APIRouter:
    """The messages of an operator's subscribers."""
    routes = APIRouter(prefix="/api/v1/mo", tags=["mo"])

    @routes.post("")
    async def receive_mo(message: SubscribersMessage) -> Received:
        """Takes a message of a subscriber. What it changes is in force for the very next message to him."""
        reading, change = operator.receive_mo(message.subscriber, message.to, message.text)
        return Received(outcome=reading.outcome, change=change, reply=reading.reply)

    return routes
