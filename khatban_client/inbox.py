"""What arrived at the operator, for tests that wait for it; where nothing comes, the error says what came instead."""

import re
import time
from collections.abc import Iterator
from typing import TypedDict, Unpack

from khatban_client import wording
from khatban_client.messages import Fate
from khatban_client.operator import Operator
from khatban_client.resources.messages import MessageFilters
from khatban_client.texts import Text, put_together

PATIENCE = 5.0
"""Real seconds to wait for a text."""
_TURN = 0.5
"""Seconds after which it is looked again, should a text have changed without another message."""


class NotArrivedError(AssertionError):
    """What was expected did not arrive; says what did, and why the operator decided so."""


class UnexpectedError(AssertionError):
    """Something arrived that should not have; says what."""


class Wanted(TypedDict, total=False):
    """Which texts; all that is given must fit."""

    to: str
    """The recipient, in any form."""
    line: str
    """The line, or the originator as it was written."""
    text: str | re.Pattern[str]
    """A part of the whole text, or what is to be found in it."""
    account: str
    verdict: Fate
    rule: str
    """The rule that refused or counted."""
    state: str
    """A message_state by its name, such as `DELIVERED`; that of all parts."""


class Inbox:
    """The texts that an operator received. A long text is one, however many parts it came in.

    What fails here is told in the test that asked: pytest leaves functions out whose `__tracebackhide__` is set.

    Args:
        operator: Whose.
        seconds: How long to wait where nothing else is said: of the real clock.
    """

    def __init__(self, operator: Operator, seconds: float = PATIENCE) -> None:
        self._operator, self._seconds = operator, seconds

    def __iter__(self) -> Iterator[Text]:
        """Every text that has come so far, accepted or refused, the earliest first."""
        return iter(self.texts())

    def texts(self, **wanted: Unpack[Wanted]) -> list[Text]:
        """The texts that have come so far and fit, the earliest first."""
        filters, said = _split(wanted)
        texts = put_together(self._operator.messages.find(**filters))
        return [text for text in texts if text.is_whole and _says(text, said)]

    def wait_for(self, seconds: float | None = None, **wanted: Unpack[Wanted]) -> Text:
        """The first accepted text that fits, as soon as it has come.

        Args:
            seconds: How long to wait.
            wanted: Which; `verdict` is accepted unless it says otherwise.

        Raises:
            NotArrivedError: None came in time.
        """
        __tracebackhide__ = True
        return self.wait_for_several(1, seconds, **wanted)[0]

    def wait_for_refusal(self, seconds: float | None = None, **wanted: Unpack[Wanted]) -> Text:
        """The first refused text that fits, as soon as it has come.

        Raises:
            NotArrivedError: None was refused in time.
        """
        __tracebackhide__ = True
        refused: Wanted = {**wanted, "verdict": "refused"}
        return self.wait_for(seconds, **refused)

    def wait_for_several(self, count: int, seconds: float | None = None, **wanted: Unpack[Wanted]) -> list[Text]:
        """The accepted texts that fit, as soon as there are so many.

        Raises:
            NotArrivedError: Fewer came in time.
        """
        __tracebackhide__ = True
        asked: Wanted = {"verdict": "accepted", **wanted}
        patience = self._seconds if seconds is None else seconds
        end = time.monotonic() + patience
        while len(found := self.texts(**asked)) < count:
            left = end - time.monotonic()
            if left <= 0:
                raise NotArrivedError("\n".join(self._missed(asked, count, len(found), patience)))
            filters = _split(asked)[0]
            known = self._operator.messages.count(**filters)
            self._operator.messages.wait(known + 1, min(left, _TURN), **filters)
        return found

    def expect_nothing(self, seconds: float, **wanted: Unpack[Wanted]) -> None:
        """Waits so long, and is content when no accepted text that fits has come by then.

        Raises:
            UnexpectedError: One came.
        """
        __tracebackhide__ = True
        try:
            found = self.wait_for(seconds, **wanted)
        except NotArrivedError:
            return
        raise UnexpectedError("\n".join([f"a text with {_asked(wanted)} came:", *wording.told([found])]))

    def _missed(self, wanted: Wanted, count: int, found: int, seconds: float) -> Iterator[str]:
        number = f"{count} texts" if count > 1 else "no text"
        but = f", but {found}" if count > 1 else ""
        yield f"{number} with {_asked(wanted)} came within {seconds:g} s{but}"
        texts = put_together(self._operator.messages.find())
        if not texts:
            yield "the operator received nothing at all"
            return
        yield "what the operator received:"
        filters, said = _split(wanted)
        fitting = {name: self._ids({name: value}) for name, value in filters.items()}  # type: ignore[misc] # one filter

        def differences(text: Text) -> str:
            off = [name for name, ids in fitting.items() if not ids.issuperset(part.id for part in text.parts)]
            off += [] if _says(text, said) else ["text"]
            return f"differs in {', '.join(off)}" if off else "fits"

        yield from wording.told(texts, differences)

    def _ids(self, filters: MessageFilters) -> set[str]:
        return {message.id for message in self._operator.messages.find(**filters)}


def _split(wanted: Wanted) -> tuple[MessageFilters, str | re.Pattern[str]]:
    """What the operator filters by, and what the whole text must say, which it keeps in parts."""
    filters: MessageFilters = {name: value for name, value in wanted.items() if name != "text"}  # type: ignore[assignment] # the same keys
    return filters, wanted.get("text", "")


def _says(text: Text, said: str | re.Pattern[str]) -> bool:
    return said in text.text if isinstance(said, str) else said.search(text.text) is not None


def _asked(wanted: Wanted) -> str:
    shown = {name: value.pattern if isinstance(value, re.Pattern) else value for name, value in wanted.items()}
    return wording.listed(shown.items())
