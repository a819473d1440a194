"""Changes of patterns: handed in, approved, rejected, withdrawn."""

from typing import Literal

from simulator.changing.change import Change, ChangeError
from simulator.changing.changes.lines import Reason, known_account, line_of
from simulator.registry.pattern import Pattern, PatternState
from simulator.registry.registers import Registers


def _pattern_of(registers: Registers, line: str, name: str) -> Pattern:
    number = line_of(registers, line).number
    pattern = registers.patterns.get((number, name))
    if pattern is None:
        raise ChangeError("pattern", f"line {number} has no pattern {name!r}")
    return pattern


class HandInPattern(Change):
    """A pattern is handed in for review; it lets nothing through until it is approved."""

    kind: Literal["hand-in-pattern"] = "hand-in-pattern"
    pattern: Pattern

    def apply(self, registers: Registers, at: float) -> None:
        """Adds the pattern, or puts a new wording in the place of the one that was rejected."""
        del at
        line = line_of(registers, self.pattern.line)
        if not line.carries_patterns_only:
            raise ChangeError("pattern.line", f"{line.number} is not a shared service line")
        if self.pattern.account:
            known_account(registers, self.pattern.account, "pattern.account")
        older = registers.patterns.get((line.number, self.pattern.name))
        if older is not None and older.state is not PatternState.REJECTED:
            why = f"line {line.number} has a pattern {older.name!r}, which is {older.state}"
            raise ChangeError("pattern.name", why)
        registers.patterns.put(self.pattern.decided(PatternState.PENDING).on(line.number))


class ApprovePattern(Change):
    """The staff approve a pattern: texts that fit it pass from now on."""

    kind: Literal["approve-pattern"] = "approve-pattern"
    line: str
    pattern: str

    def apply(self, registers: Registers, at: float) -> None:
        """Approves the pattern."""
        del at
        pattern = _pattern_of(registers, self.line, self.pattern)
        if pattern.state is PatternState.APPROVED:
            raise ChangeError("pattern", f"{pattern.name!r} is approved already")
        registers.patterns.put(pattern.decided(PatternState.APPROVED))


class RejectPattern(Change):
    """The staff reject a pattern, also one that they approved before: nothing passes by it from now on."""

    kind: Literal["reject-pattern"] = "reject-pattern"
    line: str
    pattern: str
    reason: Reason

    def apply(self, registers: Registers, at: float) -> None:
        """Rejects the pattern."""
        del at
        pattern = _pattern_of(registers, self.line, self.pattern)
        if pattern.state is PatternState.REJECTED:
            raise ChangeError("pattern", f"{pattern.name!r} is rejected already")
        registers.patterns.put(pattern.decided(PatternState.REJECTED, self.reason))


class WithdrawPattern(Change):
    """Its account takes a pattern back."""

    kind: Literal["withdraw-pattern"] = "withdraw-pattern"
    line: str
    pattern: str

    def apply(self, registers: Registers, at: float) -> None:
        """Takes the pattern out."""
        del at
        pattern = _pattern_of(registers, self.line, self.pattern)
        registers.patterns.remove((pattern.line, pattern.name))


CHANGES = (HandInPattern, ApprovePattern, RejectPattern, WithdrawPattern)
