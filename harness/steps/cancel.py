"""`cancel`: the client takes a message back that is still on its way (cancel_sm)."""

from collections.abc import Sequence
from typing import ClassVar

from harness.ancillary import Ancillary
from harness.driver import Capability
from harness.stage import Stage
from harness.step import Step, Unmet


class Cancel(Ancillary):
    """`cancel: {of: first, status: ESME_RCANCELFAIL}`.

    Attributes:
        statuses: See `Ancillary`.
        of: See `AboutSubmit`.
    """

    key: ClassVar[str] = "cancel"

    def needs(self, before: Sequence[Step]) -> frozenset[Capability]:
        """A client that can cancel."""
        del before
        return frozenset({Capability.CANCEL_SM})

    def run(self, stage: Stage) -> Unmet | None:
        """Cancels, and looks at the answer."""
        answer = self.ask(stage, "cancel", destination=stage.find(self.of).call.destination)
        return answer if isinstance(answer, Unmet) else None
