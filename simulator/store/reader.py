"""What is read of a store: lists in pages, single messages, and what an operator goes on with after its start.

Everything here is what was committed; `store` knows what was collected since.
"""

import sqlite3
from collections.abc import Collection, Iterator

from simulator.letters import request_octets
from simulator.messages import ClockSetting, JournalEntry, Message, MoMessage, ReceiptRecord, Reported, Sending, Turn
from simulator.smpp.consts import MessageState
from simulator.smpp.text import EncodedText, Languages
from simulator.smpp.udh import ReferenceKind
from simulator.store.query import Found, Query
from simulator.store.rows import GROUNDS, MESSAGE, REPORTED, Rows, mo_of, receipt_of, turn_of

_PARTS_APART = 20_000
"""So many messages may come between two parts of a text: no index finds them, and so many are looked at in no time."""
_UNDER_WAY = f"""
SELECT {MESSAGE}, {GROUNDS} FROM messages m JOIN verdicts v ON v.id = m.verdict
WHERE m.done_at IS NULL ORDER BY m.number
"""  # noqa: S608 - names of our own
_UNACKNOWLEDGED = f"""
SELECT r.*, {REPORTED} FROM receipts r JOIN messages m ON m.number = r.message
WHERE r.acknowledged_at IS NULL AND r.given_up_at IS NULL ORDER BY r.number
"""  # noqa: S608 - names of our own
_PDU = """
SELECT s.pdu, l.command, s.sequence_number, l.before, s.destination, l.after
FROM submissions s JOIN letters l ON l.id = s.letter WHERE s.number = ?
"""
_RECEIPT = len(ReceiptRecord._fields)
_UNACKNOWLEDGED_MO = """
SELECT * FROM mo_messages WHERE acknowledged_at IS NULL AND given_up_at IS NULL ORDER BY number
"""
_UNREAD = f"""
SELECT {MESSAGE} FROM messages m WHERE m.state = :delivered AND m.registered_delivery & :asked AND NOT EXISTS (
    SELECT 1 FROM receipts r WHERE r.message = m.number AND r.kind = 'manual-ack'
) ORDER BY m.number
"""  # noqa: S608 - names of our own
_SENDINGS = "SELECT * FROM sendings WHERE at > (SELECT max(at) FROM sendings) - ? ORDER BY rowid"
_VIOLATIONS = """
SELECT line, slate, sum(count) FROM (
    SELECT line, slate, count(*) AS count FROM violations GROUP BY line, slate
    UNION ALL SELECT line, slate, count FROM former_violations
) GROUP BY line, slate
"""
_SPENT = """
SELECT account, sum(rials) FROM (
    SELECT account, sum(cost) AS rials FROM messages WHERE refunded_at IS NULL GROUP BY account
    UNION ALL SELECT account, rials FROM former_costs
) GROUP BY account
"""


