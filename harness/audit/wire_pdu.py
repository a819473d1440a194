"""One PDU as it was seen on the wire: where, when, and what it says."""

from dataclasses import dataclass

from harness.audit.traces import Judgement
from simulator.smpp.consts import RESPONSE_BIT, command_name
from simulator.smpp.errors import PduError
from simulator.smpp.pdus import Pdu
from simulator.smpp.states import Role, SessionState


@dataclass(frozen=True, slots=True, eq=False)
class WirePdu:
    """One PDU as it was seen.

    Attributes:
        number: its place among all PDUs of the recording, from 0.
        at: when, POSIX seconds.
        frame: the line or packet in which it ends.
        session: the number of its connection.
        sender: who sent it.
        command_id: as all of the header, whatever the body says.
        command_status: as above.
        sequence_number: as above.
        octets: all of it.
        pdu: decoded; None where it cannot be, or its command_id has no name.
        fault: why it cannot be decoded, if that is so.
        state: of the session, just before; None where the beginning of the session was not seen.
        version: of the protocol that the session speaks: what its bind said, 3.4 until then.
        judgement: of a submit_sm_resp, what the operator decided, where the source knows.
    """

    number: int
    at: float
    frame: int
    session: int
    sender: Role
    command_id: int
    command_status: int
    sequence_number: int
    octets: bytes
    pdu: Pdu | None
    fault: PduError | None
    state: SessionState | None
    version: int
    judgement: Judgement | None

    @property
    def is_response(self) -> bool:
        """Whether it answers something, or says to."""
        return bool(self.command_id & RESPONSE_BIT)

    @property
    def command(self) -> str:
        """The command by its name."""
        return command_name(self.command_id)
