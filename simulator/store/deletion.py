"""How messages leave the store: with their receipts and turns, but not with what they did.

Their violations go on to count (`former_violations`), and so does what they cost (`former_costs`). Numbers are never
given twice: the highest that ever were are kept (`last_numbers`).
"""

import sqlite3
from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from simulator.smpp.consts import MessageState
from simulator.store.query import MessageQuery

SLICE: Final = 1_000
"""Rows that one slice of the work looks at: some milliseconds, between which the sockets have their turns."""

_NUMBERED: Final = (
    ("submissions", "number"),
    ("letters", "id"),
    ("receipts", "number"),
    ("mo_messages", "number"),
    ("verdicts", "id"),
    ("changes", "number"),
    ("broadcasts", "number"),
    ("mutations", "number"),
)
"""The tables whose numbers others may have seen, with the columns that hold them."""


class Open(StrEnum):
    """Why a message is not finished, so that it may not be deleted."""

    UNDER_WAY = "under-way"
    """It has not reached its final state, or waits for the rest of its text."""
    RECEIPT_WAITS = "receipt-waits"
    """A receipt of it was not acknowledged yet, nor given up."""
    TO_BE_READ = "to-be-read"
    """Its subscriber is still to acknowledge that he has read it."""


SAYS: Final[Mapping[Open, str]] = MappingProxyType(
    {
        Open.UNDER_WAY: "on its way, or waiting for the rest of its text",
        Open.RECEIPT_WAITS: "a receipt waits to be acknowledged",
        Open.TO_BE_READ: "its subscriber is still to acknowledge that he has read it",
    }
)
"""The same as a sentence's end."""


def open_sql(read: int) -> str:
    """The SQL that tells of messages m why one is not finished; NULL if it is.

    `read` are the bits of registered_delivery that ask for an acknowledgement by the subscriber; 0 where none come.
    """
    return f"""
    CASE WHEN m.done_at IS NULL THEN '{Open.UNDER_WAY}' WHEN EXISTS (
        SELECT 1 FROM receipts r WHERE r.message = m.number AND r.acknowledged_at IS NULL AND r.given_up_at IS NULL
    ) THEN '{Open.RECEIPT_WAITS}' WHEN m.registered_delivery & {read} AND m.state = {MessageState.DELIVERED:d}
    AND NOT EXISTS (
        SELECT 1 FROM receipts r WHERE r.message = m.number AND r.kind = 'manual-ack'
    ) THEN '{Open.TO_BE_READ}' END"""  # noqa: S608 - words and numbers of our own


class Deleted(NamedTuple):
    """What became of a slice of messages."""

    gone: tuple[int, ...] = ()
    kept: tuple[tuple[int, Open], ...] = ()
    last: int | None = None
    """The number behind which there may be more; None at the end."""


_KEEP_COST = """
INSERT INTO former_costs SELECT account, cost FROM messages WHERE number = ? AND cost > 0 AND refunded_at IS NULL
ON CONFLICT (account) DO UPDATE SET rials = rials + excluded.rials
"""
_KEEP_COUNT = """
INSERT INTO former_violations SELECT line, slate, rule, clause, 1 FROM violations WHERE rowid = ?
ON CONFLICT (line, slate, rule, clause) DO UPDATE SET count = count + 1
"""
_KEEP_NUMBER = """
INSERT INTO last_numbers SELECT '{table}', coalesce(max({column}), 0) FROM {table} WHERE true
ON CONFLICT (name) DO UPDATE SET number = max(number, excluded.number)
"""


def look(db: sqlite3.Connection, query: MessageQuery, after: int, read: int) -> Deleted:
    """The next messages behind a number that fit a query: which may be deleted, and which are to be kept."""
    condition, values = query.condition()
    condition = f"{condition} AND m.number > ?" if condition else "WHERE m.number > ?"
    sql = f"SELECT m.number, {open_sql(read)} FROM {query.TABLES} {condition} ORDER BY m.number LIMIT {SLICE}"  # noqa: S608
    rows = db.execute(sql, (*values, after)).fetchall()
    return Deleted(
        tuple(number for number, why in rows if why is None),
        tuple((number, Open(why)) for number, why in rows if why is not None),
        rows[-1][0] if len(rows) == SLICE else None,
    )


def keep_numbers(db: sqlite3.Connection) -> None:
    """Notes the highest numbers, before rows are deleted."""
    for table, column in _NUMBERED:
        db.execute(_KEEP_NUMBER.format(table=table, column=column))


def delete_messages(db: sqlite3.Connection, numbers: Sequence[int]) -> None:
    """Deletes finished messages, within a transaction; their violations stay until `move_violations`."""
    keep_numbers(db)
    gone = [(number,) for number in numbers]
    db.executemany(_KEEP_COST, gone)
    db.executemany("DELETE FROM receipts WHERE message = ?", gone)
    db.executemany("DELETE FROM turns WHERE message = ?", gone)
    db.executemany("DELETE FROM submissions WHERE number = ?", gone)


def move_violations(db: sqlite3.Connection, limit: int | None = None) -> int:
    """Counts violations whose messages were deleted, of the oldest `limit` or of all; how many there were."""
    sql = """SELECT rowid FROM (SELECT rowid, message FROM violations ORDER BY rowid LIMIT ?) v
    WHERE NOT EXISTS (SELECT 1 FROM submissions WHERE number = v.message)"""
    rows = db.execute(sql, (-1 if limit is None else limit,)).fetchall()
    db.executemany(_KEEP_COUNT, rows)
    db.executemany("DELETE FROM violations WHERE rowid = ?", rows)
    return len(rows)
