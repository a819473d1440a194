"""The layout of the store's file: its tables, and the marks by which a file is known as one.

What the messages of a campaign have in common, all but whom they go to and what becomes of them, is a letter, kept
once; whoever reads asks the view `messages`. Of a submit_sm the letter has the octets around sequence_number and
destination too, which are the message's own; the request of any other kind is kept whole, with the message.

A new column or table goes in here and, as a step, in `migrations`; a test holds the two together.
"""

import sqlite3
from collections.abc import Mapping
from functools import cache

APPLICATION_ID = 0x4B485442
"""Marks a SQLite file as Khatban's ("KHTB")."""

SCHEMA = """
CREATE TABLE verdicts (
    id INTEGER PRIMARY KEY, outcome TEXT NOT NULL, rule TEXT, clause TEXT, violation INTEGER NOT NULL,
    content TEXT, trace TEXT NOT NULL, until REAL
);
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
CREATE TABLE receipts (
    number INTEGER PRIMARY KEY, message INTEGER NOT NULL, account TEXT NOT NULL, kind TEXT NOT NULL,
    state INTEGER NOT NULL, err TEXT NOT NULL, network_error INTEGER, made_at REAL NOT NULL, sent_at REAL,
    attempts INTEGER NOT NULL, acknowledged_at REAL, given_up_at REAL
);
CREATE TABLE mo_messages (
    number INTEGER PRIMARY KEY, account TEXT NOT NULL, line TEXT NOT NULL, subscriber TEXT NOT NULL, text TEXT NOT NULL,
    data_coding INTEGER NOT NULL, reference INTEGER, total INTEGER, part INTEGER, octets BLOB NOT NULL,
    made_at REAL NOT NULL, sent_at REAL, attempts INTEGER NOT NULL, acknowledged_at REAL, given_up_at REAL
);
CREATE TABLE waiting_parts (
    message INTEGER PRIMARY KEY, kind TEXT NOT NULL, octets BLOB NOT NULL, locking INTEGER NOT NULL,
    single INTEGER NOT NULL, header_size INTEGER NOT NULL
);
CREATE TABLE broadcasts (
    number INTEGER PRIMARY KEY, account TEXT NOT NULL, received_at REAL NOT NULL, pdu BLOB NOT NULL, cancelled_at REAL
);
CREATE TABLE changes (
    number INTEGER PRIMARY KEY, at REAL NOT NULL, origin TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL
);
CREATE TABLE clock (
    id INTEGER PRIMARY KEY CHECK (id = 1), wall REAL NOT NULL, shown REAL NOT NULL, speed REAL NOT NULL
);
CREATE TABLE sendings (
    message INTEGER NOT NULL, at INTEGER NOT NULL, line TEXT NOT NULL, parts INTEGER NOT NULL, text TEXT NOT NULL
);
CREATE TABLE violations (
    line TEXT NOT NULL, message INTEGER NOT NULL, at REAL NOT NULL, rule TEXT NOT NULL, clause TEXT NOT NULL,
    slate INTEGER NOT NULL
);
CREATE TABLE former_violations (
    line TEXT NOT NULL, slate INTEGER NOT NULL, rule TEXT NOT NULL, clause TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (line, slate, rule, clause)
);
CREATE TABLE former_costs (account TEXT PRIMARY KEY, rials INTEGER NOT NULL);
CREATE TABLE room (octets BLOB NOT NULL);
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
CREATE INDEX receipts_by_message ON receipts (message);
CREATE INDEX turns_by_message ON turns (message);
"""

Shape = Mapping[str, tuple[tuple[object, ...], ...]]
"""By the name of a table its columns (name, type, NOT NULL, primary key), by that of an index its table."""


def shape_of(db: sqlite3.Connection) -> Shape:
    """The shape of what a file holds."""
    found = db.execute("SELECT type, name, tbl_name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
    return {name: _columns(db, name) if kind == "table" else ((kind, table),) for kind, name, table in found}


def _columns(db: sqlite3.Connection, table: str) -> tuple[tuple[object, ...], ...]:
    rows = db.execute('SELECT name, type, "notnull", pk FROM pragma_table_info(?) ORDER BY cid', (table,))
    return tuple(rows.fetchall())


@cache
def expected_shape() -> Shape:
    """The shape of a file of this layout."""
    db = sqlite3.connect(":memory:")
    try:
        db.executescript(SCHEMA)
        return shape_of(db)
    finally:
        db.close()


def differences(found: Shape) -> list[str]:
    """What a file lacks, and what is otherwise than this layout has it; what it holds beyond that does no harm."""
    expected = expected_shape()
    missing = [f"{name} is missing" for name in expected if name not in found]
    return missing + [
        f"{name} is not as it should be" for name in expected if found.get(name, expected[name]) != expected[name]
    ]
