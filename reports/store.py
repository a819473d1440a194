"""Reads an operator's store: counted by SQLite where it is, so that millions of messages need no more memory than few.

Verdicts, of which there are few, are read one by one; messages are only grouped, and a bounded number of them listed.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pandas as pd

from reports.measures import leaks, overblocked
from reports.records import Clause, Rule
from reports.run import (
    CLAUSES,
    EVENTS,
    FAILURES,
    MESSAGES,
    RESULTS,
    RULES,
    TEHRAN,
    UNKNOWN,
    About,
    Run,
    RunError,
    counted_receipts,
    frame_of,
    told_recipient,
)
from reports.tallies import tallied
from simulator.smpp.consts import MessageState, status_name
from simulator.store import StoreError
from simulator.store.reading import reading

LISTED: Final = 5_000
"""So many messages of each sort that a section lists are read."""
_HALF_HOUR: Final = 1_800
"""Seconds. No offset of Tehran's from UTC, now or before, is but whole half hours."""
_JUDGED: Final = ("outcome", "rule", "clause", "violation", "label", "category", "recipient")
_NO_VERDICT: Final = ("waiting", None, None, False, None, None, UNKNOWN)

_GROUPED: Final = f"""
    SELECT m.account, coalesce(m.line, m.source), m.line_type, m.operator, m.command_status, m.state, j.kind,
           CAST(m.received_at / {_HALF_HOUR} AS INTEGER) AS half_hour, count(*)
    FROM messages m LEFT JOIN temp.judged j ON j.verdict = m.verdict
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
"""  # noqa: S608 -- a number of our own
_LISTED: Final = f"""
    SELECT m.message_id, m.received_at, m.account, coalesce(m.line, m.source), m.line_type,
           coalesce(m.recipient, m.destination), m.operator, m.text, m.data_coding, m.part, m.total,
           m.registered_delivery, m.command_status, m.state, j.kind, m.verdict
    FROM messages m JOIN temp.judged j ON j.verdict = m.verdict
    WHERE j.kind IN (SELECT value FROM json_each(?)) AND (? OR m.line_type = 'promotional')
    ORDER BY m.number LIMIT {LISTED}
"""  # noqa: S608 -- likewise
_RECEIPTS: Final = """
    SELECT kind, state, err, acknowledged_at IS NOT NULL, count(*) FROM receipts GROUP BY 1, 2, 3, 4
"""

Tell = Callable[[str], None]
"""Told what is being done."""


def load_store(path: Path, catalogue: Mapping[str, Sequence[Mapping[str, Any]]], version: str, tell: Tell) -> Run:
    """Reads a store, which its operator may be writing to.

    Args:
        path: The store's file.
        catalogue: The rules and clauses, in the form of `GET /api/v1/rules`.
        version: Of Khatban.
        tell: Told of each step before it is done.

    Raises:
        RunError: The file is not there, no store, of another layout or damaged.
    """
    try:
        with reading(path) as db:
            tell("verdicts")
            kinds = _judge(db)
            tell("messages")
            tallies = _tallies(db, kinds)
            tell("messages to list")
            messages = _listed(db, kinds)
            tell("receipts")
            receipts = _receipts(db)
            first, last = db.execute("SELECT min(received_at), max(received_at) FROM messages").fetchone()
    except StoreError as error:
        raise RunError(str(error)) from error
    return Run(
        about=_about(path, version, first, last),
        cut=(),
        results=frame_of([], RESULTS),
        failures=frame_of([], FAILURES),
        tallies=tallies,
        messages=messages,
        receipts=receipts,
        events=frame_of([], EVENTS),
        clauses=frame_of([Clause.model_validate(each).model_dump() for each in catalogue["clauses"]], CLAUSES),
        rules=frame_of([Rule.model_validate(each).model_dump() for each in catalogue["rules"]], RULES),
    )


def _judge(db: sqlite3.Connection) -> list[tuple[Any, ...]]:
    """Numbers the kinds of verdict, by `_JUDGED`; which verdict is of which kind goes into the table temp.judged."""
    numbers: dict[tuple[Any, ...], int] = {}
    db.execute("CREATE TEMP TABLE judged (verdict INTEGER PRIMARY KEY, kind INTEGER NOT NULL)")
    rows = db.execute("SELECT id, outcome, rule, clause, violation, content, trace FROM verdicts")
    db.executemany(
        "INSERT INTO temp.judged VALUES (?, ?)",
        ((row[0], numbers.setdefault(_kind(*row[1:]), len(numbers))) for row in rows),
    )
    return list(numbers)


