"""The journal: every change of the registers, with its moment and who made it, written with the store's next commit.

At start it is read back over the world's registers, so that what was changed stays changed.
"""

from enum import StrEnum
from functools import cache

from pydantic import TypeAdapter, ValidationError

from simulator.change import Change, ChangeError
from simulator.changes import AnyChange
from simulator.messages import JournalEntry
from simulator.registers import Registers
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

    def __init__(self, store: Store, registers: Registers) -> None:
        """Brings the registers to where the journal left them.

        Raises:
            StoreError: The journal speaks of what this world does not hold.
        """
        self._store = store
        self._registers = registers
        self._next = 1
        for entry in store.changes():
            self._replay(entry)
            self._next = entry.number + 1

    def _replay(self, entry: JournalEntry) -> None:
        try:
            _adapter().validate_json(entry.body).apply(self._registers, entry.at)
        except (ValidationError, ChangeError) as error:
            msg = f"change {entry.number} of the store ({entry.kind}) does not fit this world: {error}"
            raise StoreError(msg) from error

    def write(self, change: Change, origin: Origin, at: float) -> int:
        """Makes a change and writes it down; its number in the journal.

        Raises:
            ChangeError: It cannot be made; then nothing was altered or written.
        """
        change.apply(self._registers, at)
        number, self._next = self._next, self._next + 1
        self._store.add_change(JournalEntry(number, at, origin, change.kind, change.model_dump_json(exclude_none=True)))
        return number


@cache
def _adapter() -> TypeAdapter[Change]:
    """Made of all kinds of changes, which takes a while: only where there is something to read."""
    return TypeAdapter(AnyChange)
