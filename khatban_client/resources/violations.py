"""`/violations`: every offence of every line, with its message."""

from datetime import datetime
from typing import ClassVar, TypedDict, Unpack

from khatban_client.resource import Resource
from khatban_client.value import Value


class Violation(Value):
    """An offence of a line; `counts` says whether it still stands against the line."""

    id: int
    at: datetime
    line: str
    rule: str
    clause: str
    counts: bool
    message: str
    account: str
    recipient: str
    outcome: str
    category: str | None
    text: str


class ViolationFilters(TypedDict, total=False):
    """Which violations; all that are given must fit."""

    line: str
    account: str
    rule: str
    clause: str
    since: datetime
    until: datetime


class Violations(Resource):
    """The violations of an operator's lines."""

    path: ClassVar[str] = "/violations"

    def find(self, **filters: Unpack[ViolationFilters]) -> list[Violation]:
        """The violations that fit, the earliest first."""
        return self._all(Violation, "violations", dict(filters))
