"""`wait`: time passes; what comes meanwhile is kept for the steps that follow."""

from typing import ClassVar

from pydantic import Field

from harness.stage import Stage
from harness.step import Step
from harness.values import Duration


class Wait(Step):
    """`wait: {for: 5s}`; a long time passes quicker by `jump`.

    Attributes:
        seconds: Key `for`: so long, on the operator's clock.
    """

    key: ClassVar[str] = "wait"

    seconds: Duration = Field(alias="for")

    def run(self, stage: Stage) -> None:
        """Waits."""
        stage.pass_time(self.seconds, lambda: False)
