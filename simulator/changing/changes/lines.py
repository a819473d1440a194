"""Changes of lines: registered, amended, warned, suspended, closed, reinstated, renewed, given to another account."""

import datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field, ValidationError

from simulator.changing.change import Change, ChangeError
from simulator.numbers.numbering import in_tehran
from simulator.registry.lines import Line, LineState, Owner, Purpose
from simulator.registry.provisioning.desk import today
from simulator.registry.recipients import Recipients
from simulator.registry.registers import Registers

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


def amended(line: Line, **values: Any) -> Line:
    """The line with other values.

    Raises:
        ChangeError: It could not be registered so.
    """
    try:
        return line.changed(**values)
    except ValidationError as error:
        raise ChangeError("line", str(error.errors()[0]["msg"]).removeprefix("Value error, ")) from None


class RegisterLine(Change):
    """A new line."""

    kind: Literal["register-line"] = "register-line"
    line: Line

    def apply(self, registers: Registers, at: float) -> None:
        """Adds the line."""
        if self.line.state is LineState.ACTIVE and self.line.expires is not None and self.line.expires < today(at):
            raise ChangeError("line.expires", f"{self.line.expires} is past")
        if registers.lines.get(self.line.number) is not None:
            raise ChangeError("line.number", f"{self.line.number} is registered already")
        known_account(registers, self.line.account, "line.account")
        registers.lines.put(self.line)


class AmendLine(Change):
    """What is declared of a line is put otherwise: its owner, purpose, recipients, or whether it receives.

    What is left out stays; recipients may be given anew, or added and removed.
    """

    kind: Literal["amend-line"] = "amend-line"
    line: str
    owner: Owner | None = None
    purpose: Purpose | None = None
    recipients: Recipients | None = None
    add_recipients: Recipients | None = None
    remove_recipients: Recipients | None = None
    receives: bool | None = None

    def apply(self, registers: Registers, at: float) -> None:
        """Registers the line anew with what is given."""
        del at
        line = line_of(registers, self.line)
        given = {"owner": self.owner, "purpose": self.purpose, "receives": self.receives}
        recipients = self.recipients if self.recipients is not None else line.recipients
        if self.add_recipients is not None:
            recipients = (recipients or Recipients.of(())) | self.add_recipients
        if self.remove_recipients is not None:
            recipients = (recipients or Recipients.of(())) - self.remove_recipients
        values = {name: value for name, value in given.items() if value is not None}
        registers.lines.put(amended(line, **values, recipients=recipients))


class WarnLine(Change):
    """The owner of a line is warned; nothing else becomes of it."""

    clauses: ClassVar[tuple[str, ...]] = ("service.steps-before-closure",)

    kind: Literal["warn-line"] = "warn-line"
    line: str
    reason: Reason

    def apply(self, registers: Registers, at: float) -> None:
        """Leaves the line as it is."""
        del at
        line_of(registers, self.line)


class SuspendLine(Change):
    """A line sends nothing until it is reinstated, or until a given moment."""

    clauses: ClassVar[tuple[str, ...]] = ("service.steps-before-closure", "line.active")

    kind: Literal["suspend-line"] = "suspend-line"
    line: str
    reason: Reason
    until: Annotated[datetime.datetime, AfterValidator(in_tehran)] | None = None

    def apply(self, registers: Registers, at: float) -> None:
        """Suspends the line."""
        line = line_of(registers, self.line)
        if line.state is not LineState.ACTIVE:
            raise ChangeError("line", f"{line.number} is {line.state} already")
        if self.until is not None and self.until.timestamp() <= at:
            raise ChangeError("until", f"{self.until.isoformat()} is past")
        registers.lines.put(line.changed(state=LineState.SUSPENDED, suspended_until=self.until))


class ResumeLine(Change):
    """The time of a suspension is over; what the line did still counts against it."""

    kind: Literal["resume-line"] = "resume-line"
    line: str

    def apply(self, registers: Registers, at: float) -> None:
        """Lets the line send again."""
        del at
        line = line_of(registers, self.line)
        if line.state is not LineState.SUSPENDED:
            raise ChangeError("line", f"{line.number} is {line.state}, not suspended")
        registers.lines.put(line.changed(state=LineState.ACTIVE, suspended_until=None))


