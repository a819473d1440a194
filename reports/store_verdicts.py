"""The verdicts of a store, read once and one by one: of what kind each is, so that messages need only be grouped."""

import heapq
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from reports.journal import told_fit
from reports.run import told_recipient

JUDGED: Final = ("outcome", "rule", "clause", "violation", "label", "category", "recipient")
"""What tells one kind from another."""
Kind = tuple[Any, ...]
"""A value of each of `JUDGED`."""


@dataclass(frozen=True)
class Kinds:
    """What the verdicts are.

    Attributes:
        told: The kinds; in the table temp.judged (verdict, kind) a kind is its place here.
        fits: What patterns said, by its number in the table temp.fits (verdict, fit).
        certain: How certain the labels of the least certain verdicts are, by verdict.
    """

    told: Sequence[Kind]
    fits: Sequence[tuple[str, str | None, str | None]]
    certain: Mapping[int, int]


@dataclass
class _Reading:
    """The tables as they grow."""

    doubts: int
    kinds: dict[Kind, int] = field(default_factory=dict)
    fits: dict[tuple[str, str | None, str | None], int] = field(default_factory=dict)
    fitted: list[tuple[int, int]] = field(default_factory=list)
    certain: list[tuple[int, int]] = field(default_factory=list)
    """A heap of (minus certainty, minus verdict), the most certain and youngest of the least certain first."""


def judge(db: sqlite3.Connection, doubts: int) -> Kinds:
    """Reads every verdict into temp.judged and temp.fits; `doubts` is how many of the least certain are told."""
    found = _Reading(doubts)
    db.execute("CREATE TEMP TABLE judged (verdict INTEGER PRIMARY KEY, kind INTEGER NOT NULL)")
    db.execute("CREATE TEMP TABLE fits (verdict INTEGER PRIMARY KEY, fit INTEGER NOT NULL)")
    rows = db.execute("SELECT id, outcome, rule, clause, violation, content, trace FROM verdicts")
    db.executemany("INSERT INTO temp.judged VALUES (?, ?)", _judged(found, rows))
    db.executemany("INSERT INTO temp.fits VALUES (?, ?)", found.fitted)
    return Kinds(list(found.kinds), list(found.fits), {-verdict: -certainty for certainty, verdict in found.certain})


def _judged(found: _Reading, rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[int, int]]:
    for verdict, outcome, rule, clause, violation, content, trace in rows:
        label, category, _evidence, *certainty = json.loads(content) if content else (None, None, ())
        facts = [dict(step[3]) for step in json.loads(trace)]
        if certainty and certainty[0] is not None:
            _note_doubt(found, verdict, certainty[0])
        if (fit := told_fit(facts)) is not None:
            found.fitted.append((verdict, found.fits.setdefault(fit, len(found.fits))))
        kind = (outcome, rule, clause, bool(violation), label, category, told_recipient(facts))
        yield verdict, found.kinds.setdefault(kind, len(found.kinds))


def _note_doubt(found: _Reading, verdict: int, certainty: int) -> None:
    entry = (-certainty, -verdict)
    if len(found.certain) < found.doubts:
        heapq.heappush(found.certain, entry)
    else:
        heapq.heappushpop(found.certain, entry)
