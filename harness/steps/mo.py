"""`mo`: a subscriber writes, to a line or to a short code of the operator."""

from typing import ClassVar

from pydantic import Field

from harness.stage import Stage
from harness.step import AtOperator, Unmet
from harness.values import Text


class Mo(AtOperator):
    """`mo: {from: "989121234567", to: "8999", text: "1", reply: قطع شد}`.

    Attributes:
        source: Key `from`: the subscriber.
        destination: Key `to`: a short code, or a line.
        text: What is written.
        reply: What the operator's answer to the subscriber holds, where that matters.
        at_operator: See `AtOperator`.
    """

    key: ClassVar[str] = "mo"

    source: Text = Field(alias="from")
    destination: Text = Field(alias="to")
    text: str
    reply: Text | None = None

    def run(self, stage: Stage) -> Unmet | None:
        """Has the message sent, and looks at what is written back."""
        reply = stage.operator(self.at_operator).receive_mo(self.source, self.destination, self.text)
        if self.reply is None or (reply is not None and self.reply in reply):
            return None
        return Unmet((f"a reply that holds {self.reply!r}",), "no reply" if reply is None else f"the reply {reply!r}")
