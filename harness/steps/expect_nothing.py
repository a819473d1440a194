"""`expect_nothing`: the operator sends nothing that the scenario has not expected before."""

from collections.abc import Sequence
from typing import ClassVar

from pydantic import Field

from harness.driver_events import SessionEvent
from harness.stage import Stage
from harness.step import OnSession, Step, Unmet, sessions_after
from harness.transcript import words
from harness.values import Duration


class ExpectNothing(OnSession):
    """`expect_nothing: {for: 2s}`; enquire_link does not count.

    Attributes:
        seconds: Key `for`: so long, on the operator's clock.
        on: The session that is meant; all of them unless told otherwise.
    """

    key: ClassVar[str] = "expect_nothing"

    seconds: Duration = Field(alias="for")

    def complaint(self, before: Sequence[Step]) -> str | None:
        """There must be a session to listen to."""
        if self.on is None and sessions_after(before):
            return None
        return super().complaint(before)

    def run(self, stage: Stage) -> Unmet | None:
        """Listens; also what came before and was not looked at counts."""
        session = None if self.on is None else stage.session(self.on)
        stage.pass_time(self.seconds, lambda: bool(self._came(stage)), session)
        expected = (f"nothing for {self.seconds:g} s",)
        if came := self._came(stage):
            return Unmet(expected, ", ".join(words(event) for event in came))
        if gone := stage.gone(self.on):
            return Unmet(expected, f"the connection ended: {gone.reason}", final=True)
        return None

    def _came(self, stage: Stage) -> Sequence[SessionEvent]:
        return [event for event in stage.unseen if self.on is None or event.session == stage.session(self.on).tag]
