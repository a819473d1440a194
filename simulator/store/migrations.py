"""How a file of an older layout becomes one of this layout: numbered steps, all in one transaction or not at all.

To change the layout: change `layout.SCHEMA`, append the SQL that does the same to an existing file to `STEPS`, and save
the schema text as it was before under `tests/store/layouts/`. New columns go to the end of their table. A step that was
released is never changed.
"""

import sqlite3
from typing import Final

FIRST_LAYOUT: Final = 3
"""The oldest layout that can still be read."""

STEPS: Final = (
    # 3 to 4: what set out from which line; on which of a line's slates a violation stands.
    """
    CREATE TABLE sendings (
        message INTEGER NOT NULL, at INTEGER NOT NULL, line TEXT NOT NULL, parts INTEGER NOT NULL, text TEXT NOT NULL
    );
    ALTER TABLE violations ADD COLUMN slate INTEGER NOT NULL DEFAULT 0;
    """,
    # 4 to 5: receipts are found by their message; violations of deleted messages are counted; room is probed for.
    """
    CREATE TABLE former_violations (
        line TEXT NOT NULL, slate INTEGER NOT NULL, rule TEXT NOT NULL, clause TEXT NOT NULL, count INTEGER NOT NULL,
        PRIMARY KEY (line, slate, rule, clause)
    );
    CREATE TABLE room (octets BLOB NOT NULL);
    CREATE INDEX receipts_by_message ON receipts (message);
    """,
    # 5 to 6: what messages cost, what was given back, and what those cost that were deleted.
    """
    ALTER TABLE messages ADD COLUMN cost INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE messages ADD COLUMN refunded_at REAL;
    CREATE TABLE former_costs (account TEXT PRIMARY KEY, rials INTEGER NOT NULL);
    """,
    # 6 to 7: the request that brought a message, as it came.
    "ALTER TABLE messages ADD COLUMN pdu BLOB;",
    # 7 to 8: what befell messages on their way; the numbers of what was deleted; what was written over HTTP.
    """
    CREATE TABLE turns (
        number INTEGER PRIMARY KEY AUTOINCREMENT, message INTEGER NOT NULL, at REAL NOT NULL, kind TEXT NOT NULL,
        state INTEGER NOT NULL, err TEXT NOT NULL, network_error INTEGER, until REAL
    );
    CREATE TABLE last_numbers (name TEXT PRIMARY KEY, number INTEGER NOT NULL);
    CREATE TABLE mutations (
        number INTEGER PRIMARY KEY, at REAL NOT NULL, wall REAL NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL,
        client TEXT NOT NULL, origin TEXT NOT NULL, agent TEXT NOT NULL, body TEXT, status INTEGER NOT NULL,
        outcome TEXT NOT NULL, changes TEXT NOT NULL
    );
    CREATE INDEX turns_by_message ON turns (message);
    """,
)
"""The SQL of each step; the first makes layout 4 of layout 3."""

LAYOUT: Final = FIRST_LAYOUT + len(STEPS)
"""The layout that this version writes."""


def apply_steps(db: sqlite3.Connection, version: int) -> None:
    """Brings a file from layout `version` to this one, in a transaction that is left open."""
    steps = STEPS[version - FIRST_LAYOUT :]
    db.executescript(f"BEGIN IMMEDIATE; {''.join(steps)} PRAGMA user_version = {LAYOUT};")
