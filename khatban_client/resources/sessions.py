"""`/sessions`: who is bound, and what goes over each session; unbound by the operator, or cut off."""

from datetime import datetime
from typing import ClassVar, Literal, TypedDict, Unpack

from khatban_client.http import as_values
from khatban_client.resource import Resource
from khatban_client.value import Value


class Session(Value):
    """A bound session.

    Attributes:
        interface_version: What the ESME says it speaks, such as `0x34`.
        peer: Its address and port.
        window: How many of its requests may be unanswered; None for any number.
        in_flight: How many of them are.
        waiting: How many deliver_sm wait for its answer.
        submitted: Messages that it submitted, refused ones too.
        delivered: The deliver_sm that it acknowledged.
        rate: Messages that it submitted in the last second.
    """

    id: int
    account: str
    bind_type: str
    state: str
    interface_version: str
    peer: str | None
    tls: bool
    bound_at: datetime
    window: int | None
    in_flight: int
    waiting: int
    submitted: int
    delivered: int
    rate: int


class SessionFilters(TypedDict, total=False):
    """Which sessions; all that are given must fit."""

    account: str
    bind_type: Literal["receiver", "transmitter", "transceiver"]


class Sessions(Resource):
    """The bound sessions of an operator."""

    path: ClassVar[str] = "/sessions"

    def find(self, **filters: Unpack[SessionFilters]) -> list[Session]:
        """The sessions that fit, in the order of their binding."""
        answer = self._http.ask_table("GET", self.path, query=filters)
        return as_values(Session, answer.get("sessions"), f"GET {self.path}")

    def wait(self, count: int = 1, seconds: float = 5.0, **filters: Unpack[SessionFilters]) -> list[Session]:
        """The sessions that fit, as soon as there are `count` of them, or those that there are when the time is over.

        Args:
            count: How many to wait for.
            seconds: Of the real clock.
            filters: As of `find`.
        """
        self._come(count, seconds, filters)
        return self.find(**filters)

    def unbind(self, number: int) -> None:
        """Sends unbind to an ESME; it is not bound any more at once."""
        self._http.ask("POST", f"{self.path}/{number}/unbind")

    def drop(self, number: int) -> None:
        """Closes a connection without a word, as a broken line does."""
        self._http.ask("DELETE", f"{self.path}/{number}")
