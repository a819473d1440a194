"""Dates of the Solar Hijri calendar (Jalali), by which offices in Iran work.

The leap years are those of the 33-year cycle; jdatetime 6.1 gives the same days for every year from 1348 to 1577, which
are the years that an operator's clock may show.
"""

import datetime
from typing import Annotated, NamedTuple, Self

from pydantic import AfterValidator, Field

_KNOWN_YEAR = 1403
_KNOWN_NEW_YEAR = datetime.date(2024, 3, 20).toordinal()
_LONG_MONTHS = 6
"""The first six months have 31 days, the next five 30, the last 29 or 30."""


class JalaliDate(NamedTuple):
    """A day by year, month (1 to 12) and day of the month."""

    year: int
    month: int
    day: int

    @classmethod
    def of(cls, date: datetime.date) -> Self:
        """The same day of the Gregorian calendar."""
        ordinal = date.toordinal()
        year = date.year - 621
        if ordinal < _new_year(year):
            year -= 1
        past = ordinal - _new_year(year)
        if past < _LONG_MONTHS * 31:
            return cls(year, past // 31 + 1, past % 31 + 1)
        past -= _LONG_MONTHS * 31
        return cls(year, past // 30 + 1 + _LONG_MONTHS, past % 30 + 1)

    @classmethod
    def parse(cls, written: str) -> Self:
        """A day from `1405-08-30`.

        Raises:
            ValueError: There is no such day.
        """
        year, month, day = (int(part) for part in written.split("-"))
        date = cls(year, month, day)
        if not 1 <= month <= 12 or cls.of(date.gregorian()) != date:
            msg = f"{written} is no day of the Solar Hijri calendar"
            raise ValueError(msg)
        return date

    def gregorian(self) -> datetime.date:
        """The same day in the Gregorian calendar."""
        before = (self.month - 1) * 30 + min(self.month - 1, _LONG_MONTHS)
        return datetime.date.fromordinal(_new_year(self.year) + before + self.day - 1)

    def with_day(self, day: int) -> "JalaliDate":
        """Another day of the same month."""
        return JalaliDate(self.year, self.month, day)

    def next_month(self) -> "JalaliDate":
        """The first day of the month after."""
        return JalaliDate(self.year + self.month // 12, self.month % 12 + 1, 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"


def _new_year(year: int) -> int:
    """The proleptic Gregorian ordinal of 1 Farvardin."""
    leaps = _leaps_before(year) - _leaps_before(_KNOWN_YEAR)
    return _KNOWN_NEW_YEAR + 365 * (year - _KNOWN_YEAR) + leaps


def _leaps_before(year: int) -> int:
    """Leap years before `year`, counted from a fixed one: eight in every 33."""
    return (8 * year + 21) // 33


def _checked(written: str) -> str:
    JalaliDate.parse(written)
    return written


JalaliDay = Annotated[str, Field(pattern=r"^1[0-9]{3}-[0-9]{2}-[0-9]{2}$"), AfterValidator(_checked)]
"""A day such as `1405-08-30`, as a field of a pydantic model."""
