"""`enquire_link`: the client asks whether the operator lives."""

from collections.abc import Sequence
from typing import ClassVar

from harness.driver import Capability
from harness.driver_events import Nack
from harness.stage import Stage
from harness.step import OnSession, Step, Unmet
from simulator.smpp.consts import status_name


class EnquireLink(OnSession):
    """`enquire_link:` without fields, or `enquire_link: {on: first}`.

    Attributes:
        on: See `OnSession`.
    """

    key: ClassVar[str] = "enquire_link"

    def needs(self, before: Sequence[Step]) -> frozenset[Capability]:
        """A client that asks when told."""
        del before
        return frozenset({Capability.ENQUIRE_LINK})

    def run(self, stage: Stage) -> Unmet | None:
        """Asks and expects ESME_ROK."""
        session = stage.session(self.on)
        answer = stage.ask(session, "enquire_link")
        expected = ("enquire_link_resp with ESME_ROK",)
        if answer is None:
            return Unmet(expected, f"the connection ended: {session.closed.reason}" if session.closed else "no answer")
        if isinstance(answer, Nack) or answer.command_status:
            return Unmet(expected, status_name(answer.command_status))
        return None
