"""What `khatban report` does with its options."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from harness.audit.result import AuditResult, ResultError, read_result
from harness.load.result import is_load_run
from harness.version import khatban_version
from reports.format import Format
from reports.formats import FORMATS
from reports.load_run import load_of, stored_load
from reports.report import make_report, write_report
from reports.run import Run, RunError
from reports.run_directory import load
from reports.store import Tell, load_store
from reports.threshold import Threshold, crossed


class UsageError(Exception):
    """Options that do not go together; the message names them."""


class Request(NamedTuple):
    """The options of the command, as they were given."""

    sources: tuple[Path, ...]
    out: Path | None = None
    formats: tuple[str, ...] = ()
    reveal: bool = False
    baseline: Path | None = None
    audits: tuple[Path, ...] = ()
    """Results of audits; those in the `audits` folder of a run directory are told without being named."""
    loads: tuple[Path, ...] = ()
    """Run directories of load tests; those in its `loads` folder likewise."""
    fail_on: tuple[str, ...] = ()
    catalogue: Mapping[str, Sequence[Mapping[str, Any]]] = {"rules": (), "clauses": ()}
    """The rules and clauses of this version, for stores, which hold none."""


class Outcome(NamedTuple):
    """The folder of each report, and a sentence of each threshold that was crossed."""

    folders: Sequence[Path]
    crossed: Sequence[str]


def run_report(request: Request, tell: Tell = lambda _step: None) -> Outcome:
    """Writes the reports, and holds the runs to the thresholds; `tell` hears what is being done.

    Raises:
        UsageError: The options do not go together.
        reports.threshold.ThresholdError: A threshold is badly written, or a run does not tell what it asks for.
        reports.run.RunError: A source cannot be reported on.
        reports.format.FormatError: A format cannot be written here.
        OSError: A file cannot be written.
    """
    folders = _folders(request)
    thresholds = [Threshold.parse(written) for written in request.fail_on]
    audits, loads = tuple(map(_audit, request.audits)), tuple(map(stored_load, request.loads))
    baseline = None if request.baseline is None else _load(request.baseline, request, tell)
    runs = [
        replace(run, baseline=baseline, audits=audits + run.audits, loads=loads + run.loads)
        for run in (_load(source, request, tell) for source in request.sources)
    ]
    for run, folder in zip(runs, folders, strict=True):
        tell(f"{run.about.name}: sections")
        report = make_report(run, reveal=request.reveal)
        for each in _formats(request):
            tell(f"{run.about.name}: {each.files}")
            write_report(report, folder, (each,))
    return Outcome(folders, [each for run in runs for each in crossed(thresholds, run)])


def _load(source: Path, request: Request, tell: Tell) -> Run:
    name = source.resolve().name
    if source.is_file():
        return load_store(source, request.catalogue, khatban_version(), lambda step: tell(f"{name}: {step}"))
    if is_load_run(source):
        return load_of(source)
    tell(f"{name}: scenarios and messages")
    audits = tuple(map(_audit, sorted((source / "audits").glob("*.json"))))
    loads = tuple(stored_load(folder) for folder in sorted((source / "loads").glob("*")) if folder.is_dir())
    return replace(load(source), audits=audits, loads=loads)


def _audit(path: Path) -> AuditResult:
    try:
        return read_result(path)
    except ResultError as error:
        raise RunError(str(error)) from error


def _folders(request: Request) -> list[Path]:
    """Where each source's report goes: `out` itself of one, a folder in it, by name, of each of several."""
    if len(request.sources) == 1:
        [source] = request.sources
        if request.out is None and source.is_file():
            msg = "a store needs --out, the folder to write to"
            raise UsageError(msg)
        return [request.out or source / "report"]
    if request.out is None:
        msg = "several sources need --out, the folder in which each has a folder of its own"
        raise UsageError(msg)
    names = [source.resolve().name for source in request.sources]
    if twice := next((name for name in names if names.count(name) > 1), None):
        msg = f"two sources are called {twice!r}, and their reports would go to one folder"
        raise UsageError(msg)
    return [request.out / name for name in names]


def _formats(request: Request) -> tuple[Format, ...]:
    return tuple(each for each in FORMATS if (each.id in request.formats if request.formats else each.by_default))
