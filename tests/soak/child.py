"""The operator in a process that can be killed: forked from one that has imported everything, so it starts at once."""

import contextlib
import json
import multiprocessing
import resource
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import trio

from simulator.registry.world import build_world
from simulator.serving.app import serve
from simulator.serving.config import Config, Files, OperatorConfig, ServerSettings

PATIENCE = 30.0
"""Seconds for a start, on a machine that has much else to do."""

WORLD: dict[str, Any] = {
    "extends": "demo",
    "profile": {
        "sanctions": {"strikes": 1_000_000},
        "delivery": {"latency": {"shape": "uniform", "low": 0.0, "high": 0.3}, "assembly_timeout": 0.5},
        "receipts": {"retry": 0.2, "attempts": 1000},
    },
}
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.soak.child"])


@dataclass(frozen=True)
class Child:
    """An operator that runs."""

    process: Any
    smpp: tuple[str, int]
    http: tuple[str, int]

    def kill(self) -> None:
        """Ends it as `kill -9` does."""
        self.process.kill()
        self.process.join()

    def limit_files(self, octets: int) -> None:
        """Has every write beyond so many octets of a file fail, as on a disk without room."""
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (octets, resource.RLIM_INFINITY))


@contextmanager
def operator(store: Path, parts: Mapping[str, Any] | None = None) -> Iterator[Child]:
    """Runs an operator on a store, with these parts of its configuration; killed in the end, if it was not before."""
    ready = store.with_name("ready.json")
    ready.unlink(missing_ok=True)
    process = _CONTEXT.Process(target=_run, args=(store, ready, parts or {}), daemon=True)
    process.start()
    try:
        addresses = _addresses(process, ready)
        yield Child(process, tuple(addresses["smpp"]), tuple(addresses["http"]))
    finally:
        process.kill()
        process.join()


def _run(store: Path, ready: Path, parts: Mapping[str, Any]) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    chosen = ServerSettings(port=0, http_port=0)
    one = OperatorConfig(world=build_world(WORLD), server=chosen, files=Files(store=store), **parts)

    async def run() -> None:
        await serve(Config(operators=(one,)), seed=1, announce=_say_nothing, ready_file=ready)

    trio.run(run)


def _say_nothing(_operators: object) -> None:
    """Who waits looks at the ready file."""


def _addresses(process: Any, ready: Path) -> Any:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with contextlib.suppress(FileNotFoundError):
            return json.loads(ready.read_text("utf-8"))
        assert process.is_alive(), f"the operator ended with {process.exitcode}"
        time.sleep(0.002)
    raise AssertionError("the operator did not start")
