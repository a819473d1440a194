"""`/requests`: the requests for service lines; changes make and decide them."""

from datetime import date, datetime
from typing import Any, ClassVar, TypedDict, Unpack

from khatban_client.resource import Resource
from khatban_client.resources.lines import Owner
from khatban_client.value import Value


class Reason(Value):
    """Why a request is, or would be, refused; `document` is the paper that is missing or not in order."""

    clause: str
    why: str
    document: str


class Step(Value):
    """Something that happened to a request."""

    at: datetime
    event: str


class Request(Value):
    """A request for a service line.

    Attributes:
        line: None where the operator is to give one out.
        documents: The papers, as changes take them.
        due: When the operator does the next thing with it.
        reasons: Of a refusal; of a draft, what stands against it now.
    """

    id: int
    route: str
    account: str
    line: str | None
    owner: Owner
    digits: str
    represents: str
    documents: tuple[dict[str, Any], ...]
    state: str
    asked_at: datetime
    counts_from: date | None
    due: datetime | None
    reasons: tuple[Reason, ...]
    granted_line: str | None
    steps: tuple[Step, ...]


class RequestFilters(TypedDict, total=False):
    """Which requests; all that are given must fit."""

    line: str
    account: str
    route: str
    state: str


class Requests(Resource):
    """The requests of an operator."""

    path: ClassVar[str] = "/requests"

    def find(self, **filters: Unpack[RequestFilters]) -> list[Request]:
        """The requests that fit, the earliest first."""
        return self._all(Request, "requests", dict(filters))

    def get(self, number: int) -> Request:
        """One request."""
        return self._http.read(Request, f"{self.path}/{number}")
