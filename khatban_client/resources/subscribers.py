"""`/subscribers`: how each subscriber's handset is found."""

from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import quote

from khatban_client.http import as_values
from khatban_client.resource import Resource
from khatban_client.value import Value


class Subscriber(Value):
    """A subscriber and the handset.

    Attributes:
        number: 98 and ten digits.
        operator: The one that serves the number's prefix.
        state: `on`, `off`, `absent`...; None where every message draws one of `outcomes` by their weights.
    """

    number: str
    operator: str | None
    state: str | None
    outcomes: dict[str, float]


class HandsetKind(Value):
    """A state in which a handset may be found, and what an attempt to deliver ends in."""

    state: str
    message_state: str
    err: str
    network_error: int | None
    may_be_tried_again: bool


class Subscribers(Resource):
    """The subscribers of an operator."""

    path: ClassVar[str] = "/subscribers"

    def get(self, number: str) -> Subscriber:
        """A subscriber, by any form of the number."""
        return self._http.read(Subscriber, f"{self.path}/{quote(number, safe='')}")

    def set(self, numbers: str, state: str | None = None, outcomes: Mapping[str, float] | None = None) -> int:
        """Says how the handsets of a number, or a range FIRST-LAST, are found from now on.

        Args:
            numbers: Which.
            state: All in one state (`states`).
            outcomes: Instead: each message meets one of several, by their weights.

        Returns:
            The change's number in the journal.
        """
        said: dict[str, Any] = {"state": state, "outcomes": outcomes}
        given = {name: value for name, value in said.items() if value is not None}
        return self._change("set-handsets", handsets={"numbers": numbers, **given})

    def states(self) -> list[HandsetKind]:
        """The states in which a handset may be found."""
        return as_values(HandsetKind, self._http.ask("GET", self.path), f"GET {self.path}")
