"""`make bench`: the operator beside the bare decoder, one bind, server on one core and generator on the other."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.benchmarks.blast import Blast, blast

MESSAGES = 60_000
WINDOWS = (100, 1)
START_SECONDS = 20


@contextmanager
def server(*command: str) -> Iterator[tuple[str, int]]:
    """A server in a process of its own, on the first core; its SMPP address."""
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready.json"
        process = subprocess.Popen([sys.executable, "-m", *command, str(ready)])
        try:
            if hasattr(os, "sched_setaffinity"):
                os.sched_setaffinity(process.pid, {0})
            yield _address(ready, process)
        finally:
            process.terminate()
            process.wait()


def _address(ready: Path, process: subprocess.Popen[bytes]) -> tuple[str, int]:
    deadline = time.monotonic() + START_SECONDS
    while not (ready.exists() and ready.read_text()):
        if process.poll() is not None or time.monotonic() > deadline:
            sys.exit(f"{process.args!r} did not start")
        time.sleep(0.02)
    host, port = json.loads(ready.read_text())["smpp"]
    return host, port


def measured(address: tuple[str, int], window: int, *, receipts: bool = False) -> Blast:
    messages = MESSAGES if window > 1 else MESSAGES // 6
    blast(address, messages=2_000, window=window, source="3000200020")
    return blast(address, messages=messages, window=window, source="3000200020", receipts=receipts)


def main() -> None:
    """Measures and prints the table."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {1} if (os.cpu_count() or 1) > 1 else {0})
    table = Table("window", "server", "submit_sm/s", "of the bare decoder", "microseconds each")
    with tempfile.TemporaryDirectory() as folder:
        operator = (
            "khatban",
            "serve",
            "--port",
            "0",
            "--http-port",
            "0",
            "--store",
            f"{folder}/store.db",
            "--ready-file",
        )
        with server("tests.benchmarks.bare") as bare, server(*operator) as address:
            for window in WINDOWS:
                yardstick = measured(bare, window).rate
                rows = {
                    "bare decoder": yardstick,
                    "operator: policy, trace, store": measured(address, window).rate,
                    "operator, every receipt too": measured(address, window, receipts=True).rate,
                }
                for name, rate in rows.items():
                    table.add_row(str(window), name, f"{rate:,.0f}", f"{rate / yardstick:.2f}", f"{1e6 / rate:.1f}")
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
