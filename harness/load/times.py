"""Durations, counted: cheap to add to, small to send, exact to a tenth of a percent; and their HDR histogram.

HdrHistogram takes 0.9 microseconds a value in Python. So values are first counted by themselves, rounded as it would,
and put into it together.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from hdrh.histogram import HdrHistogram

from harness.load.result import Times

LONGEST_US: Final = 24 * 3600 * 1_000_000
_DIGITS: Final = 3
_BITS: Final = 11
"""As many leading bits are kept; 1 of 2^10 is less than a thousandth."""
_CURVE: Final = (0.0, 10.0, 25.0, 50.0, 75.0, 90.0, 95.0, 97.5, 99.0, 99.5, 99.9, 99.95, 99.99, 99.999, 100.0)


def rounded(microseconds: int) -> int:
    """A value to a thousandth of itself; so few different ones are left."""
    shift = microseconds.bit_length() - _BITS
    return microseconds if shift <= 0 else microseconds >> shift << shift


def percentile(counted: Mapping[int, int], percent: float) -> float | None:
    """The value, in milliseconds, within which so many of a hundred lie; None of none."""
    total = sum(counted.values())
    rank = max(1.0, total * percent / 100)
    seen = 0
    for value in sorted(counted):
        seen += counted[value]
        if seen >= rank:
            return value / 1000
    return None


class Histogram:
    """An HDR histogram of microseconds, with the few questions that are asked of it."""

    def __init__(self) -> None:
        self._hdr = HdrHistogram(1, LONGEST_US, _DIGITS)

    def add(self, counted: Iterable[tuple[int, int]]) -> None:
        """Puts in counted values."""
        for value, count in counted:
            self._hdr.record_value(min(max(1, value), LONGEST_US), count)

    def encoded(self) -> str:
        """Its compressed form, in base64."""
        octets: bytes = self._hdr.encode()
        return octets.decode("ascii")

    def times(self) -> Times:
        """What it tells."""
        count = self._hdr.get_total_count()
        if not count:
            return Times()
        at = self._at
        return Times(
            count=count,
            min_ms=self._hdr.get_min_value() / 1000,
            mean_ms=round(self._hdr.get_mean_value() / 1000, 3),
            p50_ms=at(50),
            p90_ms=at(90),
            p95_ms=at(95),
            p99_ms=at(99),
            p999_ms=at(99.9),
            max_ms=self._hdr.get_max_value() / 1000,
            distribution=tuple((percent, at(percent)) for percent in _CURVE),
        )

    def _at(self, percent: float) -> float:
        value: int = self._hdr.get_value_at_percentile(percent)
        return value / 1000


Counted = Counter[int]
