"""What the standard says of each of the 64 TLVs: size, kind, permitted values, since which version.

Sizes are the union of 3.4 and 5.0 and of what deployed peers send; each exception has its reason beside it. Which PDU
may carry which TLV is in `tlv_places`.
"""

from collections.abc import Iterable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final, NamedTuple

from simulator.smpp.consts import V34, V50, CommandStatus, TlvTag

MAX_VALUE_SIZE: Final = 0xFFFF


class Kind(Enum):
    """How the value of a TLV is read."""

    INTEGER = "big-endian unsigned integer"
    C_STRING = "C-octet string, NUL included in its size"
    OCTETS = "octets"


class TlvSpec(NamedTuple):
    """What the standard says of one tag.

    Attributes:
        name: in the standard's spelling.
        low: the least octets of its value.
        high: the most.
        kind: how to read it.
        values: what an integer, or the first of some octets, may be; None: anything.
        error: the command_status that answers another value.
        since: the version that brought it.
    """

    name: str
    low: int
    high: int
    kind: Kind
    values: frozenset[int] | None
    error: CommandStatus
    since: int


_FIRST_STATUS_OF_50: Final = 0x100
_SINCE_50: Final = range(0x0600, 0x0614)  # and congestion_state

_SIZES: Final[Mapping[int, str]] = MappingProxyType(
    {
        1: (
            "dest_addr_subunit dest_network_type dest_bearer_type source_addr_subunit source_network_type "
            "source_bearer_type payload_type ms_msg_wait_facilities privacy_indicator user_response_code "
            "language_indicator sar_total_segments sar_segment_seqnum sc_interface_version callback_num_pres_ind "
            "number_of_messages dpf_result set_dpf ms_availability_status delivery_failure_reason "
            "more_messages_to_send message_state congestion_state ussd_service_op broadcast_channel_indicator "
            "broadcast_message_class broadcast_area_success dest_addr_np_resolution display_time its_reply_type"
        ),
        2: "dest_telematics_id user_message_reference source_port dest_port sar_msg_ref_num sms_signal",
        4: "qos_time_to_live broadcast_error_status",
    }
)
"""The integers of one size, by that size."""

_OTHERS: Final = (
    (TlvTag.SOURCE_TELEMATICS_ID, 1, 2, Kind.INTEGER),  # 1 in the standard, 2 like its twin in deployed decoders
    (TlvTag.BROADCAST_REP_NUM, 1, 2, Kind.INTEGER),  # 2 in the standard, 1 in a deployed decoder
    (TlvTag.ALERT_ON_MESSAGE_DELIVERY, 0, 1, Kind.INTEGER),  # 3.4: its presence says it all
    (TlvTag.DEST_ADDR_NP_COUNTRY, 1, 5, Kind.INTEGER),
    (TlvTag.ADDITIONAL_STATUS_INFO_TEXT, 1, 256, Kind.C_STRING),
    (TlvTag.RECEIPTED_MESSAGE_ID, 1, 65, Kind.C_STRING),
    (TlvTag.SOURCE_NETWORK_ID, 7, 65, Kind.C_STRING),
    (TlvTag.DEST_NETWORK_ID, 7, 65, Kind.C_STRING),
    (TlvTag.SOURCE_SUBADDRESS, 2, 23, Kind.OCTETS),
    (TlvTag.DEST_SUBADDRESS, 2, 23, Kind.OCTETS),
    (TlvTag.CALLBACK_NUM_ATAG, 0, 65, Kind.OCTETS),
    (TlvTag.CALLBACK_NUM, 4, 19, Kind.OCTETS),
    (TlvTag.NETWORK_ERROR_CODE, 3, 3, Kind.OCTETS),
    (TlvTag.MESSAGE_PAYLOAD, 0, MAX_VALUE_SIZE, Kind.OCTETS),
    (TlvTag.BROADCAST_CONTENT_TYPE, 3, 3, Kind.OCTETS),
    (TlvTag.BROADCAST_CONTENT_TYPE_INFO, 1, 255, Kind.OCTETS),
    (TlvTag.BROADCAST_FREQUENCY_INTERVAL, 3, 3, Kind.OCTETS),
    (TlvTag.BROADCAST_AREA_IDENTIFIER, 1, 101, Kind.OCTETS),  # the format, and 100 octets at most
    (TlvTag.BROADCAST_END_TIME, 16, 17, Kind.OCTETS),  # a time of 16 characters, with or without NUL
    (TlvTag.BROADCAST_SERVICE_GROUP, 1, 255, Kind.OCTETS),
    (TlvTag.BILLING_IDENTIFICATION, 1, 1024, Kind.OCTETS),
    (TlvTag.SOURCE_NODE_ID, 6, 6, Kind.OCTETS),
    (TlvTag.DEST_NODE_ID, 6, 6, Kind.OCTETS),
    (TlvTag.DEST_ADDR_NP_INFORMATION, 10, 10, Kind.OCTETS),
    (TlvTag.MS_VALIDITY, 1, 4, Kind.OCTETS),  # one octet, or 4 with a unit and a count (5.0); see `tlv_checks`
    (TlvTag.ITS_SESSION_INFO, 2, 2, Kind.OCTETS),
)

