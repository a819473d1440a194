"""`/mutations`: what was done to the operator over HTTP: when, by whom, what, and what became of it."""

from datetime import datetime
from typing import Any, ClassVar, Literal, TypedDict, Unpack

from khatban_client.resource import Resource
from khatban_client.value import Value


class Mutation(Value):
    """A request that may have altered something.

    Attributes:
        at, real_at: When, on the operator's clock and on the real one.
        origin: Who the client says that it is (`Operator(origin=...)`).
        body: What was asked, without secrets, and cut where it is long.
        outcome: Why it was refused; None if it was not.
        changes: The changes of the registers that it brought about, by their ids.
    """

    id: int
    at: datetime
    real_at: datetime
    method: str
    path: str
    client: str
    origin: str
    agent: str
    body: Any
    status: int
    outcome: str | None
    changes: tuple[int, ...]


class MutationFilters(TypedDict, total=False):
    """Which mutations; all that are given must fit."""

    method: Literal["POST", "PUT", "PATCH", "DELETE"]
    path: str
    """A part of the path."""
    origin: str
    client: str
    result: Literal["done", "refused"]
    text: str
    """A part of what was asked."""
    since: datetime
    until: datetime


class Mutations(Resource):
    """What was done to an operator."""

    path: ClassVar[str] = "/mutations"

    def find(self, **filters: Unpack[MutationFilters]) -> list[Mutation]:
        """What was done, the earliest first, since the operator began or was reset as a whole."""
        return self._all(Mutation, "mutations", dict(filters))
