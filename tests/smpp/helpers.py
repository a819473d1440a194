"""Two sessions back to back, and small tools to write octets down as the specification lays them out."""

from collections.abc import Iterable, Iterator

from simulator.smpp.codec import encode
from simulator.smpp.consts import CommandStatus
from simulator.smpp.events import Event, Request
from simulator.smpp.pdus import (
    BindReceiver,
    BindReceiverResp,
    BindTransceiver,
    BindTransceiverResp,
    BindTransmitter,
    BindTransmitterResp,
    Pdu,
)
from simulator.smpp.session import Role, Session, SessionLimits, SessionState
from simulator.smpp.tlvs import Tlv

Bind = BindReceiver | BindTransmitter | BindTransceiver
VERSION_50 = (Tlv(0x0210, b"\x50"),)
QUIET = SessionLimits(session_init=None, enquire_link=None, inactivity=None, response_timeout=None)


def octets(*lines: str) -> bytes:
    """Hexadecimal octets; spaces and line ends are for the reader."""
    return bytes.fromhex("".join(lines))


def frame(command_id: int, body: bytes = b"", *, sequence_number: int = 1, command_status: int = 0) -> bytes:
    """One PDU from its header's values and its body."""
    header = (16 + len(body), command_id, command_status, sequence_number)
    return b"".join(value.to_bytes(4, "big") for value in header) + body


def chunked(data: bytes, sizes: Iterable[int]) -> Iterator[bytes]:
    """Cut octets into chunks of these sizes, the last one taking the rest."""
    at = 0
    for size in sizes:
        yield data[at : at + size]
        at += size
    yield data[at:]


def asked_by(sequence_number: int, pdu: Pdu) -> Request:
    """What a session tells of a request whose octets are those that our encoder makes of it."""
    return Request(sequence_number, pdu, encode(pdu, sequence_number))


class ConnectionPair:
    """An ESME's session and an MC's, each fed with what the other sends; `now` is a number that tests move."""

    def __init__(self, limits: SessionLimits = QUIET) -> None:
        self.now = 0.0
        self.esme = Session(Role.ESME, limits, self.now)
        self.mc = Session(Role.MC, limits, self.now)

    @property
    def states(self) -> tuple[SessionState, SessionState]:
        """The state of the ESME's session and of the MC's."""
        return self.esme.state, self.mc.state

    def to_mc(self) -> list[Event]:
        return self.mc.receive_data(self.esme.data_to_send(), self.now)

    def to_esme(self) -> list[Event]:
        return self.esme.receive_data(self.mc.data_to_send(), self.now)

    def ask(self, pdu: Pdu) -> list[Event]:
        """The ESME sends a request; what the MC makes of it."""
        self.esme.send_request(pdu, self.now)
        return self.to_mc()

    def deliver(self, pdu: Pdu) -> list[Event]:
        """The MC sends a request; what the ESME makes of it."""
        self.mc.send_request(pdu, self.now)
        return self.to_esme()

    def bind(self, pdu: Bind | None = None, command_status: int = CommandStatus.ESME_ROK) -> list[Event]:
        """The ESME binds and the MC answers; what the ESME makes of that."""
        [request] = self.ask(pdu or BindTransceiver(system_id="panel", password="secret"))
        assert isinstance(request, Request)
        self.mc.send_response(request.sequence_number, bind_answer(request.pdu), command_status)
        return self.to_esme()


def bind_answer(bind: Pdu) -> BindReceiverResp | BindTransmitterResp | BindTransceiverResp:
    """The answer to a bind, of an MC that speaks 5.0."""
    if isinstance(bind, BindReceiver):
        return BindReceiverResp(tlvs=VERSION_50)
    return (
        BindTransmitterResp(tlvs=VERSION_50)
        if isinstance(bind, BindTransmitter)
        else BindTransceiverResp(tlvs=VERSION_50)
    )


def bound(pdu: Bind | None = None, limits: SessionLimits = QUIET) -> ConnectionPair:
    """A pair that is bound, as transceiver unless another bind is given."""
    pair = ConnectionPair(limits)
    pair.bind(pdu)
    return pair
