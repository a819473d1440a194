"""Tells all who listen what is new at an operator; while nobody listens, nothing is done.

Commits only note numbers. One of the readers' tasks looks for all of them: it reads what the numbers stand for, at
most ten times a second, makes octets of it once, and puts these to every reader. When its own reader leaves, another
goes on.

After the last reader has left, numbers are noted on for a while: a page that loads anew, or whose connection broke,
comes back by Last-Event-ID and misses nothing.
"""

import logging
import secrets
import sqlite3
from collections import deque
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any, Final

import trio

from simulator.admin.events.event import Event, frame_of
from simulator.admin.events.news import News
from simulator.admin.events.reader import MAX_WAITING, Reader
from simulator.center.operator import Operator
from simulator.store import Written

INTERVAL: Final = 0.1
"""Seconds between two looks, at least."""

FLOOD_INTERVAL: Final = 0.3
"""Seconds until the next look where there was more than an event tells: nobody reads so many rows anyway."""

MAX_READERS: Final = 50
"""How many may listen at once: half of the connections that HTTP has."""

MAX_NOTED: Final = 10_000
"""Numbers that are noted while nobody listens; with more, whoever comes back must read everything anew."""

_log = logging.getLogger("khatban.http")


class Broadcaster:
    """The events of one operator."""

    def __init__(self, operator: Operator) -> None:
        self._operator = operator
        self._readers: set[Reader] = set()
        self._looking = trio.Lock()
        self._next_look = 0.0
        self._news: News | None = None
        """None while nobody listens, and nothing is noted for anybody who may come back."""
        self._kept: deque[Event] = deque(maxlen=MAX_WAITING)
        self._epoch = ""
        self._last = 0

    @property
    def readers(self) -> int:
        """How many listen."""
        return len(self._readers)

    @property
    def is_full(self) -> bool:
        """Whether nobody else may listen now."""
        return len(self._readers) >= MAX_READERS

    @contextmanager
    def listening(self, names: Collection[str], last_id: str | None = None) -> Iterator[Reader]:
        """A reader of some events, who has seen those up to `last_id`; without one, of those to come.

        Whoever listens must run `look` for that time.
        """
        if self._news is None:
            self._begin()
        reader = self._resumed(names, last_id)
        self._readers.add(reader)
        try:
            yield reader
        finally:
            self._readers.discard(reader)

    def _begin(self) -> None:
        self._news = News(self._operator)
        self._epoch = secrets.token_hex(4)
        self._last = 0
        self._operator.watch(self._note)

    def _end(self) -> None:
        self._news = None
        self._kept.clear()
        self._operator.unwatch(self._note)

    def _note(self, written: Written) -> None:
        if self._news is not None:
            self._news.notes.add(written)
            if not self._readers and len(self._news.notes) > MAX_NOTED:
                self._end()

    def _resumed(self, names: Collection[str], last_id: str | None) -> Reader:
        if last_id is None:
            return Reader(names)
        epoch, _, digits = last_id.partition("-")
        seen = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else -1
        if epoch != self._epoch or not 0 <= seen <= self._last:
            return Reader(names, missed=None)
        gone = self._last - len(self._kept) - seen
        reader = Reader(names, missed=max(gone, 0))
        reader.put(event for event in self._kept if event.number > seen)
        return reader

    async def look(self) -> None:
        """Looks for what is new until cancelled, if no other reader's task does."""
        async with self._looking:
            while True:
                await trio.sleep_until(self._next_look)
                changed = self._operator.news.changed
                is_flood = self._tell()
                self._next_look = trio.current_time() + (FLOOD_INTERVAL if is_flood else INTERVAL)
                await changed.wait()

    def _tell(self) -> bool:
        """Tells what is new; whether that was more than events tell."""
        if self._news is None:
            return False
        try:
            news = list(self._news.look())
        except sqlite3.OperationalError:
            _log.exception("the store cannot be read: what is new is not told")
            for reader in self._readers:
                reader.miss()
            return False
        events = [self._event(name, data) for name, data in news]
        self._kept.extend(events)
        for reader in self._readers:
            reader.put(events)
        return any(data.get("skipped") for _, data in news)

    def _event(self, name: str, data: Any) -> Event:
        self._last += 1
        return Event(name, self._last, frame_of(name, data, f"{self._epoch}-{self._last}"))
