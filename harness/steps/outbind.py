"""`outbind`: the operator calls the client, which waits to be told to bind (SMPP 5.0, 4.1.1.7)."""

from collections.abc import Sequence
from typing import ClassVar

from harness.driver import Capability
from harness.stage import Stage
from harness.step import OpensSession, Step, Unmet


class Outbind(OpensSession):
    """`outbind: {password: secret}`: a session opened by the operator; the client has to bind on it as a receiver.

    Attributes:
        password: That by which the client knows the operator.
        name: See `OpensSession`.
        at_operator: See `AtOperator`.
    """

    key: ClassVar[str] = "outbind"

    password: str = ""

    def needs(self, before: Sequence[Step]) -> frozenset[Capability]:
        """A client that can be called."""
        del before
        return frozenset({Capability.PDUS})

    def run(self, stage: Stage) -> Unmet | None:
        """Has the client listen and the operator call."""
        session = stage.listen(self.name, self.at_operator)
        stage.wait(lambda: session.listening is not None, stage.patience, session)
        if session.listening is not None:
            stage.operator_of(session).call(session.listening.host, session.listening.port, self.password)
            if stage.wait(lambda: session.opened, stage.patience, session):
                return None
        return Unmet(("the operator calls",), "no call", final=True)
