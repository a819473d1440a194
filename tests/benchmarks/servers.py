"""The servers that a benchmark compares, each in a process of its own on the first core, and what it used of it."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

START_SECONDS = 20
NODE_PACKAGES = Path(__file__).parents[1] / "e2e" / "clients" / "node"

WORLD = """
extends = "demo"
[profile.delivery]
latency = { shape = "constant", seconds = 0.1 }
[[accounts]]
system_id = "deaf"
password = "deaf"
"""
"""The demo world, whose network is quick: what is measured is work, not how long the last receipts wait."""
FAULTS = """
[[faults]]
name = "throttled"
share = 0.01
[[faults]]
name = "late-response"
after = 0.01
share = 0.01
"""


class Server(NamedTuple):
    """A server that runs."""

    address: tuple[str, int]
    pid: int

    def processor(self) -> float:
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Megabytes of resident memory."""
        return int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextmanager
def running(*command: str) -> Iterator[Server]:
    """A server that says its address in the file which its command names last."""
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready.json"
        environment = os.environ | {"NODE_PATH": str(NODE_PACKAGES / "node_modules")}
        process = subprocess.Popen([*command, str(ready)], stdout=subprocess.DEVNULL, env=environment)
        try:
            if hasattr(os, "sched_setaffinity"):
                os.sched_setaffinity(process.pid, {0})
            yield Server(_address(ready, process), process.pid)
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


def bare() -> tuple[str, ...]:
    """The yardstick."""
    return (sys.executable, "-m", "tests.benchmarks.bare")


def operator(folder: Path, *, stores: bool = True, rules: bool = True, faults: bool = False) -> tuple[str, ...]:
    """`khatban serve`, its files in a folder of its own."""
    world = folder / "world.toml"
    world.write_text(WORLD + FAULTS * faults, encoding="utf-8")
    module = "khatban" if rules else "tests.benchmarks.without_rules"
    command = (sys.executable, "-m", module, "serve", "--config", str(world), "--port", "0", "--http-port", "0")
    return (*command, *(("--store", str(folder / "store.db")) if stores else ()), "--ready-file")


def node() -> tuple[str, ...] | None:
    """The server of npm's `smpp`, which answers and does nothing else; None where it is not installed."""
    if not (NODE_PACKAGES / "node_modules" / "smpp").is_dir():
        return None
    return ("node", str(Path(__file__).with_name("node_server.js")))
