"""When the operator does what with a request, by the route's terms and the office's calendar.

Draws are keyed by the run's seed and the request, so they do not depend on what else happens.
"""

import datetime
from collections.abc import Mapping
from random import Random
from typing import Final, NamedTuple

from simulator.numbers.numbering import TEHRAN
from simulator.profiles.service_terms import Review, Route, Unit
from simulator.time.calendar import WorkingCalendar
from simulator.time.jalali import JalaliDate

DURATION_CLAUSES: Final[Mapping[Route, str]] = {
    Route.DEDICATED: "dedicated.duration",
    Route.SAMANTEL: "samantel.working-week",
}
"""The clauses that say how long a review takes; of the shared route nothing is written."""
BATCH_CLAUSE: Final = "dedicated.monthly-batch"


class Plan(NamedTuple):
    """What comes of a request that was handed in; moments are POSIX seconds."""

    counts_from: datetime.date
    batch_at: float | None
    """When its batch is taken up; None where requests are looked at as they come."""
    decided_at: float


def plan_review(calendar: WorkingCalendar, review: Review, handed_in: float, chance: Random) -> Plan:
    """When a request that is handed in at a moment is taken up, and decided."""
    moment = datetime.datetime.fromtimestamp(handed_in, TEHRAN)
    counts_from = calendar.counts_from(moment)
    batch = None if review.batch_day is None else calendar.closing(_batch_date(counts_from, review.batch_day))
    first_day = counts_from if batch is None else batch.date()
    decided = _decision(calendar, review, first_day, chance)
    earliest = moment if batch is None else batch
    return Plan(counts_from, None if batch is None else batch.timestamp(), max(decided, earliest).timestamp())


def _batch_date(counts_from: datetime.date, day: int) -> datetime.date:
    asked = JalaliDate.of(counts_from)
    month = asked if asked.day <= day else asked.next_month()
    return month.with_day(day).gregorian()


def _decision(calendar: WorkingCalendar, review: Review, first_day: datetime.date, chance: Random) -> datetime.datetime:
    if review.unit is Unit.WORKING_DAYS:
        return calendar.closing(calendar.after(first_day, chance.randint(review.least, review.most)))
    days = calendar.between(
        first_day + datetime.timedelta(days=review.least), first_day + datetime.timedelta(days=review.most)
    )
    day = chance.choice(days) if days else calendar.after(first_day + datetime.timedelta(days=review.most), 1)
    opening, closing = calendar.opening(day), calendar.closing(day)
    return opening + datetime.timedelta(minutes=chance.randrange(int((closing - opening).total_seconds()) // 60))
