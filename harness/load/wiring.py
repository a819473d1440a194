"""Ties a load test to an environment of Locust: users, shape, books, and the run directory at its end.

A process alone, or a master, is the head: it says when the load is over, and writes the run directory. A worker hands
its books to the master with each of Locust's reports. For the processes of Locust only.
"""

import math
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import gevent
from locust import LoadTestShape
from locust.env import Environment
from locust.runners import MasterRunner, WorkerRunner

from harness.load.load_run import LoadRun
from harness.load.measurement import LAG
from harness.load.outcome import Ending, write_run
from harness.load.result import Generator, LocustEntry, Second
from harness.load.rules import RuleCounter
from harness.load.users import REQUEST_TYPE, USERS, numbers

_KEY: Final = "khatban"
ALL_AT_ONCE: Final = 100_000.0
_INTERRUPT: Final = "khatban_interrupt"
_REPORTS: Final = 2
"""So many reports of each worker must have come since the load's end before nothing more is expected of it."""


class PlanShape(LoadTestShape):
    """The shape of the plan, as Locust asks for it: how many users there are to be, until the load is over."""

    abstract = True
    head: "Head"

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # Locust's is not annotated

    def tick(self) -> tuple[int, float] | None:
        """How many users, and how many of them to start or stop in a second."""
        return self.head.tick()


@dataclass
class _Worker:
    """What the master knows of a worker."""

    outstanding: int = 0
    reports_since_end: int = 0
    generator: Generator | None = None


class Head:
    """The process that says when the load is over, and writes what became of it."""

    def __init__(self, environment: Environment, load: LoadRun, tell: Callable[[Second], None]) -> None:
        self._environment, self._load, self._tell = environment, load, tell
        self._workers: dict[str, _Worker] = {}
        self._rules = RuleCounter(load.order.http)
        self._usage = Usage()
        self._max_bound = 0
        self._told = -1
        self._written = False
        environment.events.test_start.add_listener(self._on_start)
        environment.events.test_stop.add_listener(self._on_stop)
        environment.events.worker_report.add_listener(self._on_report)

    def tick(self) -> tuple[int, float] | None:
        """As of `PlanShape`."""
        load = self._load
        now = load.now()
        if self._is_over(now):
            return None
        binds = load.plan.binds_at(min(now, math.nextafter(load.load_s, 0.0)))  # who waits for receipts stays bound
        return binds, load.plan.binds.per_second or ALL_AT_ONCE

    def interrupt(self) -> None:
        """Ends the load before its time."""
        self._load.interrupt()
        if isinstance(self._environment.runner, MasterRunner):
            self._environment.runner.send_message(_INTERRUPT)

    def _is_over(self, now: float) -> bool:
        outstanding = self._load.outstanding + sum(worker.outstanding for worker in self._workers.values())
        heard = all(worker.reports_since_end >= _REPORTS for worker in self._workers.values())
        return self._load.is_over(now, outstanding if heard else 1)

    def _on_start(self, **_more: Any) -> None:
        self._rules.begin()
        self._load.begin()
        self._usage = Usage()
        self._workers.clear()
        self._written, self._told, self._max_bound = False, -1, 0
        gevent.spawn(self._watch)

    def _watch(self) -> None:
        """Once a second: how many are bound, what happened, and what is past."""
        load = self._load
        while not self._written:
            now = load.now()
            if not isinstance(self._environment.runner, MasterRunner):
                load.measurement.sessions(now, load.bound)
            load.measurement.close(int(now) - LAG)
            second = int(now) - 1 - (1 if self._workers else 0)
            if second > self._told:
                self._told = second
                latest = self._with_targets(load.measurement.latest(second))
                self._max_bound = max(self._max_bound, latest.binds, load.max_bound)
                self._tell(latest)
            gevent.sleep(0.2)

    def _with_targets(self, second: Second) -> Second:
        plan, at = self._load.plan, second.second
        loading = self._load.is_loading(at)
        binds, rate = (plan.binds_at(at), plan.rate_at(at)) if loading else (0, None)
        return second.model_copy(update={"target_binds": binds, "target_rate": rate})

    def _on_report(self, client_id: str, data: dict[str, Any]) -> None:
        told = data.get(_KEY)
        if told is None:
            return
        load, worker = self._load, self._workers.setdefault(client_id, _Worker())
        load.measurement.merge(told["measured"])
        for at, seconds in load.ledger.merge(told["receipts"]):
            load.measurement.receipted(at - load.began_at, seconds)
        worker.outstanding = told["outstanding"]
        if not load.is_loading(load.now()):
            worker.reports_since_end += 1
        name = worker.generator.name if worker.generator else str(len(self._workers))
        worker.generator = Generator.model_validate({**told["generator"], "name": name})

    def _on_stop(self, **_more: Any) -> None:
        """Everything is in: the run directory is written."""
        load = self._load
        if self._written:
            return
        self._written = True
        load.measurement.close(sys.maxsize)
        generators = [worker.generator for worker in self._workers.values() if worker.generator]
        own = [] if generators else [self._usage.generator("local", load.measurement.counts["submitted"], load.load_s)]
        ending = Ending(
            total_s=load.now(),
            max_bound=max(self._max_bound, load.max_bound),
            rules=self._rules.counts(),
            generators=tuple(generators or own),
            locust=tuple(_locust_entries(self._environment)),
            series=tuple(self._with_targets(second) for second in load.measurement.series()),
        )
        if load.order.out is not None:
            write_run(load, ending, load.order.out)


