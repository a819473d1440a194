import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.time.jalali import JalaliDate

CLOCK_DATES = st.dates(datetime.date(1970, 1, 1), datetime.date(2199, 12, 31))


@pytest.mark.parametrize(
    ("jalali", "gregorian"),
    [
        ("1402-12-29", "2024-03-19"),
        ("1403-01-01", "2024-03-20"),
        ("1403-12-30", "2025-03-20"),  # a leap year
        ("1404-01-01", "2025-03-21"),
        ("1404-12-29", "2026-03-20"),
        ("1405-06-31", "2026-09-22"),
        ("1405-09-01", "2026-11-22"),
        ("1408-12-30", "2030-03-20"),
        ("1348-10-11", "1970-01-01"),
    ],
)
def test_known_days(jalali: str, gregorian: str) -> None:
    day = datetime.date.fromisoformat(gregorian)
    assert str(JalaliDate.of(day)) == jalali
    assert JalaliDate.parse(jalali).gregorian() == day


@given(CLOCK_DATES)
def test_there_and_back(day: datetime.date) -> None:
    assert JalaliDate.of(day).gregorian() == day


@given(CLOCK_DATES)
def test_the_next_day_is_later(day: datetime.date) -> None:
    today, tomorrow = JalaliDate.of(day), JalaliDate.of(day + datetime.timedelta(days=1))
    assert today < tomorrow
    assert tomorrow.day == 1 or tomorrow == today.with_day(today.day + 1)
    assert tomorrow.day != 1 or tomorrow == today.next_month()


@pytest.mark.parametrize("written", ["1404-12-30", "1405-07-31", "1405-13-01", "1405-00-10", "1405-01-00", "x"])
def test_a_day_that_is_none(written: str) -> None:
    with pytest.raises(ValueError, match=r"is no day|invalid literal|not enough values"):
        JalaliDate.parse(written)
