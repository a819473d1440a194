"""Working days against the list of 27 official holidays, and the edges of a working week."""

import datetime
from importlib import resources
from itertools import pairwise

import pytest
from pydantic import ValidationError

from simulator.numbers.numbering import TEHRAN
from simulator.time.calendar import SOLAR_HOLIDAYS, Office, WorkingCalendar, lunar_holidays, official_holiday
from simulator.time.jalali import JalaliDate

LUNAR = [
    "9 Muharram", "10 Muharram", "20 Safar", "28 Safar", "last of Safar", "8 Rabi al-Awwal", "17 Rabi al-Awwal",
    "3 Jumada al-Thani", "13 Rajab", "27 Rajab", "15 Shaban", "21 Ramadan", "1 Shawwal", "2 Shawwal", "25 Shawwal",
    "10 Dhu al-Hijja", "18 Dhu al-Hijja",
]  # fmt: skip
CALENDAR = WorkingCalendar(Office())
FRIDAY_ONLY = WorkingCalendar(Office.model_validate({"weekend": ["fri"]}))


def day(written: str) -> datetime.date:
    return JalaliDate.parse(written).gregorian()


def at(written: str, time: str) -> datetime.datetime:
    return datetime.datetime.combine(day(written), datetime.time.fromisoformat(time), TEHRAN)


def holidays(year: int) -> list[JalaliDate]:
    first, last = JalaliDate(year, 1, 1).gregorian(), JalaliDate(year + 1, 1, 1).gregorian()
    days = (JalaliDate.of(first + datetime.timedelta(days=past)) for past in range((last - first).days))
    return [date for date in days if official_holiday(date)]


@pytest.mark.parametrize("year", [1403, 1404, 1405, 1406])
def test_each_year_has_every_lunar_holiday_of_the_list(year: int) -> None:
    names = [name.partition(",")[0] for name in lunar_holidays(year).values()]
    assert set(names) == set(LUNAR)


@pytest.mark.parametrize(("year", "days"), [(1403, 27), (1404, 26), (1405, 26), (1406, 27)])
def test_so_many_days_are_closed_where_some_coincide(year: int, days: int) -> None:
    assert len(holidays(year)) == days


def test_every_file_is_of_a_year_and_every_moon_follows_the_one_before() -> None:
    years = sorted(
        int(file.name.removesuffix(".toml")) for file in (resources.files("simulator") / "time" / "holidays").iterdir()
    )
    assert years == [1403, 1404, 1405, 1406]
    ashuras = [
        next(date.gregorian() for date, name in lunar_holidays(year).items() if "Ashura" in name) for year in years
    ]
    for earlier, later in pairwise(ashuras):
        assert 353 <= (later - earlier).days <= 356  # a lunar year


def test_other_years_have_the_solar_holidays_only() -> None:
    assert {(date.month, date.day) for date in holidays(1420)} <= set(SOLAR_HOLIDAYS)


def test_why_a_day_is_closed() -> None:
    assert CALENDAR.closed_because(day("1405-09-01")) is None  # a Sunday
    assert CALENDAR.closed_because(day("1405-09-05")) == "weekend"  # a Thursday
    assert CALENDAR.closed_because(day("1405-04-04")) == "10 Muharram, Ashura"
    assert CALENDAR.closed_because(day("1405-03-14")) == "Death of Khomeini; 18 Dhu al-Hijja, Eid al-Ghadir"


def test_thursday_works_where_the_weekend_is_friday_alone() -> None:
    thursday, friday = day("1405-09-05"), day("1405-09-06")
    assert not CALENDAR.is_working(thursday)
    assert FRIDAY_ONLY.is_working(thursday)
    assert not FRIDAY_ONLY.is_working(friday)


def test_a_profile_adds_and_strikes_days() -> None:
    office = Office.model_validate({"closed_days": ["1405-09-01"], "working_days": ["1405-01-25"]})
    calendar = WorkingCalendar(office)
    assert calendar.closed_because(day("1405-09-01")) == "closed by announcement"
    assert CALENDAR.closed_because(day("1405-01-25")) == "25 Shawwal"
    assert calendar.is_working(day("1405-01-25"))


@pytest.mark.parametrize(
    ("asked", "counts_from"),
    [
        (("1405-09-01", "10:00"), "1405-09-01"),
        (("1405-09-01", "03:00"), "1405-09-01"),
        (("1405-09-01", "16:00"), "1405-09-01"),  # four o'clock sharp is not after it
        (("1405-09-01", "16:00:01"), "1405-09-02"),
        (("1405-09-04", "17:00"), "1405-09-07"),  # Wednesday evening, then Saturday
        (("1405-09-05", "10:00"), "1405-09-07"),  # Thursday
        (("1404-12-27", "17:00"), "1405-01-05"),  # the last working evening before Nowruz
        (("1405-04-02", "17:00"), "1405-04-06"),  # Tasua and Ashura on Wednesday and Thursday, then Friday
    ],
)
def test_the_day_on_which_a_request_counts(asked: tuple[str, str], counts_from: str) -> None:
    assert str(JalaliDate.of(CALENDAR.counts_from(at(*asked)))) == counts_from


@pytest.mark.parametrize(
    ("first", "working_days", "then"),
    [
        ("1405-09-07", 5, "1405-09-14"),  # Saturday to Saturday: a working week
        ("1405-09-04", 1, "1405-09-07"),
        ("1405-03-30", 5, "1405-04-07"),  # over Tasua, Ashura and a weekend
        ("1404-12-26", 5, "1405-01-10"),  # over Nowruz: 27 Esfand, then 5, 8, 9 and 10 Farvardin
        ("1405-09-01", 0, "1405-09-01"),
    ],
)
def test_working_days_are_counted(first: str, working_days: int, then: str) -> None:
    found = CALENDAR.after(day(first), working_days)
    days = CALENDAR.between(day(first) + datetime.timedelta(days=1), found)
    assert len(days) == working_days
    assert str(JalaliDate.of(found)) == then


@pytest.mark.parametrize(
    ("office", "says"),
    [
        ({"weekend": ["sat", "sun", "mon", "tue", "wed", "thu", "fri"]}, "a week has a working day"),
        ({"opens": "16:00", "closes": "08:00"}, "it must open first"),
        ({"closed_days": ["1404-12-30"]}, "is no day"),
        ({"closed_days": ["1405-09-01"], "working_days": ["1405-09-01"]}, "both closed and working"),
    ],
)
def test_an_office_that_cannot_be(office: dict[str, object], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        Office.model_validate(office)
