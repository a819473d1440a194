"""The PDUs: one declaration each, fields in wire order, spelt as the specification spells them (5.0 chapter 4).

A field's annotation is its whole wire rule (see `fields`); decoder and encoder are made from it (see `codegen`). The
command_id of a class is that of its name: `SubmitSmResp` is submit_sm_resp. To add a PDU, declare it and list it.

Every PDU ends in `tlvs`, also where the standard foresees none: a receiver must live with TLVs that it does not expect,
and what is kept can be shown. A length such as sm_length is not a field; it belongs to its octets.

PDUs are tuples, so two of different classes with equal fields compare equal; tell them apart by their type.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Final, NamedTuple

from simulator.smpp.consts import RESPONSE_BIT, CommandId, CommandStatus
from simulator.smpp.fields import CString, Octets, TlvStream, UInt8
from simulator.smpp.tlvs import Tlv

Octet = Annotated[int, UInt8()]
Tlvs = Annotated[tuple[Tlv, ...], TlvStream()]
Priority = Annotated[int, UInt8(CommandStatus.ESME_RINVPRTFLG)]
EsmClass = Annotated[int, UInt8(CommandStatus.ESME_RINVESMCLASS)]
RegisteredDelivery = Annotated[int, UInt8(CommandStatus.ESME_RINVREGDLVFLG)]
ReplaceFlag = Annotated[int, UInt8(CommandStatus.ESME_RINVREPFLAG)]
DefaultMessageId = Annotated[int, UInt8(CommandStatus.ESME_RINVDFTMSGID)]
SourceTon = Annotated[int, UInt8(CommandStatus.ESME_RINVSRCTON)]
SourceNpi = Annotated[int, UInt8(CommandStatus.ESME_RINVSRCNPI)]
DestinationTon = Annotated[int, UInt8(CommandStatus.ESME_RINVDSTTON)]
DestinationNpi = Annotated[int, UInt8(CommandStatus.ESME_RINVDSTNPI)]
SourceAddr = Annotated[str, CString(21, CommandStatus.ESME_RINVSRCADR)]
DestinationAddr = Annotated[str, CString(21, CommandStatus.ESME_RINVDSTADR)]
SystemId = Annotated[str, CString(16, CommandStatus.ESME_RINVSYSID)]
Password = Annotated[str, CString(9, CommandStatus.ESME_RINVPASWD)]
SystemType = Annotated[str, CString(13, CommandStatus.ESME_RINVSYSTYP)]
AddressRange = Annotated[str, CString(41, CommandStatus.ESME_RBINDFAIL)]
ServiceType = Annotated[str, CString(6, CommandStatus.ESME_RINVSERTYP)]
ScheduleTime = Annotated[str, CString(17, CommandStatus.ESME_RINVSCHED)]
ValidityPeriod = Annotated[str, CString(17, CommandStatus.ESME_RINVEXPIRY)]
MessageId = Annotated[str, CString(65, CommandStatus.ESME_RINVMSGID)]
UnusedMessageId = Annotated[str, CString(65, CommandStatus.ESME_RINVMSGID, may_be_absent=True)]
ShortMessage = Annotated[bytes, Octets("sm_length", CommandStatus.ESME_RINVMSGLEN)]


class BindFields(NamedTuple):
    """What the three bind requests have in common (5.0: 4.1.1): the fields are the same, the command says the rest."""

    system_id: SystemId = ""
    password: Password = ""
    system_type: SystemType = ""
    interface_version: Octet = 0x34
    addr_ton: Octet = 0
    addr_npi: Octet = 0
    address_range: AddressRange = ""
    tlvs: Tlvs = ()


class BindReceiver(BindFields):
    """Asks to receive deliver_sm only."""

    __slots__ = ()


class BindTransmitter(BindFields):
    """Asks to send submit_sm only."""

    __slots__ = ()


class BindTransceiver(BindFields):
    """Asks for both directions on one connection."""

    __slots__ = ()


class BindRespFields(NamedTuple):
    """What the three bind responses have in common; the TLV sc_interface_version says what the MC speaks."""

    system_id: SystemId = ""
    tlvs: Tlvs = ()


class BindReceiverResp(BindRespFields):
    """Answers bind_receiver."""

    __slots__ = ()


class BindTransmitterResp(BindRespFields):
    """Answers bind_transmitter."""

    __slots__ = ()


class BindTransceiverResp(BindRespFields):
    """Answers bind_transceiver."""

    __slots__ = ()


class HeaderOnly(NamedTuple):
    """A PDU that is all in its header."""

    tlvs: Tlvs = ()


class Unbind(HeaderOnly):
    """Ends the session; either side may send it."""

    __slots__ = ()


class UnbindResp(HeaderOnly):
    """Answers unbind."""

    __slots__ = ()


class EnquireLink(HeaderOnly):
    """Asks whether the other side is there."""

    __slots__ = ()


class EnquireLinkResp(HeaderOnly):
    """Answers enquire_link."""

    __slots__ = ()


class GenericNack(HeaderOnly):
    """Answers what cannot be answered by a response of its own."""

    __slots__ = ()


class MessageFields(NamedTuple):
    """What submit_sm and deliver_sm have in common, which is everything (5.0: 4.2.1, 4.3.1).

    `short_message` is raw octets, to be read by `data_coding` (see `text`) once a user data header is off (see `udh`).
    """

    service_type: ServiceType = ""
    source_addr_ton: SourceTon = 0
    source_addr_npi: SourceNpi = 0
    source_addr: SourceAddr = ""
    dest_addr_ton: DestinationTon = 0
    dest_addr_npi: DestinationNpi = 0
    destination_addr: DestinationAddr = ""
    esm_class: EsmClass = 0
    protocol_id: Octet = 0
    priority_flag: Priority = 0
    schedule_delivery_time: ScheduleTime = ""
    validity_period: ValidityPeriod = ""
    registered_delivery: RegisteredDelivery = 0
    replace_if_present_flag: ReplaceFlag = 0
    data_coding: Octet = 0
    sm_default_msg_id: DefaultMessageId = 0
    short_message: ShortMessage = b""
    tlvs: Tlvs = ()


class SubmitSm(MessageFields):
    """A message from an ESME to the MC."""

    __slots__ = ()


class SubmitSmResp(NamedTuple):
    """Answers submit_sm with the MC's id of the message, in 64 characters at most (8 for an ESME at 3.3)."""

    message_id: MessageId = ""
    tlvs: Tlvs = ()


