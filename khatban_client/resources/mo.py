"""`/mo`: subscribers write, to a short code of the operator or to a line."""

from datetime import datetime
from typing import ClassVar, TypedDict, Unpack

from pydantic import Field

from khatban_client.http import as_value
from khatban_client.messages import Part
from khatban_client.resource import Resource
from khatban_client.value import Value


class Received(Value):
    """What the operator made of a subscriber's message: the outcome, the change it led to, what is written back."""

    outcome: str
    change: int | None
    reply: str | None


class MoMessage(Value):
    """A subscriber's message to a line, or one part of it, and whether its account has acknowledged it."""

    id: int
    at: datetime
    source: str = Field(alias="from")
    to: str
    account: str
    text: str
    part: Part | None
    attempts: int
    acknowledged_at: datetime | None
    given_up_at: datetime | None


class MoFilters(TypedDict, total=False):
    """Which messages; all that are given must fit."""

    subscriber: str
    line: str
    account: str
    text: str
    since: datetime
    until: datetime


class Mo(Resource):
    """What the subscribers of an operator write."""

    path: ClassVar[str] = "/mo"

    def send(self, source: str, to: str, text: str) -> Received:
        """Has a subscriber write. What it changes is in force for the very next message to him."""
        answer = self._http.ask("POST", self.path, body={"from": source, "to": to, "text": text})
        return as_value(Received, answer, f"POST {self.path}")

    def find(self, **filters: Unpack[MoFilters]) -> list[MoMessage]:
        """What subscribers wrote to lines, part by part, the earliest first."""
        return self._all(MoMessage, "messages", dict(filters))
