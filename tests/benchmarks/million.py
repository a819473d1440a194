"""`python -m tests.benchmarks.million [MESSAGES [TEXTS]]`: a million messages on their way, and a restart.

The operator is one process, without sockets: what is measured is the core and the store. Every text is different, every
receipt is asked for. The second half is the same messages delivered, each with a receipt that no ESME has come for.
"""

import gc
import multiprocessing
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from simulator.center.operator import Operator
from simulator.delivery.binds import Bind
from simulator.registry.world import build_world
from simulator.serving.app import _tame_the_collector
from simulator.smpp.codec import encode
from simulator.smpp.pdus import SubmitSm
from simulator.smpp.session import Role, Session, SessionLimits
from simulator.store import Store
from tests.esme import NOBODY

WORLD: dict[str, Any] = {
    "extends": "demo",
    "profile": {"delivery": {"latency": {"shape": "uniform", "low": 40_000, "high": 80_000}}},
}
NOON = 1_795_336_200.0
"""2026-11-22 12:00 in Tehran."""
BATCH = 500


def main(messages: int, texts: int) -> None:
    """Fills a store and starts operators on it, each in a process of its own."""
    print(f"{messages:,} messages with {texts:,} different texts, every receipt asked for")
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store.db"
        _in_a_process(_fill, store, messages, texts)
        print(f"  the file: {store.stat().st_size / 1e6:,.0f} MB")
        _in_a_process(_start, store, messages, "on their way")
        _in_a_process(_deliver, store, messages)
        print(f"  the file: {store.stat().st_size / 1e6:,.0f} MB")
        _in_a_process(_start, store, messages, "with a receipt that waits")
        _in_a_process(_check, store)


def _in_a_process(work: Any, *arguments: Any) -> None:
    process = multiprocessing.get_context("spawn").Process(target=work, args=arguments)
    process.start()
    process.join()
    if process.exitcode:
        sys.exit(process.exitcode)


def _operator(store: Path, at: float) -> Operator:
    _tame_the_collector()
    return Operator(build_world(WORLD), Store(store), seed=1, real=time.monotonic, wall=lambda: at)


def _now() -> tuple[float, float]:
    """Seconds by the clock on the wall, and those that this process was at work."""
    return time.perf_counter(), time.process_time()


def _say(what: str, began: tuple[float, float], messages: int) -> None:
    seconds, own = (now - then for now, then in zip(_now(), began, strict=True))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    print(
        f"  {what}: {seconds:.1f} s, {own:.1f} s at work ({1e6 * own / messages:.1f} microseconds each);"
        f" memory now {_resident():,.0f} MB, at most {peak:,.0f} MB",
        flush=True,
    )


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def _fill(store: Path, messages: int, texts: int) -> None:
    operator = _operator(store, NOON)
    session = Session(Role.MC, SessionLimits(), 0.0)
    bind = Bind("panel", session, NOBODY, lambda: None, lambda: None)
    empty = _resident()
    began = _now()
    for first in range(0, messages, BATCH):
        for number in range(first, min(first + BATCH, messages)):
            pdu = _message(number, number % texts)
            operator.submit(bind, pdu, encode(pdu, 1))
        operator.commit()
    _say(f"filled (an empty operator takes {empty:.0f} MB)", began, messages)
    operator.close()


def _message(number: int, text: int) -> SubmitSm:
    return SubmitSm(
        source_addr="3000200020",
        destination_addr=f"98912{number % 10_000_000:07d}",
        data_coding=8,
        registered_delivery=1,
        short_message=f"سفارش شما با شماره {text} ثبت شد و تا ساعت {text % 24} ارسال می‌شود.".encode("utf-16-be"),
    )


def _start(store: Path, messages: int, what: str) -> None:
    began = _now()
    operator = _operator(store, NOON + 60)
    _say(f"started again, all {what}", began, messages)
    gc.collect()
    operator.close()


def _deliver(store: Path, messages: int) -> None:
    operator = _operator(store, NOON + 60)
    began = _now()
    operator.jump(NOON + 100_000)
    while operator.is_behind:
        operator.advance()
        operator.commit()
    _say("delivered, and a receipt made of each", began, messages)
    operator.close()


def _check(store: Path) -> None:
    for is_checked in (False, True):
        began = time.perf_counter()
        Store(store, is_checked=is_checked).close()
        print(
            f"  opened {'with' if is_checked else 'without'} a check of every page: {time.perf_counter() - began:.2f} s"
        )


if __name__ == "__main__":
    wanted, different, *_ = (*map(int, sys.argv[1:]), 1_000_000, 1_000_000)
    main(wanted, min(wanted, different))
