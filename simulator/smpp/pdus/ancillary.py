"""The PDUs that ask after a message, withdraw or change it (5.0: 4.5), and all of cell broadcast (5.0: 4.4, 4.6)."""

from typing import NamedTuple

from simulator.smpp.pdus.field_types import (
    DefaultMessageId,
    DestinationAddr,
    DestinationNpi,
    DestinationTon,
    FinalDate,
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
    ValidityPeriod,
)
from simulator.smpp.pdus.session import HeaderOnly


class QuerySm(NamedTuple):
    """Asks what became of a message."""

    message_id: MessageId = ""
    source_addr_ton: SourceTon = 0
    source_addr_npi: SourceNpi = 0
    source_addr: SourceAddr = ""
    tlvs: Tlvs = ()


class QuerySmResp(NamedTuple):
    """Answers query_sm; `final_date` is empty while the message has not reached a final state."""

    message_id: MessageId = ""
    final_date: FinalDate = ""
    message_state: Octet = 0
    error_code: Octet = 0
    tlvs: Tlvs = ()


class CancelSm(NamedTuple):
    """Withdraws one message, or without a message_id all of a source, destination and service_type."""

    service_type: ServiceType = ""
    message_id: MessageId = ""
    source_addr_ton: SourceTon = 0
    source_addr_npi: SourceNpi = 0
    source_addr: SourceAddr = ""
    dest_addr_ton: DestinationTon = 0
    dest_addr_npi: DestinationNpi = 0
    destination_addr: DestinationAddr = ""
    tlvs: Tlvs = ()


class CancelSmResp(HeaderOnly):
    """Answers cancel_sm."""

    __slots__ = ()


class ReplaceSm(NamedTuple):
    """Changes the text, times and receipts of a message that waits for its delivery."""

    message_id: MessageId = ""
    source_addr_ton: SourceTon = 0
    source_addr_npi: SourceNpi = 0
    source_addr: SourceAddr = ""
    schedule_delivery_time: ScheduleTime = ""
    validity_period: ValidityPeriod = ""
    registered_delivery: RegisteredDelivery = 0
    sm_default_msg_id: DefaultMessageId = 0
    short_message: ShortMessage = b""
    tlvs: Tlvs = ()


class ReplaceSmResp(HeaderOnly):
    """Answers replace_sm."""

    __slots__ = ()


class BroadcastSm(NamedTuple):
    """A message to all who are in some area; the area, content type, frequency and repetitions are TLVs."""

    service_type: ServiceType = ""
    source_addr_ton: SourceTon = 0
    source_addr_npi: SourceNpi = 0
    source_addr: SourceAddr = ""
    message_id: MessageId = ""
    priority_flag: Priority = 0
    schedule_delivery_time: ScheduleTime = ""
    validity_period: ValidityPeriod = ""
    replace_if_present_flag: ReplaceFlag = 0
    data_coding: Octet = 0
    sm_default_msg_id: DefaultMessageId = 0
    tlvs: Tlvs = ()


class BroadcastSmResp(NamedTuple):
    """Answers broadcast_sm; areas that were not accepted are TLVs."""

    message_id: MessageId = ""
    tlvs: Tlvs = ()


class QueryBroadcastSm(NamedTuple):
    """Asks what became of a broadcast, by its message_id or the TLV user_message_reference."""

    message_id: MessageId = ""
    source_addr_ton: SourceTon = 0
    source_addr_npi: SourceNpi = 0
    source_addr: SourceAddr = ""
    tlvs: Tlvs = ()


class QueryBroadcastSmResp(NamedTuple):
    """Answers query_broadcast_sm; state, areas and their success are TLVs."""

    message_id: MessageId = ""
    tlvs: Tlvs = ()


class CancelBroadcastSm(NamedTuple):
    """Withdraws one broadcast, or without a message_id all of a source and service_type."""

    service_type: ServiceType = ""
    message_id: MessageId = ""
    source_addr_ton: SourceTon = 0
    source_addr_npi: SourceNpi = 0
    source_addr: SourceAddr = ""
    tlvs: Tlvs = ()


class CancelBroadcastSmResp(HeaderOnly):
    """Answers cancel_broadcast_sm."""

    __slots__ = ()
