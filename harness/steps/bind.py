"""`bind`: opens a session and binds it; the scenario goes on only when the operator accepts."""

from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import Field

from harness.driver import Capability
from harness.stage import Stage
from harness.step import Step, Unmet, is_bound
from harness.values import Text
from simulator.smpp.consts import status_name


class Bind(Step):
    """`bind: {as: panel, password: panel, type: transceiver}`.

    Attributes:
        system_id: Key `as`: the account.
        password: Its password.
        bind_type: Key `type`: transceiver (the default), transmitter or receiver.
    """

    key: ClassVar[str] = "bind"

    system_id: Text = Field(alias="as")
    password: str
    bind_type: Literal["transceiver", "transmitter", "receiver"] = Field(default="transceiver", alias="type")

    def needs(self) -> frozenset[Capability]:
        """A client that can bind so."""
        return frozenset({Capability(self.bind_type)})

    def complaint(self, before: Sequence[Step]) -> str | None:
        """A session is bound once; unbind it before the next one."""
        return "a session is bound already; unbind it first" if is_bound(before) else None

    def run(self, stage: Stage) -> Unmet | None:
        """Binds; anything but ESME_ROK ends the scenario."""
        stage.bind(self.bind_type, self.system_id, self.password)
        expected = (f"bind_{self.bind_type}_resp with ESME_ROK",)
        if stage.bound is None:
            gone = f"the connection ended: {stage.closed.reason}" if stage.closed else "no answer"
            return Unmet(expected, gone, final=True)
        if stage.bound.command_status:
            return Unmet(expected, status_name(stage.bound.command_status), final=True)
        return None
