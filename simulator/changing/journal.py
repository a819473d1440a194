"""The journal: every change of the registers, with its moment and who made it, written with the store's next commit.

At start it is read back over the world's registers, so that what was changed stays changed.
"""

import heapq
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import islice

from pydantic import ValidationError

from simulator.changing.change import Change, ChangeError
from simulator.changing.changes import change_adapter
from simulator.messages import JournalEntry
from simulator.registry.registers import Registers
from simulator.store import Store, StoreError


class Origin(StrEnum):
    """Who made a change."""

    HTTP = "http"
    MO = "mo"
    """A subscriber, by a message to a short code or to a line."""
    OPERATOR = "operator"
    """It was decided before, and has fallen due."""
    SANCTION = "sanction"


class Journal:
    """The journal of one operator's registers."""

    def __init__(self, store: Store, registers: Registers, *, is_read: bool = False) -> None:
        """Brings the registers to where the journal left them, unless they `is_read` back already.

        Raises:
            StoreError: The journal speaks of what this world does not hold.
        """
        self._store = store
        self._registers = registers
        if not is_read:
            read_back([(store, registers)])
        self._next = store.highest_change() + 1

    def write(self, change: Change, origin: Origin, at: float) -> int:
        """Makes a change and writes it down; its number in the journal.

        Raises:
            ChangeError: It cannot be made; then nothing was altered or written.
        """
        change.apply(self._registers, at)
        number, self._next = self._next, self._next + 1
        self._store.add_change(entry_of(number, at, origin, change))
        return number


def entry_of(number: int, at: float, origin: Origin, change: Change) -> JournalEntry:
    """A change as it is written down."""
    return JournalEntry(number, at, origin, change.kind, change.model_dump_json(exclude_none=True))


def begin_journal(store: Store, journal: Sequence[JournalEntry]) -> None:
    """Writes down what was changed before the store was made; a store that is not new must have begun with that.

    Raises:
        StoreError: It began otherwise.
    """
    found = list(islice(store.changes(), len(journal)))
    if found == list(journal):
        return
    if found or store.highest_message():
        msg = "the store did not begin with the changes that were prepared: another one is needed, or none"
        raise StoreError(msg)
    for entry in journal:
        store.add_change(entry)
    store.commit()


def read_back(journals: Iterable[tuple[Store, Registers]]) -> None:
    """Brings registers to where their journals left them, every change in its turn.

    Operators that share a blacklist are brought back together: of what was decided of a number here and there, the
    latest counts.

    Raises:
        StoreError: A journal speaks of what its world does not hold.
    """
    changes = ([(entry, registers) for entry in store.changes()] for store, registers in journals)
    for entry, registers in heapq.merge(*changes, key=lambda change: change[0].at):
        _replay(entry, registers)


def _replay(entry: JournalEntry, registers: Registers) -> None:
    try:
        change_adapter().validate_json(entry.body).apply(registers, entry.at)
    except (ValidationError, ChangeError) as error:
        msg = f"change {entry.number} of the store ({entry.kind}) does not fit this world: {error}"
        raise StoreError(msg) from error
