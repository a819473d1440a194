"""A subscriber's handset, for tests: what it shows, what its owner writes, and whether it can be reached."""

import re

from khatban_client.inbox import Inbox
from khatban_client.operator import Operator
from khatban_client.resources.mo import Received
from khatban_client.texts import Text


class Handset:
    """A handset.

    Args:
        operator: Who serves it.
        number: Its number, in any form.
    """

    def __init__(self, operator: Operator, number: str) -> None:
        self._operator, self._number = operator, number

    @property
    def number(self) -> str:
        """98 and ten digits."""
        return self._operator.subscribers.get(self._number).number

    def texts(self) -> list[Text]:
        """What was delivered to it, the earliest first."""
        return Inbox(self._operator).texts(to=self._number, state="DELIVERED")

    def wait_for(self, text: str | re.Pattern[str] = "", *, line: str | None = None, seconds: float = 5.0) -> Text:
        """The first text that is delivered to it and fits.

        Args:
            text: A part of it, or what is to be found in it.
            line: The line that it comes from.
            seconds: How long to wait, of the real clock.

        Raises:
            NotArrivedError: None came in time.
        """
        __tracebackhide__ = True  # as in `Inbox`
        inbox = Inbox(self._operator, seconds)
        if line is None:
            return inbox.wait_for(to=self._number, text=text, state="DELIVERED")
        return inbox.wait_for(to=self._number, text=text, state="DELIVERED", line=line)

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
