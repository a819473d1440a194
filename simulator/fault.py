"""What a fault is: typed parameters under a name, for whom and how often it bites, and what it makes of a moment.

A fault is a value. It answers with instructions; who carries them out, and when its turn is, is decided elsewhere
(`connection_faults`, `fault_board`).
"""

from collections.abc import Mapping
from enum import Enum
from functools import cached_property
from random import Random
from types import MappingProxyType
from typing import Annotated, ClassVar, Final, Literal, NamedTuple, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from simulator.instructions import Instructions
from simulator.numbering import line_forms, normal_mobile
from simulator.smpp.codec import decode
from simulator.smpp.consts import ESM_MC_DELIVERY_RECEIPT, ESM_TYPE_MASK, CommandId, CommandStatus
from simulator.smpp.pdus import DeliverSm, GenericNack, SubmitSm, SubmitSmResp
from simulator.wire_octets import Header, header_of

Seconds = Annotated[float, Field(ge=0, le=86_400)]

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


class Reach(Enum):
    """What is known when a fault bites, and so what its scope may ask for."""

    CONNECTION = "nothing: the peer has not said who it is"
    SESSION = "account"
    MESSAGE = "account, line, destination"


class Addresses(NamedTuple):
    """The two ends of a message, in either direction."""

    line: str
    subscriber: str


def _normal(number: str) -> str:
    return normal_mobile(number) or number


class Scope(BaseModel):
    """For whom a fault is; what is left out is for everybody.

    Attributes:
        account: A system_id.
        line: A line's number, as it is registered.
        destination: A subscriber's number, or its beginning and an asterisk (`98912*`).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    account: str | None = Field(default=None, min_length=1)
    line: str | None = Field(default=None, min_length=1)
    destination: Annotated[str, Field(pattern=r"^\+?[0-9]{1,20}\*?$"), AfterValidator(_normal)] | None = None

    def fits(self, account: str, addresses: Addresses | None) -> bool:
        """Whether an account's message, or something else of its session, is meant."""
        if self.account is not None and self.account != account:
            return False
        if self.line is None and self.destination is None:
            return True
        return addresses is not None and self._fits_line(addresses.line) and self._fits_number(addresses.subscriber)

    def _fits_line(self, number: str) -> bool:
        return self.line is None or number in line_forms(self.line)

    def _fits_number(self, number: str) -> bool:
        wanted = self.destination
        if wanted is None:
            return True
        return _normal(number).startswith(wanted[:-1]) if wanted.endswith("*") else _normal(number) == wanted


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


class Fault(BaseModel):
    """One kind of fault; a subclass for each, its fields the parameters, its docstring what an ESME sees.

    Attributes:
        name: What it is called, in lower case with hyphens.
        scope: For whom it is.
        share: Of the occasions that it could bite on, the share on which it does, drawn from the operator's seed.
        count: After how many bites it ends; None for never.
        span: After how many seconds it ends; None for never.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    threads: ClassVar[str] = ""
    """The threads of client libraries that ask for it."""

    name: str
    scope: Scope = Scope()
    share: float = Field(default=1.0, gt=0, le=1, allow_inf_nan=False)
    count: int | None = Field(default=None, ge=1)
    span: float | None = Field(default=None, gt=0, allow_inf_nan=False)

    @model_validator(mode="after")
    def _scope_can_be_known(self) -> Self:
        asked = self.scope.model_dump(exclude_none=True)
        reach = self.reach()
        known = {Reach.CONNECTION: set(), Reach.SESSION: {"account"}, Reach.MESSAGE: set(asked)}[reach]
        if unknown := sorted(asked.keys() - known):
            raise ValueError(f"its scope cannot be by {' and '.join(unknown)}; what is known then: {reach.value}")
        return self

    def reach(self) -> Reach:
        """What is known when it bites."""
        return Reach.MESSAGE

    # Each answers None where the fault has nothing to do with the moment.

    def at_accept(self, _accepted: Accepted, /) -> Instructions | None:
        """A connection was accepted."""
        return None

    def on_bind(self, _asked: BindAsked, /) -> int | None:
        """An ESME asks to bind: the command_status that refuses it."""
        return None

    def on_submit(self, _submitted: Submitted, /) -> Refusal | None:
        """A submit_sm came."""
        return None

    def on_send(self, _outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """A PDU goes out: what is done in its place. `turn` is how often the fault has bitten before."""
        return None


def fault_name(kind: type[Fault]) -> str:
    """What a kind of fault is called."""
    return str(kind.model_fields["name"].default)


def draws(chance: Random, share: float) -> bool:
    """Whether the share falls on this occasion; the whole costs no draw."""
    return share >= 1 or chance.random() < share
