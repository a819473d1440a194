"""What `make bench` measures, a row each; a new one is a line here.

Every row is measured beside the bare decoder, with the same window and receipts, in the same run.
"""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.servers import bare, node, operator

Command = Callable[[Path], tuple[str, ...] | None]
"""Takes a folder for the server's files; None where the server is not installed."""


class Row(NamedTuple):
    """A server under a load."""

    name: str
    command: Command
    window: int = 100
    receipts: bool = False
    messages: int = 60_000

    @property
    def load(self) -> tuple[int, bool]:
        """What a row has in common with its yardstick."""
        return self.window, self.receipts


BARE = "bare decoder"
ROWS = (
    Row(BARE, lambda _: bare(), messages=100_000),
    Row("no rules, in memory", lambda folder: operator(folder, rules=False, stores=False)),
    Row("rules, in memory", lambda folder: operator(folder, stores=False)),
    Row("rules and store", operator),
    Row("rules and store, faults on", lambda folder: operator(folder, faults=True)),
    Row("npm smpp", lambda _: node()),
    Row(BARE, lambda _: bare(), receipts=True),
    Row("rules and store", operator, receipts=True),
    Row("npm smpp", lambda _: node(), receipts=True, messages=30_000),
    Row(BARE, lambda _: bare(), window=1, messages=10_000),
    Row("rules and store", operator, window=1, messages=10_000),
    Row(BARE, lambda _: bare(), window=1, receipts=True, messages=10_000),
    Row("rules and store", operator, window=1, receipts=True, messages=10_000),
)
