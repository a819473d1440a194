"""What `khatban report` does with its options."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from reports.format import Format
from reports.formats import FORMATS
from reports.report import make_report, write_report
from reports.run import Run
from reports.run_directory import load


class UsageError(Exception):
    """Options that do not go together; the message names them."""


class Request(NamedTuple):
    """The options of the command, as they were given."""

    sources: tuple[Path, ...]
    out: Path | None = None
    formats: tuple[str, ...] = ()
    reveal: bool = False


def run_report(request: Request) -> Sequence[Path]:
    """Writes the reports, and returns the folder of each.

    Raises:
        UsageError: The options do not go together.
        reports.run.RunError: A source cannot be reported on.
        reports.format.FormatError: A format cannot be written here.
        OSError: A file cannot be written.
    """
    folders = _folders(request)
    runs = [_load(source) for source in request.sources]
    for run, folder in zip(runs, folders, strict=True):
        write_report(make_report(run, reveal=request.reveal), folder, _formats(request))
    return folders


def _load(source: Path) -> Run:
    return load(source)


def _folders(request: Request) -> list[Path]:
    """Where each source's report goes: `out` itself of one, a folder in it, by name, of each of several."""
    if len(request.sources) == 1:
        [source] = request.sources
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
