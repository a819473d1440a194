"""The messages under way: accepted, not yet in a final state, and each with the moment at which it goes on.

What was withdrawn, or goes on at another moment than was planned, stays on the heap and is passed over when its moment
comes: cheaper than searching the heap.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from simulator.delivery.assembly import Key
from simulator.delivery.binds import Waiting
from simulator.messages import Message
from simulator.slim import Slimming
from simulator.time.schedule import Schedule


class Release(NamedTuple):
    """The moment at which a message that was held back, or the parts of one, is judged anew."""

    numbers: tuple[int, ...]
    text: str
    """The whole text."""


class AssemblyEnd(NamedTuple):
    """The moment at which the operator stops waiting for the rest of a text: which, of those with its reference."""

    key: Key
    number: int


class Acknowledgement(NamedTuple):
    """The moment at which a subscriber reads a message whose sender asked to be told."""

    message: Message


class Look(NamedTuple):
    """A moment at which the registers, or the receipts that wait, are to be looked at."""


Item = int | Release | AssemblyEnd | Acknowledgement | Look | Waiting
"""What may fall due: a message by its number goes on, to an attempt to deliver it or to its end (there are millions of
these, so they are no objects of their own); a receipt that waits is one that is to be sent again."""


class EnRoute:
    """What will happen later, and to which messages."""

    def __init__(self, on_earlier: Callable[[], None]) -> None:
        """`on_earlier` is called when something falls due before all that was waiting."""
        self._schedule: Schedule[Item] = Schedule(on_earlier)
        self._messages: dict[int, Message] = {}
        self._slimming = Slimming()

    def start(self, message: Message) -> None:
        """Puts a message on its way, or in the place of what it was; it goes on when it is due."""
        self._messages[message.number] = self._slimming.slim(message)
        if message.due is not None:
            self._schedule.add(message.due, message.number, message.number)

    def hold(self, messages: Iterable[Message], text: str, until: float) -> None:
        """Keeps a message, or the parts of one, back until it is judged anew."""
        held = {message.number: self._slimming.slim(message) for message in messages}
        self._messages.update(held)
        self._schedule.add(until, Release(tuple(held), text))

    def add(self, due: float, item: Item) -> None:
        """Has something else happen then."""
        self._schedule.add(due, item)

    def get(self, number: int) -> Message | None:
        """A message, if it is under way."""
        return self._messages.get(number)

    def withdraw(self, number: int) -> Message | None:
        """Takes a message off its way, whether it has arrived or is called back; None if it was not on it."""
        return self._messages.pop(number, None)

    @property
    def scheduled(self) -> int:
        """How much will fall due, with what was withdrawn and will be passed over."""
        return len(self._schedule)

    def __len__(self) -> int:
        """How many messages are on their way."""
        return len(self._messages)

    def next_due(self) -> float | None:
        """When something falls due next."""
        return self._schedule.next_due()

    def pop_due(self, now: float, limit: int) -> Iterator[tuple[float, Item]]:
        """Takes out up to `limit` items that are due at `now`, in order and with their moments.

        Messages that were withdrawn before are among them.
        """
        return self._schedule.pop_due(now, limit)

    def __iter__(self) -> Iterator[Message]:
        """The messages on their way, in the order of their start."""
        return iter(self._messages.values())
