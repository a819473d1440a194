"""What the drivers of the user's own system share: a session that the system keeps itself, seen from the operator."""

import time
from abc import abstractmethod
from typing import ClassVar

from harness.driver import Capability, DriverOptions
from harness.drivers import child
from harness.drivers.operator_view import OperatorView

GLANCE = 0.05
"""Real seconds between two looks at the operator's records."""
NOTHING_CAME = 2.0
"""Real seconds for a message to reach the operator, once the system has said that it will not come, or has ended."""
KEPT = "the system keeps its session"

_USUAL = (
    Capability.TRANSCEIVER, Capability.RECEIPTS, Capability.EACH_PART_RECEIPT, Capability.MO, Capability.LONG_TEXT
)  # fmt: skip


class OwnSystemOptions(DriverOptions):
    """What a user may say of his own system, besides how it is driven.

    Attributes:
        can: What it can do, in the words of `Capability`; what a scenario needs beyond that makes it UNSUPPORTED.
        patience: Real seconds that it may take until its session is there, or its message.
    """

    can: tuple[Capability, ...] = _USUAL
    patience: float = 10.0


class OwnSession(child.Session):
    """A session of somebody else's, by the operator's records.

    Subclasses say how a text is given to the system, and take in what it tells by itself.
    """

    commands: ClassVar = {"submit": "submit", "unbind": "unbind"}

    def __init__(self, name: str, bind: child.Bind) -> None:
        super().__init__(name)
        self.view = OperatorView(bind.operator, bind.system_id)
        self._next_look = 0.0
        self._is_leaving = False
        self._doubts: dict[str, tuple[float, str]] = {}

    @abstractmethod
    def give(self, submit: child.Submit) -> None:
        """Gives a text to the system.

        Raises:
            ChildError: The system does not take it.
        """

    def hear(self) -> None:
        """Takes in what the system tells by itself."""

    def leave(self) -> None:
        """The scenario is over."""

    def submit(self, submit: child.Submit) -> None:
        """Gives a text to the system, and looks for it at the operator."""
        self.view.expect(submit.tag)
        try:
            self.give(submit)
        except child.ChildError:
            self.view.forget(submit.tag)
            raise

    def doubt(self, tag: str, reason: str) -> None:
        """The system says that a text has not left: so it failed, unless the operator has it soon."""
        self._doubts.setdefault(tag, (time.monotonic() + NOTHING_CAME, reason))

    def unbind(self) -> None:
        """The scenario needs the session no more; whether it ends is for the system to say."""
        self.report("unbound", command_status=0, witness="nobody")
        self._is_leaving = True

    def due(self) -> float:
        """The next look at the records."""
        return self._next_look

    def look(self) -> bool:
        """Reports what the records have that is new."""
        if self._is_leaving:
            self.close(KEPT)
            return False
        self._next_look = time.monotonic() + GLANCE
        self.hear()
        try:
            for event, fields in self.view.news():
                self.report(event, **fields, witness="operator")
        except child.ChildError as error:
            self.close(child.reason_of(error))
            return False
        self._settle_doubts()
        return True

    def _settle_doubts(self) -> None:
        for tag, (until, reason) in list(self._doubts.items()):
            if not self.view.is_awaited(tag):
                del self._doubts[tag]
            elif time.monotonic() > until:
                del self._doubts[tag]
                self.view.forget(tag)
                self.report("failed", command="submit", reason=f"nothing reached the operator: {reason}")

    def close(self, reason: str) -> None:
        """Lets go of the system, and reports so."""
        self.leave()
        self.view.close()
        self.report("closed", reason=reason)


def wait_until_bound(session: OwnSession, seconds: float) -> bool:
    """Waits for a session of the account, and reports it; False when none came."""
    end = time.monotonic() + seconds
    while not session.view.binds():
        if time.monotonic() > end:
            return False
        session.hear()
        time.sleep(GLANCE)
    session.report("bound", command_status=0, witness="operator")
    return True
