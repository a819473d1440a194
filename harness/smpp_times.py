"""Times as SMPP writes them (3.4, 7.1.1)."""

from datetime import UTC, datetime

LONGEST_VALIDITY = 30 * 86_400.0
"""Seconds that a relative time tells in days, hours, minutes and seconds (5.0, 4.7.23.5)."""


def absolute(moment: datetime) -> str:
    """YYMMDDhhmmsstnnp in UTC, which every message centre reads alike."""
    return f"{moment.astimezone(UTC):%y%m%d%H%M%S}000+"


def relative(seconds: float) -> str:
    """A time from now on, with R at its end."""
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    day, hour = divmod(hours, 24)
    return f"0000{day:02}{hour:02}{minute:02}{second:02}000R"
