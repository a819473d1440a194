"""A pattern as it is registered: a text for a shared service line, who may send it, and what the staff decided.

Knows no message; whether a text fits is `simulator.policy.patterns`'s matter.
"""

from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from simulator.registry.pattern_syntax import DEFAULT_MAX, Syntax, Template, VariableType, read_template


class PatternState(StrEnum):
    """What the staff decided; only approved patterns let a text through."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"


class VariableForm(BaseModel):
    """What a variable of a pattern may hold."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: VariableType = VariableType.STRING
    max: int = Field(default=DEFAULT_MAX, ge=1, le=1000)


class Pattern(BaseModel):
    """A pattern of a shared service line.

    Attributes:
        name: What the panel calls it.
        line: The number of the shared service line.
        account: Whose pattern it is; empty for the account that holds the line. Another account may so use the line.
        text: Fixed parts and variables.
        syntax: How `text` marks its variables; seen from the text where it is left out.
        variables: What they may hold, where that is not the default of the syntax.
        sender: The name by which the text tells who sends it, for the reviewer.
        state: What the staff decided.
        reason: Why it was rejected.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1, max_length=60)
    line: str
    account: str = Field(default="", max_length=15)
    text: str = Field(min_length=1, max_length=2000)
    syntax: Syntax | None = None
    variables: dict[str, VariableForm] = {}
    sender: str = Field(default="", max_length=100)
    state: PatternState = PatternState.APPROVED
    reason: str = Field(default="", max_length=500)

    def decided(self, state: PatternState, reason: str = "") -> Self:
        """The same pattern after a decision of the staff."""
        return self.model_copy(update={"state": state, "reason": reason})

    def on(self, line: str) -> Self:
        """The same pattern for a line in the form in which it is registered."""
        return self.model_copy(update={"line": line})

    def template(self) -> Template:
        """The text as it is compared."""
        return read_template(self.text, self.syntax).typed(
            {name: (form.type, form.max) for name, form in self.variables.items()}
        )

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if (self.state is PatternState.REJECTED) != bool(self.reason):
            raise ValueError("a rejected pattern has a reason, and only a rejected one")
        written = {variable.name for variable in self.template().variables}
        if strange := [name for name in self.variables if name not in written]:
            raise ValueError(f"the text has no variable {strange[0]!r}")
        return self
