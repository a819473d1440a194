"""`/messages`: what was submitted and what became of it, now or as soon as it has come."""

from datetime import datetime
from typing import ClassVar, TypedDict, Unpack
from urllib.parse import quote

from khatban_client.http import as_value
from khatban_client.messages import Deletion, Fate, Message, MessageStory, Pdu
from khatban_client.resource import Resource


class MessageFilters(TypedDict, total=False):
    """Which messages; all that are given must fit."""

    line: str
    """The line, or the originator as it was written."""
    to: str
    """The recipient, in any form."""
    account: str
    verdict: Fate
    rule: str
    """The rule that refused or counted."""
    state: str
    """A message_state by its name, such as `DELIVERED`."""
    text: str
    """A part of the text."""
    since: datetime
    until: datetime
    after: str
    """The id of a message: only those that came after it."""
    before: str
    """The id of a message: only those that came before it."""


class Messages(Resource):
    """The messages of an operator."""

    path: ClassVar[str] = "/messages"

    def find(self, **filters: Unpack[MessageFilters]) -> list[Message]:
        """The messages that fit, the earliest first."""
        return self._all(Message, "messages", dict(filters))

    def count(self, **filters: Unpack[MessageFilters]) -> int:
        """How many fit."""
        return self._http.ask_number("GET", self.path, "total", query={**filters, "limit": 0})

    def wait(self, count: int = 1, seconds: float = 5.0, **filters: Unpack[MessageFilters]) -> list[Message]:
        """The messages that fit, as soon as there are `count` of them, or those that there are when the time is over.

        Args:
            count: How many to wait for.
            seconds: Of the real clock.
            filters: As of `find`.
        """
        self._come(count, seconds, {**filters, "limit": 0})
        return self.find(**filters)

    def get(self, message_id: str) -> MessageStory:
        """One message by its message_id, with what befell it and the parts of its text."""
        return self._http.read(MessageStory, self._one(message_id))

    def pdu(self, message_id: str) -> Pdu:
        """The request that brought a message, as it came."""
        return self._http.read(Pdu, f"{self._one(message_id)}/pdu")

    def delete(self, **filters: Unpack[MessageFilters]) -> Deletion:
        """Deletes the finished messages that fit, with their receipts; tells which were kept, and why."""
        return as_value(Deletion, self._http.ask("DELETE", self.path, query=filters), f"DELETE {self.path}")

    def move(self, message_id: str, state: str, err: str = "000") -> MessageStory:
        """Brings a message that is under way into another state by hand.

        Args:
            message_id: Which.
            state: A message_state by its name.
            err: What its receipt says of the reason: three digits.
        """
        path = f"{self._one(message_id)}/move"
        return as_value(MessageStory, self._http.ask("POST", path, body={"state": state, "err": err}), f"POST {path}")

    def _one(self, message_id: str) -> str:
        return f"{self.path}/{quote(message_id, safe='')}"
