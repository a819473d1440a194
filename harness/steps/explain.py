"""`explain`: what the operator would make of a message that is not sent, asked over HTTP."""

from typing import ClassVar

from pydantic import Field

from harness.stage import Stage
from harness.step import AtOperator, Unmet
from harness.values import TehranTime, Text
from harness.verdict_fields import VerdictFields


class Explain(VerdictFields, AtOperator):
    """`explain: {from: "3000100010", to: "989121110001", text: …, outcome: refused}`; see `expect_verdict`.

    Attributes:
        source: Key `from`: the line.
        destination: Key `to`: the recipient.
        text: What would be sent.
        at: When, in Tehran; now unless told otherwise.
    """

    key: ClassVar[str] = "explain"

    source: Text = Field(alias="from")
    destination: Text = Field(alias="to")
    text: Text
    at: TehranTime | None = None

    def run(self, stage: Stage) -> Unmet | None:
        """Asks, and compares what the step names."""
        return self.compared(
            stage.operator(self.at_operator).explain(self.source, self.destination, self.text, self.at)["verdict"]
        )
