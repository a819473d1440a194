"""`jump`: the operators' clocks go forward, and what falls due on the way happens in order."""

from typing import ClassVar, Self

from pydantic import model_validator

from harness.stage import Stage
from harness.step import Step
from harness.values import Duration, TehranTime


class Jump(Step):
    """`jump: {by: 90d}` or `jump: {to: "2026-11-23 07:00"}`.

    Attributes:
        by: So long.
        to: To that time in Tehran.
    """

    key: ClassVar[str] = "jump"

    by: Duration | None = None
    to: TehranTime | None = None

    @model_validator(mode="after")
    def _says_how_far(self) -> Self:
        if (self.by is None) == (self.to is None):
            raise ValueError("say either `by` or `to`")
        return self

    def run(self, stage: Stage) -> None:
        """Has every operator's clock jump."""
        stage.jump(by=self.by, to=self.to)
