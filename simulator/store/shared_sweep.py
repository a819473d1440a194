"""The search for verdicts and letters that no message has any more, in slices: all messages are looked at, then these.

An index from them to messages would spare the search, and cost every message its share.
"""

import sqlite3

from pyroaring import BitMap64

from simulator.store.deletion import keep_numbers


class _Table:
    """The rows of one table that messages share. Those that came after the search began are not looked at."""

    def __init__(self, db: sqlite3.Connection, name: str) -> None:
        self._db = db
        self._name = name
        self._limit: int = db.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {name}").fetchone()[0]  # noqa: S608 - ours
        self._seen = 0
        self.used = BitMap64()

    def keeps(self, number: int) -> bool:
        return number >= self._limit or number in self.used

    def delete_unused(self, count: int) -> bool:
        """Looks at so many rows; True when there are more."""
        sql = f"SELECT id FROM {self._name} WHERE id > ? AND id < ? ORDER BY id LIMIT ?"  # noqa: S608 - a name of our own
        rows = self._db.execute(sql, (self._seen, self._limit, count)).fetchall()
        gone = [row for row in rows if not self.keeps(row[0])]
        if rows:
            keep_numbers(self._db)
            self._db.executemany(f"DELETE FROM {self._name} WHERE id = ?", gone)  # noqa: S608 - a name of our own
            self._seen = rows[-1][0]
        return len(rows) == count


class SharedSweep:
    """One search."""

    def __init__(self, db: sqlite3.Connection, slice_size: int) -> None:
        self._db = db
        self._slice = slice_size
        self._verdicts = _Table(db, "verdicts")
        self._letters = _Table(db, "letters")
        self._message = 0
        self.has_seen_messages = False

    def use_verdict(self, verdict: int) -> None:
        """A message gets a verdict that another had before; not to be called once all messages were seen."""
        self._verdicts.used.add(verdict)

    def use_letter(self, letter: int) -> None:
        """A message has a letter that another had before; likewise."""
        self._letters.used.add(letter)

    def keeps_verdict(self, verdict: int) -> bool:
        """Whether a verdict stays; known when all messages were seen."""
        return self._verdicts.keeps(verdict)

    def keeps_letter(self, letter: int) -> bool:
        """Whether a letter stays; likewise."""
        return self._letters.keeps(letter)

    def look_at_messages(self) -> bool:
        """Does a slice of the first half; True when all messages were seen."""
        sql = "SELECT number, verdict, letter FROM submissions WHERE number > ? ORDER BY number LIMIT ?"
        rows = self._db.execute(sql, (self._message, self._slice)).fetchall()
        self._verdicts.used.update(verdict for _, verdict, _ in rows if verdict is not None)
        self._letters.used.update(letter for _, _, letter in rows)
        if rows:
            self._message = rows[-1][0]
        self.has_seen_messages = len(rows) < self._slice
        return self.has_seen_messages

    def delete_unused(self) -> bool:
        """Does a slice of the second half; True when there is more."""
        return self._verdicts.delete_unused(self._slice) or self._letters.delete_unused(self._slice)
