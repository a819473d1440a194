"""`expect_mo`: a subscriber's message reaches the client by deliver_sm."""

from collections.abc import Sequence
from typing import ClassVar

from pydantic import Field

from harness.driver import Capability
from harness.driver_events import MobileOriginated
from harness.stage import Stage
from harness.step import OnSession, Step, Unmet, sessions_after
from harness.values import Duration, Text, in_words


class ExpectMo(OnSession):
    """`expect_mo: {from: "989121234567", to: "3000200020", text: سلام, within: 5s}`; parts are expected one by one.

    Attributes:
        source: Key `from`: the subscriber.
        destination: Key `to`: the line.
        text: What the message says, where that matters.
        within: The operator's time until it must have come, 5s unless told otherwise; a busy machine gets a margin.
        on: The session on which it must come; any of them unless told otherwise.
    """

    key: ClassVar[str] = "expect_mo"

    source: Text | None = Field(default=None, alias="from")
    destination: Text | None = Field(default=None, alias="to")
    text: str | None = None
    within: Duration = 5.0

    def needs(self, before: Sequence[Step]) -> frozenset[Capability]:
        """A client that reports subscribers' messages."""
        del before
        return frozenset({Capability.MO})

    def complaint(self, before: Sequence[Step]) -> str | None:
        """There must be a session to listen to."""
        if self.on is None and sessions_after(before):
            return None
        return super().complaint(before)

    def run(self, stage: Stage) -> Unmet | None:
        """Waits for the message; each is looked at once."""
        stage.wait_due(lambda: self._found(stage) is not None, self.within)
        found = self._found(stage)
        if found is not None:
            stage.see([found])
            return None
        wanted = in_words(self.model_dump(exclude={"within", "on"}, exclude_none=True, by_alias=True))
        came = [event for event in stage.unseen if isinstance(event, MobileOriginated)]
        got = "; ".join(f"from {event.source}, to {event.destination}, text {event.text}" for event in came)
        return Unmet(
            (" ".join(["deliver_sm", *([wanted] if wanted else []), f"within {self.within:g} s"]),), got or "none"
        )

    def _found(self, stage: Stage) -> MobileOriginated | None:
        return next(
            (event for event in stage.unseen if isinstance(event, MobileOriginated) and self._fits(stage, event)), None
        )

    def _fits(self, stage: Stage, event: MobileOriginated) -> bool:
        return (
            (self.on is None or stage.session(self.on).tag == event.session)
            and self.source in (None, event.source)
            and self.destination in (None, event.destination)
            and self.text in (None, event.text)
        )
