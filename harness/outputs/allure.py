"""Allure results: a folder of JSON files from which Allure makes its report (Allure 2 and 3 read the same files).

The format is documented at allurereport.org, "Test result file". Identifiers come from the scenario and the client
alone, so that Allure sees the history of a scenario over many runs.
"""

import hashlib
import json
import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from harness.failure_text import failure_text, summary_text
from harness.output import Output
from harness.results import ScenarioResult, StoredRun, Verdict

_STATUSES: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.PASS: "passed",
        Verdict.NON_STRICT: "passed",
        Verdict.FAIL: "failed",
        Verdict.ERROR: "broken",
        Verdict.UNSUPPORTED: "skipped",
    }
)


def _write(run: StoredRun, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for result in run.results:
        identifier = uuid.uuid5(uuid.NAMESPACE_URL, f"khatban:{run.meta.started}:{result.driver}:{result.id}")
        attachments = [*_attached(run, result, folder, identifier)]
        document = _document(result, str(identifier), attachments)
        _write_text(folder / f"{identifier}-result.json", json.dumps(document, ensure_ascii=False, indent=2))
    about = {name: getattr(run.meta, name) for name in ("version", "seed", "profile", "python", "platform")}
    _write_text(folder / "environment.properties", "".join(f"{name}={value}\n" for name, value in about.items()))


def _document(result: ScenarioResult, identifier: str, attachments: list[dict[str, str]]) -> dict[str, Any]:
    start = round(datetime.fromisoformat(result.started).timestamp() * 1000)
    details = {
        "message": "; ".join(summary_text(failure) for failure in result.failures),
        "trace": "\n".join(failure_text(failure) for failure in result.failures),
    }
    return {
        "uuid": identifier,
        "historyId": hashlib.sha256(f"{result.driver}:{result.id}".encode()).hexdigest()[:32],
        "testCaseId": hashlib.sha256(result.id.encode()).hexdigest()[:32],
        "fullName": result.id,
        "name": result.title,
        "description": result.advice,
        "status": _STATUSES[result.verdict],
        "statusDetails": details if result.failures else {},
        "stage": "finished",
        "start": start,
        "stop": start + round(result.seconds * 1000),
        "labels": [{"name": name, "value": value} for name, value in _labels(result)],
        "parameters": [{"name": "driver", "value": result.driver}],
        "attachments": attachments,
    }


def _labels(result: ScenarioResult) -> Iterator[tuple[str, str]]:
    family, _, name = result.id.partition("/")
    yield from (("framework", "khatban"), ("parentSuite", result.driver), ("suite", family if name else "scenarios"))
    yield from (("tag", clause) for clause in (*result.clauses, *result.spec))
    if result.verdict is Verdict.NON_STRICT:
        yield "tag", str(result.verdict)


def _attached(run: StoredRun, result: ScenarioResult, folder: Path, identifier: uuid.UUID) -> Iterator[dict[str, str]]:
    transcript = run.transcript(result)
    if transcript:
        file = f"{identifier}-attachment.txt"
        _write_text(folder / file, transcript)
        yield {"name": "transcript", "source": file, "type": "text/plain"}


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", errors="replace", newline="\n")


ALLURE = Output("allure", "a folder of Allure results", _write)
