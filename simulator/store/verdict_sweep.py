"""The search for verdicts that no message has any more, in slices: first all messages are looked at, then the verdicts.

An index from verdicts to messages would spare the search, and cost every message its share.
"""

import sqlite3

from pyroaring import BitMap64

from simulator.store.deletion import keep_numbers


class VerdictSweep:
    """One search. Verdicts that came after its beginning are not looked at."""

    def __init__(self, db: sqlite3.Connection, slice_size: int) -> None:
        self._db = db
        self._slice = slice_size
        self._limit: int = db.execute("SELECT coalesce(max(id), 0) + 1 FROM verdicts").fetchone()[0]
        self._used = BitMap64()
        self._message = 0
        self._verdict = 0
        self.has_seen_messages = False

    def use(self, verdict: int) -> None:
        """A message gets a verdict that another had before; not to be called once all messages were seen."""
        self._used.add(verdict)

    def keeps(self, verdict: int) -> bool:
        """Whether a verdict stays; known when all messages were seen."""
        return verdict >= self._limit or verdict in self._used

    def look_at_messages(self) -> bool:
        """Does a slice of the first half; True when all messages were seen."""
        sql = "SELECT number, verdict FROM messages WHERE number > ? ORDER BY number LIMIT ?"
        rows = self._db.execute(sql, (self._message, self._slice)).fetchall()
        self._used.update(verdict for _, verdict in rows if verdict is not None)
        if rows:
            self._message = rows[-1][0]
        self.has_seen_messages = len(rows) < self._slice
        return self.has_seen_messages

    def delete_verdicts(self) -> bool:
        """Does a slice of the second half; True when there is more."""
        sql = "SELECT id FROM verdicts WHERE id > ? AND id < ? ORDER BY id LIMIT ?"
        rows = self._db.execute(sql, (self._verdict, self._limit, self._slice)).fetchall()
        if rows:
            keep_numbers(self._db)
            self._db.executemany("DELETE FROM verdicts WHERE id = ?", [row for row in rows if not self.keeps(row[0])])
            self._verdict = rows[-1][0]
        return len(rows) == self._slice