_VALUES: Final[tuple[tuple[str, Iterable[int]], ...]] = (
    ("dest_addr_subunit source_addr_subunit", range(5)),
    ("dest_network_type dest_bearer_type source_network_type source_bearer_type its_reply_type", range(9)),
    ("payload_type dpf_result set_dpf more_messages_to_send broadcast_channel_indicator callback_num", range(2)),
    ("ms_msg_wait_facilities", (value for value in range(256) if not value & 0x7C)),
    ("privacy_indicator delivery_failure_reason alert_on_message_delivery broadcast_content_type", range(4)),
    ("broadcast_message_class", range(4)),  # class 1 is printed as 2 in 5.0; 1 is the evident reading
    ("sar_total_segments sar_segment_seqnum", range(1, 256)),
    ("callback_num_pres_ind", (value for value in range(16) if value & 0x0C != 0x0C)),
    ("number_of_messages", range(100)),
    ("ms_availability_status dest_addr_np_resolution display_time broadcast_area_identifier", range(3)),
    ("message_state", range(10)),
    ("congestion_state", range(101)),
    ("ussd_service_op", (*range(4), *range(16, 20), *range(32, 256))),
    ("network_error_code", range(1, 9)),
    ("source_subaddress dest_subaddress", (0x80, 0x88, 0xA0)),
    ("broadcast_frequency_interval", (0, *range(8, 15))),
    ("broadcast_area_success", (*range(101), 255)),
    ("ms_validity", range(5)),
)

_VALUES_34: Final[Mapping[TlvTag, frozenset[int]]] = MappingProxyType(
    {
        TlvTag.MS_VALIDITY: frozenset(range(4)),
        TlvTag.MESSAGE_STATE: frozenset(range(1, 9)),
        TlvTag.NETWORK_ERROR_CODE: frozenset(range(1, 4)),
    }
)
"""Where 3.4 permits less than 5.0."""

_ERRORS: Final[Mapping[TlvTag, CommandStatus]] = MappingProxyType(
    {
        TlvTag.NUMBER_OF_MESSAGES: CommandStatus.ESME_RINVNUMMSGS,
        TlvTag.SOURCE_ADDR_SUBUNIT: CommandStatus.ESME_RINVSRCADDRSUBUNIT,
        TlvTag.DEST_ADDR_SUBUNIT: CommandStatus.ESME_RINVDSTADDRSUBUNIT,
        TlvTag.BROADCAST_FREQUENCY_INTERVAL: CommandStatus.ESME_RINVBCASTFREQINT,
        TlvTag.BROADCAST_AREA_IDENTIFIER: CommandStatus.ESME_RINVBCASTAREAFMT,
        TlvTag.BROADCAST_CONTENT_TYPE: CommandStatus.ESME_RINVBCASTCNTTYPE,
        TlvTag.BROADCAST_MESSAGE_CLASS: CommandStatus.ESME_RINVBCASTMSGCLASS,
        TlvTag.BROADCAST_CHANNEL_INDICATOR: CommandStatus.ESME_RINVBCASTCHANIND,
    }
)
"""The TLVs with a command_status of their own; for all others it is ESME_RINVTLVVAL."""


def _table() -> Mapping[int, TlvSpec]:
    """All standard TLVs, 5.0 section 4.8.4."""
    values = {TlvTag[name.upper()]: frozenset(permitted) for names, permitted in _VALUES for name in names.split()}
    sizes = [
        (TlvTag[name.upper()], size, size, Kind.INTEGER) for size, names in _SIZES.items() for name in names.split()
    ]
    table: dict[int, TlvSpec] = {}
    for tag, low, high, kind in (*sizes, *_OTHERS):
        since = V50 if tag in _SINCE_50 or tag is TlvTag.CONGESTION_STATE else V34
        error = _ERRORS.get(tag, CommandStatus.ESME_RINVTLVVAL)
        table[tag] = TlvSpec(tag.name.lower(), low, high, kind, values.get(tag), error, since)
    return MappingProxyType(table)


def _table_34(table: Mapping[int, TlvSpec]) -> Mapping[int, TlvSpec]:
    """The TLVs as 3.4 has them: without 5.0's tags, values and statuses."""
    older: dict[int, TlvSpec] = {}
    for tag in TlvTag:
        spec = table[tag]
        if spec.since <= V34:
            error = spec.error if spec.error < _FIRST_STATUS_OF_50 else CommandStatus.ESME_RINVTLVVAL
            older[tag] = spec._replace(values=_VALUES_34.get(tag, spec.values), error=error)
    return MappingProxyType(older)


TLVS: Final[Mapping[int, TlvSpec]] = _table()
"""Every standard tag with its `TlvSpec`, by 5.0."""

TLVS_34: Final[Mapping[int, TlvSpec]] = _table_34(TLVS)
"""The tags that 3.4 knows, by 3.4."""
