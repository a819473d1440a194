"""The deliver_sm that carries a receipt: what the operator knows of a message, in the protocol's words."""

import datetime
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from simulator.delivery.binds import WaitingReceipt
from simulator.messages import ReceiptKind
from simulator.numbers.numbering import TEHRAN
from simulator.smpp.consts import (
    ESM_INTERMEDIATE_NOTIFICATION,
    ESM_MC_DELIVERY_RECEIPT,
    ESM_SME_DELIVERY_ACK,
    ESM_SME_MANUAL_ACK,
    V50,
    MessageState,
)
from simulator.smpp.pdus import DeliverSm
from simulator.smpp.receipts import Receipt, deliver_receipt

_MINUTES_REMEMBERED = 64
_STATES: Final[Mapping[int, MessageState]] = MappingProxyType({int(state): state for state in MessageState})
_ESM_CLASS: Final[Mapping[ReceiptKind, int]] = MappingProxyType(
    {
        ReceiptKind.FINAL: ESM_MC_DELIVERY_RECEIPT,
        ReceiptKind.INTERMEDIATE: ESM_INTERMEDIATE_NOTIFICATION,
        ReceiptKind.DELIVERY_ACK: ESM_SME_DELIVERY_ACK,
        ReceiptKind.MANUAL_ACK: ESM_SME_MANUAL_ACK,
    }
)


def receipt_of(waiting: WaitingReceipt, interface_version: int) -> DeliverSm:
    """A receipt for a peer of some version."""
    receipt, message = waiting
    state = _STATES[receipt.state]
    if state is MessageState.SKIPPED and interface_version < V50:
        state = MessageState.UNDELIVERABLE  # what 3.4 knows that comes nearest
    said = Receipt(
        message.message_id,
        state,
        _minute(int(message.received_at) // 60),
        _minute(int(receipt.made_at) // 60),
        int(receipt.err),
        message.text,
        delivered=int(state is MessageState.DELIVERED),
    )
    service_type, source_ton, source_npi, destination_ton, destination_npi = message.addressing
    source = source_ton, source_npi, message.source
    destination = destination_ton, destination_npi, message.destination
    reported = service_type, *source, *destination
    return deliver_receipt(said, reported, interface_version, _ESM_CLASS[receipt.kind], receipt.network_error)


@lru_cache(_MINUTES_REMEMBERED)
def _minute(number: int) -> datetime.datetime:
    """The beginning of a minute in Tehran; a receipt tells no seconds."""
    return datetime.datetime.fromtimestamp(number * 60, TEHRAN)