class Reader:
    """The reading side of a store."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._rows = Rows(db)

    # Lists in pages

    def find(self, query: Query[Found]) -> list[Found]:
        """The page that a query asks for."""
        sql, values = query.page_sql()
        return [query.read(row, self._rows) for row in self._db.execute(sql, values)]

    def count(self, query: Query[Found]) -> int:
        """How many fit a query, whatever its limit and offset."""
        return int(self._db.execute(*query.count_sql()).fetchone()[0])

    def numbered(self, kind: type[Query[Found]], numbers: Collection[int]) -> list[Found]:
        """What has one of some numbers, in their order; what is not there any more is left out."""
        sql, values = kind.numbered_sql(numbers)
        return [kind.read(row, self._rows) for row in self._db.execute(sql, values)]

    # Single messages

    def get(self, number: int) -> Message | None:
        """One message by its number."""
        rows = self._db.execute(f"SELECT {MESSAGE} FROM messages m WHERE number = ?", (number,))  # noqa: S608 - ours
        return next(self._rows.messages(rows), None)

    def pdu_of(self, number: int) -> bytes | None:
        """The octets of the request that brought a message; None where they are not kept, or there is no message."""
        row = self._db.execute(_PDU, (number,)).fetchone()
        if row is None:
            return None
        pdu, command, *around = row
        return pdu if command is None else request_octets(command, *around)

    def receipts_of(self, numbers: list[int]) -> list[ReceiptRecord]:
        """The receipts of some messages, in the order of their making."""
        marks = ", ".join("?" * len(numbers))
        sql = f"SELECT * FROM receipts WHERE message IN ({marks}) ORDER BY number"  # noqa: S608 - only question marks
        return [receipt_of(row) for row in self._db.execute(sql, numbers)]

    def account_of(self, letter: int) -> str:
        """Whose messages those of a letter are."""
        return str(self._db.execute("SELECT account FROM letters WHERE id = ?", (letter,)).fetchone()[0])

    def grounds(self, verdict: int) -> tuple[str, str | None]:
        """The outcome and the rule of a verdict by its number."""
        return self._rows.grounds(verdict)

    def turns_of(self, number: int) -> list[Turn]:
        """What befell a message on its way, in the order in which it did."""
        sql = "SELECT * FROM turns WHERE message = ? ORDER BY number"
        return [turn_of(row) for row in self._db.execute(sql, (number,))]

    def parts_near(self, message: Message) -> list[Message]:
        """The messages that bear the same reference as a part, in the order of their coming, not far from it."""
        part = message.part
        if part is None:
            return []
        sql = f"""SELECT {MESSAGE} FROM messages m WHERE number BETWEEN ? AND ? AND reference = ? AND total = ?
        AND account = ? AND source = ? AND destination = ? ORDER BY number"""  # noqa: S608 - names of our own
        near = (message.number - _PARTS_APART, message.number + _PARTS_APART)
        values = (*near, part.reference, part.total, message.account, message.source, message.destination)
        return list(self._rows.messages(self._db.execute(sql, values)))

    # The journal

    def changes(self) -> Iterator[JournalEntry]:
        """Every change of the registers, in the order in which they were made."""
        return map(JournalEntry._make, self._db.execute("SELECT * FROM changes ORDER BY number"))

    def changes_of(self, kinds: Collection[str]) -> Iterator[JournalEntry]:
        """Every change of some kinds, in the order in which they were made."""
        marks = ", ".join("?" * len(kinds))
        rows = self._db.execute(f"SELECT * FROM changes WHERE kind IN ({marks}) ORDER BY number", tuple(kinds))  # noqa: S608
        return map(JournalEntry._make, rows)

    # What an operator goes on with

    def highest_message(self) -> int:
        """The number of the latest message; 0 in an empty store."""
        return self._highest("submissions", "number")

    def highest_receipt(self) -> int:
        """The number of the latest receipt; 0 in an empty store."""
        return self._highest("receipts", "number")

    def highest_change(self) -> int:
        """The number of the latest change of the registers; 0 in an empty store."""
        return self._highest("changes", "number")

    def highest_mo(self) -> int:
        """The number of the latest message of a subscriber; 0 in an empty store."""
        return self._highest("mo_messages", "number")

    def highest_mutation(self) -> int:
        """The number of the latest mutation; 0 in an empty store."""
        return self._highest("mutations", "number")

    def _highest(self, table: str, column: str) -> int:
        """The highest number in a table, or that ever was in it."""
        value = self._db.execute(f"SELECT max({column}) FROM {table}").fetchone()[0]  # noqa: S608 - names of our own
        last = self._db.execute("SELECT number FROM last_numbers WHERE name = ?", (table,)).fetchone()
        return max(value or 0, 0 if last is None else last[0])

    def unacknowledged_receipts(self) -> Iterator[tuple[ReceiptRecord, Reported]]:
        """Every receipt that still waits to be acknowledged, and what it reports on, in the order of their making."""
        for row in self._db.execute(_UNACKNOWLEDGED):
            yield receipt_of(row[:_RECEIPT]), self._rows.reported(row[_RECEIPT:])

    def unacknowledged_mo(self) -> list[MoMessage]:
        """Every message of a subscriber that still waits to be acknowledged, in the order of their coming."""
        return [mo_of(row) for row in self._db.execute(_UNACKNOWLEDGED_MO)]

    def unread(self, asked: int) -> Iterator[Message]:
        """Every delivered message without a manual acknowledgement, whose registered_delivery has the bit for one.

        The messages lack their verdicts, which no receipt tells.
        """
        values = {"delivered": MessageState.DELIVERED, "asked": asked}
        return map(self._rows.reported_message, self._db.execute(_UNREAD, values))

    def under_way(self) -> Iterator[Message]:
        """Every message that was judged and has not ended, the earliest first, as it is kept in memory."""
        return map(self._rows.slim_message, self._db.execute(_UNDER_WAY))

    def waiting_parts(self) -> list[tuple[Message, ReferenceKind, EncodedText]]:
        """Every part that waits for the others of its text, the earliest first."""
        rows = self._db.execute("SELECT * FROM waiting_parts ORDER BY message").fetchall()
        return [
            (message, ReferenceKind(kind), EncodedText(message.data_coding, octets, Languages(*languages), header_size))
            for number, kind, octets, *languages, header_size in rows
            if (message := self.get(number)) is not None
        ]

    def clock(self) -> ClockSetting | None:
        """How the operator's clock was set last; None where it was left as it is."""
        row = self._db.execute("SELECT wall, shown, speed FROM clock").fetchone()
        return None if row is None else ClockSetting(*row)

    def broadcasts(self) -> list[tuple[int, str, float, bytes, float | None]]:
        """Every broadcast: number, account, when it came, its octets, when it was called back."""
        return list(self._db.execute("SELECT * FROM broadcasts ORDER BY number"))

    def sendings(self, span: int) -> Iterator[Sending]:
        """What set out in the last `span` seconds before the latest that did, in the order of setting out."""
        rows = self._db.execute(_SENDINGS, (span,))
        return (Sending(message, at, line, parts, int(text, 16)) for message, at, line, parts, text in rows)

    def spent(self) -> dict[str, int]:
        """What the messages of each account have cost, in rials, without what was given back."""
        return dict(self._db.execute(_SPENT))

    def violations(self) -> dict[tuple[str, int], int]:
        """How often each line has offended on each of its slates, deleted messages included."""
        rows = self._db.execute(_VIOLATIONS)
        return {(line, slate): count for line, slate, count in rows}
