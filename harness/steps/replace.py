"""`replace`: the client replaces the text of a message that is still on its way (replace_sm)."""

from collections.abc import Sequence
from typing import ClassVar

from pydantic import Field

from harness.ancillary import Ancillary
from harness.driver import Capability
from harness.smpp_times import LONGEST_VALIDITY, absolute, relative
from harness.stage import Stage
from harness.step import Step, Unmet
from harness.values import Duration, TehranTime, Text, YesNo


class Replace(Ancillary):
    """`replace: {of: first, text: سلام}`.

    Attributes:
        text: What the message says from now on.
        receipt: Whether registered_delivery asks for a receipt; yes unless told otherwise.
        schedule: A new schedule_delivery_time, a time in Tehran.
        validity: A new validity_period, from now on.
        statuses: See `Ancillary`.
        of: See `AboutSubmit`.
    """

    key: ClassVar[str] = "replace"

    text: Text
    receipt: YesNo = True
    schedule: TehranTime | None = None
    validity: Duration | None = Field(default=None, le=LONGEST_VALIDITY)

    def needs(self, before: Sequence[Step]) -> frozenset[Capability]:
        """A client that can replace."""
        del before
        return frozenset({Capability.REPLACE_SM})

    def run(self, stage: Stage) -> Unmet | None:
        """Replaces, and looks at the answer."""
        times = {
            "schedule": "" if self.schedule is None else absolute(self.schedule),
            "validity": "" if self.validity is None else relative(self.validity),
        }
        asked = {name: value for name, value in times.items() if value}
        answer = self.ask(stage, "replace", text=self.text, receipt=self.receipt, **asked)
        return answer if isinstance(answer, Unmet) else None
