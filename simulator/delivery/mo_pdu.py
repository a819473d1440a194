"""The deliver_sm that carries a subscriber's message to the account that holds the line."""

from simulator.messages import MoMessage
from simulator.smpp.consts import ESM_UDHI
from simulator.smpp.pdus import DeliverSm

_INTERNATIONAL, _NETWORK_SPECIFIC, _E164 = 1, 3, 1


def mo_pdu(message: MoMessage) -> DeliverSm:
    """The message from its subscriber (international, E.164) to the line's bare number."""
    return DeliverSm(
        source_addr_ton=_INTERNATIONAL,
        source_addr_npi=_E164,
        source_addr=message.subscriber,
        dest_addr_ton=_NETWORK_SPECIFIC,
        dest_addr_npi=_E164,
        destination_addr=message.line,
        esm_class=ESM_UDHI if message.part else 0,
        data_coding=message.data_coding,
        short_message=message.octets,
    )
