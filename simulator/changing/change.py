"""What a change is: one thing that somebody alters in the operator's registers while it runs.

A change is a value under a `kind`, in lower case with hyphens; its docstring says what it does. Who asked for it, and
when, is written beside it in the journal (`simulator.changing.journal`).
"""

from abc import abstractmethod
from typing import Any, ClassVar, get_args

from pydantic import BaseModel, ConfigDict

from simulator.registry.registers import Registers


class ChangeError(Exception):
    """A change that cannot be made; nothing was altered. `where` names the field that is at fault."""

    def __init__(self, where: str, why: str) -> None:
        self.where = where
        self.why = why
        super().__init__(f"{where}: {why}")


class Change(BaseModel):
    """One change; a subclass for each kind, its fields what must be said."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    clauses: ClassVar[tuple[str, ...]] = ()
    """What it stands on, where that is written (`policy/clauses.toml`)."""

    kind: str

    @abstractmethod
    def apply(self, registers: Registers, at: float) -> None:
        """Makes the change at a moment of the operator's clock, POSIX seconds.

        Raises:
            ChangeError: It cannot be made; then nothing was altered.
        """


def change_kind(change: type[Change]) -> str:
    """The kind of a class of changes."""
    annotation: Any = change.model_fields["kind"].annotation
    return str(get_args(annotation)[0])
