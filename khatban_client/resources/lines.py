"""`/lines`: the registered lines, and what became of each; they are altered by changes."""

from datetime import date, datetime
from typing import Any, ClassVar, TypedDict, Unpack
from urllib.parse import quote

from khatban_client.resource import Resource
from khatban_client.resources.changes import Entry
from khatban_client.value import Value


class Owner(Value):
    """Who a line is registered to: `legal` or `natural`."""

    kind: str
    name: str
    identity: str
    verified: bool


class Line(Value):
    """A registered line.

    Attributes:
        kind: The row of the number plan that its digits belong to, such as `3000`.
        type: `promotional`, `dedicated_service`, `shared_service` or `samantel`.
        recipients: How many subscribers it was declared for; None if nothing was declared.
        state: `active`, `suspended`, `closed` or `expired`.
    """

    number: str
    kind: str
    aggregator: str
    type: str
    account: str
    owner: Owner
    use: str
    purpose: tuple[str, ...]
    recipients: int | None
    receives: bool
    state: str
    expires: date | None
    suspended_until: datetime | None
    violations: int


class LineStory(Line):
    """A line, and what became of it; `strikes` violations close it."""

    strikes: int
    sanctions: tuple[Entry, ...]
    history: tuple[Entry, ...]


class LineFilters(TypedDict, total=False):
    """Which lines; all that are given must fit."""

    account: str
    kind: str
    type: str
    state: str


class Lines(Resource):
    """The lines of an operator. A method that alters gives the change's number in the journal."""

    path: ClassVar[str] = "/lines"

    def find(self, **filters: Unpack[LineFilters]) -> list[Line]:
        """The lines that fit, in the order of their registration."""
        return self._all(Line, "lines", dict(filters))

    def get(self, number: str) -> LineStory:
        """A line by its number in any form, with its history."""
        return self._http.read(LineStory, f"{self.path}/{quote(number, safe='')}")

    def register(self, number: str, account: str, **more: Any) -> int:
        """Registers a line.

        Args:
            number: Without country code, or a name of up to 11 characters.
            account: Who may send from it.
            more: As in a world's `lines`: `type`, `owner`, `use`, `purpose`, `recipients`, `domains`, `expires`...
        """
        return self._change("register-line", line={"number": number, "account": account, **more})

    def suspend(self, number: str, reason: str, until: datetime | None = None) -> int:
        """Suspends a line, until it is reinstated or until a moment."""
        return self._change("suspend-line", line=number, reason=reason, until=until and until.isoformat())

    def close(self, number: str, reason: str) -> int:
        """Closes a line."""
        return self._change("close-line", line=number, reason=reason)

    def reinstate(self, number: str, reason: str) -> int:
        """Lets a line send again, with a clean slate."""
        return self._change("reinstate-line", line=number, reason=reason)
