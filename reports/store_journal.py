"""What an operator's store tells beside its messages: violations, the journal, what subscribers chose, patterns."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from reports.journal import (
    CLOSING,
    OPENING,
    REINSTATED,
    TOLD_KINDS,
    Choice,
    Entry,
    change_row,
    choice_row,
    choices,
    line_key,
    moment,
)
from reports.run import CHANGES, CHOICES, FITS, VIOLATIONS, frame_of
from reports.store_verdicts import JUDGED, Kind

_JOURNAL: Final = """
    SELECT at, origin, body FROM changes WHERE kind IN (SELECT value FROM json_each(?)) ORDER BY number
"""
_VIOLATIONS: Final = """
    SELECT line, rule, clause, slate, sum(n), min(first), max(last) FROM (
        SELECT line, rule, clause, slate, count(*) AS n, min(at) AS first, max(at) AS last
        FROM violations GROUP BY 1, 2, 3, 4
        UNION ALL SELECT line, rule, clause, slate, count, NULL, NULL FROM former_violations
    ) GROUP BY 1, 2, 3, 4
"""
# Messages are gone through once, whatever the number of choices: each looks its recipient up among the few.
_AFTER: Final = """
    SELECT c.id, sum(k.accepted), sum(1 - k.accepted), max(CASE WHEN k.accepted THEN s.received_at END)
    FROM submissions s
    CROSS JOIN temp.choices c ON c.number = coalesce(s.recipient, s.destination)
    JOIN letters l ON l.id = s.letter
    JOIN temp.judged j ON j.verdict = s.verdict
    JOIN temp.kinds k ON k.id = j.kind
    WHERE s.received_at > c.at AND s.received_at < c.until
        AND CASE WHEN c.line IS NULL THEN l.line_type = 'promotional' OR k.promotional ELSE l.line = c.line END
    GROUP BY c.id
"""
_FITS: Final = """
    SELECT coalesce(l.line, l.source), f.fit, count(*)
    FROM submissions s JOIN temp.fits f ON f.verdict = s.verdict JOIN letters l ON l.id = s.letter
    GROUP BY 1, 2
"""


def journal(db: sqlite3.Connection) -> pd.DataFrame:
    """`Run.changes`."""
    return frame_of([change_row(entry) for entry in _entries(db, TOLD_KINDS)], CHANGES)


def violations(db: sqlite3.Connection) -> pd.DataFrame:
    """`Run.violations`; those whose messages are no longer kept have no moments."""
    slates = Counter(line_key(str(entry.body["line"])) for entry in _entries(db, {REINSTATED}))
    rows: dict[tuple[str, str, str], dict[str, Any]] = {}
    for line, rule, clause, slate, count, first, last in db.execute(_VIOLATIONS):
        found = {"line": line, "rule": rule, "clause": clause, "violations": 0, "standing": 0, "told_by": ""}
        row = rows.setdefault((line, rule, clause), found | {"scenario": None, "first": None, "last": None})
        row["violations"] += count
        row["standing"] += count if slate == slates[line_key(line)] else 0
        told = [at for at in (first, last) if at is not None]
        if told:
            row["first"] = min(filter(None, (row["first"], moment(told[0]))))
            row["last"] = max(filter(None, (row["last"], moment(told[-1]))))
    return frame_of(list(rows.values()), VIOLATIONS)


def chosen(db: sqlite3.Connection, kinds: Sequence[Kind]) -> pd.DataFrame:
    """`Run.choices`, from the table temp.judged, of whose numbers `kinds` says what they mean."""
    made = list(choices(_entries(db, OPENING | CLOSING)))
    if not made:
        return frame_of([], CHOICES)
    db.execute("CREATE TEMP TABLE choices (id INTEGER PRIMARY KEY, number TEXT, line TEXT, at REAL, until REAL)")
    db.executemany(
        "INSERT INTO temp.choices VALUES (?, ?, ?, ?, ?)",
        ((number, each.number, each.line, each.at, each.until) for number, each in enumerate(made)),
    )
    db.execute("CREATE INDEX temp.choices_by_number ON choices (number)")
    db.execute("CREATE TEMP TABLE kinds (id INTEGER PRIMARY KEY, accepted INTEGER, promotional INTEGER)")
    told = (dict(zip(JUDGED, kind, strict=True)) for kind in kinds)
    db.executemany(
        "INSERT INTO temp.kinds VALUES (?, ?, ?)",
        ((n, each["outcome"] == "accepted", each["label"] == "promotional") for n, each in enumerate(told)),
    )
    after = {number: rest for number, *rest in db.execute(_AFTER)}
    return frame_of([_choice_row(each, after.get(number)) for number, each in enumerate(made)], CHOICES)


def _choice_row(choice: Choice, after: Sequence[Any] | None) -> Mapping[str, Any]:
    accepted, refused, last = after or (0, 0, None)
    return choice_row(choice, accepted, refused, last)


def fitted(db: sqlite3.Connection, fits: Sequence[tuple[Any, ...]]) -> pd.DataFrame:
    """`Run.fits`, from the table temp.fits, of whose numbers `fits` says what they mean."""
    rows = [
        {"line": line, "messages": count} | dict(zip(("fits", "nearest", "why"), fits[fit], strict=True))
        for line, fit, count in db.execute(_FITS)
    ]
    return frame_of(rows, FITS)


def _entries(db: sqlite3.Connection, kinds: set[str] | frozenset[str]) -> Iterator[Entry]:
    for at, origin, body in db.execute(_JOURNAL, (json.dumps(sorted(kinds)),)):
        yield Entry(at, origin, json.loads(body))