class DeliverSm(MessageFields):
    """A message or a delivery receipt from the MC to an ESME."""

    __slots__ = ()


class DeliverSmResp(NamedTuple):
    """Answers deliver_sm. Its message_id is unused, and some peers leave even its NUL out."""

    message_id: UnusedMessageId = ""
    tlvs: Tlvs = ()


Pdu = (
    BindReceiver
    | BindReceiverResp
    | BindTransmitter
    | BindTransmitterResp
    | BindTransceiver
    | BindTransceiverResp
    | Unbind
    | UnbindResp
    | EnquireLink
    | EnquireLinkResp
    | SubmitSm
    | SubmitSmResp
    | DeliverSm
    | DeliverSmResp
    | GenericNack
)
"""Any PDU."""

PDUS: Final[tuple[type[Pdu], ...]] = (
    BindReceiver,
    BindReceiverResp,
    BindTransmitter,
    BindTransmitterResp,
    BindTransceiver,
    BindTransceiverResp,
    Unbind,
    UnbindResp,
    EnquireLink,
    EnquireLinkResp,
    SubmitSm,
    SubmitSmResp,
    DeliverSm,
    DeliverSmResp,
    GenericNack,
)
"""All declared PDU classes."""


def _command_id(pdu_type: type[Pdu]) -> CommandId:
    return CommandId[re.sub(r"(?<=[a-z])(?=[A-Z])", "_", pdu_type.__name__).upper()]


_COMMAND_IDS: Final[Mapping[type[Pdu], CommandId]] = MappingProxyType({each: _command_id(each) for each in PDUS})
PDU_TYPES: Final[Mapping[int, type[Pdu]]] = MappingProxyType({code: each for each, code in _COMMAND_IDS.items()})
"""The PDU class of each declared command_id."""


def command_id(pdu_type: type[Pdu]) -> CommandId:
    """The command_id of a PDU class, from its name: `SubmitSmResp` -> `CommandId.SUBMIT_SM_RESP`."""
    return _COMMAND_IDS[pdu_type]


def response_type(request_type: type[Pdu]) -> type[Pdu] | None:
    """The class that answers a request of this class; None for a response, or a request that has none."""
    code = command_id(request_type)
    return None if code & RESPONSE_BIT else PDU_TYPES.get(code | RESPONSE_BIT)
