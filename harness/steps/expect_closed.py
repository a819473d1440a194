"""`expect_closed`: the operator ends the connection."""

from typing import ClassVar

from harness.stage import Stage
from harness.step import EndsSession, Unmet
from harness.values import Duration


class ExpectClosed(EndsSession):
    """`expect_closed: {within: 2s}`.

    Attributes:
        within: Real time until it must be gone, 5s unless told otherwise: the protocol's timers run on real time.
        on: See `OnSession`.
    """

    key: ClassVar[str] = "expect_closed"

    within: Duration = 5.0

    def run(self, stage: Stage) -> Unmet | None:
        """Waits for the end."""
        session = stage.session(self.on)
        stage.wait(lambda: session.closed is not None, self.within, session)
        session.left = True
        return (
            None if session.closed else Unmet((f"the connection ends within {self.within:g} s",), "it is still there")
        )
