"""Writes a run directory while the run goes on, so that a killed run stays readable."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Self, TextIO

from harness.results.shapes import (
    CATALOGUE_FILE,
    CHANGES_FILE,
    MESSAGES_FILE,
    RESULTS_FILE,
    RUN_FILE,
    VIOLATIONS_FILE,
    ResultsError,
    RunMeta,
    ScenarioResult,
    Verdict,
    events_path,
    transcript_path,
)


class RunWriter:
    """Writes a run directory while the run goes on. Use it as a context manager, one per run.

    Args:
        folder: Made when missing; must be empty, so that two runs never mix.
        meta: What is known at the start.

    Raises:
        ResultsError: The folder is not empty or cannot be written.
    """

    def __init__(self, folder: Path, meta: RunMeta) -> None:
        self.folder, self._meta = folder, meta
        self._counts = dict.fromkeys((verdict.value for verdict in Verdict), 0)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if any(folder.iterdir()):
                raise ResultsError(folder, "not empty; a run needs a folder of its own")
            _write_json(folder / RUN_FILE, asdict(meta))
            self._results = _open_append(folder / RESULTS_FILE)
            self._messages = _open_append(folder / MESSAGES_FILE)
            self._changes = _open_append(folder / CHANGES_FILE)
            self._violations = _open_append(folder / VIOLATIONS_FILE)
        except OSError as error:
            raise ResultsError(folder, error.strerror or str(error)) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        for file in (self._results, self._messages, self._changes, self._violations):
            file.close()

    def write_catalogue(self, catalogue: Mapping[str, Any]) -> None:
        """Keeps the operator's rules and clauses, so that a report can show what no scenario touched."""
        _write_json(self.folder / CATALOGUE_FILE, dict(catalogue))

    def open_events(self, driver: str, scenario_id: str) -> "EventsWriter":
        """Starts the events of one scenario with one driver; a context manager. Any thread may write its own."""
        return EventsWriter(events_path(self.folder, driver, scenario_id))

    def add(
        self,
        result: ScenarioResult,
        messages: Iterable[Mapping[str, Any]],
        transcript: str,
        *,
        changes: Iterable[Mapping[str, Any]] = (),
        violations: Iterable[Mapping[str, Any]] = (),
    ) -> None:
        """Appends one scenario: its transcript and all that the operators held first, then its result."""
        if transcript:
            path = transcript_path(self.folder, result.driver, result.id)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(transcript, encoding="utf-8", errors="backslashreplace", newline="\n")
        for file, held in ((self._messages, messages), (self._changes, changes), (self._violations, violations)):
            for each in held:
                _append(file, {**each, "scenario": result.id, "driver": result.driver})
        _append(self._results, _as_text(result))
        self._counts[result.verdict.value] += 1

    def finish(self, finished: str) -> RunMeta:
        """Marks the run as complete and returns the final `run.json`."""
        self._meta = replace(self._meta, finished=finished, verdicts=dict(self._counts))
        _write_json(self.folder / RUN_FILE, asdict(self._meta))
        return self._meta


class EventsWriter:
    """Appends the events of one scenario; their file appears with the first."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def add(self, event: Mapping[str, Any]) -> None:
        """Appends one event and flushes it."""
        if self._file is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = _open_append(self._path)
        _append(self._file, event)


def _open_append(path: Path) -> TextIO:
    # A lone surrogate cannot be UTF-8; as "\udXXX" it is a JSON escape, so the line stays both readable and exact.
    return path.open("a", encoding="utf-8", errors="backslashreplace", newline="\n")


def _as_text(result: ScenarioResult) -> dict[str, Any]:
    """A result whose words, written for people, are valid text: half a surrogate pair in them shows as "?"."""
    words = json.dumps(asdict(result), ensure_ascii=False).encode("utf-8", "replace")
    return dict(json.loads(words))


def _append(file: TextIO, value: Mapping[str, Any]) -> None:
    file.write(json.dumps(value, ensure_ascii=False) + "\n")
    file.flush()


def _write_json(path: Path, value: Mapping[str, Any]) -> None:
    """Replaces a file as a whole, so that a reader never sees half of it."""
    fresh = path.with_suffix(path.suffix + ".new")
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    fresh.write_text(text, encoding="utf-8", errors="backslashreplace")
    fresh.replace(path)
