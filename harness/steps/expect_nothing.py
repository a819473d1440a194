"""`expect_nothing`: the operator sends nothing that the scenario has not expected before."""

from collections.abc import Sequence
from typing import ClassVar

from pydantic import Field

from harness.driver_events import MobileOriginated, Nack, Receipt, Response, SessionEvent
from harness.stage import Stage
from harness.step import Step, Unmet, is_bound
from harness.values import Duration
from simulator.smpp.consts import status_name


class ExpectNothing(Step):
    """`expect_nothing: {for: 2s}`; enquire_link does not count.

    Attributes:
        seconds: Key `for`: so long, on the operator's clock.
    """

    key: ClassVar[str] = "expect_nothing"

    seconds: Duration = Field(alias="for")

    def complaint(self, before: Sequence[Step]) -> str | None:
        """There must be a session to listen to."""
        return None if is_bound(before) else "no session is bound here"

    def run(self, stage: Stage) -> Unmet | None:
        """Listens; also what came before and was not looked at counts."""
        stage.wait(lambda: bool(stage.unseen), stage.silence(self.seconds))
        expected = (f"nothing for {self.seconds:g} s",)
        if stage.unseen:
            return Unmet(expected, ", ".join(_words(event) for event in stage.unseen))
        if stage.closed is not None:
            return Unmet(expected, f"the connection ended: {stage.closed.reason}", final=True)
        return None


def _words(event: SessionEvent) -> str:
    match event:
        case Receipt():
            return f"receipt {event.state} err {event.err} for message {event.message_id}"
        case Response():
            return f"submit_sm_resp {status_name(event.command_status)}"
        case MobileOriginated():
            return f"deliver_sm from {event.source}: {event.text!r}"
        case Nack():
            return f"generic_nack {status_name(event.command_status)}"
        case _:
            return event.event
