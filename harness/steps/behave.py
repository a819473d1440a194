"""`behave`: from now on the client does not answer, answers otherwise, or does not read."""

from collections.abc import Sequence
from typing import Any, ClassVar, Literal

from pydantic import Field

from harness.driver import Capability
from harness.stage import Stage, StepError
from harness.step import OnSession, Step
from harness.values import Status, YesNo

Answered = Literal["enquire_link", "deliver_sm", "data_sm", "unbind"]
"""The requests that a client answers by itself."""


class Behave(OnSession):
    """`behave: {unanswered: [enquire_link]}`, `{answers: {deliver_sm: ESME_RX_T_APPN}}` or `{reads: no}`.

    What is left out is as a good client has it; a `behave` takes the place of the one before it.

    Attributes:
        unanswered: The requests that get no answer.
        answers: By the request's name, the command_status that answers it.
        reads: Whether the client reads; `no` leaves what comes in the socket.
        on: See `OnSession`.
    """

    key: ClassVar[str] = "behave"

    unanswered: tuple[Answered, ...] = ()
    answers: dict[Answered, Status] = Field(default_factory=dict)
    reads: YesNo = True

    def needs(self, before: Sequence[Step]) -> frozenset[Capability]:
        """A client that can be told so."""
        del before
        return frozenset({Capability.PDUS})

    def run(self, stage: Stage) -> None:
        """Tells the client, and waits until it has understood."""
        session = stage.session(self.on)
        before = session.behaving
        told: dict[str, Any] = {"unanswered": list(self.unanswered), "answers": self.answers, "reads": self.reads}
        stage.tell(session, "behave", **told)
        if not stage.wait(lambda: session.behaving > before, stage.patience, session):
            raise StepError("the client did not say that it behaves so")
