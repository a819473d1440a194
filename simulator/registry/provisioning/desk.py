"""The desk where requests for service lines are taken, reviewed and decided: a register like the others.

What it holds follows from the changes that were made and from the run's seed, so a journal brings it back.
"""

import datetime
from collections.abc import Callable, Iterator
from random import Random

from simulator.numbers.numbering import TEHRAN
from simulator.profiles.service_terms import ServiceTerms
from simulator.registry.provisioning.documents import CustomerList, Document
from simulator.registry.provisioning.request import Asked, Event, Request, after
from simulator.registry.provisioning.requirements import Reason
from simulator.registry.provisioning.schedule import plan_review
from simulator.time.calendar import WorkingCalendar

_DAY = 86_400.0


class Desk:
    """The requests of one operator. Moments are POSIX seconds on the operator's clock."""

    def __init__(self, terms: ServiceTerms, calendar: WorkingCalendar, seed: int) -> None:
        self.terms = terms
        self._calendar = calendar
        self._seed = seed
        self._requests: dict[int, Request] = {}

    def get(self, number: int) -> Request | None:
        """A request by its number."""
        return self._requests.get(number)

    def __iter__(self) -> Iterator[Request]:
        return iter(self._requests.values())

    def open_for(self, line: str) -> Request | None:
        """The request that is open for a line."""
        return next(
            (request for request in self._requests.values() if request.state.is_open and request.asked.line == line),
            None,
        )

    def take(self, asked: Asked, documents: tuple[Document, ...], at: float) -> Request:
        """A new draft, numbered from 1; it lapses in time."""
        request = Request(
            id=len(self._requests) + 1,
            asked=asked,
            asked_at=at,
            documents=documents,
            due=at + self.terms.draft_days * _DAY,
        )
        return self._keep(request)

    def add_document(self, request: Request, document: Document) -> Request:
        """A draft with one paper more, in the place of a former one of its kind; customer lists are joined."""
        others = []
        for paper in request.documents:
            if isinstance(paper, CustomerList) and isinstance(document, CustomerList):
                document = CustomerList(recipients=paper.recipients | document.recipients)
            elif paper.kind != document.kind:
                others.append(paper)
        return self._keep(request._replace(documents=(*others, document)))

    def hand_in(self, request: Request, reasons: tuple[Reason, ...], at: float) -> Request:
        """What becomes of a draft that is handed in, with everything that stands against it.

        Raises:
            TransitionError: It was handed in before.
        """
        if reasons:
            return self.refuse(request, reasons, at)
        review = self.terms.review(request.asked.route)
        plan = plan_review(self._calendar, review, at, self._chance(request, "review"))
        event = Event.HANDED_IN if plan.batch_at is None else Event.QUEUED
        due = plan.decided_at if plan.batch_at is None else plan.batch_at
        return self._keep(after(request, event, at)._replace(counts_from=plan.counts_from, due=due))

    def take_up(self, request: Request, at: float) -> Request:
        """The batch has come: the request is looked at.

        Raises:
            TransitionError: It does not wait for one.
        """
        taken = after(request, Event.TAKEN_UP, at)
        handed_in = next(step.at for step in request.steps if step.event is Event.QUEUED)
        review = self.terms.review(request.asked.route)
        plan = plan_review(self._calendar, review, handed_in, self._chance(request, "review"))
        return self._keep(taken._replace(due=max(plan.decided_at, at)))

    def refuse(self, request: Request, reasons: tuple[Reason, ...], at: float) -> Request:
        """The answer is no.

        Raises:
            TransitionError: The request is over.
        """
        return self._keep(after(request, Event.REFUSED, at)._replace(reasons=reasons))

    def grant(self, request: Request, line: str, at: float) -> Request:
        """The answer is yes, for a line.

        Raises:
            TransitionError: The request is not in review.
        """
        return self._keep(after(request, Event.GRANTED, at)._replace(granted_line=line))

    def withdraw(self, request: Request, at: float) -> Request:
        """Its account takes it back.

        Raises:
            TransitionError: The request is over.
        """
        return self._keep(after(request, Event.WITHDRAWN, at))

    def lapse(self, request: Request, at: float) -> Request:
        """A draft was not handed in in time.

        Raises:
            TransitionError: It is none.
        """
        return self._keep(after(request, Event.LAPSED, at))

    def next_due(self) -> Request | None:
        """The request with which the operator does something next, by himself."""
        waiting = (request for request in self._requests.values() if request.due is not None)
        return min(waiting, key=lambda request: (request.due, request.id), default=None)

    def draw_number(self, request: Request, taken: Callable[[str], bool]) -> str:
        """A Samantel number that nobody has, drawn for a request."""
        chance = self._chance(request, "number")
        while taken(number := f"9999{chance.randrange(1_000_000):06d}"):
            pass
        return number

    def expiry(self, at: float) -> datetime.date | None:
        """The last day of a term that begins at a moment; None where terms do not end."""
        if self.terms.term_days is None:
            return None
        return today(at) + datetime.timedelta(days=self.terms.term_days)

    def _chance(self, request: Request, what: str) -> Random:
        return Random(f"{self._seed} {what} {request.id}")  # noqa: S311 - no secret

    def _keep(self, request: Request) -> Request:
        self._requests[request.id] = request
        return request


def today(at: float) -> datetime.date:
    """The day in Tehran at a moment."""
    return datetime.datetime.fromtimestamp(at, TEHRAN).date()
