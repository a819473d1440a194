"""`submit`: sends a text; one that does not fit a short message is split by the client, as a panel's client would."""

from collections.abc import Sequence
from typing import ClassVar

from pydantic import Field

from harness.driver import Capability
from harness.stage import Stage
from harness.step import Step, Unmet, is_bound
from harness.values import Text, YesNo

_SHORT_OCTETS = 140
"""What fits one short message whatever its alphabet: 140 octets, 70 characters of UCS-2 (3GPP TS 23.040, 9.2.3.16)."""


class Submit(Step):
    """`submit: {from: "3000100010", to: "989121234567", text: …, receipt: yes, name: first}`.

    Attributes:
        source: Key `from`: the line, as the client writes it.
        destination: Key `to`: the recipient, as the client writes it.
        text: What is sent.
        receipt: Whether registered_delivery asks for a receipt; yes unless told otherwise.
        label: Key `name`: by which later expectations mean this submit (`of`); without it they mean the last one.
    """

    key: ClassVar[str] = "submit"

    source: Text = Field(alias="from")
    destination: Text = Field(alias="to")
    text: Text
    receipt: YesNo = True
    label: Text | None = Field(default=None, alias="name")

    def needs(self) -> frozenset[Capability]:
        """A client that splits, where the text may need it."""
        long = len(self.text.encode("utf-16-be", "surrogatepass")) > _SHORT_OCTETS
        return frozenset({Capability.LONG_TEXT}) if long else frozenset()

    def complaint(self, before: Sequence[Step]) -> str | None:
        """A session must be bound, and a name is given once."""
        if not is_bound(before):
            return "no session is bound here"
        named = [step.label for step in before if isinstance(step, Submit) and step.label]
        return f"there is another submit of the name {self.label!r}" if self.label in named else None

    def run(self, stage: Stage) -> Unmet | None:
        """Sends every part; what the operator answers is for an expectation to judge."""
        entry = stage.submit(self.source, self.destination, self.text, receipt=self.receipt, label=self.label)
        if entry.parts:
            return None
        gone = f"the connection ended: {stage.closed.reason}" if stage.closed else "the client did not send it"
        return Unmet(("submit_sm on its way",), gone, final=True)
