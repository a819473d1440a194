"""`bind`: opens a session and binds it."""

from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import Field, JsonValue, field_validator

from harness.driver import Capability
from harness.pdu_values import Fields, read_fields
from harness.stage import Stage
from harness.step import OpensSession, Step, Unmet, sessions_after
from harness.values import Statuses, Text
from simulator.smpp.consts import status_name
from simulator.smpp.pdus import BindTransceiver

ROK = 0
_FIELDS = ("system_type", "interface_version", "addr_ton", "addr_npi", "address_range")


class Bind(OpensSession):
    """`bind: {as: panel, password: panel, type: transceiver, name: first}`.

    Attributes:
        system_id: Key `as`: the account.
        password: Its password.
        bind_type: Key `type`: transceiver (the default), transmitter or receiver.
        statuses: Key `status`: how it must be answered, ESME_ROK unless told otherwise; one or a list of which any will
            do. After any other there is no session.
        fields: Further fields of the PDU: system_type, interface_version, addr_ton, addr_npi, address_range.
        name: See `OpensSession`.
        at_operator: See `AtOperator`.
    """

    key: ClassVar[str] = "bind"

    system_id: Text = Field(alias="as")
    password: str
    bind_type: Literal["transceiver", "transmitter", "receiver"] = Field(default="transceiver", alias="type")
    statuses: Statuses = Field(default=(ROK,), alias="status")
    fields: dict[str, JsonValue] = Field(default_factory=dict)

    @field_validator("fields", mode="before")
    @classmethod
    def _read_fields(cls, written: object) -> Fields:
        return read_fields(BindTransceiver, written, only=_FIELDS)

    def needs(self, before: Sequence[Step]) -> frozenset[Capability]:
        """A client that can bind so, and of several sessions one that can have them."""
        asked = {
            Capability.SESSIONS: self.statuses != (ROK,),
            Capability.BIND_FIELDS: bool(self.fields),
            Capability.SEVERAL_SESSIONS: bool(sessions_after(before)),
        }
        return frozenset({Capability(self.bind_type), *(one for one, is_asked in asked.items() if is_asked)})

    def sessions_after(self, sessions: tuple[str, ...]) -> tuple[str, ...]:
        """None where the bind is to be refused."""
        return super().sessions_after(sessions) if ROK in self.statuses else sessions

    def run(self, stage: Stage) -> Unmet | None:
        """Binds; an answer that is not expected ends the scenario."""
        asked = {"type": self.bind_type, "system_id": self.system_id, "password": self.password}
        more = {"fields": self.fields} if self.fields else {}
        session = stage.bind(self.name, self.at_operator, **asked, **more)
        expected = tuple(f"bind_{self.bind_type}_resp with {status_name(status)}" for status in self.statuses)
        if session.bound is None:
            gone = f"the connection ended: {session.closed.reason}" if session.closed else "no answer"
            return Unmet(expected, gone, final=True)
        stage.see([session.bound])
        session.left = session.bound.command_status != ROK
        if session.bound.command_status not in self.statuses:
            return Unmet(expected, status_name(session.bound.command_status), final=True)
        return None
