"""The store: every message, verdict, receipt and violation, in one SQLite file (or in memory).

Writes are collected and written together by `commit`, which runs before anything leaves a socket; so what an ESME was
told is in the file. WAL with synchronous=NORMAL survives the death of the process at any moment. Verdicts are kept once
each and shared by the messages that got them: a campaign of a million equal refusals holds one trace.

Secondary indexes are left out on purpose: they would halve the rate of writing. The one of the receipts is cheap, for
receipts come nearly in the order of their messages.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from simulator.messages import (
    JournalEntry,
    Message,
    ReceiptRecord,
    Verdict,
    Violation,
)
from simulator.smpp.text import EncodedText, Languages
from simulator.smpp.udh import ReferenceKind
from simulator.store.file import Durability, open_store
from simulator.store.query import ChangeQuery, MessageQuery, where_change, where_clause
from simulator.store.retention import KEEP_ALL, Retention, Tidier
from simulator.store.rows import Rows

_VERDICTS_REMEMBERED = 65_536
_ROOM = 1 << 18
"""Octets that must find room before the store is taken for writable again."""
_PASSING: Final = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_NOMEM,
    }
)
"""The primary codes of errors that may pass by themselves; any other is a fault of the file or of ours."""

_INSERT_VERDICT = "INSERT INTO verdicts VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_INSERT_MESSAGE = f"INSERT INTO messages VALUES ({', '.join('?' * 26)})"  # noqa: S608 - only question marks
_INSERT_WAITING = "INSERT INTO waiting_parts VALUES (?, ?, ?, ?, ?, ?)"
_DELETE_WAITING = "DELETE FROM waiting_parts WHERE message = ?"
_SET_VERDICT = "UPDATE messages SET verdict = ?, state = ? WHERE number = ?"
_REPLACE = "UPDATE messages SET text = ?, registered_delivery = ?, verdict = ? WHERE number = ?"
_SET_STATE = "UPDATE messages SET state = ?, err = ?, done_at = ? WHERE number = ?"
_INSERT_RECEIPT = "INSERT INTO receipts VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_SET_SENT = "UPDATE receipts SET sent_at = ? WHERE number = ?"
_SET_ACKNOWLEDGED = "UPDATE receipts SET acknowledged_at = ? WHERE number = ?"
_INSERT_VIOLATION = "INSERT INTO violations VALUES (?, ?, ?, ?, ?)"

_INSERT_CHANGE = "INSERT INTO changes VALUES (?, ?, ?, ?, ?)"
_INSERT_BROADCAST = "INSERT INTO broadcasts VALUES (?, ?, ?, ?, NULL)"
_REPLACE_BROADCAST = "UPDATE broadcasts SET pdu = ? WHERE number = ?"
_CANCEL_BROADCAST = "UPDATE broadcasts SET cancelled_at = ? WHERE number = ?"

_ORDER = (
    _INSERT_VERDICT,
    _INSERT_MESSAGE,
    _INSERT_WAITING,
    _DELETE_WAITING,
    _SET_VERDICT,
    _REPLACE,
    _SET_STATE,
    _INSERT_RECEIPT,
    _SET_SENT,
    _SET_ACKNOWLEDGED,
    _INSERT_VIOLATION,
    _INSERT_CHANGE,
    _INSERT_BROADCAST,
    _REPLACE_BROADCAST,
    _CANCEL_BROADCAST,
)
"""The statements of a commit in an order in which each finds what it needs, whatever the order of the calls."""
_FIND = "SELECT m.* FROM messages m LEFT JOIN verdicts v ON v.id = m.verdict"
_UNACKNOWLEDGED = """
SELECT r.*, m.* FROM receipts r JOIN messages m ON m.number = r.message
WHERE r.acknowledged_at IS NULL ORDER BY r.number
"""
_RECEIPT = len(ReceiptRecord._fields)
_VIOLATIONS = """
SELECT line, sum(count) FROM (
    SELECT line, count(*) AS count FROM violations GROUP BY line UNION ALL SELECT line, count FROM former_violations
) GROUP BY line
"""
_TABLES = (
    "messages", "waiting_parts", "verdicts", "receipts", "violations", "former_violations", "changes", "broadcasts",
)  # fmt: skip


class CommitError(Exception):
    """What was collected could not be written, for a reason that may pass; nothing of it is in the file."""


class Store:
    """One operator's memory: what is added is collected until `commit`, and what is read is what was committed."""

    def __init__(
        self,
        path: Path | None = None,
        *,
        durability: Durability = Durability.PROCESS,
        retention: Retention = KEEP_ALL,
        is_checked: bool = False,
    ) -> None:
        """Opens or makes the store at `path`; without a path it lives in memory. `is_checked` reads every page first.

        Raises:
            StoreError: The file is another program's, damaged, or of a later version.
        """
        self._db = open_store(path, durability, is_checked=is_checked)
        self._rows = Rows(self._db)
        self._tidier = Tidier(self._db, retention, self._keep_verdicts)
        self._verdict_ids: dict[Verdict, int] = {}
        self._next_verdict = self._highest("verdicts", "id") + 1
        self._collected: dict[str, list[tuple[object, ...]]] = {statement: [] for statement in _ORDER}
        self._is_dirty = False

    def highest_message(self) -> int:
        """The number of the latest message; 0 in an empty store."""
        return self._highest("messages", "number")

    def highest_receipt(self) -> int:
        """The number of the latest receipt; 0 in an empty store."""
        return self._highest("receipts", "number")

    def _highest(self, table: str, column: str) -> int:
        value = self._db.execute(f"SELECT max({column}) FROM {table}").fetchone()[0]  # noqa: S608 - names of our own
        return int(value or 0)

    # What is written

    def add_message(self, message: Message) -> None:
        """Collects a new message."""
        part = message.part or (None, None, None)
        verdict = None if message.verdict is None else self._verdict_id(message.verdict)
        self._collect(_INSERT_MESSAGE, (*message[:12], *message.addressing, *part, *message[14:19], verdict))

    def add_waiting_part(self, message: Message, kind: ReferenceKind, text: EncodedText) -> None:
        """Collects a new message that waits for the others of its text, and what is needed to join it to them."""
        self.add_message(message)
        self._collect(_INSERT_WAITING, (message.number, kind.value, text.octets, *text.languages, text.header_size))

    def finish(self, number: int, state: int, err: str, at: float) -> None:
        """Collects that a message reached a final state."""
        self._collect(_SET_STATE, (int(state), err, at, number))

    def forget_waiting_part(self, number: int) -> None:
        """Collects that a message does not wait for the others of its text any more."""
        self._collect(_DELETE_WAITING, (number,))

    def replace(self, message: Message) -> None:
        """Collects a message's new text, its verdict, and what its receipts are asked for."""
        verdict = None if message.verdict is None else self._verdict_id(message.verdict)
        self._collect(_REPLACE, (message.text, message.registered_delivery, verdict, message.number))

    def judge(self, number: int, verdict: Verdict, state: int) -> None:
        """Collects the verdict on a part that had waited for the others of its text."""
        self._collect(_SET_VERDICT, (self._verdict_id(verdict), int(state), number))
        self._collect(_DELETE_WAITING, (number,))

    def add_receipt(self, receipt: ReceiptRecord) -> None:
        """Collects a new receipt."""
        self._collect(_INSERT_RECEIPT, tuple(receipt))

    def receipt_sent(self, number: int, at: float) -> None:
        """Collects that a receipt was handed to a bind."""
        self._collect(_SET_SENT, (at, number))

    def receipt_acknowledged(self, number: int, at: float) -> None:
        """Collects that an ESME acknowledged a receipt."""
        self._collect(_SET_ACKNOWLEDGED, (at, number))

    def add_violation(self, violation: Violation) -> None:
        """Collects a line's offence."""
        self._collect(_INSERT_VIOLATION, tuple(violation))

    def add_change(self, entry: JournalEntry) -> None:
        """Collects a change of the registers."""
        self._collect(_INSERT_CHANGE, tuple(entry))

    def add_broadcast(self, number: int, account: str, received_at: float, pdu: bytes) -> None:
        """Collects a new broadcast, as its octets came."""
        self._collect(_INSERT_BROADCAST, (number, account, received_at, pdu))

    def replace_broadcast(self, number: int, pdu: bytes) -> None:
        """Collects what a broadcast was replaced by."""
        self._collect(_REPLACE_BROADCAST, (pdu, number))

    def cancel_broadcast(self, number: int, at: float) -> None:
        """Collects that a broadcast was called back."""
        self._collect(_CANCEL_BROADCAST, (at, number))

    def _collect(self, statement: str, row: tuple[object, ...]) -> None:
        self._collected[statement].append(row)
        self._is_dirty = True

    def commit(self) -> bool:
        """Writes all that was collected, in one transaction; True when there was anything to write.

        Raises:
            CommitError: It could not be written; it stays collected.
        """
        if not self._is_dirty:
            return False
        with self._transaction():
            for statement, rows in self._collected.items():
                if rows:
                    self._db.executemany(statement, rows)
        self._tidier.count += len(self._collected[_INSERT_MESSAGE])
        self._forget_collected()
        return True

    def discard(self) -> None:
        """Forgets what was collected as if it had never come, save acknowledgements, which ESMEs will not repeat."""
        acknowledged = self._collected[_SET_ACKNOWLEDGED].copy()
        self._forget_collected()
        for row in acknowledged:
            self._collect(_SET_ACKNOWLEDGED, row)
        self._verdict_ids.clear()
        self._next_verdict = self._highest("verdicts", "id") + 1

    def commit_with_room(self) -> None:
        """Commits, and writes some more than that to see whether there is room for what will come.

        Raises:
            CommitError: There is none, or not enough; what was not written stays collected.
        """
        self.commit()
        with self._transaction():
            self._db.execute("DELETE FROM room")
            self._db.execute("INSERT INTO room VALUES (zeroblob(?))", (_ROOM,))
        with self._transaction():
            self._db.execute("DELETE FROM room")

    def tidy(self, now: float) -> bool:
        """Deletes a little of what need not be kept any longer; True when there is more. `now`: the operator's clock.

        What was collected is committed before.

        Raises:
            CommitError: It could not be written; then nothing was deleted.
        """
        self.commit()
        try:
            with self._transaction():
                return self._tidier.tidy(now)
        except CommitError:
            self._tidier.begin_anew()
            raise

    def _keep_verdicts(self, keeps: Callable[[int], bool]) -> None:
        """Some verdicts are about to be deleted: they are not to be had from memory any more."""
        self._verdict_ids = {verdict: number for verdict, number in self._verdict_ids.items() if keeps(number)}
        self._rows.forget_verdicts()

    def _forget_collected(self) -> None:
        for rows in self._collected.values():
            rows.clear()
        self._is_dirty = False

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
        except BaseException as error:
            if self._db.in_transaction:  # SQLite ends it by itself after some errors
                self._db.execute("ROLLBACK")
            if isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode & 0xFF in _PASSING:
                raise CommitError(str(error)) from error
            raise

    def clear(self) -> None:
        """Forgets everything, also what was collected.

        Raises:
            CommitError: It could not be written; nothing was forgotten.
        """
        with self._transaction():
            for table in _TABLES:
                self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own
        self._forget_collected()
        self._verdict_ids.clear()
        self._rows.forget_verdicts()
        self._tidier.begin_anew()
        self._next_verdict = 1

    def close(self) -> None:
        """Commits and closes the file.

        Raises:
            CommitError: What was collected could not be written; the file is closed all the same.
        """
        try:
            self.commit()
        finally:
            self._db.close()

    def _verdict_id(self, verdict: Verdict) -> int:
        known = self._verdict_ids.get(verdict)
        if known is not None:
            self._tidier.verdict_used(known)
            return known
        if len(self._verdict_ids) >= _VERDICTS_REMEMBERED:
            self._verdict_ids.clear()
        number = self._next_verdict
        self._next_verdict += 1
        self._verdict_ids[verdict] = number
        content = None if verdict.content is None else json.dumps(verdict.content, ensure_ascii=False)
        trace = json.dumps(verdict.trace, ensure_ascii=False)
        row = (number, *verdict[:3], int(verdict.violation), content, trace, verdict.until)
        self._collect(_INSERT_VERDICT, row)
        return number

    # What is read

    def find(self, query: MessageQuery) -> list[Message]:
        """The messages that fit, the earliest first."""
        condition, values = where_clause(query)
        sql = f"{_FIND} {condition} ORDER BY m.number LIMIT ? OFFSET ?"
        return list(self._rows.messages(self._db.execute(sql, (*values, query.limit, query.offset))))

    def count(self, query: MessageQuery) -> int:
        """How many messages fit, whatever the query's limit and offset."""
        condition, values = where_clause(query)
        sql = f"SELECT count(*) FROM messages m LEFT JOIN verdicts v ON v.id = m.verdict {condition}"  # noqa: S608 - ours
        return int(self._db.execute(sql, values).fetchone()[0])

    def get(self, number: int) -> Message | None:
        """One message by its number."""
        return next(self._rows.messages(self._db.execute("SELECT * FROM messages WHERE number = ?", (number,))), None)

    def receipts_of(self, numbers: list[int]) -> list[ReceiptRecord]:
        """The receipts of some messages, in the order of their making."""
        marks = ", ".join("?" * len(numbers))
        sql = f"SELECT * FROM receipts WHERE message IN ({marks}) ORDER BY number"  # noqa: S608 - only question marks
        return [ReceiptRecord(*row) for row in self._db.execute(sql, numbers)]

    def unacknowledged_receipts(self) -> Iterator[tuple[ReceiptRecord, Message]]:
        """Every receipt that no ESME has acknowledged, with its message, in the order of their making.

        An acknowledgement that was collected counts, although it is not committed.
        """
        acknowledged = {number for _, number in self._collected[_SET_ACKNOWLEDGED]}
        for row in self._db.execute(_UNACKNOWLEDGED):
            if row[0] not in acknowledged:
                yield ReceiptRecord._make(row[:_RECEIPT]), self._rows.message(row[_RECEIPT:])

    def in_state(self, state: int) -> Iterator[Message]:
        """Every message in a message_state, the earliest first."""
        return self._rows.messages(self._db.execute("SELECT * FROM messages WHERE state = ? ORDER BY number", (state,)))

    def waiting_parts(self) -> list[tuple[Message, ReferenceKind, EncodedText]]:
        """Every part that waits for the others of its text, the earliest first."""
        rows = self._db.execute("SELECT * FROM waiting_parts ORDER BY message").fetchall()
        return [
            (message, ReferenceKind(kind), EncodedText(message.data_coding, octets, Languages(*languages), header_size))
            for number, kind, octets, *languages, header_size in rows
            if (message := self.get(number)) is not None
        ]

    def changes(self) -> Iterator[JournalEntry]:
        """Every change of the registers, in the order in which they were made."""
        return map(JournalEntry._make, self._db.execute("SELECT * FROM changes ORDER BY number"))

    def find_changes(self, query: ChangeQuery) -> list[JournalEntry]:
        """The changes that fit, the earliest first."""
        condition, values = where_change(query)
        sql = f"SELECT * FROM changes {condition} ORDER BY number LIMIT ? OFFSET ?"  # noqa: S608 - conditions of our own
        return [JournalEntry._make(row) for row in self._db.execute(sql, (*values, query.limit, query.offset))]

    def count_changes(self, query: ChangeQuery) -> int:
        """How many changes fit, whatever the query's limit and offset."""
        condition, values = where_change(query)
        return int(self._db.execute(f"SELECT count(*) FROM changes {condition}", values).fetchone()[0])  # noqa: S608 - ours

    def broadcasts(self) -> list[tuple[int, str, float, bytes, float | None]]:
        """Every broadcast: number, account, when it came, its octets, when it was called back."""
        return list(self._db.execute("SELECT * FROM broadcasts ORDER BY number"))

    def violations(self) -> dict[str, int]:
        """How often each line has offended, deleted messages included."""
        return dict(self._db.execute(_VIOLATIONS))
