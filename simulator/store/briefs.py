"""Messages in short, as lists show them: read by their numbers, without what only one message's own page tells."""

import sqlite3
from collections.abc import Collection
from typing import NamedTuple

BRIEF_TEXT = 300
"""Characters of a text that are told in short."""

_BRIEFS = f"""
SELECT m.number, m.received_at, m.account, coalesce(m.line, m.source), coalesce(m.recipient, m.destination),
    substr(m.text, 1, {BRIEF_TEXT}), m.part, m.total, v.outcome, v.rule, m.state
FROM messages m LEFT JOIN verdicts v ON v.id = m.verdict
"""  # noqa: S608 - a number of our own


class Brief(NamedTuple):
    """A message in short."""

    number: int
    received_at: float
    account: str
    line: str
    """The registered line's number, or the originator as it was written."""
    to: str
    """The recipient in normal form, or as it was written."""
    text: str
    """Its beginning, up to `BRIEF_TEXT` characters."""
    part: int | None
    """Which part of a longer text it is; None for a whole one."""
    parts: int | None
    """How many parts that text has."""
    outcome: str | None
    """None for a part that waits for the others of its text."""
    rule: str | None
    state: int


def read_briefs(db: sqlite3.Connection, numbers: Collection[int]) -> list[Brief]:
    """The messages of these numbers that there are, in their order."""
    marks = ", ".join("?" * len(numbers))
    sql = f"{_BRIEFS} WHERE m.number IN ({marks}) ORDER BY m.number"
    return list(map(Brief._make, db.execute(sql, tuple(numbers))))
