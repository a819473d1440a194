"""Who the peer of a session is and what both sides speak, as they tell each other in outbind, bind and its response.

An ESME says its version in the bind, an MC says its own in the TLV sc_interface_version of the answer; an MC that says
nothing takes no TLVs (5.0: 2.11.2). What holds is the lesser of the two.
"""

from simulator.smpp.consts import V33, V50, CommandId, CommandStatus, TlvTag, spoken_version
from simulator.smpp.pdus import BindFields, BindRespFields, Outbind, Pdu
from simulator.smpp.states import BOUND_BY, SessionState
from simulator.smpp.tlvs import int_value


class Binding:
    """What is known of the peer.

    Attributes:
        system_id: the peer's, empty before the bind or outbind.
        interface_version: the peer's, 0 before the bind; 0x33 for an MC that says none.
        version: what both sides speak: V33, V34 or V50, the last before the bind.
        under_way: command_id of a bind that is not answered yet.
    """

    def __init__(self) -> None:
        self.system_id = ""
        self.interface_version = 0
        self.version = V50
        self.under_way: int | None = None

    def called(self, outbind: Outbind) -> None:
        """An MC has called our ESME."""
        self.system_id = outbind.system_id

    def asked(self, command_id: int, bind: BindFields) -> None:
        """An ESME asks our MC to be bound."""
        self.under_way = command_id
        self.system_id = bind.system_id
        self.interface_version = bind.interface_version
        self.version = spoken_version(bind.interface_version)

    def answers(self, answer: Pdu, command_status: int) -> SessionState | None:
        """Our MC answers; the state that the session is then in, None if it stays where it is."""
        binding, self.under_way = self.under_way, None
        ours = int_value(answer.tlvs, TlvTag.SC_INTERFACE_VERSION)
        self.version = spoken_version(min(self.interface_version, V50 if ours is None else ours))
        return BOUND_BY[binding] if binding is not None and command_status == CommandStatus.ESME_ROK else None

    def answered(self, bind: BindFields, code: int, command_status: int, answer: Pdu | None) -> SessionState | None:
        """The MC answered our ESME; the state that the session is then in, None if it stays where it is."""
        binding, self.under_way = self.under_way, None
        if binding is None or command_status != CommandStatus.ESME_ROK or code == CommandId.GENERIC_NACK:
            return None
        version = None
        if isinstance(answer, BindRespFields):
            self.system_id = answer.system_id
            version = int_value(answer.tlvs, TlvTag.SC_INTERFACE_VERSION)
        self.interface_version = V33 if version is None else version
        self.version = spoken_version(min(bind.interface_version, self.interface_version))
        return BOUND_BY[binding]
