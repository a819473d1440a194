"""The messages on their way: accepted, not yet in a final state, and each with the moment at which it arrives.

What was withdrawn stays on the heap and is passed over when its moment comes: cheaper than searching the heap.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from simulator.assembly import Key
from simulator.binds import Waiting
from simulator.messages import Message
from simulator.schedule import Schedule
from simulator.smpp.consts import MessageState


class Arrival(NamedTuple):
    """The end of a message's way: which message, its final state, and the err that its receipt will bear."""

    number: int
    state: MessageState
    err: str


class AssemblyEnd(NamedTuple):
    """The moment at which the operator stops waiting for the rest of a text: which, of those with its reference."""

    key: Key
    number: int


class Release(NamedTuple):
    """The moment at which a message that was held back, or the parts of one, is judged anew."""

    numbers: tuple[int, ...]
    text: str
    """The whole text."""


class RegistersDue(NamedTuple):
    """The moment at which the registers change by themselves, for what was decided before."""


Item = Arrival | AssemblyEnd | Release | RegistersDue | Waiting
"""What may fall due; a receipt that waits is one that is to be sent again."""


class EnRoute:
    """What will happen later, and to which messages."""

    def __init__(self, on_earlier: Callable[[], None]) -> None:
        """`on_earlier` is called when something falls due before all that was waiting."""
        self._schedule: Schedule[Item] = Schedule(on_earlier)
        self._messages: dict[int, Message] = {}

    def start(self, message: Message, due: float, state: MessageState, err: str) -> None:
        """Sends a message on its way, to arrive at `due` in a final state.

        One that is on its way already may be sent to an earlier end: it arrives once, at whichever comes first.
        """
        self._messages[message.number] = message
        self._schedule.add(due, Arrival(message.number, state, err))

    def hold(self, messages: Iterable[Message], text: str, until: float) -> None:
        """Keeps a message, or the parts of one, back until it is judged anew."""
        held = {message.number: message for message in messages}
        self._messages.update(held)
        self._schedule.add(until, Release(tuple(held), text))

    def wait_for_parts(self, end: AssemblyEnd, until: float) -> None:
        """Lets the parts of a text wait for the rest until then."""
        self._schedule.add(until, end)

    def send_again(self, receipt: Waiting, due: float) -> None:
        """Lets a receipt wait until it is put to its queue again."""
        self._schedule.add(due, receipt)

    def look_at_registers(self, due: float) -> None:
        """Has the registers looked at when something is due there."""
        self._schedule.add(due, RegistersDue())

    def get(self, number: int) -> Message | None:
        """A message, if it is on its way."""
        return self._messages.get(number)

    def withdraw(self, number: int) -> Message | None:
        """Takes a message off its way, whether it has arrived or is called back; None if it was not on it."""
        return self._messages.pop(number, None)

    def change(self, message: Message) -> None:
        """Puts a changed message in the place of what it was; when it arrives stays as it is."""
        self._messages[message.number] = message

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
