"""What changed between two runs: scenarios that broke, were mended, came or went, and how the rates moved."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from reports.measures import coverage, judged, leaks, overblocked, total
from reports.run import Run

BROKEN: Final = ("FAIL", "ERROR")


def changes(before: Run, after: Run) -> pd.DataFrame:
    """One row a scenario that is not as it was, those that broke first.

    Returns:
        `change` (`broken`, `mended`, `changed`, `new`, `gone`), id, title, before, after (verdicts, missing where the
        scenario did not run).
    """
    columns = ["id", "title", "verdict"]
    both = before.results[columns].merge(after.results[columns], on="id", how="outer", suffixes=("_before", "_after"))
    both["title"] = both["title_after"].fillna(both["title_before"])
    both = both.rename(columns={"verdict_before": "before", "verdict_after": "after"})
    both = both[both["before"].fillna("") != both["after"].fillna("")]
    kinds = [_kind(was, now) for was, now in zip(both["before"], both["after"], strict=True)]
    both["change"] = pd.Series(kinds, index=both.index, dtype="str")
    rank = both["change"].map({kind: place for place, kind in enumerate(_KINDS)}).astype("int64")
    both = both.assign(rank=rank).sort_values(["rank", "id"], kind="stable", ignore_index=True)
    return both[["change", "id", "title", "before", "after"]]


_KINDS: Final = ("broken", "gone", "changed", "new", "mended")


def _kind(was: Any, now: Any) -> str:
    if pd.isna(was):
        return "broken" if now in BROKEN else "new"
    if pd.isna(now):
        return "gone"
    if now in BROKEN and was not in BROKEN:
        return "broken"
    return "mended" if was in BROKEN and now not in BROKEN else "changed"


@dataclass(frozen=True)
class Measure:
    """One number of a run that a threshold may be set to; None where the run does not tell.

    Attributes:
        id: As the user names it.
        title: What it is.
        of: Computes it.
        is_share: Whether it is a fraction of 1 rather than a count.
        places: How many decimal places are told of it.
    """

    id: str
    title: str
    of: Callable[[Run], float | None]
    is_share: bool = False
    places: int = 0


def _failures(run: Run) -> float | None:
    return float(run.results["verdict"].isin(BROKEN).sum()) if run.about.has_scenarios else None


def _leakage(run: Run) -> float | None:
    return float(total(leaks(run.tallies))) if judged(run) else None


def _coverage(run: Run) -> float | None:
    table = coverage(run)
    table = table[table["status"] != "unknown"]
    return float((table["status"] != "untested").mean()) if len(table) and run.about.has_scenarios else None


def _refused(run: Run) -> float | None:
    every = total(run.tallies)
    return total(run.tallies[run.tallies["outcome"] == "refused"]) / every if every else None


def _over_blocking(run: Run) -> float | None:
    return float(total(overblocked(run.tallies))) if run.about.has_messages else None


def _p99(run: Run) -> float | None:
    """Of several load tests the slowest."""
    return max(
        (each.result.response_time.p99_ms for each in run.loads if each.result.response_time.count), default=None
    )


def _throughput(run: Run) -> float | None:
    """Of several load tests the least."""
    return min((each.result.answered_per_s for each in run.loads), default=None)


def _lost(run: Run) -> float | None:
    counts = [each.result.counts for each in run.loads]
    return float(sum(each.lost_responses + each.lost_receipts for each in counts)) if counts else None


MEASURES: Final = (
    Measure("failures", "Scenarios that fail or break", _failures),
    Measure("leakage", "Leakage", _leakage),
    Measure("over-blocking", "Over-blocking", _over_blocking),
    Measure("coverage", "Share of the clauses that are tested", _coverage, is_share=True),
    Measure("refused", "Refused share", _refused, is_share=True),
    Measure("p99", "99 of 100 responses within, ms", _p99, places=1),
    Measure("throughput", "Answered a second", _throughput, places=1),
    Measure("lost", "Responses and receipts lost under load", _lost),
)


def measured(run: Run) -> Mapping[str, float | None]:
    """Every measure of a run by its id."""
    return {measure.id: measure.of(run) for measure in MEASURES}
