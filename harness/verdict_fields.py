"""What scenarios may say of a verdict, whether of a message that was sent or of one that is only asked about."""

from typing import Any, Literal, Self

from pydantic import model_validator

from harness.reasons import reason_of
from harness.step import Step, Unmet
from harness.values import Text, YesNo, in_words
from simulator.messages import Category, Label


class VerdictFields(Step):
    """A step that compares a verdict.

    Attributes:
        outcome: `accepted` or `refused`.
        rule: Id of the rule that refused or counted it; `none` where no rule did.
        clause: Id of the clause that it cited; `none` likewise.
        label: What the text is for.
        category: Its finer kind.
        violation: Whether it was counted against the line.
        exempt: Id of a clause that freed the message from a rule, somewhere in the trace.
    """

    outcome: Literal["accepted", "refused"] | None = None
    rule: Text | None = None
    clause: Text | None = None
    label: Label | None = None
    category: Category | None = None
    violation: YesNo | None = None
    exempt: Text | None = None

    @model_validator(mode="after")
    def _expects_something(self) -> Self:
        if not self.expected():
            raise ValueError("expects nothing; give at least one of outcome, rule, clause, label, category, violation")
        return self

    def expected(self) -> dict[str, str]:
        """What the step names, in words."""
        named = self.model_dump(exclude_none=True, include=set(VerdictFields.model_fields))
        return {name: _word(value) for name, value in named.items()}

    def compared(self, verdict: dict[str, Any]) -> Unmet | None:
        """What is otherwise in a verdict (in the API's form) than the step names."""
        found, expected = _found(verdict, self.exempt), self.expected()
        got = {name: found.get(name, "none") for name in expected}
        if got == expected:
            return None
        return Unmet((in_words(expected),), in_words(got), reason_of({"verdict": verdict}))


def _found(verdict: dict[str, Any], exempt: str | None) -> dict[str, str]:
    content = verdict.get("content") or {}
    frees = [step.get("clause") for step in verdict.get("trace") or [] if step.get("outcome") == "exempt"]
    found = {name: _word(verdict.get(name)) for name in ("outcome", "rule", "clause", "violation")}
    found |= {name: _word(content.get(name)) for name in ("label", "category")}
    return {**found, "exempt": exempt if exempt in frees and exempt else ", ".join(map(str, frees)) or "none"}


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else str(value)
