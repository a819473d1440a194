"""`connect`: opens a connection without a bind, for whatever the scenario sends on it."""

from collections.abc import Sequence
from typing import ClassVar

from harness.driver import Capability
from harness.stage import Stage
from harness.step import OpensSession, Step, Unmet


class Connect(OpensSession):
    """`connect:` without fields, or `connect: {name: raw}`.

    Attributes:
        name: See `OpensSession`.
        at_operator: See `AtOperator`.
    """

    key: ClassVar[str] = "connect"

    def needs(self, before: Sequence[Step]) -> frozenset[Capability]:
        """A client that can leave the bind to the scenario."""
        del before
        return frozenset({Capability.PDUS})

    def run(self, stage: Stage) -> Unmet | None:
        """Waits for the connection."""
        session = stage.open(self.name, self.at_operator)
        if stage.wait(lambda: session.opened, stage.patience, session):
            return None
        gone = f"the connection ended: {session.closed.reason}" if session.closed else "no answer"
        return Unmet(("a connection",), gone, final=True)
