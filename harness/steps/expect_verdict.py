"""`expect_verdict`: what the operator itself says of a submit, asked over HTTP."""

from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator

from harness.about_submit import AboutSubmit, message_of
from harness.reasons import reason_of, verdict_of
from harness.stage import Stage
from harness.step import Unmet
from harness.values import Text, YesNo, in_words
from simulator.messages import Category, Label


class ExpectVerdict(AboutSubmit):
    """`expect_verdict: {outcome: refused, rule: …, clause: …}`; any of its fields, at least one.

    Of a split text the last part is asked about, which bears the verdict on the whole.

    Attributes:
        outcome: `accepted` or `refused`.
        rule: Id of the rule that refused or counted it; `none` where no rule did.
        clause: Id of the clause that it cited; `none` likewise.
        label: What the text is for.
        category: Its finer kind.
        violation: Whether it was counted against the line.
        exempt: Id of a clause that freed the message from a rule, somewhere in the trace.
        of: See `AboutSubmit`.
    """

    key: ClassVar[str] = "expect_verdict"

    outcome: Literal["accepted", "refused"] | None = None
    rule: Text | None = None
    clause: Text | None = None
    label: Label | None = None
    category: Category | None = None
    violation: YesNo | None = None
    exempt: Text | None = None

    @model_validator(mode="after")
    def _expects_something(self) -> Self:
        if not self._expected():
            raise ValueError("expects nothing; give at least one of outcome, rule, clause, label, category, violation")
        return self

    def run(self, stage: Stage) -> Unmet | None:
        """Asks for the submit's record and compares what the step names."""
        entry = stage.find(self.of)
        # Refused messages are found by their order, so all that was sent must have been answered.
        stage.wait(lambda: all(submitted.answered for submitted in stage.submitted), stage.patience)
        if entry.parts not in entry.responses:
            return Unmet((in_words(self._expected()),), "no submit_sm_resp, so there is no verdict yet")
        message = message_of(stage, entry, entry.parts)
        found = _found(verdict_of(message), self.exempt)
        expected = self._expected()
        got = {name: found.get(name, "none") for name in expected}
        if got == expected:
            return None
        return Unmet((in_words(expected),), in_words(got), reason_of(message))

    def _expected(self) -> dict[str, str]:
        named = self.model_dump(exclude_none=True, exclude={"of"})
        return {name: _word(value) for name, value in named.items()}


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
