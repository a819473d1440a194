"""`/blacklist`: who opted out of advertising, which lines each stopped, long lists in and out."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import ClassVar
from urllib.parse import quote

from khatban_client.http import as_value, as_values
from khatban_client.resource import Resource
from khatban_client.value import Value


class Next(Value):
    """A change that is decided and to come."""

    at: datetime
    on: bool


class Header(Value):
    """A line that a subscriber stopped, or comes back to."""

    line: str
    stopped: bool
    since: datetime | None
    next: Next | None


class NumberState(Value):
    """All that the operator knows of a subscriber's wishes.

    Attributes:
        rules_of: The operator whose rules hold for the number.
        listed: Whether it is on that operator's blacklist.
        enforced: Whether that operator holds promotions back for it.
        next: What is decided, and does not count yet.
        headers: The lines that the subscriber stopped by 11, or comes back to.
    """

    number: str
    prefix_of: str
    served_by: str
    rules_of: str
    listed: bool
    enforced: bool
    since: datetime | None
    next: Next | None
    listed_by: tuple[str, ...]
    headers: tuple[Header, ...]


class Summary(Value):
    """How many are on the blacklist, and how it is kept."""

    count: int
    by_operator: dict[str, int]
    shared: bool
    effective_delay: float
    enforced_by: tuple[str, ...]
    stopped_headers: dict[str, int]
    ported: int


class Listed(Value):
    """A number on the blacklist, and on whose, where it is not shared."""

    number: str
    operator: str | None


class Imported(Value):
    """A list was taken: by which change, and how many numbers it holds."""

    id: int
    numbers: int


class Blacklist(Resource):
    """The blacklist of an operator. Numbers are in any form; `operator` is one of `mci`, `irancell`, `rightel`..."""

    path: ClassVar[str] = "/blacklist"

    def add(self, *numbers: str, operator: str | None = None) -> int:
        """Puts numbers, or ranges FIRST-LAST, on the list at once; the change's number in the journal."""
        return self._change("list-numbers", numbers=numbers, operator=operator)

    def remove(self, *numbers: str, operator: str | None = None) -> int:
        """Takes numbers, or ranges FIRST-LAST, off the list at once; the change's number in the journal."""
        return self._change("unlist-numbers", numbers=numbers, operator=operator)

    def opt_out(self, number: str) -> int:
        """Has a subscriber want no advertising; it counts after the profile's delay. The change's number."""
        return self._change("opt-out", number=number)

    def opt_in(self, number: str) -> int:
        """Has a subscriber take advertising again; it counts after the profile's delay. The change's number."""
        return self._change("opt-in", number=number)

    def stop(self, number: str, line: str) -> int:
        """Has a subscriber stop a line («لغو ۱۱»); the change's number in the journal."""
        return self._change("stop-header", number=number, line=line)

    def rejoin(self, number: str, line: str) -> int:
        """Has a subscriber come back to a line that he stopped; the change's number in the journal."""
        return self._change("rejoin-header", number=number, line=line)

    def check(self, number: str) -> NumberState:
        """What is known of a number."""
        return self._http.read(NumberState, f"{self.path}/numbers/{quote(number, safe='')}")

    def __contains__(self, number: str) -> bool:
        """Whether a number is on the list of the operator whose rules hold for it."""
        return self.check(number).listed

    def summary(self) -> Summary:
        """How many are on it, and how it is kept."""
        return self._http.read(Summary, self.path)

    def numbers(self, begins: str = "", *, operator: str | None = None) -> Iterator[Listed]:
        """Who is on it, in the order of the numbers, read page by page.

        Args:
            begins: How the numbers begin, in any form.
            operator: On whose list.
        """
        path, first = f"{self.path}/numbers", None
        while True:
            page = self._http.ask_table("GET", path, query={"begins": begins, "operator": operator, "from": first})
            yield from as_values(Listed, page.get("numbers"), f"GET {path}")
            first = page.get("next")
            if first is None:
                return

    def upload(self, pieces: Iterable[bytes], *, listed: bool = True, operator: str | None = None) -> Imported:
        """Takes a list of any length, a number or range FIRST-LAST a line: all of it by one change, or nothing.

        Args:
            pieces: The list's bytes.
            listed: Put on the list, or taken off it.
            operator: On whose list; else where each is served.
        """
        answer = self._http.upload(f"{self.path}/import", pieces, {"listed": listed, "operator": operator})
        return as_value(Imported, answer, f"POST {self.path}/import")

    def export(self, *, operator: str | None = None) -> Iterator[bytes]:
        """Every number, one a line, as it is now, piece by piece."""
        return self._http.download(f"{self.path}/export", {"operator": operator})
