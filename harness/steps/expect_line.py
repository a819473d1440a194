"""`expect_line`: what a line is registered as now, asked over HTTP."""

from typing import ClassVar, Self

from pydantic import model_validator

from harness.stage import Stage
from harness.step import AtOperator, Unmet
from harness.values import Text, in_words


class ExpectLine(AtOperator):
    """`expect_line: {number: "3000200020", type: dedicated_service, state: active}`; any of its fields, at least one.

    Attributes:
        number: The line.
        type: What it is registered for.
        state: Whether it may send.
        account: Whose it is.
        at_operator: See `AtOperator`.
    """

    key: ClassVar[str] = "expect_line"

    number: Text
    type: Text | None = None
    state: Text | None = None
    account: Text | None = None

    @model_validator(mode="after")
    def _expects_something(self) -> Self:
        if not self._expected():
            raise ValueError("expects nothing; give at least one of type, state, account")
        return self

    def _expected(self) -> dict[str, str]:
        return self.model_dump(exclude_none=True, exclude={"number", "at_operator"})

    def run(self, stage: Stage) -> Unmet | None:
        """Asks for the line and compares what the step names."""
        line, expected = stage.operator(self.at_operator).line(self.number), self._expected()
        got = {name: str(line.get(name)) for name in expected}
        return None if got == expected else Unmet((in_words(expected),), in_words(got))
