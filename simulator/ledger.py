"""The ledger of violations: what each line has done, and the closing of lines that went on doing it."""

from simulator.lines import LineBook, LineState
from simulator.messages import Violation
from simulator.store import Store


class Ledger:
    """Counts violations by line; `strikes` of them close the line (clause service.violation-closes-line)."""

    def __init__(self, store: Store, lines: LineBook, strikes: int) -> None:
        self._store = store
        self._lines = lines
        self._strikes = strikes
        self._counts = store.violations()
        for number in list(self._counts):
            self._sanction(number)

    def record(self, violation: Violation) -> None:
        """Writes a violation down and, at the last strike, closes the line for the very next message."""
        self._store.add_violation(violation)
        self._counts[violation.line] = self._counts.get(violation.line, 0) + 1
        self._sanction(violation.line)

    def _sanction(self, number: str) -> None:
        line = self._lines.find(number)
        if line is not None and line.state is not LineState.CLOSED and self._counts[number] >= self._strikes:
            self._lines.close(number)