class Usage:
    """What a process uses, from now on."""

    def __init__(self) -> None:
        self._processor, self._clock = time.process_time(), time.perf_counter()

    def generator(self, name: str, submitted: int, load_s: float) -> Generator:
        """What it has used since, nearly all of it while it submitted: for `load_s` seconds, or so far."""
        used = time.process_time() - self._processor
        passed = min(time.perf_counter() - self._clock, load_s)
        unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
        return Generator(
            name=name,
            submitted=submitted,
            cpu_s=round(used, 3),
            cpu_share=round(used / passed, 3) if passed else 0.0,
            memory_mb=round(memory, 1),
        )


class Hand:
    """A worker's side: it hands over what it measured."""

    def __init__(self, environment: Environment, load: LoadRun) -> None:
        self._load = load
        self._usage = Usage()
        self._submitted = 0
        environment.events.test_start.add_listener(self._on_start)
        environment.events.report_to_master.add_listener(self._on_report)
        if environment.runner is not None:
            environment.runner.register_message(_INTERRUPT, lambda **_more: load.interrupt())

    def _on_start(self, **_more: Any) -> None:
        self._load.begin()
        self._usage = Usage()

    def _on_report(self, data: dict[str, Any], **_more: Any) -> None:
        load = self._load
        load.measurement.sessions(load.now(), load.bound)
        measured = load.measurement.take()
        self._submitted += sum(count for cell in measured["cells"] for name, count in cell[2] if name == "submitted")
        data[_KEY] = {
            "measured": measured,
            "receipts": load.ledger.take(),
            "outstanding": load.outstanding,
            "generator": self._usage.generator("", self._submitted, load.load_s).model_dump(),
        }


def attach(environment: Environment, load: LoadRun, tell: Callable[[Second], None]) -> Head | None:
    """Ties a load test to an environment that has its runner; gives the head, if this process is it."""
    runner = environment.runner
    environment.load_run = load  # type: ignore[attr-defined] # Locust's place for what users share
    environment.load_numbers = numbers(lambda: getattr(runner, "worker_index", 0))  # type: ignore[attr-defined] # likewise
    environment.stop_timeout = load.plan.binds.response_timeout + 3
    if isinstance(runner, WorkerRunner):
        Hand(environment, load)
        return None
    head = Head(environment, load, tell)
    if isinstance(environment.shape_class, PlanShape):
        environment.shape_class.head = head
    return head


def user_class(load: LoadRun) -> type:
    """The class of the plan's users."""
    return USERS[load.plan.binds.user]


def _locust_entries(environment: Environment) -> list[LocustEntry]:
    entries = []
    for (name, kind), entry in environment.stats.entries.items():
        if kind != REQUEST_TYPE:
            continue
        median, p95, p99 = (float(entry.get_response_time_percentile(share) or 0) for share in (0.5, 0.95, 0.99))
        entries.append(
            LocustEntry(
                type=kind,
                name=name,
                requests=entry.num_requests,
                failures=entry.num_failures,
                median_ms=median,
                p95_ms=p95,
                p99_ms=p99,
            )
        )
    return entries
