"""The operator's books: the store, and what is decided, scheduled and counted of what it holds.

Both agree at every moment at which something leaves a socket. When the store cannot be written, what is decided is
made anew from the file, and everybody is told that the books are closed until it can (`outage`).
"""

import copy
import logging
import sqlite3
from collections.abc import Callable

from simulator.center.inquiries import Inquiries
from simulator.center.message_center import MessageCenter
from simulator.center.news import News
from simulator.center.outage import Outage, UnwritableError
from simulator.changing.journal import read_back
from simulator.delivery.binds import Binds
from simulator.delivery.en_route import EnRoute
from simulator.registry.blacklist import Blacklist
from simulator.registry.registers import Registers
from simulator.registry.world import World
from simulator.store import CommitError, Store

_log = logging.getLogger("khatban.operator")


class Books:
    """The books of one operator; `open` opens them, and opens them anew with another world."""

    center: MessageCenter
    """What decides; another one whenever the books are read back."""
    en_route: EnRoute
    inquiries: Inquiries
    """What may be asked; another one likewise."""

    def __init__(
        self,
        store: Store,
        binds: Binds,
        news: News,
        *,
        seed: int,
        real: Callable[[], float],
        now: Callable[[], float],
        shared_blacklist: Blacklist | None,
    ) -> None:
        """`real` is the monotonic clock, `now` the operator's; a blacklist that others share stays as it is."""
        self.store = store
        self.commits = 0
        """How often something was written down; what was decided since the last time may still be taken back."""
        self._binds = binds
        self._news = news
        self._seed = seed
        self._real = real
        self._now = now
        self._shared_blacklist = shared_blacklist
        self._outage: Outage | None = None

    def open(self, world: World, registers: Registers | None = None) -> None:
        """Begins with a world; `registers` are what the journal made of it already."""
        self._outage = None
        self._world = world
        self.read_back(registers)

    def read_back(self, registers: Registers | None) -> None:
        """Makes what is decided, scheduled and counted of what the store holds."""
        en_route = EnRoute(self._news.note_earlier)
        center = MessageCenter(self._world, self.store, self._binds, en_route, self._seed, registers)
        self.en_route, self.center = en_route, center  # all or nothing: the store may be unreadable
        self.inquiries = Inquiries(self.store, center, self.commit, self._now)

    def registers_of(self, world: World) -> Registers:
        """The registers as the store's journal makes them of a world, with the blacklist that others share."""
        registers = Registers(world, self._seed, self._shared_blacklist)
        read_back([(self.store, registers)])
        return registers

    def registers_anew(self) -> Registers:
        """The registers as the store's journal has them.

        A blacklist that others share stays as it is: what they decided since is not in this operator's journal.
        """
        shared = self._shared_blacklist
        registers = Registers(self._world, self._seed, copy.deepcopy(shared))
        read_back([(self.store, registers)])
        if shared is not None:
            registers.blacklist = registers.shared_blacklist = shared
        return registers

    def commit(self) -> bool:
        """Writes down all that this event-loop turn brought; before this, nothing leaves a socket.

        False if it could not be written: then none of it has happened, and the books are closed.
        """
        if self._outage is not None:
            return False
        try:
            if self.store.commit():
                self.commits += 1
                self._news.note_changed()
        except CommitError as error:
            self._close(error)
            return False
        return True

    @property
    def are_closed(self) -> bool:
        """Whether the store cannot be written, so that nothing may be asked for that alters anything."""
        return self._outage is not None

    def check_open(self) -> None:
        """Raises UnwritableError while the store cannot be written."""
        if self._outage is not None:
            raise UnwritableError(self._outage.reason)

    def write_down(self) -> None:
        """Commits.

        Raises:
            UnwritableError: It cannot be written; nothing was altered.
        """
        self.commit()
        self.check_open()

    def put_by(self, call: Callable[[], None]) -> None:
        """Keeps what is to be done when the books, which are closed, are open again."""
        if self._outage is None:
            raise RuntimeError("the books are open: whatever is to be done can be done now")
        self._outage.put_by(call)

    @property
    def next_try(self) -> float | None:
        """When closed books are to be opened again, on the real clock."""
        return None if self._outage is None else self._outage.next_try

    def try_to_open(self) -> bool:
        """Tries to write again where that could not be done; whether the books are open."""
        outage = self._outage
        if outage is None:
            return True
        if not self._can_be_written(outage):
            outage.wait(self._real())
            return False
        _log.warning("the store can be written again")
        self._outage = None
        outage.end()
        self._news.note_changed()
        return True

    def _close(self, error: CommitError) -> None:
        _log.error("the store cannot be written (%s): nothing is accepted until it can", error)
        self._outage = Outage(str(error))
        began = self._real()
        for bind in self._binds:
            bind.take_back()
        self._undo(self._outage)
        self._outage.begun(self._real(), self._real() - began)
        self._news.note_earlier()

    def _undo(self, outage: Outage) -> None:
        """Brings everything to where the file is, if the file can be read."""
        self.store.discard()
        try:
            self.read_back(self.registers_anew())
        except sqlite3.OperationalError:
            _log.exception("the store cannot be read either")
            return
        outage.is_read_back = True

    def _can_be_written(self, outage: Outage) -> bool:
        if not outage.is_read_back:
            self._undo(outage)
        try:
            if outage.is_read_back:
                self.store.commit_with_room()
        except CommitError:
            return False
        return outage.is_read_back
