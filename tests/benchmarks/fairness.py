"""`python -m tests.benchmarks.fairness [SECONDS]`: is an operator under load right, and fair to all of its binds?

Each bind keeps a window of 100 submit_sm outstanding, every receipt is asked for, and each response and receipt is held
against what was sent: whatever is lost, comes twice, or was never asked for, is counted. The last rows are an ESME that
reads nothing among ten that do, and a single bind at half of the greatest rate, whose response times are what an ESME
sees of an operator that is not at its limit.
"""

import os
import resource
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.benchmarks.crowd import Crowd, Outcome
from tests.benchmarks.servers import operator, running

BINDS = (1, 10, 100, 400, 1000)
SECONDS = 8.0
SECONDS_A_BIND = 0.03
"""So that each of many binds has its window answered some times, and the rates are no matter of the last window."""
FILES = 4_096


def measured(work: Callable[[Crowd], Outcome]) -> tuple[Outcome, float, float]:
    """What came of a load on an operator of its own; microseconds of its processor time a message, and megabytes."""
    with tempfile.TemporaryDirectory() as folder, running(*operator(Path(folder))) as server:
        crowd = Crowd(server.address)
        crowd.bind(1)
        crowd.load(1.0)  # what is worked out once is worked out now
        before = server.processor()
        outcome = work(crowd)
        used = server.processor() - before
        crowd.close()
        return outcome, used / max(outcome.answered, 1) * 1e6, server.memory()


def among(count: int, seconds: float) -> Callable[[Crowd], Outcome]:
    """Loads so many binds."""

    def work(crowd: Crowd) -> Outcome:
        crowd.bind(count - 1)
        return crowd.load(max(seconds, count * SECONDS_A_BIND))

    return work


def beside_one_that_does_not_read(seconds: float) -> Callable[[Crowd], Outcome]:
    def work(crowd: Crowd) -> Outcome:
        crowd.bind(9)
        crowd.ignore()
        return crowd.load(seconds)

    return work


def at_rate(rate: float, seconds: float) -> Callable[[Crowd], Outcome]:
    return lambda crowd: crowd.load(seconds, rate)


def main() -> None:
    """Measures and prints the table."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {1} if (os.cpu_count() or 1) > 1 else {0})
    table = Table("binds", "messages/s", "responses amiss", "receipts amiss", "slowest to quickest", "p50 ms", "p99 ms")
    table.add_column("CPU us each")
    table.add_column("MB")

    def add(name: str, work: Callable[[Crowd], Outcome]) -> float:
        outcome, processor, memory = measured(work)
        p50, p99 = outcome.percentile(50) * 1e3, outcome.percentile(99) * 1e3
        table.add_row(
            name,
            f"{outcome.rate:,.0f}",
            str(outcome.responses_amiss),
            str(outcome.receipts_amiss),
            f"{outcome.slowest:.2f}",
            f"{p50:.1f}",
            f"{p99:.1f}",
            f"{processor:.1f}",
            f"{memory:.0f}",
        )
        return outcome.rate

    rates = [add(str(count), among(count, seconds)) for count in BINDS]
    add("10, and one that reads nothing", beside_one_that_does_not_read(seconds))
    add(f"1 at {rates[0] / 2:,.0f}/s", at_rate(rates[0] / 2, seconds))
    Console(width=130).print(table)


if __name__ == "__main__":
    main()
