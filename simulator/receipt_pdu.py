"""The deliver_sm that carries a receipt: what the operator knows of a message, in the protocol's words."""

import datetime
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from simulator.binds import WaitingReceipt
from simulator.messages import Message, ReceiptKind
from simulator.numbering import TEHRAN
from simulator.smpp.consts import (
    ESM_INTERMEDIATE_NOTIFICATION,
    ESM_MC_DELIVERY_RECEIPT,
    ESM_SME_DELIVERY_ACK,
    ESM_SME_MANUAL_ACK,
    V50,
    MessageState,
)
from simulator.smpp.pdus import DeliverSm, SubmitSm
from simulator.smpp.receipts import Receipt, receipt_pdu

_MINUTES_REMEMBERED = 64
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
    state = MessageState(receipt.state)
    if state is MessageState.SKIPPED and interface_version < V50:
        state = MessageState.UNDELIVERABLE  # what 3.4 knows that comes nearest
    said = Receipt(
        message_id=message.message_id,
        state=state,
        submit_date=_minute(int(message.received_at) // 60),
        done_date=_minute(int(receipt.made_at) // 60),
        error=int(receipt.err),
        text=message.text,
        delivered=int(state is MessageState.DELIVERED),
    )
    return receipt_pdu(
        said,
        _reported(message),
        interface_version,
        esm_class=_ESM_CLASS[receipt.kind],
        network_error=receipt.network_error,
    )


@lru_cache(_MINUTES_REMEMBERED)
def _minute(number: int) -> datetime.datetime:
    """The beginning of a minute in Tehran; a receipt tells no seconds."""
    return datetime.datetime.fromtimestamp(number * 60, TEHRAN)


def _reported(message: Message) -> SubmitSm:
    """The submit_sm that a receipt reports on, as far as the receipt gives it back."""
    addressing = message.addressing
    return SubmitSm(
        addressing.service_type,
        addressing.source_ton,
        addressing.source_npi,
        message.source,
        addressing.destination_ton,
        addressing.destination_npi,
        message.destination,
    )
