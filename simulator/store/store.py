"""The store: every message, verdict, receipt and violation, in one SQLite file (or in memory). Reading is `reader`'s.

Writes are collected and written together by `commit`, which runs before anything leaves a socket; so what an ESME was
told is in the file. WAL with synchronous=NORMAL survives the death of the process at any moment. Verdicts are kept once
each and shared by the messages that got them: a campaign of a million equal refusals holds one trace; likewise letters,
what a campaign's messages say.

Secondary indexes are left out on purpose: they would halve the rate of writing. The one of the receipts is cheap, for
receipts come nearly in the order of their messages.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from simulator.letters import Letter, Request
from simulator.messages import (
    ClockSetting,
    JournalEntry,
    Message,
    MoMessage,
    Mutation,
    ReceiptRecord,
    Reported,
    Sending,
    Turn,
    Verdict,
    Violation,
)
from simulator.smpp.udh import ReferenceKind
from simulator.store.deletion import Deleted, keep_numbers, look
from simulator.store.file import Durability, open_store
from simulator.store.query import MessageQuery
from simulator.store.reader import Reader
from simulator.store.retention import KEEP_ALL, Retention, Tidier
from simulator.store.shared import Shared
from simulator.store.shared_sweep import SharedSweep
from simulator.store.written import Watcher, Written

_LetterKey = tuple[Letter | None, str | None, str | None]
"""A letter, and the number and type of the line that its source meant when it came."""
_NO_PART = _NO_OCTETS = (None, None, None)
_VERDICTS_REMEMBERED = 4_096
"""Verdicts that are found again when another message gets the same; each takes some kilobytes of memory."""
_LETTERS_REMEMBERED = 16_384
"""Letters likewise, those on lines that were altered twice."""
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
# The text is bound as octets: a str that is bound keeps its UTF-8 beside it for as long as it lives, and texts live as
# long as their messages are on their way.
_INSERT_LETTER = f"INSERT INTO letters VALUES (?, ?, ?, ?, ?, CAST(? AS TEXT){', ?' * 10})"  # noqa: S608 - only question marks
# Python looks for an adapter for every NULL that it binds, which takes as long as SQLite takes for the value; so what
# nearly every message and receipt lacks is NULL in the text of the statement.
_INSERT_PLAIN_MESSAGE = """
INSERT INTO submissions VALUES
    (?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL, 0, ?, '000', NULL, ?, NULL, ?, 0, ?, 0, NULL, ?, NULL)
"""
_INSERT_MESSAGE = f"INSERT INTO submissions VALUES ({', '.join('?' * 23)})"  # noqa: S608 - only question marks
_INSERT_WAITING = "INSERT INTO waiting_parts VALUES (?, ?, ?, ?, ?, ?)"
_DELETE_WAITING = "DELETE FROM waiting_parts WHERE message = ?"
_SET_VERDICT = "UPDATE submissions SET verdict = ?, state = ?, due = ?, cost = ? WHERE number = ?"
_REFUND = "UPDATE submissions SET refunded_at = ? WHERE number = ?"
_INSERT_CHANGED_LETTER = """
INSERT INTO letters SELECT ?, account, source, line, line_type, ?, data_coding, service_type, source_ton, source_npi,
    destination_ton, destination_npi, ?, command, before, after
