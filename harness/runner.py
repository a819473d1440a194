"""Runs scenarios: one operator process and one client process for the whole run, one scenario after another.

Everything that can be checked is checked before anything starts. However a run ends, by its end, by Ctrl-C, by SIGTERM
or by a fault, the operator and the client are ended and what had run is in the run directory.
"""

import platform
import signal
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from types import FrameType, MappingProxyType
from typing import Any, Self

from rich.console import Console
from rich.text import Text

from harness.display import Display, show_problems, show_summary
from harness.driver import DriverError, DriverOptionError, DriverSpec
from harness.driver_process import ProcessDriver
from harness.drivers import DRIVERS
from harness.operator_api import OperatorError
from harness.operator_process import OperatorProcess, StartError
from harness.play import play
from harness.problems import ProblemsError
from harness.results import ResultsError, RunMeta, RunWriter, ScenarioResult, Verdict
from harness.scenario import Scenario
from harness.scenario_files import load_scenarios
from harness.stage import Scene
from simulator.wording import hint
from simulator.world import shipped_world

ALL_PASSED, SOME_FAILED, UNUSABLE, NOT_STARTED, INTERRUPTED = 0, 1, 2, 3, 130
START_WORLD = "demo"
_DRIVER_LOG = "driver.log"
_GOOD = frozenset({Verdict.PASS, Verdict.NON_STRICT, Verdict.UNSUPPORTED})


class UsageError(Exception):
    """The run was asked for in a way that cannot be."""


@dataclass(frozen=True, slots=True)
class RunSummary:
    """How a run ended.

    Attributes:
        meta: The final `run.json`.
        results: One a scenario, in the order in which they ran.
        folder: The run directory.
    """

    meta: RunMeta
    results: tuple[ScenarioResult, ...]
    folder: Path

    @property
    def passed(self) -> bool:
        """True unless a scenario failed or broke; what the client cannot do is nobody's failure."""
        return all(result.verdict in _GOOD for result in self.results)


def run_scenarios(paths: Sequence[Path], *, driver: str, out: Path, seed: int, console: Console) -> int:
    """Runs scenarios and shows on the console what happens: the whole of `khatban run`.

    Args:
        paths: Scenario files and folders; none means the shipped ones.
        driver: Name of a client (`harness.drivers.DRIVERS`).
        out: The run directory: new or empty.
        seed: The operator's seed, and the client's.
        console: Where progress, failures and the summary go.

    Returns:
        The exit status: 0 when no scenario failed, 1 when some did, 2 for unusable scenarios or usage, 3 when the
        operator or the client could not be started, 130 when interrupted.
    """
    try:
        with _terminable():
            summary = run(paths, driver=driver, out=out, seed=seed, console=console)
    except ProblemsError as error:
        show_problems(console, error.problems)
        return UNUSABLE
    except (UsageError, ResultsError) as error:
        console.print(Text(str(error), "bold red"), soft_wrap=True)
        return UNUSABLE
    except (StartError, DriverError, OperatorError) as error:
        console.print(Text(str(error), "bold red"), soft_wrap=True)
        return NOT_STARTED
    except KeyboardInterrupt:
        console.print(Text(f"interrupted; what had run is in {out}", "bold yellow"), soft_wrap=True)
        return INTERRUPTED
    return ALL_PASSED if summary.passed else SOME_FAILED


def run(paths: Sequence[Path], *, driver: str, out: Path, seed: int, console: Console) -> RunSummary:
    """Runs scenarios; see `run_scenarios` for the arguments.

    Raises:
        ProblemsError: Scenario files have mistakes; nothing was started and no run directory made.
        UsageError: There is no such driver.
        ResultsError: The run directory is not empty or cannot be written.
        StartError, DriverError, OperatorError: The operator or the client could not be started (again).
    """
    spec = driver_spec(driver)
    scenarios = load_scenarios(paths)
    started = time.monotonic()
    with RunWriter(out, _first_meta(spec, seed, len(scenarios))) as writer:
        try:
            results = _run_all(scenarios, writer, spec, seed, console)
        except ProblemsError:
            writer.discard()
            raise
        meta = writer.finish(_now().isoformat(timespec="milliseconds"))
    show_summary(console, results, time.monotonic() - started, str(out))
    return RunSummary(meta, tuple(results), out)


