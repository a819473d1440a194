"""The PDUs that carry messages, and the alert that a subscriber can be reached again (5.0: 4.2, 4.3).

`short_message` is raw octets, to be read by `data_coding` (see `text`) once a user data header is off (see `udh`).
"""

from typing import Annotated, NamedTuple

from simulator.smpp.consts import CommandStatus
from simulator.smpp.fields import Group
from simulator.smpp.pdus.field_types import (
    DefaultMessageId,
    DestinationAddr,
    DestinationNpi,
    DestinationTon,
    DlName,
    ErrorStatusCode,
    EsmClass,
    LongDestinationAddr,
    LongSourceAddr,
    MessageId,
    Octet,
    Priority,
    RegisteredDelivery,
    ReplaceFlag,
    ScheduleTime,
    ServiceType,
    ShortMessage,
    SourceAddr,
    SourceNpi,
    SourceTon,
    Tlvs,
    UnusedMessageId,
    ValidityPeriod,
)


class MessageFields(NamedTuple):
    """What submit_sm and deliver_sm have in common, which is everything (5.0: 4.2.1, 4.3.1)."""

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


class SmeAddress(NamedTuple):
    """A destination of submit_multi that is a subscriber (dest_flag 1)."""

    dest_addr_ton: DestinationTon = 0
    dest_addr_npi: DestinationNpi = 0
    destination_addr: DestinationAddr = ""


class DistributionList(NamedTuple):
    """A destination of submit_multi that is a list which the MC keeps (dest_flag 2)."""

    dl_name: DlName = ""


class UnsuccessSme(NamedTuple):
    """A destination that a submit_multi was not accepted for, and the command_status that says why."""

    dest_addr_ton: DestinationTon = 0
    dest_addr_npi: DestinationNpi = 0
    destination_addr: DestinationAddr = ""
    error_status_code: ErrorStatusCode = 0


_DESTINATIONS = Group(
    "number_of_dests",
    CommandStatus.ESME_RINVNUMDESTS,
    (SmeAddress, DistributionList),
    "dest_flag",
    CommandStatus.ESME_RINVDESTFLAG,
)
_UNSUCCESSFUL = Group("no_unsuccess", CommandStatus.ESME_RINVCMDLEN, (UnsuccessSme,))


class SubmitMulti(NamedTuple):
    """One message from an ESME to several destinations (5.0: 4.2.3)."""

    service_type: ServiceType = ""
    source_addr_ton: SourceTon = 0
    source_addr_npi: SourceNpi = 0
    source_addr: SourceAddr = ""
    dest_address: Annotated[tuple[SmeAddress | DistributionList, ...], _DESTINATIONS] = ()
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


class SubmitMultiResp(NamedTuple):
    """Answers submit_multi: one id for all, and the destinations that it was not accepted for."""

    message_id: MessageId = ""
    unsuccess_sme: Annotated[tuple[UnsuccessSme, ...], _UNSUCCESSFUL] = ()
    tlvs: Tlvs = ()


class DataSm(NamedTuple):
    """A message in either direction, with its text in the TLV message_payload (5.0: 4.2.2)."""

    service_type: ServiceType = ""
    source_addr_ton: SourceTon = 0
    source_addr_npi: SourceNpi = 0
    source_addr: LongSourceAddr = ""
    dest_addr_ton: DestinationTon = 0
    dest_addr_npi: DestinationNpi = 0
    destination_addr: LongDestinationAddr = ""
    esm_class: EsmClass = 0
    registered_delivery: RegisteredDelivery = 0
    data_coding: Octet = 0
    tlvs: Tlvs = ()


class DataSmResp(NamedTuple):
    """Answers data_sm; the message_id is that of the MC, and unused where an ESME answers."""

    message_id: UnusedMessageId = ""
    tlvs: Tlvs = ()


class AlertNotification(NamedTuple):
    """Tells an ESME that a subscriber can be reached again (5.0: 4.1.3); nothing answers it."""

    source_addr_ton: SourceTon = 0
    source_addr_npi: SourceNpi = 0
    source_addr: LongSourceAddr = ""
    esme_addr_ton: DestinationTon = 0
    esme_addr_npi: DestinationNpi = 0
    esme_addr: LongDestinationAddr = ""
    tlvs: Tlvs = ()
