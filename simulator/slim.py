"""Messages as they are kept in memory by the million: what many have in common is one object, the trace is left out.

The store holds what is left out; nobody asks a message under way for it.
"""

from typing import Final

from simulator.messages import Addressing, Fate, Message, Verdict

_REMEMBERED: Final = 4_096
Grounds = tuple[Fate, str | None, str | None, bool, float | None]


class Slimming:
    """Shares what messages have in common."""

    def __init__(self) -> None:
        self._addressings: dict[Addressing, Addressing] = {}
        self._verdicts: dict[Grounds, Verdict] = {}

    def slim(self, message: Message) -> Message:
        """The message without its verdict's content and trace."""
        verdict = message.verdict
        if verdict is None or not verdict.trace:  # it is slim already: it was read back, or put off
            return message
        return message.with_verdict(self.slim_verdict(verdict))

    def slim_verdict(self, verdict: Verdict) -> Verdict:
        """The verdict without content and trace."""
        return self.verdict(*verdict[:4], verdict.until)

    def addressing(self, addressing: Addressing) -> Addressing:
        """An equal addressing, the same for all."""
        known = self._addressings.get(addressing)
        if known is None:
            if len(self._addressings) >= _REMEMBERED:
                self._addressings.clear()
            known = self._addressings[addressing] = addressing
        return known

    def verdict(self, *grounds: *Grounds) -> Verdict:
        """A verdict without content and trace, the same for all: outcome, rule, clause, violation and until."""
        known = self._verdicts.get(grounds)
        if known is None:
            if len(self._verdicts) >= _REMEMBERED:
                self._verdicts.clear()
            known = self._verdicts[grounds] = Verdict(*grounds[:4], None, (), grounds[4])
        return known
