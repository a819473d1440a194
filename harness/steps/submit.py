"""`submit`: sends a text; one that does not fit a short message is split by the client, as a panel's client would."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import ClassVar

from pydantic import Field

from harness.driver import Capability
from harness.stage import Call, Stage
from harness.step import Step, Unmet, is_bound
from harness.values import Duration, TehranTime, Text, YesNo

_SHORT_OCTETS = 140
"""What fits one short message whatever its alphabet: 140 octets, 70 characters of UCS-2 (3GPP TS 23.040, 9.2.3.16)."""
_LONGEST_VALIDITY = 30 * 86_400.0
"""Seconds that a relative time of SMPP tells in days, hours, minutes and seconds (5.0, 4.7.23.5)."""


class Submit(Step):
    """`submit: {from: "3000100010", to: "989121234567", text: …, receipt: yes, name: first, validity: 2h}`.

    Attributes:
        source: Key `from`: the line, as the client writes it.
        destination: Key `to`: the recipient, as the client writes it.
        text: What is sent.
        receipt: Whether registered_delivery asks for a receipt; yes unless told otherwise.
        also_to: Further recipients of the same call, a submit_multi then; of its verdicts the first counts.
        schedule: schedule_delivery_time, a time in Tehran: not to be delivered before.
        validity: validity_period, from the submit on: not to be delivered after.
        label: Key `name`: by which later expectations mean this submit (`of`); without it they mean the last one.
    """

    key: ClassVar[str] = "submit"

    source: Text = Field(alias="from")
    destination: Text = Field(alias="to")
    text: Text
    receipt: YesNo = True
    also_to: tuple[Text, ...] = ()
    schedule: TehranTime | None = None
    validity: Duration | None = Field(default=None, le=_LONGEST_VALIDITY)
    label: Text | None = Field(default=None, alias="name")

    def needs(self) -> frozenset[Capability]:
        """A client that splits, where the text may need it, and one that can say what is asked for."""
        long = len(self.text.encode("utf-16-be", "surrogatepass")) > _SHORT_OCTETS
        asked = {
            Capability.LONG_TEXT: long,
            Capability.SEVERAL_RECIPIENTS: bool(self.also_to),
            Capability.SCHEDULE: self.schedule is not None,
            Capability.VALIDITY: self.validity is not None,
        }
        return frozenset(capability for capability, is_needed in asked.items() if is_needed)

    def complaint(self, before: Sequence[Step]) -> str | None:
        """A session must be bound, and a name is given once."""
        if not is_bound(before):
            return "no session is bound here"
        named = [step.label for step in before if isinstance(step, Submit) and step.label]
        return f"there is another submit of the name {self.label!r}" if self.label in named else None

    def run(self, stage: Stage) -> Unmet | None:
        """Sends every part; what the operator answers is for an expectation to judge."""
        call = Call(
            self.source,
            self.destination,
            self.text,
            receipt=self.receipt,
            also_to=self.also_to,
            schedule="" if self.schedule is None else _absolute(self.schedule),
            validity="" if self.validity is None else _relative(self.validity),
        )
        entry = stage.submit(call, self.label)
        if entry.parts:
            return None
        gone = f"the connection ended: {stage.closed.reason}" if stage.closed else "the client did not send it"
        return Unmet(("submit_sm on its way",), gone, final=True)


def _absolute(moment: datetime) -> str:
    """YYMMDDhhmmsstnnp in UTC, which every message centre reads alike."""
    return f"{moment.astimezone(UTC):%y%m%d%H%M%S}000+"


def _relative(seconds: float) -> str:
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    day, hour = divmod(hours, 24)
    return f"0000{day:02}{hour:02}{minute:02}{second:02}000R"
