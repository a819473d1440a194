"""The time format of SMPP (5.0: 4.7.23): 16 characters `YYMMDDhhmmsstnnp`, absolute or relative.

`t` is tenths of a second, `nn` quarter hours from UTC, `p` the direction of that (`+` ahead of UTC, `-` behind) or `R`,
which makes all of it an amount of time. Two-digit years 00 to 37 are 2000 to 2037, 38 to 99 are 1938 to 1999
(3.4 Appendix C).
"""

import re
from calendar import monthrange
from datetime import datetime, timedelta, timezone
from typing import Final

_FORMAT: Final = re.compile(r"(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d)(\d\d)([-+R])", re.ASCII)
_FIRST_YEAR: Final = 1938
_LAST_YEAR: Final = 2037
_QUARTER: Final = timedelta(minutes=15)
_MAX_QUARTERS: Final = 48


def parse_time(text: str, now: datetime) -> datetime | None:
    """Read a time field; a relative time is counted from `now`.

    Args:
        text: 16 characters, or none for "not given".
        now: the operator's time, with a time zone.

    Returns:
        The moment, aware: absolute ones in the zone they name, relative ones in that of `now`. None for "not given".

    Raises:
        ValueError: not such a time; the text says why.
    """
    if not text:
        return None
    match = _FORMAT.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not of the form YYMMDDhhmmsstnnp, with p one of + - R")
    numbers = [int(digits) for digits in match.groups()[:-1]]
    try:
        return _relative(numbers, now) if match[9] == "R" else _absolute(numbers, match[9])
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{text!r}: {error}") from None


def _absolute(numbers: list[int], direction: str) -> datetime:
    year, month, day, hour, minute, second, tenths, quarters = numbers
    if quarters > _MAX_QUARTERS:
        raise ValueError(f"{quarters} quarter hours from UTC, at most {_MAX_QUARTERS}")
    offset = timezone(_QUARTER * (quarters if direction == "+" else -quarters))
    year += 2000 if year + 2000 <= _LAST_YEAR else 1900
    return datetime(year, month, day, hour, minute, second, tenths * 100_000, tzinfo=offset)


def _relative(numbers: list[int], now: datetime) -> datetime:
    years, months, days, hours, minutes, seconds, tenths, quarters = numbers
    if tenths or quarters:
        raise ValueError("a relative time has 000 before its R")
    carry, month = divmod(now.month - 1 + months, 12)
    year = now.year + years + carry
    # The 31st, a month after the end of January, is the last day of February.
    day = min(now.day, monthrange(year, month + 1)[1])
    moment = now.replace(year=year, month=month + 1, day=day)
    return moment + timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


def format_time(moment: datetime) -> str:
    """Write an absolute time.

    Args:
        moment: aware, in a zone that is a whole number of quarter hours from UTC; cut to a tenth of a second.

    Raises:
        ValueError: naive, in another zone, or in a year that two digits cannot say.
    """
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError(f"{moment.isoformat()} has no time zone")
    quarters, rest = divmod(offset, _QUARTER)
    if rest or abs(quarters) > _MAX_QUARTERS:
        raise ValueError(f"{moment.isoformat()}: its zone is not 0 to {_MAX_QUARTERS} quarter hours from UTC")
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise ValueError(f"{moment.isoformat()}: its year is not within {_FIRST_YEAR} to {_LAST_YEAR}")
    direction = "-" if quarters < 0 else "+"
    return f"{moment:%y%m%d%H%M%S}{moment.microsecond // 100_000}{abs(quarters):02}{direction}"


def format_relative(amount: timedelta) -> str:
    """Write a relative time in days, hours, minutes and seconds; parts of a second are cut.

    Raises:
        ValueError: negative, or 100 days and more.
    """
    if not timedelta(0) <= amount < timedelta(days=100):
        raise ValueError(f"{amount} is not within 0 and 100 days")
    minutes, seconds = divmod(amount.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"0000{amount.days:02}{hours:02}{minutes:02}{seconds:02}000R"
