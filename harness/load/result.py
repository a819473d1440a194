"""The run directory of a load test: its shapes, and how it is read back. Needs neither Locust nor a histogram library.

```
load.json         LoadResult: everything that was counted, with percentiles; written once, at the end
series.jsonl      one Second a line, in order: what happened in each second of the run
histograms.json   LoadHistograms: response, receipt and bind times in HdrHistogram's own compressed form
plan.toml         the plan as it was given
operator.log      what the operator said, where it was started for the run
generator.log     what Locust and its users said; generator-1.log and so on of its workers
```

All files are UTF-8. Moments are ISO 8601 with offset, durations seconds (`*_s`) or milliseconds (`*_ms`). A run that
was interrupted is complete as well, and says so; one that was killed has no `load.json`.
"""

from pathlib import Path
from typing import Any, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

FORMAT: Final = 1
LOAD_FILE: Final = "load.json"
SERIES_FILE: Final = "series.jsonl"
HISTOGRAMS_FILE: Final = "histograms.json"
PLAN_FILE: Final = "plan.toml"


class LoadResultError(Exception):
    """A run directory of a load test cannot be read or written; says which file (and line), and why."""


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Times(_Shape):
    """How long something took, in milliseconds; without any, all are 0.

    Attributes:
        count: how often it was measured.
        min_ms: the shortest.
        mean_ms: the mean.
        p50_ms: within which half of them ended; the others likewise.
        max_ms: the longest.
        distribution: (percentile, milliseconds), ascending, for a curve; the last percentile is 100.
    """

    count: int = 0
    min_ms: float = 0.0
    mean_ms: float = 0.0
    p50_ms: float = 0.0
    p90_ms: float = 0.0
    p95_ms: float = 0.0
    p99_ms: float = 0.0
    p999_ms: float = 0.0
    max_ms: float = 0.0
    distribution: tuple[tuple[float, float], ...] = ()


class Counts(_Shape):
    """What happened, over the whole run.

    Attributes:
        submitted: submit_sm that were sent.
        answered: those that had a response in time, whatever it said.
        accepted: those whose response was ESME_ROK.
        refused: those whose response was an error.
        lost_responses: those that had no response within `response_timeout`.
        late_responses: responses that came after that.
        duplicate_responses: responses to what was answered already.
        unasked_responses: responses to what was never sent.
        cut_off: submit_sm that were unanswered when their connection ended; nothing is known of them.
        receipts_due: final receipts that were asked for and that an ESME_ROK promised.
        receipts: those that came.
        lost_receipts: those that had not come when the run gave up waiting.
        duplicate_receipts: receipts that came again.
        unknown_receipts: receipts with an id that no response had named; of messages that were cut off they are to be
            expected.
        mo_messages: subscribers' messages that came.
        binds: binds that succeeded, again after a reconnect.
        bind_failures: attempts that failed.
        reconnects: binds after a connection had ended, by a storm or by itself.
        disconnects: connections that ended without our doing.
    """

    submitted: int = 0
    answered: int = 0
    accepted: int = 0
    refused: int = 0
    lost_responses: int = 0
    late_responses: int = 0
    duplicate_responses: int = 0
    unasked_responses: int = 0
    cut_off: int = 0
    receipts_due: int = 0
    receipts: int = 0
    lost_receipts: int = 0
    duplicate_receipts: int = 0
    unknown_receipts: int = 0
    mo_messages: int = 0
    binds: int = 0
    bind_failures: int = 0
    reconnects: int = 0
    disconnects: int = 0


class Second(_Shape):
    """One second of the run: a line of `series.jsonl`. Every second from the first to the last has one.

    Attributes:
        second: from 0, since the load began.
        binds: bound sessions at its end.
        target_binds: how many the shape asked for.
        target_rate: submit_sm a second that the shape asked for; None in a closed loop.
        submitted, answered, refused, lost_responses, receipts, reconnects, disconnects, bind_failures: as of `Counts`,
            in this second.
        p50_ms, p95_ms, p99_ms, max_ms: response times of what was answered in it; None where nothing was.
        receipt_p95_ms: time to receipt of the receipts that came in it; None where none did.
    """

    second: int
    binds: int = 0
    target_binds: int = 0
    target_rate: float | None = None
    submitted: int = 0
    answered: int = 0
    refused: int = 0
    lost_responses: int = 0
    receipts: int = 0
    reconnects: int = 0
    disconnects: int = 0
    bind_failures: int = 0
    p50_ms: float | None = None
    p95_ms: float | None = None
    p99_ms: float | None = None
    max_ms: float | None = None
    receipt_p95_ms: float | None = None


class StatusCount(_Shape):
    """How often a response had a command_status other than ESME_ROK."""

    command_status: int
    name: str
    count: int


class RuleCount(_Shape):
    """How often the operator decided so by a rule, as it counted itself over the run.

    Attributes:
        verdict: `accepted`, `refused` or `waits`.
        rule: the rule's id; empty for messages that no rule objected to.
    """

    verdict: str
    rule: str
    count: int


class BindShare(_Shape):
    """How evenly binds were served: the responses a second of the slowest and the quickest of the binds that lasted."""

    slowest: float
    quickest: float


class LocustEntry(_Shape):
    """A row of Locust's own statistics, whose percentiles are of rounded times; beside ours, for comparison."""

    type: str
    name: str
    requests: int
    failures: int
    median_ms: float
    p95_ms: float
    p99_ms: float


