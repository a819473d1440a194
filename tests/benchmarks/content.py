"""What the content classifier takes for a text that it has not seen: python -m tests.benchmarks.content

The texts are those of its own corpus between 60 and 180 characters; words and cues are known from the others, as they
are after some traffic. Every text is timed by itself, best of a few rounds, in the time of this thread only.
"""

import json
import statistics
import time

from rich.console import Console
from rich.table import Table

from simulator.policy.content import classify
from tools.train_content import BATCHES, CORPUS

LENGTHS = range(60, 181)
ROUNDS = 5


def texts() -> list[str]:
    lines = (line for name in BATCHES for line in (CORPUS / name).read_text(encoding="utf-8").splitlines())
    return [text for line in lines if len(text := json.loads(line)["text"]) in LENGTHS]


def microseconds(text: str) -> float:
    began = time.thread_time_ns()
    classify(text)
    return (time.thread_time_ns() - began) / 1000


def main() -> None:
    """Measures and prints the table."""
    rounds = [[microseconds(text) for text in texts()] for _ in range(ROUNDS)]
    best = sorted(map(min, zip(*rounds, strict=True)))
    table = Table("texts", "median, microseconds", "95th percentile")
    table.add_row(str(len(best)), f"{statistics.median(best):.0f}", f"{best[int(0.95 * len(best))]:.0f}")
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
