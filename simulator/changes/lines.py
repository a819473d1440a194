"""Changes of lines: registered, suspended, closed, reinstated, given to another account."""

from typing import Annotated, Literal

from pydantic import Field

from simulator.change import Change, ChangeError
from simulator.lines import Line, LineState
from simulator.registers import Registers

Reason = Annotated[str, Field(min_length=1, max_length=500)]


def line_of(registers: Registers, number: str) -> Line:
    """The registered line that a change speaks of, in whatever form its number is written.

    Raises:
        ChangeError: There is no such line.
    """
    line = registers.lines.find(number)
    if line is None:
        raise ChangeError("line", f"there is no line {number!r}")
    return line


def known_account(registers: Registers, account: str, where: str) -> None:
    """Checks that an account exists.

    Raises:
        ChangeError: There is none of that name.
    """
    if account not in registers.accounts:
        raise ChangeError(where, f"there is no account {account!r}")


class RegisterLine(Change):
    """A new line."""

    kind: Literal["register-line"] = "register-line"
    line: Line

    def apply(self, registers: Registers, at: float) -> None:
        """Adds the line."""
        del at
        if registers.lines.get(self.line.number) is not None:
            raise ChangeError("line.number", f"{self.line.number} is registered already")
        known_account(registers, self.line.account, "line.account")
        registers.lines.put(self.line)


class SuspendLine(Change):
    """A line sends nothing until it is reinstated."""

    kind: Literal["suspend-line"] = "suspend-line"
    line: str
    reason: Reason

    def apply(self, registers: Registers, at: float) -> None:
        """Suspends the line."""
        del at
        line = line_of(registers, self.line)
        if line.state is not LineState.ACTIVE:
            raise ChangeError("line", f"{line.number} is {line.state} already")
        registers.lines.put(line.model_copy(update={"state": LineState.SUSPENDED}))


class CloseLine(Change):
    """A line is closed; only the operator may reinstate it."""

    kind: Literal["close-line"] = "close-line"
    line: str
    reason: Reason

    def apply(self, registers: Registers, at: float) -> None:
        """Closes the line."""
        del at
        line = line_of(registers, self.line)
        if line.state is LineState.CLOSED:
            raise ChangeError("line", f"{line.number} is closed already")
        registers.lines.put(line.model_copy(update={"state": LineState.CLOSED}))


class ReinstateLine(Change):
    """A suspended or closed line may send again."""

    kind: Literal["reinstate-line"] = "reinstate-line"
    line: str
    reason: Reason

    def apply(self, registers: Registers, at: float) -> None:
        """Reinstates the line."""
        del at
        line = line_of(registers, self.line)
        if line.state is LineState.ACTIVE:
            raise ChangeError("line", f"{line.number} is active already")
        registers.lines.put(line.model_copy(update={"state": LineState.ACTIVE}))


class TransferLine(Change):
    """A line goes to another account; what it is registered as stays."""

    kind: Literal["transfer-line"] = "transfer-line"
    line: str
    account: str

    def apply(self, registers: Registers, at: float) -> None:
        """Gives the line to the account."""
        del at
        line = line_of(registers, self.line)
        known_account(registers, self.account, "account")
        if line.account == self.account:
            raise ChangeError("account", f"{line.number} is the line of {self.account} already")
        registers.lines.put(line.model_copy(update={"account": self.account}))


CHANGES = (RegisterLine, SuspendLine, CloseLine, ReinstateLine, TransferLine)
