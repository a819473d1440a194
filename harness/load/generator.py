"""`python -m harness.load.generator ORDER`: a process of Locust, local, master or worker, without its command line.

It tells whoever started it, as JSON lines on standard output: `{"master": port}` once a master listens, every second
`{"second": ...}`, `{"written": folder}` at the end. SIGTERM, Ctrl-C and the end of its standard input end the load in
order; the second one ends it at once.
"""

import locust  # isort: skip # before all else: gevent must patch the standard library before anybody uses it

import json
import os
import signal
import sys
from typing import Any

import gevent
import gevent.event
import gevent.os
import locust.log
import locust.runners
from locust.env import Environment

from harness.load.link import Address
from harness.load.load_run import LoadRun
from harness.load.order import Order, Role
from harness.load.plan_file import load_plan
from harness.load.result import Second
from harness.load.wiring import Head, PlanShape, attach, user_class

REPORT_INTERVAL = 0.5
LAST_REPORTS = 3.0
"""Seconds in which a worker that has stopped tells so."""


class _Shape(PlanShape):
    abstract = False


class Generator:
    """The process."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._load = LoadRun(load_plan(order.plan), order)
        shape = None if order.role is Role.WORKER else _Shape()
        self._environment = Environment(user_classes=[user_class(self._load)], shape_class=shape)
        self._signals = 0
        self._head: Head | None = None

    def run(self) -> None:
        """Runs the load to its end."""
        locust.runners.WORKER_REPORT_INTERVAL = REPORT_INTERVAL
        runner = self._runner()
        head = attach(self._environment, self._load, self._tell_second)
        for number in (signal.SIGTERM, signal.SIGINT):
            gevent.signal_handler(number, self._interrupt)
        gevent.spawn(self._end_with_the_parent)
        stopped = gevent.event.Event()
        self._environment.events.test_stop.add_listener(lambda **_more: stopped.set())
        if head is None:
            stopped.wait()
            # Locust's worker would sleep for the whole stop_timeout before it heard that it may go.
            runner.greenlet.join(LAST_REPORTS)
            return
        self._head = head
        if self._order.role is Role.MASTER:
            _tell({"master": runner.server.port})
            self._await_workers(runner)
        if self._signals:
            sys.exit("interrupted before the load began")
        runner.start_shape()
        stopped.wait()
        runner.quit()
        _tell({"written": str(self._order.out)})

    def _runner(self) -> Any:
        if self._order.role is Role.LOCAL:
            return self._environment.create_local_runner()
        host, port = Address.of(self._order.master) if ":" in self._order.master else Address("127.0.0.1", 0)
        if self._order.role is Role.MASTER:
            return self._environment.create_master_runner(host, port)
        return self._environment.create_worker_runner(host, port)

    def _await_workers(self, runner: Any) -> None:
        with gevent.Timeout(self._order.workers_patience, SystemExit(f"{self._order.workers} workers did not come")):
            while len(runner.clients.ready) < self._order.workers and not self._signals:
                gevent.sleep(0.05)

    def _tell_second(self, second: Second) -> None:
        _tell({"second": second.model_dump()})

    def _end_with_the_parent(self) -> None:
        gevent.os.make_nonblocking(0)
        while gevent.os.nb_read(0, 1024):
            pass
        self._interrupt()

    def _interrupt(self) -> None:
        self._signals += 1
        if self._signals > 1 or self._head is None:
            os._exit(1)
        self._head.interrupt()


def _tell(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Does as it is told."""
    locust.log.setup_logging("INFO")
    Generator(Order.model_validate_json(sys.argv[1])).run()


if __name__ == "__main__":
    main()
