"""The ledger of violations: what each line has done, and the closing of lines that went on doing it."""

from simulator.changes.lines import CloseLine
from simulator.journal import Journal, Origin
from simulator.lines import LineBook, LineState
from simulator.messages import Message, Verdict, Violation
from simulator.store import Store


class Ledger:
    """Counts violations by line; `strikes` of them close the line (clause service.violation-closes-line)."""

    def __init__(self, store: Store, lines: LineBook, journal: Journal, strikes: int) -> None:
        self._store = store
        self._lines = lines
        self._journal = journal
        self._strikes = strikes
        self._counts = store.violations()

    def note(self, message: Message, verdict: Verdict, now: float) -> None:
        """Records what a verdict found against a message's line, if it found an offence."""
        if verdict.violation and message.line and verdict.rule and verdict.clause:
            self.record(Violation(message.line, message.number, now, verdict.rule, verdict.clause))

    def record(self, violation: Violation) -> None:
        """Writes a violation down and, at the last strike, closes the line for the very next message."""
        self._store.add_violation(violation)
        count = self._counts[violation.line] = self._counts.get(violation.line, 0) + 1
        line = self._lines.get(violation.line)
        if line is not None and line.state is not LineState.CLOSED and count >= self._strikes:
            close = CloseLine(line=line.number, reason=f"violation {count} of {self._strikes}: {violation.clause}")
            self._journal.write(close, Origin.SANCTION, violation.at)
