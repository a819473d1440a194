"""The operators and the clients that one worker plays scenarios with, one after another."""

import contextlib
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

from harness.driver import Driver, DriverSpec
from harness.driver_process import ProcessDriver
from harness.operator_api import OperatorApi
from harness.operator_process import OperatorProcess
from harness.results import DRIVER_LOG
from harness.scenario import Scenario
from harness.setup import Setup


class Cast:
    """The clients and the operators that scenarios need, started when first needed; `end` ends all.

    Args:
        folder: Takes their logs; made when missing.
        seed: The operators'.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder, self._seed = folder, seed
        self._drivers: list[tuple[DriverSpec, ProcessDriver]] = []
        self._operators: tuple[Setup, int, OperatorProcess] | None = None
        self.is_over = False
        self._lock = threading.Lock()

    def driver(self, spec: DriverSpec) -> Driver:
        """The client, started; it stays for the scenarios to come, unless it, or one that is there, has to be alone.

        Raises:
            DriverError: It cannot be started.
        """
        for known, driver in self._drivers:
            if known == spec:
                return driver
        if any(each.is_alone for each in (spec, *(known for known, _ in self._drivers))):
            self._stop_drivers()
        with self._starting():
            driver = ProcessDriver(spec, self._folder / DRIVER_LOG)
            driver.start()
            self._drivers.append((spec, driver))
        return driver

    def operators(self, spec: DriverSpec, scenario: Scenario) -> Mapping[str, OperatorApi]:
        """The operators of a scenario; those of the scenario before, where they will do.

        Raises:
            StartError: They cannot be started.
        """
        setup = Setup.of(scenario.header.given)
        port = spec.options.port
        if self._operators is not None and not (self._operators[:2] == (setup, port) and setup.lasts):
            self._stop_operators()
        if self._operators is None:
            with self._starting():
                process = OperatorProcess(self._folder, self._seed, ("--port", str(port)), setup)
                self._operators = setup, port, process
                process.start()
        return self._operators[2].apis

    def stop(self) -> None:
        """Ends the processes: they may be gone, stuck, or full of what belongs to nobody. Others start when needed."""
        self._stop_drivers()
        self._stop_operators()

    def end(self) -> None:
        """Ends the processes for good, from any thread: whatever is played breaks off, and nothing starts any more."""
        self.is_over = True
        with self._lock:
            self.stop()

    @contextlib.contextmanager
    def _starting(self) -> Iterator[None]:
        with self._lock:
            if self.is_over:
                raise EndedError
            self._folder.mkdir(parents=True, exist_ok=True)
            yield

    def _stop_drivers(self) -> None:
        drivers, self._drivers = self._drivers, []
        for _, driver in drivers:
            driver.stop()

    def _stop_operators(self) -> None:
        operators, self._operators = self._operators, None
        if operators is not None:
            operators[2].stop()


class EndedError(Exception):
    """The run is over."""
