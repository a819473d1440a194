"""A run directory as checked data frames: the one place where reports meet files, and the only input of every section.

Reading and its first checks are `harness.results.read_run`'s; this file adds the checks across files and flattens what
came into tidy frames. It computes nothing and shows nothing.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

import pandas as pd
from pydantic import BaseModel, ValidationError

from harness.results import ResultsError, RunMeta, ScenarioResult, StoredRun, read_run
from reports.records import Clause, Message, Rule
from reports.text import plain

_RESULTS: Final = {
    "id": "str",
    "file": "str",
    "title": "str",
    "clauses": "object",
    "driver": "str",
    "verdict": "str",
} | {
    "seconds": "float64",
    "started": "str",
    "messages": "int64",
}
_FAILURES: Final = dict.fromkeys(("scenario", "where", "step", "expected", "got", "reason"), "str")
_MESSAGES: Final = (
    dict.fromkeys(("scenario", "id"), "str")
    | {"received_at": "object"}
    | dict.fromkeys(("account", "line", "line_type", "to", "operator", "text"), "str")
    | {"data_coding": "int64", "part": "str", "registered_delivery": "int64"}
    | dict.fromkeys(("command_status", "state", "outcome", "rule", "clause"), "str")
    | {"violation": "bool"}
    | dict.fromkeys(("label", "category", "evidence"), "str")
)
_TRACE: Final = {"scenario": "str", "message": "str", "position": "int64", "rule": "str", "outcome": "str"} | {
    "clause": "str",
    "facts": "object",
}
_RECEIPTS: Final = dict.fromkeys(("scenario", "message", "state", "err", "sent_at", "acknowledged_at"), "str")
_EVENTS: Final = {"scenario": "str", "at": "float64", "direction": "str", "event": "str"}
_CLAUSES: Final = dict.fromkeys(
    ("id", "document", "section", "statement_en", "statement_fa", "since", "confidence"), "str"
)
_RULES: Final = {"id": "str", "title": "str", "rationale": "str", "clauses": "object"}


class RunError(Exception):
    """A run directory that cannot be reported on; the message names the file, the line and why."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """A run, checked. A message id is unique within its scenario only: the key of a message is both together.

    Attributes:
        meta: `run.json`.
        cut: Names of files whose last line a killed run left half-written; that line is missing here.
        results: One row a scenario, in the order in which they ran: id, file, title, clauses (a tuple of ids), driver,
            verdict, seconds (real), started (ISO 8601), messages (how many the operator held).
        failures: One row an expectation that did not hold: scenario, where (`file:line`), step, expected (one a line),
            got, reason.
        messages: One row a message, in the order received: scenario, id, received_at (aware datetime), account, line,
            line_type, to, operator, text, data_coding, part (`2/3`), registered_delivery, command_status, state,
            outcome (`accepted`, `refused`, or `waiting`: a part whose others never came), rule, clause, violation,
            label, category, evidence (quotes, one a line).
        trace: One row a rule asked about a message: scenario, message, position (from 0), rule, outcome, clause, facts
            (a mapping).
        receipts: One row a delivery receipt: scenario, message, state, err, sent_at, acknowledged_at (ISO 8601).
        events: One row a wire event of a scenario with failures: scenario, at (real seconds), direction, event (text).
        clauses: The operator's clauses: id, document, section, statement_en, statement_fa, since, confidence.
        rules: The operator's rules in their order: id, title, rationale, clauses (a tuple of ids).
    """

    meta: RunMeta
    cut: tuple[str, ...]
    results: pd.DataFrame
    failures: pd.DataFrame
    messages: pd.DataFrame
    trace: pd.DataFrame
    receipts: pd.DataFrame
    events: pd.DataFrame
    clauses: pd.DataFrame
    rules: pd.DataFrame


def load(run_dir: Path) -> Run:
    """Read and check a run directory.

    Args:
        run_dir: what `harness.results.RunWriter` wrote, finished or not.

    Raises:
        RunError: missing, foreign, truncated or broken; the message names file, line and why.
    """
    try:
        stored = read_run(run_dir)
        events = [row for result in stored.results if result.failures for row in _event_rows(stored, result)]
    except ResultsError as error:
        raise RunError(str(error)) from error
    _check_results(stored)
    messages = [
        _checked(
            Message, run_dir / "messages.jsonl", {**raw, "scenario": _name(stored, raw["scenario"], raw["driver"])}, n
        )
        for n, raw in enumerate(stored.messages, 1)
    ]
    _check_messages(stored, messages)
    catalogue = run_dir / "catalogue.json"
    rules = [_checked(Rule, catalogue, raw, place=f"rules.{n}") for n, raw in enumerate(stored.catalogue["rules"])]
    clauses = [
        _checked(Clause, catalogue, raw, place=f"clauses.{n}") for n, raw in enumerate(stored.catalogue["clauses"])
    ]
    return Run(
        meta=stored.meta,
        cut=stored.cut,
        results=_frame([_result_row(stored, result) for result in stored.results], _RESULTS),
        failures=_frame([row for result in stored.results for row in _failure_rows(stored, result)], _FAILURES),
        messages=_frame([_message_row(message) for message in messages], _MESSAGES),
        trace=_frame([row for message in messages for row in _trace_rows(message)], _TRACE),
        receipts=_frame([row for message in messages for row in _receipt_rows(message)], _RECEIPTS),
        events=_frame(events, _EVENTS),
        clauses=_frame([clause.model_dump() for clause in clauses], _CLAUSES),
        rules=_frame([rule.model_dump() for rule in rules], _RULES),
    )


Model = TypeVar("Model", bound=BaseModel)


def _checked(model: type[Model], path: Path, raw: object, line: int | None = None, *, place: str = "") -> Model:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in (*filter(None, [place]), *first["loc"]))
        at = f"{path}:{line}" if line else str(path)
        raise RunError(f"{at}: {where}: {first['msg']}, found {plain(first['input'])[:80]!r}") from error


def _check_results(stored: StoredRun) -> None:
    """A finished run says how many scenarios ended how; `results.jsonl` must agree, or a part of it is missing."""
    path = stored.folder / "results.jsonl"
    for scenario, times in Counter(_name(stored, result.id, result.driver) for result in stored.results).items():
        if times > 1:
            raise RunError(f"{path}: scenario {scenario!r} stands there {times} times")
    for line, result in enumerate(stored.results, start=1):
        if not math.isfinite(result.seconds):
            raise RunError(f"{path}:{line}: seconds: {result.seconds} is no duration")
    if stored.meta.finished is None:
        return
    counts = Counter(result.verdict.value for result in stored.results)
    told = Counter(stored.meta.verdicts)
    if counts != told or counts.total() > stored.meta.scenarios:
        raise RunError(f"{path}: holds {_told(counts)} but run.json tells of {_told(told)}")


def _told(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items()) if count) or "no scenarios"


def _check_messages(stored: StoredRun, messages: Sequence[Message]) -> None:
    """Each message belongs to a scenario that ran, once; of a killed run's last scenario only messages may be there."""
    path = stored.folder / "messages.jsonl"
    known = {_name(stored, result.id, result.driver): set(result.message_ids) for result in stored.results}
    seen: set[tuple[str, str]] = set()
    for line, message in enumerate(messages, start=1):
        if message.scenario not in known and stored.meta.finished is not None:
            raise RunError(f"{path}:{line}: scenario {message.scenario!r} is not in results.jsonl")
        if (message.scenario, message.id) in seen:
            raise RunError(f"{path}:{line}: message {message.id!r} of scenario {message.scenario!r} stands there twice")
        seen.add((message.scenario, message.id))
    for scenario, ids in known.items():
        lost = sorted(each for each in ids if (scenario, each) not in seen)
        if lost:
            raise RunError(f"{path}: message {lost[0]!r} of scenario {scenario!r} is missing")


