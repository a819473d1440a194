"""`expect_silence`: nothing at all comes on a connection, not even an enquire_link."""

from collections.abc import Sequence
from typing import ClassVar

from pydantic import Field

from harness.driver import Capability
from harness.stage import Stage
from harness.step import OnSession, Step, Unmet
from harness.transcript import words
from harness.values import Duration


class ExpectSilence(OnSession):
    """`expect_silence: {for: 500ms}`; a PDU that came before and was not looked at counts.

    Attributes:
        seconds: Key `for`: so long, in real time, on which the protocol's timers run.
        on: See `OnSession`.
    """

    key: ClassVar[str] = "expect_silence"

    seconds: Duration = Field(alias="for")

    def needs(self, before: Sequence[Step]) -> frozenset[Capability]:
        """A client that shows each PDU."""
        del before
        return frozenset({Capability.PDUS})

    def run(self, stage: Stage) -> Unmet | None:
        """Listens."""
        session = stage.session(self.on)
        stage.wait(lambda: any(pdu.session == session.tag for pdu in stage.pdus), self.seconds, session)
        expected = (f"silence for {self.seconds:g} s",)
        if came := [words(pdu) for pdu in stage.pdus if pdu.session == session.tag]:
            return Unmet(expected, "; ".join(came))
        if session.closed is not None:
            return Unmet(expected, f"the connection ended: {session.closed.reason}", final=True)
        return None