def _kind(
    outcome: str, rule: str | None, clause: str | None, violation: int, content: str | None, trace: str
) -> tuple[Any, ...]:
    label, category = json.loads(content)[:2] if content else (None, None)
    recipient = told_recipient(dict(facts) for _rule, _outcome, _clause, facts in json.loads(trace))
    return outcome, rule, clause, bool(violation), label, category, recipient


def _tallies(db: sqlite3.Connection, kinds: Sequence[tuple[Any, ...]]) -> pd.DataFrame:
    names = ("account", "line", "line_type", "operator", "command_status", "state", *_JUDGED, "day", "hour", "messages")
    rows = [
        (*told, status_name(status), MessageState(state).name, *_of(kind, kinds), *_when(half * _HALF_HOUR), count)
        for *told, status, state, kind, half, count in db.execute(_GROUPED)
    ]
    types = {**{name: kind for name, kind in MESSAGES.items() if name in names}, "messages": "int64"}
    return tallied(pd.DataFrame.from_records(rows, columns=list(names)).astype(types))


def _of(kind: int | None, kinds: Sequence[tuple[Any, ...]]) -> tuple[Any, ...]:
    return _NO_VERDICT if kind is None else kinds[kind]


def _when(posix: float) -> tuple[str, int]:
    moment = datetime.fromtimestamp(posix, TEHRAN)
    return moment.date().isoformat(), moment.hour


def _listed(db: sqlite3.Connection, kinds: Sequence[tuple[Any, ...]]) -> pd.DataFrame:
    """The first refused messages, and the first of those that leaked."""
    frame = pd.DataFrame(kinds, columns=list(_JUDGED))
    refused = frame.index[frame["outcome"] == "refused"].tolist()
    adverts, others = (leaks(frame.assign(line_type=of)).index.tolist() for of in ("promotional", "any"))
    wrong = overblocked(frame.assign(line_type="samantel")).index.tolist()
    found = {
        row["id"]: row
        for wanted, everywhere in ((refused, True), (wrong, True), (adverts, False), (others, True))
        for row in _rows(db.execute(_LISTED, (json.dumps(wanted), everywhere)), kinds)
    }
    evidence = _evidence(db, {row["verdict"] for row in found.values()})
    return frame_of([row | {"evidence": evidence[row.pop("verdict")]} for row in found.values()], MESSAGES)


def _rows(cursor: sqlite3.Cursor, kinds: Sequence[tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    for message_id, at, account, line, line_type, to, serving, text, coding, part, total, *rest in cursor:
        registered, status, state, kind, verdict = rest
        day, hour = _when(at)
        yield {
            "scenario": None,
            "id": message_id,
            "received_at": datetime.fromtimestamp(at, TEHRAN),
            "account": account,
            "line": line,
            "line_type": line_type,
            "to": to,
            "operator": serving,
            "text": text,
            "data_coding": coding,
            "part": f"{part}/{total}" if part else None,
            "registered_delivery": registered,
            "command_status": status_name(status),
            "state": MessageState(state).name,
            "day": day,
            "hour": hour,
            "verdict": verdict,
        } | dict(zip(_JUDGED, kinds[kind], strict=True))


def _evidence(db: sqlite3.Connection, verdicts: set[int]) -> dict[int, str | None]:
    """By verdict the quotes that spoke for its label, one a line."""
    rows = db.execute(
        "SELECT id, content FROM verdicts WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(verdicts)),)
    )
    return {
        verdict: "\n".join(quote for _start, _end, quote, _reason in json.loads(content)[2]) if content else None
        for verdict, content in rows
    }


def _receipts(db: sqlite3.Connection) -> pd.DataFrame:
    names = ("kind", "state", "err", "acknowledged", "receipts")
    rows = [
        dict(zip(names, (kind, MessageState(state).name, err, bool(answered), count), strict=True))
        for kind, state, err, answered, count in db.execute(_RECEIPTS)
    ]
    return counted_receipts(rows)


def _about(path: Path, version: str, first: float | None, last: float | None) -> About:
    started, finished = (
        "" if at is None else datetime.fromtimestamp(at, TEHRAN).isoformat(timespec="milliseconds")
        for at in (first, last)
    )
    return About(
        name=path.name, is_store=True, version=version, started=started, finished=finished, planned=0, facts=()
    )
