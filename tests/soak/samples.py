"""What a soak measures of its operator as time goes by, and whether it grows."""

import csv
import math
from collections.abc import Sequence
from pathlib import Path
from statistics import linear_regression, mean
from typing import NamedTuple

WARM = 1 / 3
"""The part of the time in which caches fill, and the store reaches what it may hold."""
MOST_GROWTH = 0.05
"""Of the memory, by the line through the samples of the rest of the time; as much as the steps of an allocator."""


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


def growth(samples: Sequence[Sample]) -> float:
    """How many MB the memory grows in the time after the first third, by the line that fits it best."""
    steady = [sample for sample in samples if sample.second >= samples[-1].second * WARM]
    seconds = [sample.second for sample in steady]
    return linear_regression(seconds, [sample.memory for sample in steady]).slope * (seconds[-1] - seconds[0])


def is_flat(samples: Sequence[Sample]) -> bool:
    """Whether the memory, and the number of open files, stay as they are."""
    warm = math.ceil(len(samples) * WARM)
    most_files = max(sample.files for sample in samples[: warm + 1])
    is_small = growth(samples) <= MOST_GROWTH * mean(sample.memory for sample in samples[warm:])
    return is_small and mean(sample.files for sample in samples[warm:]) <= 1.5 * most_files


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
