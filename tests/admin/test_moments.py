"""Times as the API reads and tells them."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from simulator.admin.moments import GivenMoment, Moment, tehran_moment
from simulator.numbers.numbering import TEHRAN

GIVEN, TOLD = TypeAdapter(GivenMoment), TypeAdapter(Moment)


@pytest.mark.parametrize(
    "text", ["2026-11-22T10:00:00+03:30", "2026-11-22T06:30:00Z", "2026-11-22T10:00", "20261122T100000"]
)
def test_a_moment_without_an_offset_is_tehrans(text: str) -> None:
    assert GIVEN.validate_python(text) == datetime.datetime(2026, 11, 22, 10, tzinfo=TEHRAN)


@pytest.mark.parametrize(
    "value", ["", "yesterday", "2026-11-22T10:00:00 03:30", "1700000000", 1_700_000_000, None, True]
)
def test_what_is_no_iso_8601_text_is_refused(value: object) -> None:
    with pytest.raises(ValidationError, match="is no ISO 8601 time"):
        GIVEN.validate_python(value)


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "1969-12-31", "2200-01-01", "9999-12-31T23:59:59-12:00"])
def test_years_that_no_clock_shows_are_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="the year must be from 1970 to 2199"):
        GIVEN.validate_python(text)


@given(st.integers(0, 7_000_000_000_000))
def test_a_told_moment_is_read_back_to_the_millisecond(milliseconds: int) -> None:
    told = TOLD.dump_python(tehran_moment(milliseconds / 1000))
    assert round(GIVEN.validate_python(told).timestamp() * 1000) == pytest.approx(milliseconds, abs=1)


def test_times_are_told_in_tehrans_time() -> None:
    assert TOLD.dump_python(tehran_moment(0.25)) == "1970-01-01T03:30:00.250+03:30"
