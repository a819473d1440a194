"""`/changes`: the one way to alter what is registered, and the journal of what was altered."""

from datetime import datetime
from typing import Any, ClassVar, TypedDict, Unpack

from khatban_client.resource import Resource
from khatban_client.value import Value


class Entry(Value):
    """A change as it stands in the journal; `origin` says who made it."""

    id: int
    at: datetime
    origin: str
    change: dict[str, Any]


class ChangeFilters(TypedDict, total=False):
    """Which changes; all that are given must fit."""

    kind: str
    origin: str
    text: str
    """A part of it, such as a number."""
    since: datetime
    until: datetime


class Changes(Resource):
    """The changes of an operator's registers."""

    path: ClassVar[str] = "/changes"

    def make(self, kind: str, **fields: Any) -> int:
        """Makes a change: its kind, and what that asks for (`kinds`). In force for the very next message.

        Returns:
            Its number in the journal.
        """
        return self._change(kind, **fields)

    def find(self, **filters: Unpack[ChangeFilters]) -> list[Entry]:
        """What was changed, the earliest first."""
        return self._all(Entry, "changes", dict(filters))

    def kinds(self) -> list[dict[str, Any]]:
        """What may be changed: the JSON Schema of each kind."""
        return list(self._http.ask("GET", f"{self.path}/kinds"))