def _frame(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    """Rows as a frame with every column there and typed, also when there are no rows; null is a missing value."""
    return pd.DataFrame.from_records([_clean(row) for row in rows], columns=list(columns)).astype(dict(columns))


def _clean(value: Any) -> Any:
    """A JSON value that can be written as UTF-8: half a surrogate pair (broken UCS-2 from the wire) becomes U+FFFD."""
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, Mapping):
        return {_clean(key): _clean(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return tuple(_clean(each) for each in value)
    return value


def _name(stored: StoredRun, scenario: str, driver: str) -> str:
    """What a result is called in every frame: the scenario's id, in a run of several drivers with the driver's name."""
    return scenario if len(stored.meta.drivers) <= 1 else f"{scenario} ({driver})"


def _result_row(stored: StoredRun, result: ScenarioResult) -> dict[str, Any]:
    return {
        "id": _name(stored, result.id, result.driver),
        "file": result.file,
        "title": result.title,
        "clauses": result.clauses,
        "driver": result.driver,
        "verdict": result.verdict.value,
        "seconds": result.seconds,
        "started": result.started,
        "messages": len(result.message_ids),
    }


def _failure_rows(stored: StoredRun, result: ScenarioResult) -> Iterator[dict[str, Any]]:
    for failure in result.failures:
        yield {
            "scenario": _name(stored, result.id, result.driver),
            "where": failure.where,
            "step": failure.step,
            "expected": "\n".join(failure.expected),
            "got": failure.got,
            "reason": failure.reason,
        }


def _message_row(message: Message) -> dict[str, Any]:
    row = message.model_dump(exclude={"verdict", "receipts", "part"})
    verdict = message.verdict
    content = verdict.content if verdict else None
    return row | {
        "part": f"{message.part.number}/{message.part.total}" if message.part else None,
        "outcome": verdict.outcome if verdict else "waiting",
        "rule": verdict.rule if verdict else None,
        "clause": verdict.clause if verdict else None,
        "violation": verdict.violation if verdict else False,
        "label": content.label if content else None,
        "category": content.category if content else None,
        "evidence": "\n".join(each.quote for each in content.evidence) if content else None,
    }


def _trace_rows(message: Message) -> Iterator[dict[str, Any]]:
    for position, step in enumerate(message.verdict.trace if message.verdict else ()):
        yield {"scenario": message.scenario, "message": message.id, "position": position} | step.model_dump()


def _receipt_rows(message: Message) -> Iterator[dict[str, Any]]:
    for receipt in message.receipts:
        yield {
            "scenario": message.scenario,
            "message": message.id,
            "state": receipt.state,
            "err": None if receipt.err is None else str(receipt.err),
            "sent_at": receipt.sent_at and receipt.sent_at.isoformat(),
            "acknowledged_at": receipt.acknowledged_at and receipt.acknowledged_at.isoformat(),
        }


def _event_rows(stored: StoredRun, result: ScenarioResult) -> Iterator[dict[str, Any]]:
    """A wire event's fields as one text, in the order in which the driver told them; empty ones are left out."""
    for event in stored.events(result):
        fields = {key: plain(value) for key, value in event.items() if key not in {"at", "direction", "event"}}
        told = "  ".join(f"{key}={value}" for key, value in fields.items() if value)
        at, direction, name = event.get("at"), plain(event.get("direction")), plain(event.get("event"))
        yield {
            "scenario": _name(stored, result.id, result.driver),
            "at": at if isinstance(at, float) else None,
            "direction": direction,
            "event": told if name == direction else f"{name}  {told}".strip(),
        }