def _run_all(
    scenarios: Sequence[Scenario], writer: RunWriter, spec: DriverSpec, seed: int, console: Console
) -> list[ScenarioResult]:
    results: list[ScenarioResult] = []
    with _Cast(spec, writer.folder, seed) as cast, Display(console, len(scenarios)) as display:
        catalogue = cast.operator.api.catalogue()
        _check_references(scenarios, catalogue)
        writer.write_catalogue(catalogue)
        for number, scenario in enumerate(scenarios, start=1):
            display.begin(scenario.id)
            if results and results[-1].verdict is Verdict.ERROR:
                cast.restart()
            with writer.open_transcript(scenario.id) as transcript:
                scene = Scene(str(number), seed, transcript.add)
                played = play(scenario, cast.driver, cast.operator.api, scene, _now)
            writer.add(played.result, played.messages)
            results.append(played.result)
            display.end(played.result)
    return results


def driver_spec(name: str, options: Mapping[str, Any] = MappingProxyType({})) -> DriverSpec:
    """The client of that name, with what the user says of it.

    Raises:
        UsageError: There is none, or an option is missing, unknown, or not what it has to be.
    """
    specs = {spec.name: spec for spec in DRIVERS}
    if name not in specs:
        raise UsageError(f"there is no driver {name!r}{hint(name, specs)}")
    try:
        return specs[name].configured(options)
    except DriverOptionError as error:
        raise UsageError(str(error)) from error


class _Cast:
    """The operator and the client of a run; after a scenario that broke, both are started afresh."""

    def __init__(self, spec: DriverSpec, folder: Path, seed: int) -> None:
        self._spec, self._folder, self._seed = spec, folder, seed
        self.operator = OperatorProcess(folder, seed)
        self.driver = ProcessDriver(spec, folder / _DRIVER_LOG)

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._stop()

    def restart(self) -> None:
        """Ends both and starts them again: one of them may be gone, stuck, or full of what belongs to nobody.

        Raises:
            StartError, DriverError: One cannot be started.
        """
        self._stop()
        self._start()

    def _start(self) -> None:
        self.operator = OperatorProcess(self._folder, self._seed, ("--port", str(self._spec.options.port)))
        self.driver = ProcessDriver(self._spec, self._folder / _DRIVER_LOG)
        try:
            self.operator.start()
            self.driver.start()
        except BaseException:
            self._stop()
            raise

    def _stop(self) -> None:
        with _undisturbed():
            self.driver.stop()
            self.operator.stop()


def _check_references(scenarios: Sequence[Scenario], catalogue: Mapping[str, Any]) -> None:
    problems = [problem for scenario in scenarios for problem in scenario.unknown_references(catalogue)]
    if problems:
        raise ProblemsError(problems)


def _first_meta(spec: DriverSpec, seed: int, scenarios: int) -> RunMeta:
    return RunMeta(
        version=_version(),
        started=_now().isoformat(timespec="milliseconds"),
        seed=seed,
        driver=spec.name,
        profile=shipped_world(START_WORLD).profile.name,
        python=platform.python_version(),
        platform=platform.platform(),
        scenarios=scenarios,
    )


def _version() -> str:
    try:
        return metadata.version("khatban")
    except metadata.PackageNotFoundError:
        return "not installed"


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


@contextmanager
def _terminable() -> Iterator[None]:
    """Makes SIGTERM end the block as Ctrl-C does. Only the main thread may say so; elsewhere nothing changes."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keeps a second Ctrl-C or SIGTERM from leaving processes behind; what runs here has its own deadlines."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
