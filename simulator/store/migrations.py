"""How a file of an older layout becomes one of this layout: numbered steps, all in one transaction or not at all.

To change the layout: change `layout.SCHEMA`, append the SQL that does the same to an existing file to `STEPS`, and save
the schema text as it was before under `tests/store/layouts/`. New columns go to the end of their table. A step that was
released is never changed.
"""

import sqlite3
from typing import Final

FIRST_LAYOUT: Final = 3
"""The oldest layout that can still be read."""

_LETTERS_OF_9 = """
CREATE TABLE letters (
    id INTEGER PRIMARY KEY, account TEXT NOT NULL, source TEXT NOT NULL, line TEXT, line_type TEXT, text TEXT NOT NULL,
    data_coding INTEGER NOT NULL, service_type TEXT NOT NULL, source_ton INTEGER NOT NULL, source_npi INTEGER NOT NULL,
    destination_ton INTEGER NOT NULL, destination_npi INTEGER NOT NULL, registered_delivery INTEGER NOT NULL,
    command BLOB, before BLOB, after BLOB
);
CREATE TABLE submissions (
    number INTEGER PRIMARY KEY, letter INTEGER NOT NULL REFERENCES letters (id), message_id TEXT NOT NULL,
    received_at REAL NOT NULL, destination TEXT NOT NULL, recipient TEXT, operator TEXT, reference INTEGER,
    total INTEGER, part INTEGER, command_status INTEGER NOT NULL, state INTEGER NOT NULL, err TEXT NOT NULL,
    done_at REAL, verdict INTEGER REFERENCES verdicts (id), scheduled_for REAL, valid_until REAL NOT NULL,
    attempts INTEGER NOT NULL, due REAL, cost INTEGER NOT NULL, refunded_at REAL, sequence_number INTEGER, pdu BLOB
);
CREATE VIEW messages AS SELECT
    s.number, s.message_id, s.received_at, l.account, l.source, l.line, l.line_type, s.destination, s.recipient,
    s.operator, l.text, l.data_coding, l.service_type, l.source_ton, l.source_npi, l.destination_ton,
    l.destination_npi, s.reference, s.total, s.part, l.registered_delivery, s.command_status, s.state, s.err,
    s.done_at, s.verdict, s.scheduled_for, s.valid_until, s.attempts, s.due, s.cost, s.refunded_at
FROM submissions s LEFT JOIN letters l ON l.id = s.letter;
"""
"""The tables of layout 9 that take the place of `messages`, which is a view from then on."""

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
    # 8 to 9: what many messages have in common is kept once, as a letter; an older message keeps one of its own.
    f"""
    ALTER TABLE messages RENAME TO former_messages;
    {_LETTERS_OF_9}
    INSERT INTO letters SELECT number, account, source, line, line_type, text, data_coding, service_type, source_ton,
        source_npi, destination_ton, destination_npi, registered_delivery, NULL, NULL, NULL FROM former_messages;
    INSERT INTO submissions SELECT number, number, message_id, received_at, destination, recipient, operator, reference,
        total, part, command_status, state, err, done_at, verdict, scheduled_for, valid_until, attempts, due, cost,
        refunded_at, NULL, pdu FROM former_messages;
    DROP TABLE former_messages;
    UPDATE last_numbers SET name = 'submissions' WHERE name = 'messages';
    """,  # noqa: S608 - text of our own
)
"""The SQL of each step; the first makes layout 4 of layout 3."""

LAYOUT: Final = FIRST_LAYOUT + len(STEPS)
"""The layout that this version writes."""


def apply_steps(db: sqlite3.Connection, version: int) -> None:
    """Brings a file from layout `version` to this one, in a transaction that is left open."""
    steps = STEPS[version - FIRST_LAYOUT :]
    db.executescript(f"BEGIN IMMEDIATE; {''.join(steps)} PRAGMA user_version = {LAYOUT};")
