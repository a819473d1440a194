"""What may be asked of an operator, and alters nothing: what was submitted, changed and committed, and what would be.

Every answer is as of now: what this event-loop turn brought is written down before the store is asked.
"""

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from simulator.center.message_center import Load, MessageCenter
from simulator.changing.line_history import LINE_KINDS, history_of
from simulator.messages import JournalEntry, Message, Part, ReceiptRecord, Turn, Verdict, number_of
from simulator.numbers.numbering import in_tehran
from simulator.policy.rule import Submission
from simulator.profiles.profile import Answer
from simulator.store import MessageQuery, Query, Store
from simulator.store.query import Found


class Explanation(NamedTuple):
    """What would become of a message, and what the operator looked at."""

    submission: Submission
    verdict: Verdict
    answer: Answer | None
    """How the refusal would be told; None for an acceptance."""


class Entry(NamedTuple):
    """A message with its receipts."""

    message: Message
    receipts: tuple[ReceiptRecord, ...]


class Story(NamedTuple):
    """A message with its receipts, what befell it on its way, and the parts of its text."""

    entry: Entry
    turns: tuple[Turn, ...]
    parts: tuple[Message, ...]
    """All that came, in the order of the text, itself among them, and some perhaps twice; empty where it is no part."""


class Inquiries:
    """The asking side of one operator, until it begins anew."""

    def __init__(
        self, store: Store, center: MessageCenter, commit: Callable[[], bool], now: Callable[[], float]
    ) -> None:
        """`commit` writes down what is not written yet, `now` tells the operator's time in POSIX seconds."""
        self._store = store
        self._center = center
        self._commit = commit
        self._now = now

    def find(self, query: Query[Found]) -> list[Found]:
        """The page that a query asks for: messages, changes, violations, or what subscribers wrote to lines."""
        self._commit()
        return self._store.find(query)

    def count(self, query: Query[Found]) -> int:
        """How many fit a query, whatever its limit."""
        self._commit()
        return self._store.count(query)

    def numbered(self, kind: type[Query[Found]], numbers: Collection[int]) -> list[Found]:
        """What has one of some numbers, in their order, as it was written down last."""
        return self._store.numbered(kind, numbers)

    def entries(self, query: MessageQuery) -> list[Entry]:
        """The messages that a query asks for, with their receipts."""
        return self._with_receipts(self.find(query))

    def entry(self, message_id: str) -> Entry | None:
        """One message by the message_id of its submit_sm_resp."""
        number = number_of(message_id)
        if number is None:
            return None
        self._commit()
        message = self._store.get(number)
        return None if message is None else self._with_receipts([message])[0]

    def story(self, message_id: str) -> Story | None:
        """One message with all that is known of it."""
        entry = self.entry(message_id)
        if entry is None:
            return None
        message = entry.message
        return Story(
            entry,
            tuple(self._store.turns_of(message.number)),
            tuple(same_text(message, self._store.parts_near(message))),
        )

    def pdu_of(self, message_id: str) -> bytes | None:
        """The request that brought a message, all its octets as they came.

        None if there is no such message, or if it came before requests were kept.
        """
        number = number_of(message_id)
        if number is None:
            return None
        self._commit()
        return self._store.pdu_of(number)

    def _with_receipts(self, messages: list[Message]) -> list[Entry]:
        receipts: dict[int, list[ReceiptRecord]] = {message.number: [] for message in messages}
        for receipt in self._store.receipts_of(list(receipts)):
            receipts[receipt.message].append(receipt)
        return [Entry(message, tuple(receipts[message.number])) for message in messages]

    def load(self) -> Load:
        """How much is to be done now."""
        return self._center.load

    def line_history(self, number: str) -> list[JournalEntry]:
        """Every change of a registered line and of the requests for it, the earliest first."""
        self._commit()
        return history_of(number, self._store.changes_of(LINE_KINDS), self._center.registers)

    def violations_of(self, number: str) -> int:
        """How many violations stand against a line: those since its last reinstatement."""
        return self._center.ledger.count(number)

    def explain(self, source: str, destination: str, text: str, at: datetime.datetime | None) -> Explanation:
        """What would become of a message now, or `at` another moment (without zone: Tehran's), without sending it."""
        moment = self._now() if at is None else in_tehran(at).timestamp()
        return Explanation(*self._center.explain(source, destination, text, moment))


def same_text(message: Message, near: Iterable[Message]) -> list[Message]:
    """Of messages that bear the reference of a part, those of the same text, in its order.

    Where the reference was used again, another text begins: with a part that has come before and says something else
    now, or that comes when all have.
    """
    text: list[Message] = []
    for one in near:
        said = {other.part.number: other.text for other in text if other.part}
        if one.part is None or not _goes_on(one.part, one.text, said):
            if message in text:
                break
            text = []
        text.append(one)
    return sorted(text, key=lambda one: (one.part.number if one.part else 0, one.number))


def _goes_on(part: Part, text: str, said: Mapping[int, str]) -> bool:
    """Whether a part belongs to the text of which these parts have come, by their numbers."""
    return said.get(part.number, text) == text and (part.number in said or len(said) < part.total)
