"""`unbind`: ends the session as SMPP wants it."""

from typing import ClassVar

from harness.stage import Stage
from harness.step import EndsSession, Unmet
from simulator.smpp.consts import status_name


class Unbind(EndsSession):
    """`unbind:` without fields, or `unbind: {on: first}`.

    Attributes:
        on: See `OnSession`.
    """

    key: ClassVar[str] = "unbind"

    def run(self, stage: Stage) -> Unmet | None:
        """Unbinds and expects ESME_ROK."""
        session = stage.session(self.on)
        stage.unbind(session)
        if session.unbound is None:
            gone = f"the connection ended: {session.closed.reason}" if session.closed else "no answer"
            return Unmet(("unbind_resp with ESME_ROK",), gone, final=True)
        if session.unbound.command_status:
            return Unmet(("unbind_resp with ESME_ROK",), status_name(session.unbound.command_status), final=True)
        return None
