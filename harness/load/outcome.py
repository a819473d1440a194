"""Makes the result of what was measured: rates, thresholds, and what a reader of the numbers should know."""

import platform
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

from harness.load.load_run import LoadRun
from harness.load.plan import UserKind
from harness.load.result import (
    Counts,
    Generator,
    LoadHistograms,
    LoadResult,
    LocustEntry,
    RuleCount,
    Second,
    StatusCount,
    write_result,
)
from harness.load.thresholds import held_against
from harness.version import khatban_version
from simulator.smpp.consts import status_name

_BUSY: Final = 0.9
_UNSENT: Final = 0.005
"""What is due in the last moment of a load is always left."""
_USER_CLASSES: Final = {UserKind.SMPPLIB: "SmppUser", UserKind.FAST: "FastSmppUser"}


class Ending(NamedTuple):
    """What the head knows at the end, besides its run."""

    total_s: float
    max_bound: int
    rules: tuple[RuleCount, ...] | None
    generators: tuple[Generator, ...]
    locust: tuple[LocustEntry, ...]
    series: tuple[Second, ...]


def write_run(load: LoadRun, ending: Ending, folder: Path) -> LoadResult:
    """Writes the run directory of a load that is over.

    Raises:
        LoadResultError: it cannot be written.
    """
    measured = load.measurement
    result = result_of(load, ending)
    histograms = LoadHistograms(
        response_time=measured.response.encoded(),
        receipt_time=measured.receipt.encoded(),
        bind_time=measured.bind.encoded(),
    )
    write_result(folder, result, ending.series, histograms)
    return result


def result_of(load: LoadRun, ending: Ending) -> LoadResult:
    """What became of a load."""
    plan, measured, counts = load.plan, load.measurement, counts_of(load)
    load_s = max(load.load_s, 1e-9)
    result = LoadResult(
        version=khatban_version(),
        python=platform.python_version(),
        platform=platform.platform(),
        title=plan.title,
        user=_USER_CLASSES[plan.binds.user],
        target=load.order.smpp,
        own_operator=load.order.own_operator,
        shape=plan.shape.kind,
        window=plan.binds.window,
        plan=plan.model_dump(mode="json", exclude={"binds": {"password"}}),
        started=_iso(load.began_at),
        finished=_iso(load.began_at + ending.total_s),
        load_s=round(load_s, 3),
        total_s=round(ending.total_s, 3),
        interrupted=load.interrupted,
        max_binds=ending.max_bound,
        submitted_per_s=round(counts.submitted / load_s, 2),
        answered_per_s=round(counts.answered / load_s, 2),
        receipts_per_s=round(counts.receipts / load_s, 2),
        peak_answered_per_s=max((second.answered for second in ending.series), default=0),
        counts=counts,
        response_time=measured.response.times(),
        receipt_time=measured.receipt.times(),
        bind_time=measured.bind.times(),
        statuses=tuple(
            StatusCount(command_status=status, name=status_name(status), count=count)
            for status, count in measured.statuses.most_common()
        ),
        rules=ending.rules,
        bind_share=measured.bind_share(),
        locust=ending.locust,
        generators=ending.generators,
    )
    return result.model_copy(
        update={"thresholds": held_against(plan.thresholds, result), "notes": tuple(_notes(result, ending.series))}
    )


def counts_of(load: LoadRun) -> Counts:
    """Everything that was counted; what is missing by now is lost."""
    ledger = load.ledger
    open_ends = {
        "lost_receipts": ledger.due,
        "unknown_receipts": ledger.unknown + load.measurement.counts["unknown_receipts"],
        "duplicate_receipts": ledger.duplicates,
    }
    counts = Counts.model_validate({**load.measurement.counts, **open_ends})
    answered_or_told = counts.answered + counts.lost_responses + counts.cut_off
    # Who still waits when the patience is over is lost too.
    return counts.model_copy(update={"lost_responses": counts.lost_responses + counts.submitted - answered_or_told})


def _notes(result: LoadResult, series: tuple[Second, ...]) -> list[str]:
    notes = [
        f"generator {generator.name} used {generator.cpu_share:.0%} of a core: it is the limit, or near it; use more"
        " workers"
        for generator in result.generators
        if generator.cpu_share >= _BUSY
    ]
    if result.counts.unsent > result.counts.submitted * _UNSENT:
        notes.append(f"the rate was not reached: {result.counts.unsent:,} messages were due and did not go")
    if result.counts.cut_off:
        notes.append(
            f"{result.counts.cut_off:,} submit_sm were unanswered when their connections ended; receipts of them are"
            " unknown to whoever binds again"
        )
    if any(later.binds < earlier.binds for earlier, later in pairwise(series)) and result.counts.disconnects:
        notes.append(f"{result.counts.disconnects:,} connections ended by themselves")
    return notes


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds")
