"""Reads the run directory of a load test as something that a report can be of."""

from pathlib import Path

from harness.load.result import LoadResultError, StoredLoad, read_result
from reports.run import (
    CHANGES,
    CHOICES,
    CLAUSES,
    EVENTS,
    FAILURES,
    FITS,
    MESSAGES,
    RECEIPTS,
    RESULTS,
    RULES,
    SETTINGS,
    VIOLATIONS,
    About,
    Run,
    RunError,
    SourceKind,
    frame_of,
)
from reports.tallies import tallied


def stored_load(path: Path) -> StoredLoad:
    """Reads a load test.

    Raises:
        RunError: It is none, of another format, or broken.
    """
    try:
        return read_result(path)
    except LoadResultError as error:
        raise RunError(str(error)) from error


def load_of(path: Path) -> Run:
    """A load test by itself: what it measured, and nothing of messages, for it keeps none.

    Raises:
        RunError: As `stored_load`.
    """
    stored = stored_load(path)
    result = stored.result
    about = About(
        name=stored.folder.resolve().name,
        kind=SourceKind.LOAD,
        version=result.version,
        started=result.started,
        finished=None if result.interrupted else result.finished,
        planned=0,
        facts=(
            ("Title", result.title),
            ("Target", result.target),
            ("Client", result.user),
            ("Python", result.python),
            ("Platform", result.platform),
        ),
    )
    return Run(
        about=about,
        cut=(),
        results=frame_of([], RESULTS),
        failures=frame_of([], FAILURES),
        tallies=tallied(frame_of([], MESSAGES)),
        messages=frame_of([], MESSAGES),
        receipts=frame_of([], RECEIPTS),
        events=frame_of([], EVENTS),
        clauses=frame_of([], CLAUSES),
        rules=frame_of([], RULES),
        changes=frame_of([], CHANGES),
        violations=frame_of([], VIOLATIONS),
        choices=frame_of([], CHOICES),
        fits=frame_of([], FITS),
        settings=frame_of([], SETTINGS),
        loads=(stored,),
    )
