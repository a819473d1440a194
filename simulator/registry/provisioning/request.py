"""A request for a service line: what was asked, what was handed in, and the states that it goes through."""

import datetime
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from simulator.profiles.service_terms import Route
from simulator.registry.lines import Owner
from simulator.registry.provisioning.documents import Document
from simulator.registry.provisioning.requirements import Reason


class RequestState(StrEnum):
    """Where a request stands."""

    DRAFT = "draft"
    """Papers are still being gathered; nobody at the operator looks at it."""
    WAITING_FOR_BATCH = "waiting-for-batch"
    """In order, and waiting for the day of the month on which the requests are taken up together."""
    IN_REVIEW = "in-review"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    """A draft that was not handed in in time."""

    @property
    def is_open(self) -> bool:
        """Whether something may still come of it."""
        return self in {RequestState.DRAFT, RequestState.WAITING_FOR_BATCH, RequestState.IN_REVIEW}


class Event(StrEnum):
    """What happens to a request."""

    HANDED_IN = "handed-in"
    """Found in order, and taken up for review."""
    QUEUED = "queued"
    """Found in order, and put with the others of its batch."""
    TAKEN_UP = "taken-up"
    """Its batch has come."""
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


_DRAFT, _WAITING, _REVIEW = RequestState.DRAFT, RequestState.WAITING_FOR_BATCH, RequestState.IN_REVIEW

TRANSITIONS: Final[Mapping[tuple[RequestState, Event], RequestState]] = {
    (_DRAFT, Event.HANDED_IN): _REVIEW,
    (_DRAFT, Event.QUEUED): _WAITING,
    (_DRAFT, Event.REFUSED): RequestState.REFUSED,
    (_DRAFT, Event.WITHDRAWN): RequestState.WITHDRAWN,
    (_DRAFT, Event.LAPSED): RequestState.EXPIRED,
    (_WAITING, Event.TAKEN_UP): _REVIEW,
    (_WAITING, Event.REFUSED): RequestState.REFUSED,
    (_WAITING, Event.WITHDRAWN): RequestState.WITHDRAWN,
    (_REVIEW, Event.GRANTED): RequestState.GRANTED,
    (_REVIEW, Event.REFUSED): RequestState.REFUSED,
    (_REVIEW, Event.WITHDRAWN): RequestState.WITHDRAWN,
}
"""The one table of what may happen when, and where it leads; all else cannot happen."""


class Asked(NamedTuple):
    """What was asked for."""

    route: Route
    account: str
    line: str | None
    """The registered number; None if the operator is to give a line out."""
    owner: Owner
    """Of the line as it was when the request was made."""
    digits: str = ""
    """The number that the owner would like."""
    represents: str = ""
    """The company for which he asks."""


class Step(NamedTuple):
    """One event of a request, with its moment (POSIX seconds, operator's clock)."""

    at: float
    event: Event


class Request(NamedTuple):
    """One request as it is now."""

    id: int
    asked: Asked
    asked_at: float
    documents: tuple[Document, ...] = ()
    state: RequestState = RequestState.DRAFT
    counts_from: datetime.date | None = None
    """The working day on which it counts as handed in; None for a draft."""
    due: float | None = None
    """When the operator does the next thing with it by himself; None when it is over."""
    reasons: tuple[Reason, ...] = ()
    granted_line: str | None = None
    steps: tuple[Step, ...] = ()


class TransitionError(Exception):
    """What was to happen cannot happen to a request in its state."""


def after(request: Request, event: Event, at: float) -> Request:
    """The request after an event.

    Raises:
        TransitionError: It cannot happen in the request's state.
    """
    state = TRANSITIONS.get((request.state, event))
    if state is None:
        msg = f"request {request.id} is {request.state}: it cannot be {event}"
        raise TransitionError(msg)
    steps = (*request.steps, Step(at, event))
    return request._replace(state=state, steps=steps, due=request.due if state.is_open else None)
