"""Holds what was measured against what the plan calls good enough."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from harness.load.plan import Thresholds
from harness.load.result import LoadResult, ThresholdOutcome, Times

_AT_LEAST: Final = frozenset({"answered_per_s"})


def held_against(thresholds: Thresholds, result: LoadResult) -> tuple[ThresholdOutcome, ...]:
    """What came of each threshold that the plan has, in its order."""
    outcomes = []
    for name, limit in thresholds:
        if limit is None:
            continue
        value = _VALUES[name](result)
        held = value is not None and (value >= limit if name in _AT_LEAST else value <= limit)
        outcomes.append(ThresholdOutcome(name=name, limit=float(limit), value=value, held=held))
    return tuple(outcomes)


def _time(times: Times, name: str) -> float | None:
    value: float = getattr(times, name)
    return value if times.count else None


def _error_share(result: LoadResult) -> float | None:
    return result.counts.refused / result.counts.answered if result.counts.answered else None


def _loss_share(result: LoadResult) -> float | None:
    counts = result.counts
    due = counts.submitted - counts.cut_off + counts.receipts_due
    return (counts.lost_responses + counts.lost_receipts) / due if due else None


_VALUES: Final[Mapping[str, Callable[[LoadResult], float | None]]] = MappingProxyType(
    {
        "p50_ms": lambda result: _time(result.response_time, "p50_ms"),
        "p95_ms": lambda result: _time(result.response_time, "p95_ms"),
        "p99_ms": lambda result: _time(result.response_time, "p99_ms"),
        "receipt_p95_ms": lambda result: _time(result.receipt_time, "p95_ms"),
        "receipt_p99_ms": lambda result: _time(result.receipt_time, "p99_ms"),
        "error_share": _error_share,
        "loss_share": _loss_share,
        "duplicates": lambda result: float(result.counts.duplicate_responses + result.counts.duplicate_receipts),
        "disconnects": lambda result: float(result.counts.disconnects),
        "answered_per_s": lambda result: result.answered_per_s,
    }
)
