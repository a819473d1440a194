"""What a commit wrote, as those are told it who watch the store: not what is in the rows, but whom they are about."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple

Rows = Sequence[tuple[Any, ...]]
"""Rows as a statement was given them."""

_first = itemgetter(0)
_last = itemgetter(-1)


class Written(NamedTuple):
    """One commit's rows, gone as soon as the watchers have looked; only what they ask for is made of them."""

    inserted: Rows
    """New messages, by their number first."""
    updated: Sequence[Rows]
    """What was altered of messages, by their number last."""
    changes: Rows
    """Changes of the registers: number, moment, origin, kind, body."""
    mo: Rows
    """New messages of subscribers, by their number first."""
    mo_updated: Sequence[Rows]
    """What became of such messages, by their number last."""
    clock: Rows
    """How the operator's clock was set."""

    def messages(self) -> Iterator[int]:
        """The numbers of the messages that are new or altered; some more than once."""
        return chain(map(_first, self.inserted), *(map(_last, rows) for rows in self.updated))

    def subscribers_messages(self) -> Iterator[int]:
        """The numbers of the subscribers' messages that are new or altered; some more than once."""
        return chain(map(_first, self.mo), *(map(_last, rows) for rows in self.mo_updated))


Watcher = Callable[[Written], None]
"""Is called after each commit that wrote something. It must be quick, and must not raise."""
