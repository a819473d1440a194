"""Messages in short, as lists show them, without what only one message's own page tells."""

from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from simulator.store.query import Query, conditions
from simulator.store.rows import Rows

BRIEF_TEXT: Final = 300
"""Characters of a text that are told in short."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefQuery(Query[Brief]):
    """Messages in short."""

    COLUMNS = (
        "m.number, m.received_at, m.account, coalesce(m.line, m.source), coalesce(m.recipient, m.destination),"
        f" substr(m.text, 1, {BRIEF_TEXT}), m.part, m.total, v.outcome, v.rule, m.state"
    )
    TABLES = "messages m LEFT JOIN verdicts v ON v.id = m.verdict"
    NUMBER = "m.number"
    CONDITIONS = conditions("m.received_at")

    @staticmethod
    def read(row: tuple[Any, ...], rows: Rows) -> Brief:
        """A message in short."""
        del rows
        return Brief._make(row)
