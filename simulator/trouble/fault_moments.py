"""What a fault is shown: the moments of a connection at which it may bite, as far as their facts are known."""

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from simulator.smpp.codec import decode
from simulator.smpp.consts import ESM_MC_DELIVERY_RECEIPT, ESM_TYPE_MASK, CommandId, CommandStatus
from simulator.smpp.pdus import DeliverSm, GenericNack, SubmitSm, SubmitSmResp
from simulator.trouble.wire_octets import Header, header_of

Occasion = Literal["bind_resp", "submit_sm_resp", "deliver_sm", "enquire_link_resp"]
"""The PDU of ours that sets off a fault of the connection."""

_OCCASIONS: Final[Mapping[int, Occasion]] = MappingProxyType(
    {
        CommandId.BIND_RECEIVER_RESP: "bind_resp",
        CommandId.BIND_TRANSMITTER_RESP: "bind_resp",
        CommandId.BIND_TRANSCEIVER_RESP: "bind_resp",
        CommandId.SUBMIT_SM_RESP: "submit_sm_resp",
        CommandId.DELIVER_SM: "deliver_sm",
        CommandId.ENQUIRE_LINK_RESP: "enquire_link_resp",
    }
)


class Addresses(NamedTuple):
    """The two ends of a message, in either direction."""

    line: str
    subscriber: str


class Accepted(NamedTuple):
    """A connection that was just accepted."""

    is_tls: bool


class BindAsked(NamedTuple):
    """An ESME asks to bind."""

    account: str
    idle: float | None
    """Seconds since a session of the account ended; None if none has."""


class Submitted(NamedTuple):
    """A submit_sm that came, before it is judged."""

    account: str
    pdu: SubmitSm
    sequence_number: int
    unanswered: int
    """How many submit_sm of its session are unanswered, this one included."""
    unanswered_there: int
    """How many of them go to its destination."""

    @property
    def addresses(self) -> Addresses:
        """Its two ends."""
        return Addresses(self.pdu.source_addr, self.pdu.destination_addr)


class Refusal(NamedTuple):
    """How a submit_sm is turned away before it is a message: it is not judged and not stored."""

    pdu: SubmitSmResp | GenericNack
    command_status: int
    sequence_number: int


class Peer(NamedTuple):
    """Who a PDU goes to."""

    account: str
    interface_version: int
    can_receive: bool
    """Whether a deliver_sm may go there."""


class Outgoing:
    """A PDU on its way out.

    Attributes:
        octets: All of it.
        header: Its header.
        peer: Who it goes to.
        request: The submit_sm that it answers, if it is a submit_sm_resp.
    """

    def __init__(self, octets: bytes, peer: Peer, request: SubmitSm | None, numbers: "Numbers") -> None:
        self.octets = octets
        self.header: Header = header_of(octets)
        self.peer = peer
        self.request = request
        self._numbers = numbers

    @property
    def occasion(self) -> Occasion | None:
        """What it is, where that can set off a fault of the connection."""
        return _OCCASIONS.get(self.header.command_id)

    @property
    def is_ok(self) -> bool:
        """Whether its command_status is ESME_ROK."""
        return self.header.command_status == CommandStatus.ESME_ROK

    def new_number(self) -> int:
        """A sequence number for a request that a fault makes up."""
        return self._numbers.next()

    @cached_property
    def deliver_sm(self) -> DeliverSm | None:
        """The PDU, if it is a deliver_sm."""
        if self.header.command_id != CommandId.DELIVER_SM:
            return None
        pdu = decode(self.octets).pdu
        return pdu if isinstance(pdu, DeliverSm) else None

    @cached_property
    def receipt(self) -> DeliverSm | None:
        """The PDU, if it is a delivery receipt."""
        pdu = self.deliver_sm
        return pdu if pdu and pdu.esm_class & ESM_TYPE_MASK == ESM_MC_DELIVERY_RECEIPT else None

    @cached_property
    def submit_sm_resp(self) -> SubmitSmResp | None:
        """The PDU, if it is the response to a submit_sm that is known."""
        if self.request is None or self.header.command_id != CommandId.SUBMIT_SM_RESP:
            return None
        pdu = decode(self.octets).pdu
        return pdu if isinstance(pdu, SubmitSmResp) else None

    @property
    def addresses(self) -> Addresses | None:
        """The two ends of the message that it is about."""
        if self.request is not None:
            return Addresses(self.request.source_addr, self.request.destination_addr)
        pdu = self.deliver_sm
        return Addresses(pdu.destination_addr, pdu.source_addr) if pdu else None


class Numbers:
    """Sequence numbers far from those that a session counts up from 1, for the requests that faults make up."""

    def __init__(self) -> None:
        self._last = 0x7E000000

    def next(self) -> int:
        """The next one."""
        self._last += 1
        return self._last