class CloseLine(Change):
    """A line is closed; only the operator may reinstate it."""

    clauses: ClassVar[tuple[str, ...]] = ("service.violation-closes-line",)

    kind: Literal["close-line"] = "close-line"
    line: str
    reason: Reason

    def apply(self, registers: Registers, at: float) -> None:
        """Closes the line."""
        del at
        line = line_of(registers, self.line)
        if line.state is LineState.CLOSED:
            raise ChangeError("line", f"{line.number} is closed already")
        registers.lines.put(line.changed(state=LineState.CLOSED, suspended_until=None))


class ReinstateLine(Change):
    """A suspended, closed or lost line may send again, with a clean slate; for a new term if its own is over."""

    clauses: ClassVar[tuple[str, ...]] = ("line.active",)

    kind: Literal["reinstate-line"] = "reinstate-line"
    line: str
    reason: Reason

    def apply(self, registers: Registers, at: float) -> None:
        """Reinstates the line."""
        line = line_of(registers, self.line)
        if line.state is LineState.ACTIVE:
            raise ChangeError("line", f"{line.number} is active already")
        if line.state is LineState.EXPIRED and not _is_lost(registers, line, at):
            raise ChangeError("line", f"{line.number} is expired: it is to be renewed (renew-line)")
        is_over = line.expires is not None and line.expires < today(at)
        expires = registers.provisioning.expiry(at) if is_over else line.expires
        registers.lines.put(line.changed(state=LineState.ACTIVE, suspended_until=None, expires=expires))
        registers.slates[line.number] += 1


def _is_lost(registers: Registers, line: Line, at: float) -> bool:
    """Whether a line was not renewed for longer than the operator waits."""
    if line.state is not LineState.EXPIRED or line.expires is None:
        return False
    return today(at) > line.expires + datetime.timedelta(days=registers.provisioning.terms.grace_days)


class ExpireLine(Change):
    """The term of a line is over: it sends nothing until it is renewed."""

    clauses: ClassVar[tuple[str, ...]] = ("line.yearly-renewal",)

    kind: Literal["expire-line"] = "expire-line"
    line: str

    def apply(self, registers: Registers, at: float) -> None:
        """Has the line expire."""
        line = line_of(registers, self.line)
        if line.state is not LineState.ACTIVE:
            raise ChangeError("line", f"{line.number} is {line.state}, not active")
        expires = today(at - 1) if line.expires is None else min(line.expires, today(at - 1))
        registers.lines.put(line.changed(state=LineState.EXPIRED, expires=expires))


class RenewLine(Change):
    """A line gets another term, which begins when the former one ends."""

    clauses: ClassVar[tuple[str, ...]] = ("line.yearly-renewal",)

    kind: Literal["renew-line"] = "renew-line"
    line: str

    def apply(self, registers: Registers, at: float) -> None:
        """Renews the line."""
        line = line_of(registers, self.line)
        days = registers.provisioning.terms.term_days
        if line.expires is None or days is None:
            raise ChangeError("line", f"{line.number} has no term that ends")
        if line.state is LineState.CLOSED:
            raise ChangeError("line", f"{line.number} is closed: it is to be reinstated (reinstate-line)")
        if _is_lost(registers, line, at):
            raise ChangeError("line", f"the number {line.number} is lost: its term was over on {line.expires}")
        term = datetime.timedelta(days=days)
        expires = line.expires + term
        if expires < today(at):
            expires = today(at) + term
        state = LineState.ACTIVE if line.state is LineState.EXPIRED else line.state
        registers.lines.put(line.changed(state=state, expires=expires))


class TransferLine(Change):
    """A line goes to another account; what it is registered as stays, also that it is a service line."""

    clauses: ClassVar[tuple[str, ...]] = ("line.transfer-keeps-type",)

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
        request = registers.provisioning.open_for(line.number)
        if request is not None and request.asked.account == line.account:
            what = f"request {request.id} for {line.number} is {request.state}: it is to be withdrawn first"
            raise ChangeError("line", what)
        registers.lines.put(line.changed(account=self.account))


CHANGES = (
    RegisterLine,
    AmendLine,
    WarnLine,
    SuspendLine,
    ResumeLine,
    CloseLine,
    ReinstateLine,
    ExpireLine,
    RenewLine,
    TransferLine,
)
