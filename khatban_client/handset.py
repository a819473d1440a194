"""A subscriber's handset, for tests: what it shows, what its owner writes, and whether it can be reached."""

import re

from khatban_client.inbox import PATIENCE, Inbox, Wanted
from khatban_client.operator import Operator
from khatban_client.resources.mo import Received
from khatban_client.texts import Text


class Handset:
    """A handset.

    Args:
        operator: Who serves it.
        number: Its number, in any form.
        seconds: How long to wait for a text where nothing else is said: of the real clock.
    """

    def __init__(self, operator: Operator, number: str, seconds: float = PATIENCE) -> None:
        self._operator, self._number = operator, number
        self._inbox = Inbox(operator, seconds)

    @property
    def number(self) -> str:
        """98 and ten digits."""
        return self._operator.subscribers.get(self._number).number

    def texts(self) -> list[Text]:
        """What was delivered to it, the earliest first."""
        return self._inbox.texts(to=self._number, state="DELIVERED")

    def wait_for(
        self, text: str | re.Pattern[str] = "", *, line: str | None = None, seconds: float | None = None
    ) -> Text:
        """The first text that is delivered to it and fits.

        Args:
            text: A part of it, or what is to be found in it.
            line: The line that it comes from.
            seconds: How long to wait.

        Raises:
            NotArrivedError: None came in time.
        """
        __tracebackhide__ = True  # as in `Inbox`
        wanted: Wanted = {"to": self._number, "text": text, "state": "DELIVERED"}
        if line is not None:
            wanted["line"] = line
        return self._inbox.wait_for(seconds, **wanted)

    def write(self, to: str, text: str) -> Received:
        """Has its owner write to a line («لغو ۱۱» stops it) or to a short code of the operator."""
        return self._operator.mo.send(self._number, to, text)

    def opt_out(self) -> None:
        """Has its owner want no advertising, as by the operator's menu; it counts after the profile's delay."""
        self._operator.blacklist.opt_out(self._number)

    def opt_in(self) -> None:
        """Has its owner take advertising again; it counts after the profile's delay."""
        self._operator.blacklist.opt_in(self._number)

    def put(self, state: str) -> None:
        """Puts it in a state: `on`, `off`, `out-of-coverage`, `memory-full`, `absent`, `unknown`, `barred`..."""
        self._operator.subscribers.set(self._number, state)
