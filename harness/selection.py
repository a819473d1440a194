"""Which scenarios run, and with which clients.

A filter is made of terms, all of which must hold: `regulatory/*`, `blacklist` or `clause:service.no-* !id:*lottery*`. A
term is a pattern of `*`, `?` and `[...]`; without any of these it may stand anywhere. It is held against the id, or
against what is named before a colon. An exclamation mark before it turns it round.
"""

import fnmatch
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from harness.driver import DriverOptionError, DriverSpec
from harness.drivers import DRIVERS
from harness.results import ScenarioResult, Verdict, read_run
from harness.run_request import RunRequest, UsageError
from harness.scenario import Scenario
from harness.scenario_files import load_scenarios
from harness.workers import Job
from simulator.wording import hint

DEFAULT_DRIVER = "smpplib"
"""The client that plays a scenario for which neither the user nor its file names another."""

_FIELDS: Mapping[str, Callable[[Scenario], Iterable[str]]] = MappingProxyType(
    {
        "id": lambda scenario: (scenario.id,),
        "title": lambda scenario: (scenario.header.title,),
        "clause": lambda scenario: scenario.header.clauses,
        "spec": lambda scenario: scenario.header.spec,
        "step": lambda scenario: (placed.step.key for placed in scenario.steps),
        "client": lambda scenario: (scenario.header.given.client or DEFAULT_DRIVER,),
    }
)
_WILD = frozenset("*?[")


def select_jobs(request: RunRequest) -> list[Job]:
    """Every scenario with every client that is to play it, in the order in which results are wanted.

    Raises:
        ProblemsError: Scenario files have mistakes.
        UsageError: There is no such driver or filter, an option is wrong, or nothing is left to run.
        ResultsError: The run directory of `rerun` cannot be read.
    """
    failed = None if request.rerun is None else _failed_in(request.rerun)
    scenarios = load_scenarios(request.paths or _files_of(failed or ()))
    chosen = [scenario for scenario in scenarios if is_taken(scenario, request.filters)]
    drivers = request.drivers or tuple(dict.fromkeys(result.driver for result in failed or ()))
    if drivers:
        pairs = [(driver, scenario) for driver in drivers for scenario in chosen]
    else:
        pairs = [(scenario.header.given.client or DEFAULT_DRIVER, scenario) for scenario in chosen]
    if failed is not None:
        again = {(result.driver, result.id) for result in failed}
        pairs = [(driver, scenario) for driver, scenario in pairs if (driver, scenario.id) in again]
    if not pairs:
        raise UsageError("no scenario is left to run")
    specs = {
        name: driver_spec(name, request.options.get(name, {})) for name in dict.fromkeys(name for name, _ in pairs)
    }
    return [Job(number, scenario, specs[name]) for number, (name, scenario) in enumerate(pairs, start=1)]


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


def is_taken(scenario: Scenario, filters: Sequence[str]) -> bool:
    """Whether any of the filters takes a scenario, or there are none.

    Raises:
        UsageError: A filter names something that no scenario has.
    """
    return not filters or any(all(_holds(term, scenario) for term in one.split()) for one in filters)


def _holds(term: str, scenario: Scenario) -> bool:
    is_turned, bare = term.startswith("!"), term.removeprefix("!")
    name, colon, pattern = bare.partition(":")
    if not colon:
        name, pattern = "id", bare
    if name not in _FIELDS:
        raise UsageError(f"a filter cannot be about {name!r}{hint(name, _FIELDS)}")
    if not _WILD & set(pattern):
        pattern = f"*{pattern}*"
    return is_turned != any(fnmatch.fnmatchcase(value, pattern) for value in _FIELDS[name](scenario))


def _failed_in(folder: Path) -> Sequence[ScenarioResult]:
    failed = [result for result in read_run(folder).results if result.verdict in (Verdict.FAIL, Verdict.ERROR)]
    if not failed:
        raise UsageError(f"{folder}: nothing failed or broke in this run")
    return failed


def _files_of(results: Sequence[ScenarioResult]) -> tuple[Path, ...]:
    return tuple(sorted({Path(result.file) for result in results}))
