"""Where receipts are made: whether one was asked for, and of which kind; `esme_queues` brings it to the ESME."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from simulator.delivery.binds import WaitingReceipt
from simulator.delivery.esme_queues import EsmeQueues
from simulator.messages import Message, ReceiptKind, ReceiptRecord
from simulator.smpp.consts import (
    REGDLV_INTERMEDIATE,
    REGDLV_MC_ALWAYS,
    REGDLV_MC_MASK,
    REGDLV_MC_ON_FAILURE,
    REGDLV_MC_ON_SUCCESS,
    MessageState,
)
from simulator.store import Store

_ACK_BITS: Final[Mapping[ReceiptKind, int]] = MappingProxyType(
    {ReceiptKind.DELIVERY_ACK: 0x04, ReceiptKind.MANUAL_ACK: 0x08}
)
"""The bits of registered_delivery that ask for the SME's acknowledgements (5.0, 4.7.21)."""


def is_wanted(registered_delivery: int, state: MessageState) -> bool:
    """Whether registered_delivery asks for a receipt on this final state (SMPP 5.0, 4.7.21; 3.4, 5.2.17)."""
    asked = registered_delivery & REGDLV_MC_MASK
    if state is MessageState.DELIVERED:
        return asked in (REGDLV_MC_ALWAYS, REGDLV_MC_ON_SUCCESS)
    return asked in (REGDLV_MC_ALWAYS, REGDLV_MC_ON_FAILURE)


class ReceiptDesk:
    """The receipts of all messages."""

    def __init__(self, store: Store, queues: EsmeQueues) -> None:
        self._store = store
        self._queues = queues
        self._next = store.highest_receipt() + 1

    def report(self, message: Message, state: MessageState, err: str, network_error: int | None, now: float) -> None:
        """Makes the receipt of a message that reached a final state, if its registered_delivery asked for one."""
        if is_wanted(message.registered_delivery, state):
            self._make(message, ReceiptKind.FINAL, state, err, network_error, now)

    def notify(self, message: Message, err: str, network_error: int | None, now: float) -> None:
        """Makes the intermediate notification of a message whose first attempt failed, if it was asked for."""
        if message.registered_delivery & REGDLV_INTERMEDIATE:
            self._make(message, ReceiptKind.INTERMEDIATE, MessageState.ENROUTE, err, network_error, now)

    read_bits: Final = _ACK_BITS[ReceiptKind.MANUAL_ACK]
    """The bits of registered_delivery that ask for the subscriber's acknowledgement."""

    def unread(self) -> Iterator[Message]:
        """The delivered messages whose subscribers are still to acknowledge them."""
        return self._store.unread(self.read_bits)

    def wants(self, message: Message, acknowledgement: ReceiptKind) -> bool:
        """Whether an acknowledgement of the SME was asked for."""
        return bool(message.registered_delivery & _ACK_BITS[acknowledgement])

    def acknowledge(self, message: Message, acknowledgement: ReceiptKind, now: float) -> None:
        """Makes an acknowledgement of the SME, if it was asked for."""
        if self.wants(message, acknowledgement):
            self._make(message, acknowledgement, MessageState.DELIVERED, "000", None, now)

    def _make(
        self,
        message: Message,
        kind: ReceiptKind,
        state: MessageState,
        err: str,
        network_error: int | None,
        now: float,
    ) -> None:
        account = message.account
        receipt = ReceiptRecord(self._next, message.number, account, kind, int(state), err, network_error, now)
        self._next += 1
        self._store.add_receipt(receipt)
        self._queues.put(WaitingReceipt(receipt, message.reported))
