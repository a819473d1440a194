from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.smpp.times import format_relative, format_time, parse_time

TEHRAN = timezone(timedelta(hours=3, minutes=30))
NOW = datetime(2026, 1, 31, 12, 0, tzinfo=TEHRAN)


def test_not_given() -> None:
    assert parse_time("", NOW) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("261122093000014+", datetime(2026, 11, 22, 9, 30, tzinfo=TEHRAN)),
        ("261122093015714+", datetime(2026, 11, 22, 9, 30, 15, 700_000, TEHRAN)),
        ("261122060000000+", datetime(2026, 11, 22, 6, tzinfo=UTC)),
        ("261122010000020-", datetime(2026, 11, 22, 1, tzinfo=timezone(timedelta(hours=-5)))),
        ("370101000000000+", datetime(2037, 1, 1, tzinfo=UTC)),
        ("380101000000000+", datetime(1938, 1, 1, tzinfo=UTC)),
    ],
)
def test_absolute(text: str, moment: datetime) -> None:
    assert parse_time(text, NOW) == moment
    assert format_time(moment) == text


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("000000010000000R", datetime(2026, 1, 31, 13, 0, tzinfo=TEHRAN)),
        ("000002000000000R", datetime(2026, 2, 2, 12, 0, tzinfo=TEHRAN)),
        ("000100000000000R", datetime(2026, 2, 28, 12, 0, tzinfo=TEHRAN)),  # there is no 31 February
        ("001200000000000R", datetime(2027, 1, 31, 12, 0, tzinfo=TEHRAN)),
        ("020610233429000R", datetime(2028, 8, 11, 11, 34, 29, tzinfo=TEHRAN)),
    ],
)
def test_relative(text: str, moment: datetime) -> None:
    assert parse_time(text, NOW) == moment


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2611220930", "is not of the form YYMMDDhhmmsstnnp"),
        ("261122093000014", "is not of the form"),
        ("261122093000014*", "is not of the form"),
        ("۲۶1122093000014+", "is not of the form"),
        ("261322093000014+", "month must be in 1..12"),
        ("261131093000014+", "day is out of range for month"),
        ("261122243000014+", "hour must be in 0..23"),
        ("261122093000049+", "49 quarter hours from UTC, at most 48"),
        ("000000010000014R", "a relative time has 000 before its R"),
        ("000000010000100R", "a relative time has 000 before its R"),
    ],
)
def test_what_is_no_time(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_time(text, NOW)


def test_a_relative_time_beyond_the_calendar() -> None:
    with pytest.raises(ValueError, match=r"^'990000000000000R': "):
        parse_time("990000000000000R", datetime(9950, 1, 1, tzinfo=TEHRAN))


@pytest.mark.parametrize(
    ("moment", "reason"),
    [
        (datetime(2026, 11, 22), "has no time zone"),  # noqa: DTZ001 - meant
        (datetime(2026, 11, 22, tzinfo=timezone(timedelta(minutes=205))), "is not 0 to 48 quarter hours from UTC"),
        (datetime(2026, 11, 22, tzinfo=timezone(timedelta(hours=13))), "is not 0 to 48 quarter hours from UTC"),
        (datetime(2038, 1, 1, tzinfo=TEHRAN), "its year is not within 1938 to 2037"),
    ],
)
def test_moments_that_cannot_be_written(moment: datetime, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        format_time(moment)


@given(st.timedeltas(timedelta(0), timedelta(days=99)))
def test_a_relative_time_there_and_back(amount: timedelta) -> None:
    back = parse_time(format_relative(amount), NOW)
    assert back == NOW + timedelta(days=amount.days, seconds=amount.seconds)


@pytest.mark.parametrize("amount", [timedelta(seconds=-1), timedelta(days=100)])
def test_amounts_that_cannot_be_written(amount: timedelta) -> None:
    with pytest.raises(ValueError, match="is not within 0 and 100 days"):
        format_relative(amount)
