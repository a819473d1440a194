"""Reads a run directory: the one place where reports meet its files.

Reading and its first checks are `harness.results.read_run`'s; this file adds the checks across files and flattens what
came into tidy frames. It computes nothing and shows nothing.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from harness.results import ResultsError, ScenarioResult, StoredRun, Verdict, read_run
from reports import run_journal
from reports.records import Change, Clause, Message, Profile, Receipt, Rule, Violation
from reports.run import (
    CLAUSES,
    EVENTS,
    FAILURES,
    MESSAGES,
    RESULTS,
    RULES,
    SETTINGS,
    TEHRAN,
    UNKNOWN,
    About,
    Run,
    RunError,
    SourceKind,
    counted_receipts,
    frame_of,
    told_recipient,
)
from reports.tallies import tallied
from reports.text import plain


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
        results = [_result_row(stored, result) for result in stored.results]
    except ResultsError as error:
        raise RunError(str(error)) from error
    _check_results(stored)
    messages = _records(Message, stored, "messages.jsonl", stored.messages)
    changes = _records(Change, stored, "changes.jsonl", stored.changes)
    violations = _records(Violation, stored, "violations.jsonl", stored.violations)
    _check_messages(stored, messages)
    catalogue = run_dir / "catalogue.json"
    rules = [_checked(Rule, catalogue, raw, place=f"rules.{n}") for n, raw in enumerate(stored.catalogue["rules"])]
    clauses = [
        _checked(Clause, catalogue, raw, place=f"clauses.{n}") for n, raw in enumerate(stored.catalogue["clauses"])
    ]
    profile = _checked(Profile, catalogue, stored.catalogue.get("profile", {}), place="profile")
    frame = frame_of([_message_row(message) for message in messages], MESSAGES)
    return Run(
        about=_about(stored),
        cut=stored.cut,
        results=frame_of(results, RESULTS),
        failures=frame_of([row for result in stored.results for row in _failure_rows(stored, result)], FAILURES),
        tallies=tallied(frame),
        messages=frame,
        receipts=counted_receipts([_receipt_row(receipt) for message in messages for receipt in message.receipts]),
        events=frame_of(events, EVENTS),
        clauses=frame_of([clause.model_dump() for clause in clauses], CLAUSES),
        rules=frame_of([rule.model_dump() for rule in rules], RULES),
        changes=run_journal.journal(changes),
        violations=run_journal.violations(violations),
        choices=run_journal.chosen(changes, frame),
        fits=run_journal.fitted(messages),
        settings=frame_of([each.model_dump() | {"value": plain(each.value)} for each in profile.settings], SETTINGS),
    )


Model = TypeVar("Model", bound=BaseModel)


def _records(model: type[Model], stored: StoredRun, file: str, raw: Sequence[Mapping[str, Any]]) -> list[Model]:
    """The lines of a file that the operators told after the scenarios, each scenario called as in the results."""
    path = stored.folder / file
    return [
        _checked(model, path, {**each, "scenario": _name(stored, each["scenario"], each["driver"])}, line)
        for line, each in enumerate(raw, 1)
    ]


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
        "account": None if result.verdict is Verdict.PASS else stored.transcript(result) or None,
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
        "certainty": content.certainty if content else None,
        "recipient": told_recipient(step.facts for step in verdict.trace) if verdict else UNKNOWN,
        "day": (received := message.received_at.astimezone(TEHRAN)).date().isoformat(),
        "hour": received.hour,
    }


def _receipt_row(receipt: Receipt) -> dict[str, Any]:
    return {
        "kind": receipt.kind,
        "state": receipt.state,
        "err": None if receipt.err is None else str(receipt.err),
        "acknowledged": receipt.acknowledged_at is not None,
        "receipts": 1,
    }


def _about(stored: StoredRun) -> About:
    meta = stored.meta
    return About(
        name=stored.folder.resolve().name,
        kind=SourceKind.SCENARIOS,
        version=meta.version,
        started=meta.started,
        finished=meta.finished,
        planned=meta.scenarios,
        facts=(
            ("Profile", meta.profile),
            ("Seed", str(meta.seed)),
            ("Driver", ", ".join(meta.drivers)),
            ("Jobs", str(meta.jobs)),
            ("Python", meta.python),
            ("Platform", meta.platform),
        ),
    )


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
