"""Parts of longer texts, gathered until the text is whole, whatever their order.

Owns what waits and what was whole a short while ago. It decides nothing of a text: whoever adds a part learns what
became of it, and judges what is handed back.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from simulator.messages import Message, Verdict
from simulator.smpp.text import Alphabet, EncodedText, decode_parts
from simulator.smpp.udh import Concatenation, ReferenceKind

WHOLE_REMEMBERED = 1_000
"""For so many texts of an account, a repeated part is known after the text was whole."""


class Key(NamedTuple):
    """What the parts of one text have in common; a reference counts only among its own kind."""

    account: str
    source: str
    destination: str
    kind: ReferenceKind
    reference: int
    total: int


@dataclass(slots=True, eq=False)
class Gathering:
    """The parts of one text that have come so far."""

    key: Key
    number: int
    """Tells it from another text that uses the reference again."""
    messages: list[Message] = field(default_factory=list)
    """What waits for the verdict, in the order of its coming, repeated parts too."""
    pieces: dict[int, EncodedText] = field(default_factory=dict)
    recipients: int = 1
    """The most that a call named which brought one of the parts."""
    verdict: Verdict | None = None
    """Set by whoever judged the whole text: what a repeated part gets."""
    cost: int = 0
    """What the whole text costs, in rials."""
    whole: str = ""
    """The text that was judged."""

    @property
    def is_whole(self) -> bool:
        """Whether every part has come."""
        return len(self.pieces) == self.key.total

    def contradicts(self, number: int, text: EncodedText) -> bool:
        """Whether this part has come before with other content, so that the reference stands for another text now."""
        return self.pieces.get(number, text) != text

    def text(self, default_alphabet: Alphabet) -> str:
        """What has come of the text, in its order; what was cut between neighbours is joined."""
        runs = groupby(enumerate(sorted(self.pieces)), key=lambda place: place[1] - place[0])
        return "".join(decode_parts([self.pieces[number] for _, number in run], default_alphabet) for _, run in runs)


def whole_texts(messages: Iterable[Message]) -> Iterator[tuple[str, list[Message]]]:
    """Messages that were judged, those of one text together: the text, and its messages as they came."""
    texts: dict[Hashable, dict[int, Message]] = {}
    for message in messages:
        part = message.part
        if part is None:
            yield message.text, [message]
            continue
        key = (message.account, message.source, message.destination, part.reference, part.total, message.verdict)
        parts = texts.setdefault(key, {})
        if part.number in parts:  # the reference was used again
            yield _joined(parts), list(parts.values())
            parts.clear()
        parts[part.number] = message
    for parts in texts.values():
        yield _joined(parts), list(parts.values())


def _joined(parts: Mapping[int, Message]) -> str:
    return "".join(parts[number].text for number in sorted(parts))


class Added(NamedTuple):
    """What became of a part.

    Attributes:
        gathering: where it belongs. If that is whole and has no verdict, the part was the last; with a verdict, the
            part is a repetition and waits nowhere.
        is_new: the part is the first of its text.
        given_up: texts that wait no longer because of this part, to be judged as they are.
    """

    gathering: Gathering
    is_new: bool
    given_up: tuple[Gathering, ...]


@dataclass(slots=True)
class _Shelf:
    """One account's texts, the oldest first."""

    waiting: dict[Key, Gathering] = field(default_factory=dict)
    whole: dict[Key, Gathering] = field(default_factory=dict)
    held: int = 0
    """How many messages wait."""

    def find(self, key: Key) -> Gathering | None:
        return self.waiting.get(key) or self.whole.get(key)

    def take(self, gathering: Gathering) -> None:
        if self.waiting.pop(gathering.key, None) is not None:
            self.held -= len(gathering.messages)
        else:
            del self.whole[gathering.key]

    def remember(self, gathering: Gathering) -> None:
        self.whole[gathering.key] = gathering
        if len(self.whole) > WHOLE_REMEMBERED:
            del self.whole[next(iter(self.whole))]


class Assembly:
    """The texts of all accounts that are incomplete, or were until lately."""

    def __init__(self, limit: int) -> None:
        """`limit` is how many messages of one account may wait; beyond it the oldest text is given up."""
        self.limit = limit
        self._shelves: dict[str, _Shelf] = {}
        self._next = 0

    def add(self, message: Message, part: Concatenation, text: EncodedText) -> Added:
        """Takes a part: the message, which part it is, and its text as it carries it."""
        key = Key(message.account, message.source, message.destination, part.kind, part.reference, part.total)
        shelf = self._shelves.setdefault(key.account, _Shelf())
        given_up = []
        gathering = shelf.find(key)
        if gathering is not None and gathering.contradicts(part.number, text):
            shelf.take(gathering)
            if not gathering.is_whole:
                given_up.append(gathering)
            gathering = None
        is_new = gathering is None
        if gathering is None:
            gathering = self._begin(shelf, key)
        if gathering.verdict is None:
            gathering.pieces.setdefault(part.number, text)
            given_up += self._wait(shelf, gathering, message)
        return Added(gathering, is_new, tuple(given_up))

    def _begin(self, shelf: _Shelf, key: Key) -> Gathering:
        self._next += 1
        shelf.waiting[key] = gathering = Gathering(key, self._next)
        return gathering

    def _wait(self, shelf: _Shelf, gathering: Gathering, message: Message) -> list[Gathering]:
        """Puts a message with the others of its text; the texts for which there is no room any more."""
        gathering.messages.append(message)
        shelf.held += 1
        if gathering.is_whole:
            shelf.take(gathering)
            shelf.remember(gathering)
        given_up = []
        while shelf.held > self.limit:
            oldest = next(iter(shelf.waiting.values()))
            shelf.take(oldest)
            given_up.append(oldest)
        return given_up

    def waiting(self, account: str) -> list[Message]:
        """The messages of an account that wait for the others of their text."""
        shelf = self._shelves.get(account)
        return [message for gathering in shelf.waiting.values() for message in gathering.messages] if shelf else []

    def withdraw(self, message: Message) -> bool:
        """Takes a message out that waits here, if it does; its text is still joined from its words."""
        shelf = self._shelves.setdefault(message.account, _Shelf())
        for gathering in shelf.waiting.values():
            if message in gathering.messages:
                gathering.messages.remove(message)
                shelf.held -= 1
                return True
        return False

    def end(self, key: Key, number: int) -> Gathering | None:
        """Forgets a text; the gathering if it was still incomplete, to be judged as it is."""
        shelf = self._shelves.get(key.account)
        gathering = shelf.find(key) if shelf else None
        if shelf is None or gathering is None or gathering.number != number:
            return None
        shelf.take(gathering)
        return None if gathering.is_whole else gathering
