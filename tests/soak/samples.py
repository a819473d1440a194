"""What a soak measures of its operator as time goes by, and whether it grows."""

import csv
from collections.abc import Sequence
from pathlib import Path
from statistics import linear_regression, mean
from typing import NamedTuple

WARM = 1 / 3
"""The part of the time that is left out, in which the store reaches what it may hold."""
WARM_MESSAGES = 40_000
"""Until so many the caches fill: 16,384 texts and letters, twice 32,768 words; and every text here has a new word."""
FEWEST = 10
"""Samples beyond both, without which nothing is said of growth."""
MOST_GROWTH = 0.05
"""Of the memory, by the line through these samples; as much as the steps of an allocator."""


class Sample(NamedTuple):
    """The operator in one moment; memory in MB (10^6 octets), the rest counted."""

    second: float
    memory: float
    files: int
    judged: int
    turned_away: int
    receipts: int
    due: int
    sessions: int
    faults: int


def steady(samples: Sequence[Sample]) -> list[Sample]:
    """Those of the time in which nothing fills any more; empty if it was too short."""
    late = [each for each in samples if each.second >= samples[-1].second * WARM and each.judged >= WARM_MESSAGES]
    return late if len(late) >= FEWEST else []


def growth(samples: Sequence[Sample]) -> float:
    """How many MB the memory grows from the first to the last of them, by the line that fits them best."""
    seconds = [sample.second for sample in samples]
    return linear_regression(seconds, [sample.memory for sample in samples]).slope * (seconds[-1] - seconds[0])


def what_grows(samples: Sequence[Sample]) -> str:
    """What does not stay as it is in the steady time, of memory and open files; empty if nothing does."""
    late = steady(samples)
    if late and growth(late) > MOST_GROWTH * mean(sample.memory for sample in late):
        return f"the memory grows: {growth(late):+.1f} MB in the last {late[-1].second - late[0].second:.0f} s"
    early = max(sample.files for sample in samples if sample not in late) if late else 0
    if late and mean(sample.files for sample in late) > 1.5 * early:
        return f"the open files grow: {early} at most before, {late[-1].files} at last"
    return ""


def write_table(samples: Sequence[Sample], path: Path) -> None:
    """All of them as CSV."""
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(Sample._fields)
        table.writerows((f"{s.second:.0f}", f"{s.memory:.2f}", *s[2:]) for s in samples)


def read_memory(process: int) -> tuple[float, int]:
    """The resident memory of a process in MB, and how many files it has open. Linux only."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    resident = next(line for line in status.splitlines() if line.startswith("VmRSS:")).split()[1]
    return int(resident) * 1024 / 1e6, len(list(Path(f"/proc/{process}/fd").iterdir()))
