"""Which PDU may carry which TLV, as the tables of 3.4 chapter 4 and of 5.0 (4.2.4, 4.2.5, 4.3.3 and on) list them.

A TLV in another place is no fault of a PDU, the receiver passes over it (5.0: 2.11.1): this decides what is looked at.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from simulator.smpp.consts import RESPONSE_BIT, V34, V50, CommandId, TlvTag
from simulator.smpp.states import Role

Tags = frozenset[int]


def _tags(names: str) -> Tags:
    return frozenset(TlvTag[name.upper()] for name in names.split())


_SAR: Final = _tags("sar_msg_ref_num sar_total_segments sar_segment_seqnum")
_CALLBACK: Final = _tags("callback_num callback_num_pres_ind callback_num_atag")
_PORTABILITY: Final = _tags("dest_addr_np_country dest_addr_np_information dest_addr_np_resolution")
_NODES: Final = _tags("source_network_id source_node_id dest_network_id dest_node_id")
_BEARERS: Final = _tags(
    "source_network_type source_bearer_type source_telematics_id dest_network_type dest_bearer_type dest_telematics_id"
)
_RECEIPT: Final = _tags("receipted_message_id message_state network_error_code")
_COMMON: Final = _SAR | _tags(
    "user_message_reference source_port dest_port payload_type message_payload privacy_indicator "
    "source_subaddress dest_subaddress language_indicator"
)
_DISPLAY: Final = _tags("display_time sms_signal ms_validity alert_on_message_delivery")
_SUBUNITS: Final = _tags("source_addr_subunit dest_addr_subunit")
_ITS: Final = _tags("its_reply_type its_session_info")

_MULTI_34: Final = _COMMON | _CALLBACK | _DISPLAY | _SUBUNITS | _tags("ms_msg_wait_facilities")
_SUBMIT_34: Final = (
    _MULTI_34 | _ITS | _tags("more_messages_to_send user_response_code number_of_messages ussd_service_op")
)
_DATA_34: Final = (_SUBMIT_34 - _tags("ussd_service_op")) | _BEARERS | _RECEIPT | _tags("qos_time_to_live set_dpf")
_DELIVER_34: Final = _COMMON | _RECEIPT | _tags("user_response_code callback_num its_session_info")
_DATA_RESP_34: Final = _tags("delivery_failure_reason network_error_code additional_status_info_text dpf_result")

_SUBMIT_50: Final = (
    _SUBMIT_34 | _BEARERS | _PORTABILITY | _NODES | _tags("billing_identification qos_time_to_live set_dpf")
)
_DELIVER_50: Final = (
    _COMMON | _CALLBACK | _RECEIPT | _SUBUNITS | _ITS | _PORTABILITY | _NODES
    | _tags("dpf_result user_response_code ussd_service_op")
)  # fmt: skip
_DELIVER_RESP_50: Final = _tags("additional_status_info_text delivery_failure_reason network_error_code")
_SUBMIT_RESP_50: Final = _DELIVER_RESP_50 | _tags("dpf_result")
_BROADCAST: Final = (
    _CALLBACK | _DISPLAY | _SUBUNITS
    | _tags(
        "broadcast_area_identifier broadcast_content_type broadcast_rep_num broadcast_frequency_interval "
        "broadcast_channel_indicator broadcast_content_type_info broadcast_message_class broadcast_service_group "
        "dest_subaddress source_subaddress dest_port source_port language_indicator message_payload payload_type "
        "privacy_indicator user_message_reference"
    )
)  # fmt: skip

_COMMON_PLACES: Final[Mapping[CommandId, Tags]] = MappingProxyType(
    {
        CommandId.BIND_RECEIVER_RESP: _tags("sc_interface_version"),
        CommandId.BIND_TRANSMITTER_RESP: _tags("sc_interface_version"),
        CommandId.BIND_TRANSCEIVER_RESP: _tags("sc_interface_version"),
        CommandId.ALERT_NOTIFICATION: _tags("ms_availability_status"),
        CommandId.BROADCAST_SM: _BROADCAST,
        CommandId.BROADCAST_SM_RESP: _tags("broadcast_error_status broadcast_area_identifier"),
        CommandId.QUERY_BROADCAST_SM: _tags("user_message_reference"),
        CommandId.QUERY_BROADCAST_SM_RESP: _tags(
            "message_state broadcast_area_identifier broadcast_area_success broadcast_end_time user_message_reference"
        ),
        CommandId.CANCEL_BROADCAST_SM: _tags("broadcast_content_type user_message_reference"),
    }
)

_PLACES: Final[Mapping[int, Mapping[tuple[Role, CommandId], Tags]]] = MappingProxyType(
    {
        V34: MappingProxyType(
            {
                (Role.ESME, CommandId.SUBMIT_SM): _SUBMIT_34,
                (Role.ESME, CommandId.SUBMIT_MULTI): _MULTI_34,
                (Role.ESME, CommandId.DATA_SM): _DATA_34,
                (Role.MC, CommandId.DATA_SM): _DATA_34,
                (Role.MC, CommandId.DELIVER_SM): _DELIVER_34,
                (Role.ESME, CommandId.DATA_SM_RESP): _DATA_RESP_34,
                (Role.MC, CommandId.DATA_SM_RESP): _DATA_RESP_34,
            }
        ),
        V50: MappingProxyType(
            {
                (Role.ESME, CommandId.SUBMIT_SM): _SUBMIT_50,
                (Role.ESME, CommandId.SUBMIT_MULTI): _SUBMIT_50 - _tags("dest_subaddress"),  # 4.8.4.28
                (Role.ESME, CommandId.DATA_SM): _SUBMIT_50,
                (Role.MC, CommandId.DATA_SM): _DELIVER_50,
                (Role.MC, CommandId.DELIVER_SM): _DELIVER_50,
                (Role.ESME, CommandId.REPLACE_SM): _tags("message_payload"),
                (Role.MC, CommandId.SUBMIT_SM_RESP): _SUBMIT_RESP_50,
                (Role.MC, CommandId.SUBMIT_MULTI_RESP): _SUBMIT_RESP_50,
                (Role.MC, CommandId.DATA_SM_RESP): _SUBMIT_RESP_50,
                (Role.ESME, CommandId.DATA_SM_RESP): _DELIVER_RESP_50,
                (Role.ESME, CommandId.DELIVER_SM_RESP): _DELIVER_RESP_50,
            }
        ),
    }
)


def places(sender: Role, command: CommandId, version: int) -> Tags:
    """The TLVs that this side may put into this PDU, by 3.4 or 5.0."""
    tags = _COMMON_PLACES.get(command) or _PLACES[version].get((sender, command), frozenset())
    if version >= V50 and command & RESPONSE_BIT and command is not CommandId.GENERIC_NACK:
        tags |= {TlvTag.CONGESTION_STATE}
    return tags
