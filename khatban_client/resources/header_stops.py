"""`/header-stops`: who stopped which line («لغو ۱۱»); the blacklist's `stop` and `rejoin` alter it."""

from datetime import datetime
from typing import ClassVar, TypedDict, Unpack

from khatban_client.resource import Resource
from khatban_client.resources.blacklist import Next
from khatban_client.value import Value


class Stop(Value):
    """A line that a subscriber wants nothing of, since when, and when he comes back to it, if that is decided."""

    line: str
    number: str
    since: datetime | None
    next: Next | None


class StopFilters(TypedDict, total=False):
    """Which stops; all that are given must fit."""

    line: str
    number: str
    begins: str
    """How the numbers begin."""


class HeaderStops(Resource):
    """The header stops of an operator."""

    path: ClassVar[str] = "/header-stops"

    def find(self, **filters: Unpack[StopFilters]) -> list[Stop]:
        """The stops that fit, by line and number."""
        return self._all(Stop, "stops", dict(filters))
