"""What was sent lately, as far as the rules ask: how many short messages each line sent today, and which texts.

A message is noted when it sets out: accepted, and not waiting for anything. What is refused or held back was not sent;
a message that is scheduled for later is judged again then, and noted then. What becomes of it afterwards changes
nothing: one that is called back, or given another text, was sent. What is noted is in the store too, by which a new
process begins where the old one ended; what the profile does not ask for costs nothing and is written nowhere.
"""

import datetime
from collections import Counter
from functools import lru_cache
from hashlib import blake2b

from simulator.messages import Sending
from simulator.numbers.numbering import TEHRAN
from simulator.policy.content.folding import fold
from simulator.profiles.rule_settings import DailyCap, Duplicates
from simulator.registry.lines import Line

_TEXTS_REMEMBERED = 16_384
_SECONDS_REMEMBERED = 16
_DAYS_KEPT = 2
"""Today, and yesterday for what falls due there when the clock jumps."""
_DAY = 86_400
_RECIPIENT_BITS = 40
"""A number in normal form is below 2 to that power."""


class Traffic:
    """The memory of one message centre, bounded: lines by day, and the profile's `duplicates.remembered` texts."""

    def __init__(self, cap: DailyCap, duplicates: Duplicates) -> None:
        self._cap = cap
        self._window = duplicates.window
        self._remembered = duplicates.remembered
        self._sent: dict[datetime.date, Counter[str]] = {}
        self._texts: dict[int, tuple[int, int]] = {}
        """When each text set out last, and with which message; in the order in which they did."""
        self.is_on = cap.is_on or bool(self._window)
        """Whether there is anything to note."""

    @property
    def span(self) -> int:
        """How many seconds back it looks."""
        return max(self._window, _DAY * _DAYS_KEPT if self._cap.is_on else 0)

    def sent_today(self, line: str, second: int) -> int:
        """How many short messages a line has sent on the day of a moment in Tehran, if lines have caps."""
        counts = self._sent.get(_day_of(second)) if self._cap.is_on else None
        return counts[line] if counts else 0

    def sent_before(self, line: str, recipient: str, text: str, second: int, message: int) -> int | None:
        """When another message than this took a text from a line to a recipient, if that is in the window."""
        return self.known_before(text_key(line, recipient, text), second, message) if self._window else None

    def known_before(self, text: int, second: int, message: int) -> int | None:
        """The same for a text by its key."""
        known = self._texts.get(text)
        if known is None or known[1] == message:
            return None
        # A clock that jumps may bring what was due before after what came behind it.
        return known[0] if abs(second - known[0]) < self._window else None

    def sending(self, number: int, second: int, line: Line, recipient: str, parts: int, text: str) -> Sending | None:
        """What is to be noted, and kept by the store, of a message when it sets out; None if nothing."""
        counted = parts if self._cap.of(line.number) is not None else 0
        key = text_key(line.number, recipient, text) if self._window else 0
        return Sending(number, second, line.number, counted, key) if counted or key else None

    def put(self, sending: Sending) -> None:
        """Notes a message that sets out, or what a former process noted; in the order in which they set out."""
        if sending.parts and self._cap.is_on:
            self._counts_of(_day_of(sending.at))[sending.line] += sending.parts
        if sending.text and self._window:
            before = self._texts.pop(sending.text, (0, 0))
            self._texts[sending.text] = max(before, (sending.at, sending.message))
            self._forget_old(sending.at)

    def _counts_of(self, day: datetime.date) -> Counter[str]:
        counts = self._sent.get(day)
        if counts is None:
            counts = self._sent[day] = Counter()
            while len(self._sent) > _DAYS_KEPT:
                del self._sent[next(iter(self._sent))]
        return counts

    def _forget_old(self, second: int) -> None:
        """Forgets texts from the oldest on: those out of the window, and those beyond the bound."""
        while self._texts:
            oldest = next(iter(self._texts))
            if len(self._texts) <= self._remembered and second - self._texts[oldest][0] < self._window:
                return
            del self._texts[oldest]


@lru_cache(_SECONDS_REMEMBERED)
def _day_of(second: int) -> datetime.date:
    """The day of a moment in Tehran."""
    return datetime.datetime.fromtimestamp(second, TEHRAN).date()


def normal_text(text: str) -> str:
    """The text by which duplicates are known: letters folded as for reading, and blanks of any length as one space."""
    return " ".join(fold(text)[0].split())


def text_key(line: str, recipient: str, text: str) -> int:
    """A line, a recipient in normal form and a text as one number; never 0."""
    return _digest(line, text) << _RECIPIENT_BITS | int(recipient)


@lru_cache(_TEXTS_REMEMBERED)
def _digest(line: str, text: str) -> int:
    said = f"{line}\0{normal_text(text)}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(said, digest_size=8).digest(), "big")
