"""Times in the HTTP API: ISO 8601, answered in Tehran's time with milliseconds."""

import datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer

from simulator.numbers.numbering import TEHRAN
from simulator.time.clock import FIRST_YEAR, LAST_YEAR


def read_moment(value: Any) -> datetime.datetime:
    """A moment from its ISO 8601 text; without an offset it is Tehran's time.

    Raises:
        ValueError: It is none, or outside the years that an operator's clock may show.
    """
    try:
        moment = datetime.datetime.fromisoformat(value)
    except (TypeError, ValueError):
        msg = f"{value!r} is no ISO 8601 time such as 2026-11-22T10:00:00+03:30 (in a query, + is written %2B)"
        raise ValueError(msg) from None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        msg = f"the year must be from {FIRST_YEAR} to {LAST_YEAR}"
        raise ValueError(msg)
    return moment.replace(tzinfo=TEHRAN) if moment.tzinfo is None else moment


def tehran_moment(posix: float) -> datetime.datetime:
    """POSIX seconds as a time of Tehran."""
    return datetime.datetime.fromtimestamp(posix, TEHRAN)


def posix_or_none(moment: datetime.datetime | None) -> float | None:
    """A moment as POSIX seconds, if there is one."""
    return None if moment is None else moment.timestamp()


def _milliseconds(moment: datetime.datetime) -> str:
    return moment.isoformat(timespec="milliseconds")


GivenMoment = Annotated[datetime.datetime, BeforeValidator(read_moment)]
"""A time in a request."""

Moment = Annotated[
    datetime.datetime,
    PlainSerializer(_milliseconds, return_type=str),
    Field(examples=["2026-11-22T10:00:00.250+03:30"]),
]
"""A time in an answer."""
