"""What `khatban report` does with its options."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from harness.version import khatban_version
from reports.format import Format
from reports.formats import FORMATS
from reports.report import make_report, write_report
from reports.run import Run
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
    fail_on: tuple[str, ...] = ()
    catalogue: Mapping[str, Sequence[Mapping[str, Any]]] = {"rules": (), "clauses": ()}
    """The rules and clauses of this version, for stores, which hold none."""


class Outcome(NamedTuple):
    """The folder of each report, and a sentence of each threshold that was crossed."""

    folders: Sequence[Path]
    crossed: Sequence[str]


def run_report(request: Request, tell: Tell = lambda _step: None) -> Outcome:
    """Writes the reports, and holds the runs to the thresholds; `tell` hears what is being read of a store.

    Raises:
        UsageError: The options do not go together.
        reports.threshold.ThresholdError: A threshold is badly written, or a run does not tell what it asks for.
        reports.run.RunError: A source cannot be reported on.
        reports.format.FormatError: A format cannot be written here.
        OSError: A file cannot be written.
    """
    folders = _folders(request)
    thresholds = [Threshold.parse(written) for written in request.fail_on]
    baseline = None if request.baseline is None else load(request.baseline)
    runs = [replace(_load(source, request, tell), baseline=baseline) for source in request.sources]
    for run, folder in zip(runs, folders, strict=True):
        write_report(make_report(run, reveal=request.reveal), folder, _formats(request))
    return Outcome(folders, [each for run in runs for each in crossed(thresholds, run)])


def _load(source: Path, request: Request, tell: Tell) -> Run:
    if source.is_file():
        return load_store(source, request.catalogue, khatban_version(), lambda step: tell(f"{source.name}: {step}"))
    return load(source)


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
