"""`unbind`: ends the session as SMPP wants it."""

from collections.abc import Sequence
from typing import ClassVar

from harness.stage import Stage
from harness.step import Step, Unmet, is_bound
from simulator.smpp.consts import status_name


class Unbind(Step):
    """`unbind:` without fields."""

    key: ClassVar[str] = "unbind"

    def complaint(self, before: Sequence[Step]) -> str | None:
        """Only what is bound can be unbound."""
        return None if is_bound(before) else "no session is bound here"

    def run(self, stage: Stage) -> Unmet | None:
        """Unbinds and expects ESME_ROK."""
        stage.unbind()
        if stage.unbound is None:
            gone = f"the connection ended: {stage.closed.reason}" if stage.closed else "no answer"
            return Unmet(("unbind_resp with ESME_ROK",), gone, final=True)
        if stage.unbound.command_status:
            return Unmet(("unbind_resp with ESME_ROK",), status_name(stage.unbound.command_status), final=True)
        return None
