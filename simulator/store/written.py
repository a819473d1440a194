"""What a commit wrote, as those are told it who watch the store: whom the rows are about, and how many there are."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple

Rows = Sequence[tuple[Any, ...]]
"""Rows as a statement was given them."""

_first = itemgetter(0)
_last = itemgetter(-1)
_plain_letter_verdict_state = itemgetter(1, 8, 7)
_letter_verdict_state = itemgetter(1, 14, 11)


class Written(NamedTuple):
    """One commit's rows; they are gone as soon as the watchers have looked."""

    letters: Rows
    """What new messages have in common, where no message before had it: its number, and the account, first."""
    plain: Rows
    """New messages without anything rare: the columns that these have."""
    inserted: Rows
    """The other new messages: columns as in the table."""
    judged: Rows
    """Verdicts on messages that had waited for them: the verdict first, the message last."""
    ended: Rows
    """Final states: the state first, the message last."""
    otherwise_updated: Sequence[Rows]
    """What else was altered of messages, these last."""
    mo: Rows
    """New messages of subscribers, by their number first."""
    mo_updated: Sequence[Rows]
    """What became of such messages, by their number last."""
    plain_receipts: Rows
    """New receipts without anything rare: number, message, account, kind, state, err, made_at, sent_at, attempts."""
    deliveries: Sequence[tuple[tuple[str, str], Rows]]
    """What else goes to ESMEs (`receipts`, `mo`), and what became of it: `made`, `sent`, `acknowledged`, `given_up`."""
    violations: Rows
    changes: Rows
    """Changes of the registers: number, moment, origin, kind, body."""
    clock: Rows
    """How the operator's clock was set."""

    def messages(self) -> Iterator[int]:
        """The numbers of the messages that are new or altered; some more than once."""
        altered = (self.judged, self.ended, *self.otherwise_updated)
        return chain(map(_first, self.plain), map(_first, self.inserted), *(map(_last, rows) for rows in altered))

    def subscribers_messages(self) -> Iterator[int]:
        """The numbers of the subscribers' messages that are new or altered; some more than once."""
        return chain(map(_first, self.mo), *(map(_last, rows) for rows in self.mo_updated))

    def submissions(self) -> Iterator[tuple[int, int | None, int]]:
        """Of each new message its letter, the number of the verdict on it, if it has one, and its state."""
        return chain(map(_plain_letter_verdict_state, self.plain), map(_letter_verdict_state, self.inserted))


Watcher = Callable[[Written], None]
"""Is called after each commit that wrote something. It must be quick, and must not raise."""
