"""`make bench`: the operator beside the bare decoder, one bind, server on one core and generator on the other.

python -m tests.benchmarks [--keep] [WORD ...]

Only rows whose names hold one of the words are measured, with their yardsticks. Rates depend on what else the machine
does; the processor's time for a message hardly does, so its ratio is what `--keep` writes down. Later runs show what
fell by more than 15% from there; nothing fails by it, for machines are noisy.
"""

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from tests.benchmarks.blast import blast
from tests.benchmarks.rows import BARE, ROWS, Row
from tests.benchmarks.servers import running

KEPT = Path(__file__).with_name("ratios.json")
FALL = 0.15
SOURCE = "3000200020"


class Figures(NamedTuple):
    """What was measured of a row."""

    rate: float
    """Messages a second."""
    processor: float
    """Microseconds of the server's processor time a message."""
    memory: float
    """Megabytes at the end."""


def measured(row: Row) -> Figures | None:
    """Runs a row's server under its load; None where it is not installed."""
    with tempfile.TemporaryDirectory() as folder:
        command = row.command(Path(folder))
        if command is None:
            return None
        with running(*command) as server:
            blast(server.address, messages=3_000, window=row.window, source=SOURCE, receipts=row.receipts)
            before = server.processor()
            blasted = blast(
                server.address, messages=row.messages, window=row.window, source=SOURCE, receipts=row.receipts
            )
            used = server.processor() - before
            return Figures(blasted.rate, used / row.messages * 1e6, server.memory())


def kept() -> dict[str, float]:
    """The ratios that were written down last, by the names of `label`."""
    return json.loads(KEPT.read_text()) if KEPT.exists() else {}


def label(row: Row) -> str:
    return f"{row.name}, window {row.window}{', receipts' if row.receipts else ''}"


def main(words: list[str], *, keeps: bool) -> None:
    """Measures and prints the table."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {1} if (os.cpu_count() or 1) > 1 else {0})
    before, ratios = kept(), dict[str, float]()
    wanted = [row for row in ROWS if not words or any(word in label(row) for word in words)]
    loads = {row.load for row in wanted}
    yardsticks = dict[tuple[int, bool], Figures]()
    table = Table(
        "window", "receipts", "server", "messages/s", "of the bare decoder", "CPU us each", "by CPU", "MB", "kept"
    )
    for row in [row for row in ROWS if row in wanted or (row.name == BARE and row.load in loads)]:
        figures = measured(row)
        if figures is None:
            continue
        if row.name == BARE:
            yardsticks[row.load] = figures
        yardstick = yardsticks[row.load]
        ratio = ratios[label(row)] = round(yardstick.processor / figures.processor, 3)
        table.add_row(
            str(row.window),
            "yes" if row.receipts else "",
            row.name,
            f"{figures.rate:,.0f}",
            f"{figures.rate / yardstick.rate:.2f}",
            f"{figures.processor:.1f}",
            f"{ratio:.2f}",
            f"{figures.memory:.0f}",
            compared(ratio, before.get(label(row))),
        )
    Console(width=130).print(table)
    if keeps:
        KEPT.write_text(json.dumps(before | ratios, indent=2) + "\n", encoding="utf-8")


def compared(ratio: float, last: float | None) -> str:
    """The ratio that was kept last, and whether this one is far below it."""
    if last is None:
        return ""
    return f"{last:.2f}{' FELL' if ratio < last * (1 - FALL) else ''}"


if __name__ == "__main__":
    main([word for word in sys.argv[1:] if word != "--keep"], keeps="--keep" in sys.argv)