FROM letters WHERE id = (SELECT letter FROM submissions WHERE number = ?)
"""
_REPLACE = """
UPDATE submissions SET letter = ?, verdict = ?, state = ?, scheduled_for = ?, valid_until = ?, due = ? WHERE number = ?
"""
_SET_DUE = "UPDATE submissions SET state = ?, attempts = ?, due = ? WHERE number = ?"
_SET_STATE = "UPDATE submissions SET state = ?, err = ?, done_at = ?, due = NULL WHERE number = ?"
_INSERT_PLAIN_RECEIPT = "INSERT INTO receipts VALUES (?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, NULL, NULL)"
_INSERT_RECEIPT = f"INSERT INTO receipts VALUES ({', '.join('?' * 12)})"  # noqa: S608 - only question marks
_INSERT_MO = f"INSERT INTO mo_messages VALUES ({', '.join('?' * 15)})"  # noqa: S608 - only question marks
_TABLE_OF = {ReceiptRecord: "receipts", MoMessage: "mo_messages"}
"""Where what goes to ESMEs is kept."""
_SET_SENT = {
    kind: f"UPDATE {table} SET sent_at = ?, attempts = attempts + 1 WHERE number = ?"  # noqa: S608 - names of our own
    for kind, table in _TABLE_OF.items()
}
_SET_ACKNOWLEDGED = {
    kind: f"UPDATE {table} SET acknowledged_at = ? WHERE number = ?"  # noqa: S608 - names of our own
    for kind, table in _TABLE_OF.items()
}
_SET_GIVEN_UP = {
    kind: f"UPDATE {table} SET given_up_at = ? WHERE number = ?"  # noqa: S608 - names of our own
    for kind, table in _TABLE_OF.items()
}
_INSERT_VIOLATION = "INSERT INTO violations VALUES (?, ?, ?, ?, ?, ?)"
_INSERT_SENDING = "INSERT INTO sendings VALUES (?, ?, ?, ?, ?)"

_INSERT_TURN = "INSERT INTO turns VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)"
_INSERT_MUTATION = f"INSERT INTO mutations VALUES ({', '.join('?' * 12)})"  # noqa: S608 - only question marks
_SET_CLOCK = "INSERT OR REPLACE INTO clock VALUES (1, ?, ?, ?)"
_INSERT_CHANGE = "INSERT INTO changes VALUES (?, ?, ?, ?, ?)"
_INSERT_BROADCAST = "INSERT INTO broadcasts VALUES (?, ?, ?, ?, NULL)"
_REPLACE_BROADCAST = "UPDATE broadcasts SET pdu = ? WHERE number = ?"
_CANCEL_BROADCAST = "UPDATE broadcasts SET cancelled_at = ? WHERE number = ?"

_ORDER = (
    _INSERT_VERDICT,
    _INSERT_LETTER,
    _INSERT_PLAIN_MESSAGE,
    _INSERT_MESSAGE,
    _INSERT_WAITING,
    _DELETE_WAITING,
    _SET_VERDICT,
    _INSERT_CHANGED_LETTER,
    _REPLACE,
    _SET_DUE,
    _SET_STATE,
    _REFUND,
    _INSERT_PLAIN_RECEIPT,
    _INSERT_RECEIPT,
    _INSERT_MO,
    *_SET_SENT.values(),
    *_SET_ACKNOWLEDGED.values(),
    *_SET_GIVEN_UP.values(),
    _INSERT_VIOLATION,
    _INSERT_SENDING,
    _INSERT_TURN,
    _INSERT_CHANGE,
    _INSERT_MUTATION,
    _SET_CLOCK,
    _INSERT_BROADCAST,
    _REPLACE_BROADCAST,
    _CANCEL_BROADCAST,
)
"""The statements of a commit in an order in which each finds what it needs, whatever the order of the calls."""

_KEPT: Final = (*_SET_ACKNOWLEDGED.values(), *_SET_GIVEN_UP.values(), _SET_CLOCK)
"""What is not taken back with the turn in which it came: it speaks of what the file holds, and happened elsewhere."""
_TABLES = (
    "submissions",
    "letters",
    "waiting_parts",
    "verdicts",
    "receipts",
    "mo_messages",
    "violations",
    "former_violations",
    "former_costs",
    "sendings",
    "changes",
    "clock",
    "broadcasts",
    "turns",
    "last_numbers",
    "mutations",
)


class CommitError(Exception):
    """What was collected could not be written, for a reason that may pass; nothing of it is in the file."""


def _written(rows: Mapping[str, list[tuple[Any, ...]]]) -> Written:
    """What the watchers are shown of what is collected; made once, for the lists stay the same."""
    mo_updated = [rows[statement[MoMessage]] for statement in (_SET_SENT, _SET_ACKNOWLEDGED, _SET_GIVEN_UP)]
    receipts_updated = [rows[statement[ReceiptRecord]] for statement in (_SET_SENT, _SET_ACKNOWLEDGED, _SET_GIVEN_UP)]
    return Written(
        letters=rows[_INSERT_LETTER],
        plain=rows[_INSERT_PLAIN_MESSAGE],
        inserted=rows[_INSERT_MESSAGE],
        judged=rows[_SET_VERDICT],
        ended=rows[_SET_STATE],
        otherwise_updated=[rows[statement] for statement in (_REPLACE, _SET_DUE, _REFUND)],
        mo=rows[_INSERT_MO],
        mo_updated=mo_updated,
        plain_receipts=rows[_INSERT_PLAIN_RECEIPT],
        deliveries=[
            ((sort, event), counted)
            for sort, all_of_it in (
                ("receipts", (rows[_INSERT_RECEIPT], *receipts_updated)),
                ("mo", (rows[_INSERT_MO], *mo_updated)),
            )
            for event, counted in zip(("made", "sent", "acknowledged", "given_up"), all_of_it, strict=True)
        ],
        violations=rows[_INSERT_VIOLATION],
        changes=rows[_INSERT_CHANGE],
        clock=rows[_SET_CLOCK],
    )


class Store(Reader):
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
        super().__init__(open_store(path, durability, is_checked=is_checked))
        self._tidier = Tidier(self._db, retention, self._keep_shared)
        self._verdicts = Shared[Verdict](_VERDICTS_REMEMBERED, self._highest("verdicts", "id"))
        self._letters = Shared[_LetterKey](_LETTERS_REMEMBERED, self._highest("letters", "id"))
        self._collected: dict[str, list[tuple[Any, ...]]] = {statement: [] for statement in _ORDER}
        self._written = _written(self._collected)
        self._watchers: tuple[Watcher, ...] = ()
        self._is_dirty = False

    # What is written

    def add_message(self, message: Message, request: Request | None = None, verdict: Verdict | None = None) -> None:
        """Collects a new message, with the request that brought it.

        `verdict` is that of the message, where this keeps one without its trace (`simulator.slim`).
        """
        letter = self._letter_id(message, None if request is None else request.letter)
        verdict = verdict or message.verdict
        verdict_id = None if verdict is None else self._verdict_id(verdict)
        sequence_number = octets = None
        if request is not None:
            if request.letter.command is None:
                octets = request.octets
            else:
                sequence_number = int.from_bytes(request.octets[12:16], "big")
        if sequence_number is not None and verdict_id is not None and _is_plain(message):
            plain = (*message[7:10], message.state, verdict_id, message.valid_until, message.due, sequence_number)
            self._collect(_INSERT_PLAIN_MESSAGE, (message.number, letter, *message[1:3], *plain))
            return
        row = (
            message.number,
            letter,
            *message[1:3],  # message_id, received_at
            *message[7:10],  # destination, recipient, operator
            *(message.part or _NO_PART),
            *message[15:19],  # command_status, state, err, done_at
            verdict_id,
            *message[20:],  # scheduled_for, valid_until, attempts, due, cost, refunded_at
            sequence_number,
            octets,
        )
        self._collect(_INSERT_MESSAGE, row)

    def _letter_id(self, message: Message, letter: Letter | None) -> int:
        key = letter, message.line, message.line_type
        known = None if letter is None else self._letters.find(key)
        if known is not None:
            self._tidier.letter_used(known)
            return known
        number = self._letters.reserve() if letter is None else self._letters.add(key)
        octets = _NO_OCTETS if letter is None else (letter.command, letter.before, letter.after)
        text = message.text.encode()
        what = (*message[3:7], text, message.data_coding, *message.addressing, message.registered_delivery)
        self._collect(_INSERT_LETTER, (number, *what, *octets))
        return number

    def add_waiting_part(self, message: Message, request: Request, kind: ReferenceKind) -> None:
        """Collects a new message that waits for the others of its text, and what is needed to join it to them."""
        self.add_message(message, request)
        text = request.letter.encoded
        self._collect(_INSERT_WAITING, (message.number, kind.value, text.octets, *text.languages, text.header_size))

    def finish(self, number: int, state: int, err: str, at: float) -> None:
        """Collects that a message reached a final state."""
        self._collect(_SET_STATE, (int(state), err, at, number))

    def refund(self, number: int, at: float) -> None:
        """Collects that what a message cost was given back."""
        self._collect(_REFUND, (at, number))

    def forget_waiting_part(self, number: int) -> None:
        """Collects that a message does not wait for the others of its text any more."""
        self._collect(_DELETE_WAITING, (number,))

    def replace(self, message: Message) -> None:
        """Collects a message's new text, its verdict, and what its receipts are asked for."""
        verdict = None if message.verdict is None else self._verdict_id(message.verdict)
        letter = self._letters.reserve()
        self._collect(_INSERT_CHANGED_LETTER, (letter, message.text, message.registered_delivery, message.number))
        row = (letter, verdict, message.state, *message[20:22], message.due)
        self._collect(_REPLACE, (*row, message.number))

    def judge(self, message: Message) -> None:
        """Collects the verdict on a message that had waited for it, and what is due of it now."""
        verdict = None if message.verdict is None else self._verdict_id(message.verdict)
        self._collect(_SET_VERDICT, (verdict, message.state, message.due, message.cost, message.number))
        self._collect(_DELETE_WAITING, (message.number,))

    def go_on(self, message: Message) -> None:
        """Collects that a message was tried in vain, or is under way in another state: when it goes on."""
        self._collect(_SET_DUE, (message.state, message.attempts, message.due, message.number))

    def add_receipt(self, receipt: ReceiptRecord) -> None:
        """Collects a new receipt."""
        if receipt.network_error is None and receipt.acknowledged_at is None and receipt.given_up_at is None:
            self._collect(_INSERT_PLAIN_RECEIPT, _plain_receipt(receipt))
        else:
            self._collect(_INSERT_RECEIPT, tuple(receipt))

    def add_mo(self, message: MoMessage) -> None:
        """Collects a new message of a subscriber."""
        part = message.part or (None, None, None)
        self._collect(_INSERT_MO, (*message[:6], *part, *message[7:]))

    def sent(self, record: ReceiptRecord | MoMessage, at: float) -> None:
        """Collects that a receipt or a subscriber's message was handed to a bind."""
        if isinstance(record, ReceiptRecord) and (made := self._collected[_INSERT_PLAIN_RECEIPT]):
            place = record.number - made[0][0]  # receipts are numbered one by one
            if 0 <= place < len(made) and made[place][0] == record.number:  # as new as that: one row tells both
                made[place] = _plain_receipt(record.sent(at))
                return
        self._collect(_SET_SENT[type(record)], (at, record.number))

    def acknowledged(self, record: ReceiptRecord | MoMessage, at: float) -> None:
        """Collects that an ESME acknowledged it."""
        self._collect(_SET_ACKNOWLEDGED[type(record)], (at, record.number))

    def given_up(self, record: ReceiptRecord | MoMessage, at: float) -> None:
        """Collects that it was sent for the last time in vain."""
        self._collect(_SET_GIVEN_UP[type(record)], (at, record.number))

    def add_violation(self, violation: Violation) -> None:
        """Collects a line's offence."""
        self._collect(_INSERT_VIOLATION, tuple(violation))

    def add_sending(self, sending: Sending) -> None:
        """Collects what the rules on traffic are to remember of a message."""
        self._collect(_INSERT_SENDING, (*sending[:4], f"{sending.text:x}"))

    def add_turn(self, turn: Turn) -> None:
        """Collects what befell a message."""
        self._collect(_INSERT_TURN, tuple(turn))

    def add_mutation(self, mutation: Mutation) -> None:
        """Collects what was asked over HTTP, and what became of it."""
        self._collect(_INSERT_MUTATION, tuple(mutation))

    def add_change(self, entry: JournalEntry) -> None:
        """Collects a change of the registers."""
        self._collect(_INSERT_CHANGE, tuple(entry))

    def set_clock(self, setting: ClockSetting) -> None:
        """Collects how the operator's clock was set."""
        self._collect(_SET_CLOCK, tuple(setting))

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
        self._tidier.count += len(self._collected[_INSERT_PLAIN_MESSAGE]) + len(self._collected[_INSERT_MESSAGE])
        for watcher in self._watchers:
            watcher(self._written)
        self._forget_collected()
        return True

    def watch(self, watcher: Watcher) -> None:
        """Has a watcher told what each commit writes from now on."""
        self._watchers = (*self._watchers, watcher)

    def unwatch(self, watcher: Watcher) -> None:
        """Tells a watcher nothing more; it may ask for that while it is told."""
        self._watchers = tuple(each for each in self._watchers if each != watcher)

    def discard(self) -> None:
        """Forgets what was collected as if it had never come.

        What ESMEs answered stays, for they will not say it again, and so does how the clock was set.
        """
        kept = {statement: self._collected[statement].copy() for statement in _KEPT}
        self._forget_collected()
        for statement, rows in kept.items():
            for row in rows:
                self._collect(statement, row)
        self._forget_shared()

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

    def delete(self, query: MessageQuery, after: int, read: int) -> Deleted:
        """Deletes the next finished messages behind a number that fit a query, a slice of them.

        What was collected is committed before. `read` as in `deletion.open_sql`.

        Raises:
            CommitError: It could not be written; then nothing was deleted.
        """
        self.commit()
        found = look(self._db, query, after, read)
        if found.gone:
            with self._tidying():
                self._tidier.delete(found.gone)
        return found

    def tidy(self, now: float, span: int, read: int) -> bool:
        """Deletes a little of what need not be kept any longer; True when there is more.

        What was collected is committed before.

        Args:
            now: POSIX seconds on the operator's clock.
            span: For how many seconds `sendings` is asked.
            read: See `deletion.open_sql`.

        Raises:
            CommitError: It could not be written; then nothing was deleted.
        """
        if not self._tidier.has_work:
            return False
        self.commit()
        with self._tidying():
            return self._tidier.tidy(now, span, read)

    @contextmanager
    def _tidying(self) -> Iterator[None]:
        try:
            with self._transaction():
                yield
        except CommitError:
            self._tidier.begin_anew()
            raise

    def _keep_shared(self, sweep: SharedSweep) -> None:
        """Some verdicts and letters are about to be deleted: they are not to be had from memory any more."""
        self._verdicts.keep(sweep.keeps_verdict)
        self._letters.keep(sweep.keeps_letter)
        self._rows.forget_verdicts()

    def _forget_shared(self) -> None:
        self._verdicts.forget(self._highest("verdicts", "id"))
        self._letters.forget(self._highest("letters", "id"))

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

    @contextmanager
    def forgetting(self, tables: Collection[str], kinds: Collection[str], behind: int) -> Iterator[None]:
        """Forgets what some tables hold, and the changes of some kinds behind a number; numbers are not given again.

        What was collected is committed before. Whoever raises within has nothing forgotten.

        Raises:
            CommitError: It could not be written; nothing was forgotten.
        """
        self.commit()
        with self._transaction():
            keep_numbers(self._db)
            for table in tables:
                self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own
            gone = ((kind, behind) for kind in kinds)
            self._db.executemany("DELETE FROM changes WHERE kind = ? AND number > ?", gone)
            yield
        self._forget_shared()
        self._rows.forget_verdicts()
        self._tidier.begin_anew()

    def clear(self, journal: Iterable[JournalEntry] = ()) -> None:
        """Forgets everything, also what was collected; what is left is a new journal.

        Raises:
            CommitError: It could not be written; nothing was forgotten.
        """
        with self._transaction():
            for table in _TABLES:
                self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own
            self._db.executemany(_INSERT_CHANGE, map(tuple, journal))
        self._forget_collected()
        self._forget_shared()
        self._rows.forget_verdicts()
        self._tidier.begin_anew()

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
        known = self._verdicts.find(verdict)
        if known is not None:
            self._tidier.verdict_used(known)
            return known
        number = self._verdicts.add(verdict)
        content = None if verdict.content is None else json.dumps(verdict.content, ensure_ascii=False)
        trace = json.dumps(verdict.trace, ensure_ascii=False)
        row = (number, *verdict[:3], int(verdict.violation), content, trace, verdict.until)
        self._collect(_INSERT_VERDICT, row)
        return number

    # What is read as if what was collected were committed

    def unacknowledged_receipts(self) -> Iterator[tuple[ReceiptRecord, Reported]]:
        """Every receipt that still waits to be acknowledged; an acknowledgement that was collected counts."""
        settled = self._settled(ReceiptRecord)
        return (found for found in super().unacknowledged_receipts() if found[0].number not in settled)

    def unacknowledged_mo(self) -> list[MoMessage]:
        """Every message of a subscriber that waits likewise."""
        settled = self._settled(MoMessage)
        return [found for found in super().unacknowledged_mo() if found.number not in settled]

    def _settled(self, kind: type[ReceiptRecord | MoMessage]) -> set[object]:
        rows = (*self._collected[_SET_ACKNOWLEDGED[kind]], *self._collected[_SET_GIVEN_UP[kind]])
        return {number for _, number in rows}


def _is_plain(message: Message) -> bool:
    """Whether a message has only what nearly every one has: it is whole, on its way at once, and costs nothing."""
    _, _, _, _, _, _, _, _, _, _, _, _, _, part, _, command_status, _, err, done_at, _, scheduled_for, *rest = message
    _, attempts, due, cost, refunded_at = rest
    is_new = done_at is None and due is not None and not attempts and err == "000" and refunded_at is None
    return is_new and part is None and not command_status and scheduled_for is None and not cost


def _plain_receipt(receipt: ReceiptRecord) -> tuple[object, ...]:
    return (*receipt[:3], str.__str__(receipt.kind), *receipt[4:6], *receipt[7:10])
