"""Reads a run directory back and checks it; the only door by which reports come in."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from harness.results.shapes import (
    CATALOGUE_FILE,
    CHANGES_FILE,
    FORMAT,
    MESSAGES_FILE,
    RESULTS_FILE,
    RUN_FILE,
    VIOLATIONS_FILE,
    ResultsError,
    RunMeta,
    ScenarioResult,
    events_path,
    transcript_path,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRun:
    """A run directory, read back and checked.

    Attributes:
        folder: Where it was read from.
        meta: `run.json`.
        results: `results.jsonl` in its order.
        messages: `messages.jsonl` in its order: a message's API form with `scenario` and `driver`, which together name
            a result.
        changes: `changes.jsonl` likewise.
        violations: `violations.jsonl` likewise.
        catalogue: `{"rules": [...], "clauses": [...]}`; both empty when the run died before it could ask; and
            `profile`.
        cut: Names of the files whose last line was cut off because the run was killed; that line is left out.
    """

    folder: Path
    meta: RunMeta
    results: tuple[ScenarioResult, ...]
    messages: tuple[dict[str, Any], ...]
    catalogue: dict[str, Any]
    changes: tuple[dict[str, Any], ...] = ()
    violations: tuple[dict[str, Any], ...] = ()
    cut: tuple[str, ...] = ()

    def transcript(self, result: ScenarioResult) -> str:
        """The scenario told step by step (`harness.account`); empty when it was not played.

        Raises:
            ResultsError: The file is broken.
        """
        path = transcript_path(self.folder, result.driver, result.id)
        if not path.exists():
            return ""
        try:
            return _read(path).decode("utf-8")
        except UnicodeDecodeError as error:
            raise ResultsError(path, f"not UTF-8: {error}") from error

    def events(self, result: ScenarioResult) -> tuple[dict[str, Any], ...]:
        """What the driver reported in a scenario, in order; empty when it never opened a connection.

        Each event has `at` (real seconds since the scenario's start), `moment` (seconds of the operators' clocks
        likewise), `step` (its number, from 1, when the event came), `direction` (`sent` or `received`), `session` (the
        scenario's name for it), `event`, and the fields of that event (`harness.driver_events`).

        Raises:
            ResultsError: The file is broken.
        """
        path = events_path(self.folder, result.driver, result.id)
        if not path.exists():
            return ()
        return _read_lines(path, tolerant=self.meta.finished is None)[0]


def read_run(folder: Path) -> StoredRun:
    """Reads and checks a run directory.

    Args:
        folder: What a `RunWriter` wrote, finished or not.

    Raises:
        ResultsError: Not a run directory, another format, or a broken file; names file, line and reason. Of an
            unfinished run a last line without its newline is not an error but is left out and named in `StoredRun.cut`.
    """
    run_file = folder / RUN_FILE
    if not run_file.is_file():
        raise ResultsError(folder, f"not a run directory: no {RUN_FILE} in it")
    meta = _read_meta(run_file)
    tolerant = meta.finished is None
    results, results_cut = _read_results(folder / RESULTS_FILE, tolerant=tolerant)
    held = {
        name: _read_held(folder / name, tolerant=tolerant) for name in (MESSAGES_FILE, CHANGES_FILE, VIOLATIONS_FILE)
    }
    catalogue = _read_catalogue(folder / CATALOGUE_FILE, tolerant=tolerant)
    return StoredRun(
        folder=folder,
        meta=meta,
        results=results,
        messages=held[MESSAGES_FILE][0],
        changes=held[CHANGES_FILE][0],
        violations=held[VIOLATIONS_FILE][0],
        catalogue=catalogue,
        cut=((RESULTS_FILE,) if results_cut else ()) + tuple(name for name, (_, was_cut) in held.items() if was_cut),
    )


T = TypeVar("T")
_META = TypeAdapter(RunMeta)
_RESULT = TypeAdapter(ScenarioResult)


def _read_meta(path: Path) -> RunMeta:
    text = _read(path)
    found = _parse_object(path, text).get("format")
    if found != FORMAT:
        raise ResultsError(path, f"format is {found!r}; this version reads format {FORMAT}: play the scenarios again")
    return _validate(_META, path, text)


def _read_results(path: Path, *, tolerant: bool) -> tuple[tuple[ScenarioResult, ...], bool]:
    lines, cut = _complete_lines(path, tolerant=tolerant)
    return tuple(_validate(_RESULT, path, line, number) for number, line in lines), cut


def _read_lines(path: Path, *, tolerant: bool) -> tuple[tuple[dict[str, Any], ...], bool]:
    lines, cut = _complete_lines(path, tolerant=tolerant)
    return tuple(_parse_object(path, line, number) for number, line in lines), cut


def _read_held(path: Path, *, tolerant: bool) -> tuple[tuple[dict[str, Any], ...], bool]:
    """What the operators held after the scenarios."""
    rows, was_cut = _read_lines(path, tolerant=tolerant)
    keys = ("id", "scenario", "driver") if path.name == MESSAGES_FILE else ("scenario", "driver")
    for number, row in enumerate(rows, start=1):
        for key in keys:
            if not isinstance(row.get(key), str):
                raise ResultsError(path, f"{key}: expected text, found {row.get(key)!r}", number)
    return rows, was_cut


def _read_catalogue(path: Path, *, tolerant: bool) -> dict[str, Any]:
    if tolerant and not path.exists():
        return {"rules": [], "clauses": []}
    catalogue = _parse_object(path, _read(path))
    for key in ("rules", "clauses"):
        if not isinstance(catalogue.get(key), list):
            raise ResultsError(path, f"{key}: expected a list, found {catalogue.get(key)!r}")
    return catalogue


def _complete_lines(path: Path, *, tolerant: bool) -> tuple[list[tuple[int, bytes]], bool]:
    """Numbered lines, and whether a cut last one was left out. Only a newline ends a line: U+2028 is text."""
    *complete, rest = _read(path).split(b"\n")
    if rest and not tolerant:
        raise ResultsError(path, "the last line is cut off", len(complete) + 1)
    return list(enumerate(complete, start=1)), bool(rest)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ResultsError(path, error.strerror or str(error)) from error


def _parse_object(path: Path, text: bytes, line: int | None = None) -> dict[str, Any]:
    try:
        value = json.loads(text.decode("utf-8"))
    except ValueError as error:
        raise ResultsError(path, f"not JSON in UTF-8: {error}", line) from error
    if not isinstance(value, dict):
        raise ResultsError(path, f"expected an object, found {type(value).__name__}", line)
    return value


def _validate(adapter: TypeAdapter[T], path: Path, text: bytes, line: int | None = None) -> T:
    try:
        return adapter.validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ResultsError(path, f"{where}: {first['msg']}" if where else first["msg"], line) from error
