"""The values of a run directory and the names of its files; both the writer and the reader stand on them."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from pydantic import ConfigDict

FORMAT = 3

RUN_FILE = "run.json"
CATALOGUE_FILE = "catalogue.json"
RESULTS_FILE = "results.jsonl"
MESSAGES_FILE = "messages.jsonl"
CHANGES_FILE = "changes.jsonl"
VIOLATIONS_FILE = "violations.jsonl"
TRANSCRIPTS_FOLDER = "transcripts"
EVENTS_FOLDER = "events"
WORKERS_FOLDER = "workers"
OPERATOR_LOG = "operator.log"
DRIVER_LOG = "driver.log"


class Verdict(StrEnum):
    """What became of one scenario."""

    PASS = "PASS"  # noqa: S105 -- a verdict, not a password
    """Every expectation held."""
    FAIL = "FAIL"
    """An expectation did not hold; `ScenarioResult.failures` says which."""
    NON_STRICT = "NON_STRICT"
    """Every expectation held, but only by a looser answer that the scenario names as tolerable."""
    UNSUPPORTED = "UNSUPPORTED"
    """The driver cannot do what a step needs; nothing is said of the operator."""
    ERROR = "ERROR"
    """The scenario could not be carried out (driver or operator went away); nothing is said of the operator."""


class ResultsError(Exception):
    """A run directory cannot be written or read.

    Attributes:
        path: The file or folder at fault.
        line: Line number in it, from 1, where one line is at fault.
        reason: What is wrong with it.
    """

    def __init__(self, path: Path, reason: str, line: int | None = None) -> None:
        super().__init__(f"{path}:{line}: {reason}" if line else f"{path}: {reason}")
        self.path, self.line, self.reason = path, line, reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One expectation that did not hold, or why a scenario could not go on.

    Attributes:
        where: `file:line` of the step in the scenario file.
        step: The step's key, such as `expect_response`.
        expected: Any of these would have been right; empty where nothing was expected (an error).
        got: What came instead.
        reason: Why the operator decided so (rule, clause), or why the step broke; empty when nothing is known.
        around: The PDUs and other events before it, the last ones, each a line with its moment on the operator's clock.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True)

    where: str
    step: str
    expected: tuple[str, ...]
    got: str
    reason: str = ""
    around: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioResult:
    """What became of one scenario: one line of `results.jsonl`.

    Attributes:
        id: Path below the scenario folder without suffix, such as `regulatory/discount-on-dedicated-line-is-refused`;
            of a row of a table of examples, with the row's name behind. With several drivers there is a result of each.
        file: The scenario file, as the run was asked for it.
        title: The sentence that the scenario shows.
        clauses: Ids of the clauses that it is evidence for.
        spec: Sections of the specification likewise.
        advice: What a good client does about it; empty where nothing is said.
        driver: Name of the client that ran it.
        verdict: See `Verdict`.
        seconds: Real duration.
        started: Real time of its start, ISO 8601 with offset.
        failures: What did not hold; empty exactly when the verdict is PASS (NON_STRICT lists what was tolerated).
        message_ids: Ids of all messages that the operator held afterwards; their bodies are in `messages.jsonl`. They
            begin anew with each scenario: only scenario and id together name a message.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True)

    id: str
    file: str
    title: str
    clauses: tuple[str, ...]
    spec: tuple[str, ...] = ()
    advice: str = ""
    driver: str
    verdict: Verdict
    seconds: float
    started: str
    failures: tuple[Failure, ...] = ()
    message_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RunMeta:
    """What ran, with what, and how it ended: `run.json`.

    Attributes:
        format: Version of this layout; another one is refused by `read_run`.
        version: Version of khatban.
        started: Real time, ISO 8601 with offset.
        finished: Likewise; null while the run goes on and for ever after a run that was killed.
        seed: The operator's seed.
        drivers: Names of the clients that ran the scenarios.
        jobs: How many scenarios ran at the same time.
        profile: Name of the operator profile that the run started with.
        python: Version of the interpreter.
        platform: Operating system and machine.
        scenarios: How many results there were to be: one for each scenario and driver.
        verdicts: How many ended with each verdict; every verdict is a key once the run is finished.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True)

    version: str
    started: str
    seed: int
    drivers: tuple[str, ...]
    jobs: int
    profile: str
    python: str
    platform: str
    scenarios: int
    finished: str | None = None
    verdicts: dict[str, int] = field(default_factory=dict)
    format: int = FORMAT


def transcript_path(folder: Path, driver: str, scenario_id: str) -> Path:
    """Where the transcript of a scenario with a driver lies in a run directory."""
    return folder / TRANSCRIPTS_FOLDER / driver / (_file_name(scenario_id) + ".txt")


def events_path(folder: Path, driver: str, scenario_id: str) -> Path:
    """Where the events of a scenario with a driver lie in a run directory."""
    return folder / EVENTS_FOLDER / driver / (_file_name(scenario_id) + ".jsonl")


def _file_name(scenario_id: str) -> str:
    return scenario_id.replace("/", "__")