class Generator(_Shape):
    """A process that made the load.

    Attributes:
        name: `local`, or the number of a worker, from 1.
        submitted: submit_sm that it sent.
        cpu_s: processor time that it used from the load's beginning to its end.
        cpu_share: that, as a share of one core; near 1 the generator is the limit, not the operator.
        memory_mb: its resident memory at the end.
    """

    name: str
    submitted: int
    cpu_s: float
    cpu_share: float
    memory_mb: float


class ThresholdOutcome(_Shape):
    """What came of a threshold of the plan.

    Attributes:
        name: its key in the plan, such as `p95_ms`.
        limit: what it allows.
        value: what was measured; None where nothing was, which does not hold.
        held: whether the limit was kept.
    """

    name: str
    limit: float
    value: float | None
    held: bool


class LoadResult(_Shape):
    """`load.json`: a load test, once it is over.

    Attributes:
        format: version of this layout.
        version: of khatban; with python and platform.
        title: of the plan.
        user: the user class, `SmppUser` or `FastSmppUser`.
        target: host and port of the SMPP door.
        own_operator: whether the operator was started for the run.
        shape: the kind of the plan's shape.
        window: unanswered submit_sm that a bind keeps at most.
        plan: the whole plan with its defaults, as JSON.
        started, finished: real moments of the load's beginning and of the end of the wait for what was to come.
        load_s: how long messages were submitted.
        total_s: that, and the wait for responses and receipts.
        interrupted: whether it was ended before its time.
        max_binds: the most sessions that were bound at once.
        submitted_per_s, answered_per_s, receipts_per_s: means over `load_s`.
        peak_answered_per_s: the greatest of a single second.
        statuses: errors by command_status, the most frequent first.
        rules: verdicts by rule, the most frequent first; None where the operator cannot be asked.
        bind_share: None where no two binds lasted the run.
        thresholds: in the order of the plan.
        notes: what whoever reads the numbers should know, such as that the generator was the limit.
    """

    format: Literal[1] = FORMAT
    version: str
    python: str
    platform: str
    title: str
    user: str
    target: str
    own_operator: bool
    shape: str
    window: int
    plan: dict[str, Any]
    started: str
    finished: str
    load_s: float
    total_s: float
    interrupted: bool
    max_binds: int
    submitted_per_s: float
    answered_per_s: float
    receipts_per_s: float
    peak_answered_per_s: int
    counts: Counts
    response_time: Times
    receipt_time: Times
    bind_time: Times
    statuses: tuple[StatusCount, ...] = ()
    rules: tuple[RuleCount, ...] | None = None
    bind_share: BindShare | None = None
    locust: tuple[LocustEntry, ...] = ()
    generators: tuple[Generator, ...] = ()
    thresholds: tuple[ThresholdOutcome, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every threshold was kept."""
        return all(threshold.held for threshold in self.thresholds)


class LoadHistograms(_Shape):
    """`histograms.json`: HdrHistograms (V2, compressed, base64) of microseconds; `HdrHistogram.decode` reads them."""

    format: Literal[1] = FORMAT
    unit: Literal["us"] = "us"
    response_time: str
    receipt_time: str
    bind_time: str


class StoredLoad(_Shape):
    """A run directory, read back and checked."""

    folder: Path = Field(strict=False)
    result: LoadResult
    series: tuple[Second, ...]
    histograms: LoadHistograms


def is_load_run(folder: Path) -> bool:
    """Whether a folder holds a load test that came to its end."""
    return (folder / LOAD_FILE).is_file()


def read_result(path: Path) -> StoredLoad:
    """Reads and checks the run directory of a load test.

    Args:
        path: the folder, or the `load.json` in it.

    Raises:
        LoadResultError: not such a directory, another format, or a broken file; names file, line, path and reason.
    """
    folder = path.parent if path.name == LOAD_FILE else path
    if not is_load_run(folder):
        raise LoadResultError(f"{folder}: no run directory of a load test: no {LOAD_FILE} in it")
    result = _model(LoadResult, folder / LOAD_FILE, _read(folder / LOAD_FILE))
    histograms = _model(LoadHistograms, folder / HISTOGRAMS_FILE, _read(folder / HISTOGRAMS_FILE))
    lines = _read(folder / SERIES_FILE).splitlines()
    series = [_model(Second, folder / SERIES_FILE, line, number) for number, line in enumerate(lines, start=1)]
    return StoredLoad(folder=folder, result=result, series=tuple(series), histograms=histograms)


def write_result(folder: Path, result: LoadResult, series: tuple[Second, ...], histograms: LoadHistograms) -> None:
    """Writes what was measured; `load.json` comes last, so that a directory that has it is whole.

    Raises:
        LoadResultError: the folder cannot be written.
    """
    try:
        (folder / HISTOGRAMS_FILE).write_text(histograms.model_dump_json(indent=2) + "\n", "utf-8")
        (folder / SERIES_FILE).write_text("".join(f"{second.model_dump_json()}\n" for second in series), "utf-8")
        (folder / LOAD_FILE).write_text(result.model_dump_json(indent=2) + "\n", "utf-8")
    except OSError as error:
        raise LoadResultError(f"{error.filename or folder}: {error.strerror or error}") from error


M = TypeVar("M", bound=BaseModel)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise LoadResultError(f"{path}: {error.strerror or error}") from error


def _model(shape: type[M], path: Path, text: bytes, line: int | None = None) -> M:
    try:
        return shape.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = f"{path}:{line}" if line else str(path)
        where = ".".join(str(step) for step in first["loc"])
        raise LoadResultError(f"{place}: {where}: {first['msg']}" if where else f"{place}: {first['msg']}") from error
