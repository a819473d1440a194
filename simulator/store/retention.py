"""What is not kept for ever: finished messages with their receipts, deleted little by little, the oldest first.

When a message is finished, and what stays of it, `deletion` says. Verdicts and letters go when no message has them.

Subscribers' messages go likewise, counted by themselves; what is remembered of traffic goes when no rule asks for it.
Journal and broadcasts are kept whole: the registers are made anew of the one at every start, the others are few.
"""

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from simulator.store.deletion import SLICE, delete_messages, keep_numbers, move_violations, open_sql
from simulator.store.shared_sweep import SharedSweep

SWEEP_AFTER = 1_000
"""So many messages are deleted, at least, before it is worth while to look for what nobody has any more."""

_OLD_MO = """
SELECT number FROM mo_messages
WHERE (number <= (SELECT max(number) FROM mo_messages) - :messages
    OR coalesce(acknowledged_at, given_up_at) < :now - :age)
    AND coalesce(acknowledged_at, given_up_at) IS NOT NULL
LIMIT :slice
"""
"""Subscribers' messages are numbered one by one, so their numbers say how many there are."""


class Retention(NamedTuple):
    """How much is kept; None: without limit."""

    messages: int | None = None
    """How many messages the store may hold before finished ones are deleted."""
    age: float | None = None
    """Seconds on the operator's clock that a message is kept after it has reached its final state."""


KEEP_ALL = Retention()


class Tidier:
    """Deletes in slices what a retention does not keep; each slice within a transaction of the caller's."""

    def __init__(self, db: sqlite3.Connection, retention: Retention, on_swept: Callable[[SharedSweep], None]) -> None:
        """`on_swept` is told which verdicts and letters stay; no message may get one of the others from then on."""
        self._db = db
        self._retention = retention
        self._on_swept = on_swept
        self.has_limits = retention != KEEP_ALL
        self.begin_anew()

    def begin_anew(self) -> None:
        """Looks at the store as if for the first time: it was emptied, or a slice was rolled back."""
        is_counted = self._retention.messages is not None
        self.count: int = self._db.execute("SELECT count(*) FROM submissions").fetchone()[0] if is_counted else 0
        """How many messages there are; kept only where they are limited."""
        self._seen = 0
        self._deleted = 0
        self._sweep: SharedSweep | None = None

    @property
    def has_work(self) -> bool:
        """Whether there may be anything to delete."""
        return self.has_limits or self._sweep is not None or self._deleted >= SWEEP_AFTER

    def delete(self, numbers: Sequence[int]) -> None:
        """Deletes finished messages, whatever the limits, within a transaction."""
        delete_messages(self._db, numbers)
        move_violations(self._db)
        self._count_deleted(len(numbers))

    def _count_deleted(self, number: int) -> None:
        self._deleted += number
        self.count -= number

    def verdict_used(self, verdict: int) -> None:
        """A message gets a verdict that another had before."""
        if self._sweep is not None and not self._sweep.has_seen_messages:
            self._sweep.use_verdict(verdict)

    def letter_used(self, letter: int) -> None:
        """A message has a letter that another had before."""
        if self._sweep is not None and not self._sweep.has_seen_messages:
            self._sweep.use_letter(letter)

    def tidy(self, now: float, span: int, read: int) -> bool:
        """Does a slice of the work, within a transaction; True when there is more.

        Args:
            now: POSIX seconds on the operator's clock.
            span: For how many seconds it is remembered what set out.
            read: See `deletion.open_sql`.
        """
        if self._sweep is not None:
            self._go_on_sweeping(self._sweep)
            return True
        if self._delete_messages(now, read):
            return True
        if self._delete_mo(now) or self._delete_sendings(span) or move_violations(self._db, SLICE):
            return True
        if self._deleted >= SWEEP_AFTER:
            self._deleted = 0
            self._sweep = SharedSweep(self._db, SLICE)
            return True
        return False

    def _go_on_sweeping(self, sweep: SharedSweep) -> None:
        if not sweep.has_seen_messages:
            if sweep.look_at_messages():
                self._on_swept(sweep)
        elif not sweep.delete_unused():
            self._sweep = None

    def _delete_messages(self, now: float, read: int) -> bool:
        """Looks at the next messages and deletes what may go; False at the end, from which it begins anew next time."""
        limit, age = self._retention
        excess = 0 if limit is None else self.count - limit
        rows: list[tuple[Any, ...]] = []
        if excess > 0 or age is not None:
            rows = self._db.execute(_look_sql(read), (self._seen, SLICE)).fetchall()
        gone: list[int] = []
        for number, received_at, done_at in rows:
            is_old = age is not None and done_at is not None and done_at < now - age
            if done_at is not None and (is_old or len(gone) < excess):
                gone.append(number)
            elif len(gone) >= excess and (age is None or received_at >= now - age):
                rows = []  # nothing that came later may go
                break
        if gone:
            delete_messages(self._db, gone)
            self._count_deleted(len(gone))
        self._seen = rows[-1][0] if len(rows) == SLICE else 0
        return len(rows) == SLICE

    def _delete_mo(self, now: float) -> bool:
        """Deletes subscribers' messages that have reached their account; False when there was none."""
        limits = {**self._retention._asdict(), "now": now, "slice": SLICE}
        rows = self._db.execute(_OLD_MO, limits).fetchall()
        if rows:
            keep_numbers(self._db)
        self._db.executemany("DELETE FROM mo_messages WHERE number = ?", rows)
        return bool(rows)

    def _delete_sendings(self, span: int) -> bool:
        """Deletes what set out longer ago than anybody asks for; False when there was nothing such."""
        latest = self._db.execute("SELECT at FROM sendings ORDER BY rowid DESC LIMIT 1").fetchone()
        rows = self._db.execute("SELECT rowid, at FROM sendings ORDER BY rowid LIMIT ?", (SLICE,)).fetchall()
        gone = [(number,) for number, at in rows if at <= latest[0] - span]
        self._db.executemany("DELETE FROM sendings WHERE rowid = ?", gone)
        return bool(gone)


def _look_sql(read: int) -> str:
    """The next messages, with the moments at which the finished ones ended."""
    finished = f"CASE WHEN {open_sql(read)} IS NULL THEN m.done_at END"
    return f"SELECT m.number, m.received_at, {finished} FROM messages m WHERE m.number > ? ORDER BY m.number LIMIT ?"  # noqa: S608
