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

from reports import store_journal
from reports.measures import leaks, overblocked
from reports.records import Clause, Rule
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
)
from reports.store_verdicts import JUDGED, Kind, Kinds, judge
from reports.tallies import tallied
from simulator.smpp.consts import MessageState, status_name
from simulator.store import StoreError
from simulator.store.reading import reading

LISTED: Final = 5_000
"""So many messages of each sort that a section lists are read."""
_HALF_HOUR: Final = 1_800
"""Seconds. No offset of Tehran's from UTC, now or before, is but whole half hours."""
DOUBTS: Final = 100
"""So many texts of which the classifier was least certain are read."""
_NO_VERDICT: Final = ("waiting", None, None, False, None, None, UNKNOWN)

_GROUPED: Final = f"""
    SELECT m.account, coalesce(m.line, m.source), m.line_type, m.operator, m.command_status, m.state, j.kind,
           CAST(m.received_at / {_HALF_HOUR} AS INTEGER) AS half_hour, count(*)
    FROM messages m LEFT JOIN temp.judged j ON j.verdict = m.verdict
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
"""  # noqa: S608 -- a number of our own
_COLUMNS: Final = """
    SELECT m.message_id, m.received_at, m.account, coalesce(m.line, m.source), m.line_type,
           coalesce(m.recipient, m.destination), m.operator, m.text, m.data_coding, m.part, m.total,
           m.registered_delivery, m.command_status, m.state, j.kind, m.verdict
    FROM messages m JOIN temp.judged j ON j.verdict = m.verdict
"""
_LISTED: Final = f"""
    {_COLUMNS}
    WHERE j.kind IN (SELECT value FROM json_each(?)) AND (? OR m.line_type = 'promotional')
    ORDER BY m.number LIMIT {LISTED}
"""  # noqa: S608 -- a number and a text of our own
_DOUBTED: Final = f"""
    {_COLUMNS}
    WHERE m.number IN (
        SELECT min(number) FROM submissions WHERE verdict IN (SELECT value FROM json_each(?)) GROUP BY verdict
    )
    ORDER BY m.number
"""  # noqa: S608 -- a text of our own
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
            kinds = judge(db, DOUBTS)
            tell("messages")
            tallies = _tallies(db, kinds.told)
            tell("messages to list")
            messages = _listed(db, kinds)
            tell("receipts")
            receipts = _receipts(db)
            tell("journal")
            changes, violations = store_journal.journal(db), store_journal.violations(db)
            choices = store_journal.chosen(db, kinds.told)
            fits = store_journal.fitted(db, kinds.fits)
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
        changes=changes,
        violations=violations,
        choices=choices,
        fits=fits,
        settings=frame_of([], SETTINGS),
    )


def _tallies(db: sqlite3.Connection, kinds: Sequence[Kind]) -> pd.DataFrame:
    names = ("account", "line", "line_type", "operator", "command_status", "state", *JUDGED, "day", "hour", "messages")
    rows = [
        (*told, status_name(status), MessageState(state).name, *_of(kind, kinds), *_when(half * _HALF_HOUR), count)
        for *told, status, state, kind, half, count in db.execute(_GROUPED)
    ]
    types = {**{name: kind for name, kind in MESSAGES.items() if name in names}, "messages": "int64"}
    return tallied(pd.DataFrame.from_records(rows, columns=list(names)).astype(types))


def _of(kind: int | None, kinds: Sequence[Kind]) -> Kind:
    return _NO_VERDICT if kind is None else kinds[kind]


def _when(posix: float) -> tuple[str, int]:
    moment = datetime.fromtimestamp(posix, TEHRAN)
    return moment.date().isoformat(), moment.hour


def _listed(db: sqlite3.Connection, kinds: Kinds) -> pd.DataFrame:
    """The first refused messages, the first of those that leaked, and those that the classifier was least sure of."""
    frame = pd.DataFrame(kinds.told, columns=list(JUDGED))
    refused = frame.index[frame["outcome"] == "refused"].tolist()
    adverts, others = (leaks(frame.assign(line_type=of)).index.tolist() for of in ("promotional", "any"))
    wrong = overblocked(frame.assign(line_type="samantel")).index.tolist()
    found = {
        row["id"]: row
        for wanted, everywhere in ((refused, True), (wrong, True), (adverts, False), (others, True))
        for row in _rows(db.execute(_LISTED, (json.dumps(wanted), everywhere)), kinds.told)
    }
    doubted = _rows(db.execute(_DOUBTED, (json.dumps(list(kinds.certain)),)), kinds.told)
    found = {row["id"]: row for row in doubted} | found
    told = _content(db, {row["verdict"] for row in found.values()})
    return frame_of([row | told[row.pop("verdict")] for row in found.values()], MESSAGES)


def _rows(cursor: sqlite3.Cursor, kinds: Sequence[Kind]) -> Iterator[dict[str, Any]]:
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
        } | dict(zip(JUDGED, kinds[kind], strict=True))


def _content(db: sqlite3.Connection, verdicts: set[int]) -> dict[int, dict[str, Any]]:
    """By verdict the quotes that spoke for its label, one a line, and how certain that is."""
    rows = db.execute(
        "SELECT id, content FROM verdicts WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(verdicts)),)
    )
    return {verdict: _told_content(json.loads(content)) if content else _NO_CONTENT for verdict, content in rows}


_NO_CONTENT: Final = {"evidence": None, "certainty": None}


def _told_content(content: Sequence[Any]) -> dict[str, Any]:
    _label, _category, evidence, *certainty = content
    quotes = "\n".join(quote for _start, _end, quote, _reason in evidence)
    return {"evidence": quotes, "certainty": certainty[0] if certainty else None}


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
        name=path.name, kind=SourceKind.STORE, version=version, started=started, finished=finished, planned=0, facts=()
    )
