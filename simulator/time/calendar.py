"""Working days in Iran: the weekend, the official holidays, and what an office does with a request that comes late.

Ten holidays (eleven in a leap year) have their day in the solar calendar. Seventeen follow the moon and are fixed by
announcement, so they are read from a file for each year (`holidays/`), for 1403 to 1406; in other years only
the solar ones are known. A profile adds the days on which the country was closed besides, and strikes those that moved.
"""

import datetime
import tomllib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, model_validator

from simulator.numbers.numbering import TEHRAN
from simulator.time.jalali import JalaliDate, JalaliDay

SOLAR_HOLIDAYS: Final[Mapping[tuple[int, int], str]] = {
    (1, 1): "Nowruz",
    (1, 2): "Nowruz",
    (1, 3): "Nowruz",
    (1, 4): "Nowruz",
    (1, 12): "Islamic Republic Day",
    (1, 13): "Nature's Day",
    (3, 14): "Death of Khomeini",
    (3, 15): "Uprising of 15 Khordad",
    (11, 22): "Revolution Day",
    (12, 29): "Nationalization of the Oil Industry",
    (12, 30): "last day of a leap year",
}
"""Official holidays by month and day of the solar calendar."""

_DAY: Final = datetime.timedelta(days=1)


class Weekday(StrEnum):
    """A day of the week, in Iran's order."""

    SAT = "sat"
    SUN = "sun"
    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"


_FROM_MONDAY = (Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI, Weekday.SAT, Weekday.SUN)


class Office(BaseModel):
    """When the operator's office works.

    The weekend is Thursday and Friday for state offices since 2025; before that it was Friday alone.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    weekend: frozenset[Weekday] = frozenset({Weekday.THU, Weekday.FRI})
    opens: datetime.time = datetime.time(8)
    closes: datetime.time = datetime.time(16)
    """What is asked later than this counts as asked on the next working day."""
    closed_days: frozenset[JalaliDay] = frozenset()
    """Days such as `1405-12-10` on which the country is closed besides the official holidays."""
    working_days: frozenset[JalaliDay] = frozenset()
    """Official holidays that are struck, because the moon was seen on another day."""

    @model_validator(mode="after")
    def _works_at_all(self) -> Self:
        if len(self.weekend) == len(Weekday):
            msg = "a week has a working day"
            raise ValueError(msg)
        if not self.opens < self.closes:
            msg = f"the office opens at {self.opens:%H:%M} and closes at {self.closes:%H:%M}: it must open first"
            raise ValueError(msg)
        if both := self.closed_days & self.working_days:
            msg = f"{min(both)} is both closed and working"
            raise ValueError(msg)
        return self


class WorkingCalendar:
    """The working days of one office. Days are Gregorian dates in Tehran, moments carry Tehran's time zone."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def closed_because(self, day: datetime.date) -> str | None:
        """Why nobody works on a day; None on a working day."""
        jalali = JalaliDate.of(day)
        if str(jalali) in self.office.closed_days:
            return "closed by announcement"
        if str(jalali) not in self.office.working_days and (holiday := official_holiday(jalali)):
            return holiday
        return "weekend" if _FROM_MONDAY[day.weekday()] in self.office.weekend else None

    def is_working(self, day: datetime.date) -> bool:
        """Whether the office works on a day."""
        return self.closed_because(day) is None

    def counts_from(self, asked: datetime.datetime) -> datetime.date:
        """The day on which a request counts as asked: its own, or the next working day if the office was closed."""
        local = asked.astimezone(TEHRAN)
        day = local.date()
        if self.is_working(day) and local.time() <= self.office.closes:
            return day
        return self.after(day, 1)

    def after(self, day: datetime.date, working_days: int) -> datetime.date:
        """The day on which so many working days have passed, the first of them after `day`; `day` itself for none."""
        for _ in range(working_days):
            day = next(self._working_from(day + _DAY))
        return day

    def between(self, first: datetime.date, last: datetime.date) -> list[datetime.date]:
        """The working days from `first` to `last`, both included."""
        days = (first + _DAY * past for past in range((last - first).days + 1))
        return [day for day in days if self.is_working(day)]

    def opening(self, day: datetime.date) -> datetime.datetime:
        """The moment of a day at which the office opens."""
        return datetime.datetime.combine(day, self.office.opens, TEHRAN)

    def closing(self, day: datetime.date) -> datetime.datetime:
        """The moment of a day at which the office closes."""
        return datetime.datetime.combine(day, self.office.closes, TEHRAN)

    def _working_from(self, day: datetime.date) -> Iterator[datetime.date]:
        while True:
            if self.is_working(day):
                yield day
            day += _DAY


def official_holiday(day: JalaliDate) -> str | None:
    """The name of the official holiday on a day; both where two coincide; None on other days."""
    names = [name for name in (SOLAR_HOLIDAYS.get((day.month, day.day)), lunar_holidays(day.year).get(day)) if name]
    return "; ".join(names) or None


@cache
def lunar_holidays(year: int) -> Mapping[JalaliDate, str]:
    """The holidays of a solar year that follow the moon; none for a year without a file."""
    file = resources.files("simulator") / "time" / "holidays" / f"{year}.toml"
    if not file.is_file():
        return {}
    days = tomllib.loads(file.read_text("utf-8"))
    return {JalaliDate.parse(f"{year}-{day}"): str(name) for day, name in days.items()}
