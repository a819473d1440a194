"""Runs scenarios: so many at a time, each on operators of its own, with one client or several.

Everything that can be checked is checked before anything starts. However a run ends, by its end, by Ctrl-C, by SIGTERM
or by a fault, the operators and the clients are ended and what had run is in the run directory.
"""

import platform
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.text import Text

from harness.cast import Cast
from harness.display import Display, show_problems, show_summary
from harness.driver import DriverError
from harness.operator_api import OperatorError
from harness.operator_process import StartError
from harness.outputs import write_outputs
from harness.play import Played
from harness.problems import ProblemsError
from harness.references import unknown_references
from harness.results import ResultsError, RunMeta, RunWriter, ScenarioResult, Verdict, read_run
from harness.run_request import RunRequest, UsageError
from harness.selection import select_jobs
from harness.signals import terminable
from harness.version import khatban_version
from harness.workers import Job, Workers, worker_folder
from simulator.registry.world import shipped_world

ALL_PASSED, SOME_FAILED, UNUSABLE, NOT_STARTED, INTERRUPTED = 0, 1, 2, 3, 130
START_WORLD = "demo"
_GOOD = frozenset({Verdict.PASS, Verdict.NON_STRICT, Verdict.UNSUPPORTED})


@dataclass(frozen=True, slots=True)
class RunSummary:
    """How a run ended.

    Attributes:
        meta: The final `run.json`.
        results: In the order of the scenarios, driver by driver.
        folder: The run directory.
    """

    meta: RunMeta
    results: tuple[ScenarioResult, ...]
    folder: Path

    @property
    def passed(self) -> bool:
        """True unless a scenario failed or broke; what the client cannot do is nobody's failure."""
        return all(result.verdict in _GOOD for result in self.results)


def run_scenarios(request: RunRequest, console: Console) -> int:
    """Runs scenarios and shows on the console what happens: the whole of `khatban run`.

    Args:
        request: What to run, and how.
        console: Where progress, failures and the summary go.

    Returns:
        The exit status: 0 when no scenario failed, 1 when some did, 2 for unusable scenarios or usage, 3 when an
        operator or a client could not be started, 130 when interrupted.
    """
    try:
        with terminable():
            summary = run(request, console)
    except ProblemsError as error:
        show_problems(console, error.problems)
        console.print(Text("nothing was started"))
        return UNUSABLE
    except (UsageError, ResultsError) as error:
        console.print(Text(str(error), "bold red"), soft_wrap=True)
        return UNUSABLE
    except (StartError, DriverError, OperatorError) as error:
        console.print(Text(str(error), "bold red"), soft_wrap=True)
        return NOT_STARTED
    except KeyboardInterrupt:
        console.print(Text(f"interrupted; what had run is in {request.out}", "bold yellow"), soft_wrap=True)
        return INTERRUPTED
    return ALL_PASSED if summary.passed else SOME_FAILED


def run(request: RunRequest, console: Console) -> RunSummary:
    """Runs scenarios.

    Raises:
        ProblemsError: Scenario files have mistakes; nothing was started and no run directory made.
        UsageError: What is asked for cannot be, such as a driver that there is none of, or no scenario at all.
        ResultsError: The run directory is not empty or cannot be written, or another one cannot be read.
        StartError, DriverError, OperatorError: An operator or a client could not be started.
    """
    jobs = select_jobs(request)
    problems = {one for job in jobs for one in unknown_references(job.scenario, request.known)}
    if problems:
        raise ProblemsError(sorted(problems))
    casts = min(request.jobs, len(jobs)) if not any(job.spec.is_alone for job in jobs) else 1
    started = time.monotonic()
    with RunWriter(request.out, _first_meta(jobs, request.seed, casts)) as writer:
        try:
            results = _run_all(jobs, casts, writer, request, console)
            meta = writer.finish(_now().isoformat(timespec="milliseconds"))
        finally:
            write_outputs(read_run(request.out), request.outputs)
    show_summary(console, results, time.monotonic() - started, str(request.out))
    return RunSummary(meta, tuple(results), request.out)


def _run_all(
    jobs: Sequence[Job], number_of_casts: int, writer: RunWriter, request: RunRequest, console: Console
) -> list[ScenarioResult]:
    results: list[ScenarioResult] = []
    casts = [Cast(worker_folder(writer.folder, number), request.seed) for number in range(1, number_of_casts + 1)]
    with Display(console, len(jobs)) as display:
        workers = Workers(jobs, casts, writer, request.seed, _now, lambda job: display.begin(job.scenario.id))
        try:
            # What an operator has is kept, for reports; the first worker goes on with the operators that told it.
            operators = casts[0].operators(jobs[0].spec, jobs[0].scenario)
            writer.write_catalogue(next(iter(operators.values())).catalogue())
            for played in workers.results():
                _write(writer, played)
                results.append(played.result)
                display.end(played.result)
                if request.fail_fast and played.result.verdict not in _GOOD:
                    workers.stop()
        finally:
            for played in workers.end():
                _write(writer, played)
    return results


def _write(writer: RunWriter, played: Played) -> None:
    writer.add(played.result, played.messages, played.account, changes=played.changes, violations=played.violations)


def _first_meta(jobs: Sequence[Job], seed: int, casts: int) -> RunMeta:
    return RunMeta(
        version=khatban_version(),
        started=_now().isoformat(timespec="milliseconds"),
        seed=seed,
        drivers=tuple(dict.fromkeys(job.spec.name for job in jobs)),
        jobs=casts,
        profile=shipped_world(START_WORLD).profile.name,
        python=platform.python_version(),
        platform=platform.platform(),
        scenarios=len(jobs),
    )


def _now() -> datetime:
    return datetime.now(UTC).astimezone()
