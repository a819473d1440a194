"""`expect_mo`: a subscriber's message reaches the client by deliver_sm."""

from collections.abc import Sequence
from typing import ClassVar

from pydantic import Field

from harness.driver import Capability
from harness.driver_events import MobileOriginated
from harness.stage import Stage
from harness.step import Step, Unmet, is_bound
from harness.values import Duration, Text, in_words


class ExpectMo(Step):
    """`expect_mo: {from: "989121234567", to: "3000200020", text: سلام, within: 5s}`; parts are expected one by one.

    Attributes:
        source: Key `from`: the subscriber.
        destination: Key `to`: the line.
        text: What the message says, where that matters.
        within: The operator's time until it must have come, 5s unless told otherwise.
    """

    key: ClassVar[str] = "expect_mo"

    source: Text | None = Field(default=None, alias="from")
    destination: Text | None = Field(default=None, alias="to")
    text: str | None = None
    within: Duration = 5.0

    def needs(self) -> frozenset[Capability]:
        """A client that reports subscribers' messages."""
        return frozenset({Capability.MO})

    def complaint(self, before: Sequence[Step]) -> str | None:
        """There must be a session to listen to."""
        return None if is_bound(before) else "no session is bound here"

    def run(self, stage: Stage) -> Unmet | None:
        """Waits for the message; each is looked at once."""
        stage.wait(lambda: self._found(stage) is not None, stage.due(self.within))
        found = self._found(stage)
        if found is not None:
            stage.see({0: found})
            return None
        wanted = in_words(self.model_dump(exclude={"within"}, exclude_none=True, by_alias=True))
        came = [event for event in stage.unseen if isinstance(event, MobileOriginated)]
        got = "; ".join(f"from {event.source}, to {event.destination}, text {event.text}" for event in came)
        return Unmet(
            (" ".join(["deliver_sm", *([wanted] if wanted else []), f"within {self.within:g} s"]),), got or "none"
        )

    def _found(self, stage: Stage) -> MobileOriginated | None:
        return next(
            (event for event in stage.unseen if isinstance(event, MobileOriginated) and self._fits(event)), None
        )

    def _fits(self, event: MobileOriginated) -> bool:
        return (
            self.source in (None, event.source)
            and self.destination in (None, event.destination)
            and self.text in (None, event.text)
        )
