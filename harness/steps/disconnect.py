"""`disconnect`: the client's connection goes without an unbind, as when its process ends."""

from collections.abc import Sequence
from typing import ClassVar

from harness.driver import Capability
from harness.stage import Stage
from harness.step import EndsSession, Step


class Disconnect(EndsSession):
    """`disconnect:` without fields, or `disconnect: {on: first}`.

    Attributes:
        on: See `OnSession`.
    """

    key: ClassVar[str] = "disconnect"

    def needs(self, before: Sequence[Step]) -> frozenset[Capability]:
        """A client that closes a connection when told."""
        del before
        return frozenset({Capability.SESSIONS})

    def run(self, stage: Stage) -> None:
        """Closes the connection."""
        stage.close(stage.session(self.on))
