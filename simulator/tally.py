"""What has happened at an operator since its process started: counted as it is written down, so that it is true.

Counts only grow. A message costs some tenths of a microsecond at the commit that writes it, since only numbers are
counted there; which verdicts they stand for is looked up when somebody asks. What is rare is counted where it happens.
"""

from collections import Counter
from collections.abc import Callable
from operator import itemgetter
from typing import Final, NamedTuple

from simulator.messages import UNDER_WAY
from simulator.store import Written

WAITS: Final = "waits"
"""In place of an outcome: a part that waits for the others of its text."""

_MAX_UNSETTLED: Final = 1_000
_attempts = itemgetter(8)
"""How often a plain receipt was sent in the turn that made it."""


class Submitted(NamedTuple):
    """By what messages are counted; the verdict is that of the moment in which they came."""

    account: str
    outcome: str
    rule: str | None


class Tally:
    """The counts of one operator."""

    def __init__(self, grounds: Callable[[int], tuple[str, str | None]], account_of: Callable[[int], str]) -> None:
        """`grounds` are the outcome and the rule of a verdict by its number, `account_of` whose a letter is."""
        self.submitted: Counter[Submitted] = Counter()
        self.judged_later: Counter[tuple[str, str | None]] = Counter()
        """Verdicts on messages that had waited for the rest of their text, or were held: by outcome and rule."""
        self.ended: Counter[int] = Counter()
        """Messages by their final state."""
        self.deliveries: Counter[tuple[str, str]] = Counter()
        """Of what goes to ESMEs (`receipts`, `mo`) how much was `made`, `sent`, `acknowledged`, `given_up`; what is
        sent again counts again."""
        self.changes: Counter[str] = Counter()
        """Changes of the registers by their origin."""
        self.violations = 0
        self.bind_attempts: Counter[int] = Counter()
        """By the command_status of the answer."""
        self.malformed: Counter[int] = Counter()
        """PDUs that could not be taken, by the command_status of the answer."""
        self.connections = 0
        """How many SMPP connections there are now, bound or not."""
        self._grounds = grounds
        self._account_of = account_of
        self._accounts: dict[int, str] = {}
        """Of the letters that were written since the last look-up."""
        self._unsettled: dict[tuple[int, int | None, int], int] = {}
        self._unsettled_later: dict[int, int] = {}

    def note(self, written: Written) -> None:
        """Counts what a commit wrote."""
        unsettled, ended = self._unsettled, self.ended
        for letter, account, *_ in written.letters:
            self._accounts[letter] = account
        for key in written.submissions():
            unsettled[key] = unsettled.get(key, 0) + 1
        for state, *_ in written.ended:
            ended[state] += 1
        for verdict, *_ in written.judged:
            self._unsettled_later[verdict] = self._unsettled_later.get(verdict, 0) + 1
        if written.plain_receipts:
            self.deliveries["receipts", "made"] += len(written.plain_receipts)
            self.deliveries["receipts", "sent"] += sum(map(_attempts, written.plain_receipts))
        for sort, rows in written.deliveries:
            if rows:
                self.deliveries[sort] += len(rows)
        for _, _, origin, *_ in written.changes:
            self.changes[origin] += 1
        self.violations += len(written.violations)
        if len(unsettled) + len(self._unsettled_later) > _MAX_UNSETTLED:
            self.settle()

    def settle(self) -> None:
        """Looks up which verdicts were counted: before any of them is deleted, and before the counts are told."""
        for (letter, verdict, state), count in self._unsettled.items():
            account = self._accounts.get(letter) or self._account_of(letter)
            outcome, rule = (WAITS, None) if verdict is None else self._grounds(verdict)
            self.submitted[Submitted(account, outcome, rule)] += count
            if state not in UNDER_WAY:
                self.ended[state] += count
        for verdict, count in self._unsettled_later.items():
            self.judged_later[self._grounds(verdict)] += count
        self._accounts.clear()
        self._unsettled.clear()
        self._unsettled_later.clear()
