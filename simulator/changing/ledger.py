"""The ledger of violations: what each line has done, and what became of lines that went on doing it."""

import datetime
from collections.abc import Callable

from simulator.changing.change import Change
from simulator.changing.changes.lines import CloseLine, SuspendLine, WarnLine
from simulator.changing.journal import Journal, Origin
from simulator.messages import Message, Verdict, Violation
from simulator.numbers.numbering import TEHRAN
from simulator.registry.lines import Line, LineState
from simulator.registry.registers import Registers
from simulator.store import Store


class Ledger:
    """Counts violations by line since its last reinstatement, and answers them as the profile says.

    Sanctions are changes of the line, journaled as any other (clauses service.steps-before-closure and
    service.violation-closes-line).
    """

    def __init__(
        self, store: Store, registers: Registers, journal: Journal, on_sanction: Callable[[], None] = lambda: None
    ) -> None:
        """`on_sanction` is called after a sanction, for the registers may change by themselves then."""
        self._on_sanction = on_sanction
        self._store = store
        self._registers = registers
        self._journal = journal
        self._counts = store.violations()

    def count(self, number: str) -> int:
        """How many violations stand against a line."""
        return self._counts.get((number, self._registers.slates[number]), 0)

    def note(self, message: Message, verdict: Verdict, now: float) -> None:
        """Records what a verdict found against a message's line, if it found an offence."""
        if verdict.violation and message.line and verdict.rule and verdict.clause:
            self.record(Violation(message.line, message.number, now, verdict.rule, verdict.clause))

    def record(self, violation: Violation) -> None:
        """Writes a violation down; what it leads to is in force for the very next message."""
        slate = self._registers.slates[violation.line]
        self._store.add_violation(violation._replace(slate=slate))
        self._counts[violation.line, slate] = self.count(violation.line) + 1
        line = self._registers.lines.get(violation.line)
        sanction = None if line is None else self._sanction(line, violation)
        if sanction is not None:
            self._journal.write(sanction, Origin.SANCTION, violation.at)
            self._on_sanction()

    def _sanction(self, line: Line, violation: Violation) -> Change | None:
        count, steps = self.count(line.number), self._registers.profile.sanctions
        reason = f"violation {count} of {steps.strikes}: {violation.clause}"
        if count >= steps.strikes:
            return None if line.state is LineState.CLOSED else CloseLine(line=line.number, reason=reason)
        if steps.suspension is not None and count >= steps.suspension and line.state is LineState.ACTIVE:
            days = datetime.timedelta(days=steps.suspension_days)
            until = datetime.datetime.fromtimestamp(violation.at, TEHRAN) + days
            return SuspendLine(line=line.number, reason=reason, until=until)
        return WarnLine(line=line.number, reason=reason) if count == steps.warning else None
