"""What one process measured, second by second; workers send theirs to the master, which adds them together.

A second is open for a while, since workers report late; then it is closed: its percentiles are taken, its times go into
the histograms of the whole run, and a line of the series is all that is left of it. So a long run stays small.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from harness.load.result import BindShare, Second
from harness.load.times import Counted, Histogram, percentile, rounded

LAG: Final = 15
"""Seconds for which a second is open."""
_SERIES: Final = (
    "submitted", "answered", "refused", "lost_responses", "receipts", "reconnects", "disconnects", "bind_failures",
)  # fmt: skip


@dataclass
class _Cell:
    """One second."""

    counts: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    response: Counted = field(default_factory=Counter)
    receipt: Counted = field(default_factory=Counter)
    bind: Counted = field(default_factory=Counter)
    bound: int = 0

    def packed(self) -> list[Any]:
        tables = (self.counts, self.statuses, self.response, self.receipt, self.bind)
        return [self.bound, *(list(table.items()) for table in tables)]

    def unpack(self, packed: list[Any]) -> None:
        bound, counts, statuses, response, receipt, bind = packed
        self.bound += bound
        for table, items in (
            (self.statuses, statuses), (self.response, response), (self.receipt, receipt), (self.bind, bind),
        ):  # fmt: skip
            for key, count in items:
                table[key] += count
        for name, count in counts:
            self.counts[name] += count


class Measurement:
    """Counts and times by the second. Moments are seconds since the load began."""

    def __init__(self) -> None:
        self.response, self.receipt, self.bind = Histogram(), Histogram(), Histogram()
        self.counts: Counter[str] = Counter()
        self.statuses: Counter[int] = Counter()
        self._series: dict[int, Second] = {}
        self._open: dict[int, _Cell] = {}
        self._bind_rates: list[float] = []
        self._at = -1
        self._cell = _Cell()

    def count(self, name: str, now: float, number: int = 1) -> None:
        """So many more of what `harness.load.result.Counts` has under a name."""
        self._now(now).counts[name] += number

    def answered(self, now: float, seconds: float, command_status: int) -> None:
        """A response came."""
        cell = self._now(now)
        counts = cell.counts
        counts["answered"] += 1
        cell.response[rounded(int(seconds * 1e6))] += 1
        if command_status:
            counts["refused"] += 1
            cell.statuses[command_status] += 1
        else:
            counts["accepted"] += 1

    def receipted(self, now: float, seconds: float) -> None:
        """The receipt of a message that was sent came."""
        cell = self._now(now)
        cell.counts["receipts"] += 1
        cell.receipt[rounded(int(seconds * 1e6))] += 1

    def bound(self, now: float, seconds: float) -> None:
        """A session is bound, so many seconds after it began to connect."""
        cell = self._now(now)
        cell.counts["binds"] += 1
        cell.bind[rounded(int(seconds * 1e6))] += 1

    def sessions(self, now: float, number: int) -> None:
        """So many sessions are bound now."""
        self._now(now).bound = number

    def served(self, rate: float) -> None:
        """A bind that lasted the run had so many responses a second."""
        self._bind_rates.append(rate)

    def take(self) -> dict[str, Any]:
        """Whatever there is, to be handed over; it is forgotten here, but for how many sessions are bound."""
        cells, self._open, self._at = self._open, {}, -1
        rates, self._bind_rates = self._bind_rates, []
        return {"cells": [[second, *cell.packed()] for second, cell in cells.items()], "rates": rates}

    def merge(self, taken: dict[str, Any]) -> None:
        """Adds what another process measured."""
        for second, *packed in taken["cells"]:
            self._at = -1
            self._at_second(second).unpack(packed)
        self._bind_rates += taken["rates"]

    def close(self, before: int) -> None:
        """Closes the seconds before one."""
        for second in sorted(number for number in self._open if number < before):
            cell = self._open.pop(second)
            self._at = -1
            self.counts += cell.counts
            self.statuses += cell.statuses
            self.response.add(cell.response.items())
            self.receipt.add(cell.receipt.items())
            self.bind.add(cell.bind.items())
            line = _line(second, cell)
            earlier = self._series.get(second)
            self._series[second] = line if earlier is None else _joined(earlier, line)

    def latest(self, second: int) -> Second:
        """What is known of a second that may still be open."""
        cell = self._open.get(second)
        return _line(second, cell) if cell else self._series.get(second, Second(second=second))

    def series(self) -> Iterable[Second]:
        """Every second that is closed, from the first on, also those in which nothing happened."""
        last = max(self._series, default=-1)
        for second in range(last + 1):
            yield self._series.get(second) or Second(second=second)

    def bind_share(self) -> BindShare | None:
        """How evenly the binds were served; None of fewer than two that lasted."""
        if len(self._bind_rates) < 2:
            return None
        return BindShare(slowest=round(min(self._bind_rates), 2), quickest=round(max(self._bind_rates), 2))

    def _now(self, now: float) -> _Cell:
        second = int(now) if now > 0 else 0
        return self._cell if second == self._at else self._at_second(second)

    def _at_second(self, second: int) -> _Cell:
        cell = self._open.get(second)
        if cell is None:
            cell = self._open[second] = _Cell()
        self._at, self._cell = second, cell
        return cell


def _line(second: int, cell: _Cell) -> Second:
    return Second(
        second=second,
        binds=cell.bound,
        **{name: cell.counts[name] for name in _SERIES},
        p50_ms=percentile(cell.response, 50),
        p95_ms=percentile(cell.response, 95),
        p99_ms=percentile(cell.response, 99),
        max_ms=percentile(cell.response, 100),
        receipt_p95_ms=percentile(cell.receipt, 95),
    )


def _joined(earlier: Second, late: Second) -> Second:
    """A closed second with what was reported of it too late: its counts are right, its percentiles are the earlier."""
    added = {name: getattr(earlier, name) + getattr(late, name) for name in ("binds", *_SERIES)}
    return earlier.model_copy(update=added)
