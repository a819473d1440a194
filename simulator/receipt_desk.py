"""Delivery receipts on their way to the ESME: made, queued by account, sent to a bind with room, acknowledged.

A receipt that a session did not acknowledge before it ended goes back to the head of its account's queue, and out again
over the next bind that may receive.
"""

import datetime
from collections import deque
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from weakref import WeakValueDictionary

from simulator.binds import Bind, Binds, Waiting
from simulator.messages import Message, ReceiptKind, ReceiptRecord
from simulator.numbering import TEHRAN
from simulator.profile import ReceiptCarrier, ReceiptTarget
from simulator.receipt_dialects import in_dialect
from simulator.registers import Registers
from simulator.smpp.consts import (
    ESM_INTERMEDIATE_NOTIFICATION,
    ESM_MC_DELIVERY_RECEIPT,
    ESM_SME_DELIVERY_ACK,
    ESM_SME_MANUAL_ACK,
    REGDLV_INTERMEDIATE,
    REGDLV_MC_ALWAYS,
    REGDLV_MC_MASK,
    REGDLV_MC_ON_FAILURE,
    REGDLV_MC_ON_SUCCESS,
    V33,
    V50,
    CommandStatus,
    MessageState,
)
from simulator.smpp.pdus import DataSm, DeliverSm, SubmitSm
from simulator.smpp.receipts import Receipt, as_data_sm, receipt_pdu
from simulator.store import Store

_ACK_BITS: Final[Mapping[ReceiptKind, int]] = MappingProxyType(
    {ReceiptKind.DELIVERY_ACK: 0x04, ReceiptKind.MANUAL_ACK: 0x08}
)
"""The bits of registered_delivery that ask for the SME's acknowledgements (5.0, 4.7.21)."""
_ESM_CLASS: Final[Mapping[ReceiptKind, int]] = MappingProxyType(
    {
        ReceiptKind.FINAL: ESM_MC_DELIVERY_RECEIPT,
        ReceiptKind.INTERMEDIATE: ESM_INTERMEDIATE_NOTIFICATION,
        ReceiptKind.DELIVERY_ACK: ESM_SME_DELIVERY_ACK,
        ReceiptKind.MANUAL_ACK: ESM_SME_MANUAL_ACK,
    }
)
_TEMPORARY = (CommandStatus.ESME_RX_T_APPN, CommandStatus.ESME_RMSGQFUL, CommandStatus.ESME_RTHROTTLED)


def is_wanted(registered_delivery: int, state: MessageState) -> bool:
    """Whether registered_delivery asks for a receipt on this final state (SMPP 5.0, 4.7.21; 3.4, 5.2.17)."""
    asked = registered_delivery & REGDLV_MC_MASK
    if state is MessageState.DELIVERED:
        return asked in (REGDLV_MC_ALWAYS, REGDLV_MC_ON_SUCCESS)
    return asked in (REGDLV_MC_ALWAYS, REGDLV_MC_ON_FAILURE)


class ReceiptDesk:
    """The receipts of all accounts."""

    def __init__(self, store: Store, binds: Binds, registers: Registers) -> None:
        self._store = store
        self._registers = registers
        self._binds = binds
        self._queues: dict[str, deque[Waiting]] = {}
        self._submitters: WeakValueDictionary[int, Bind] = WeakValueDictionary()
        """Over which bind a message came, where its receipt goes back over it."""
        self._next = store.highest_receipt() + 1
        for receipt in store.unacknowledged_receipts():
            message = store.get(receipt.message)
            if message is not None:
                self._queue(receipt.account).append(Waiting(receipt, message))

    def _queue(self, account: str) -> deque[Waiting]:
        return self._queues.setdefault(account, deque())

    # Made

    def submitted(self, message: Message, bind: Bind) -> None:
        """A message came over a bind, to which its receipt goes if the profile says so."""
        if message.registered_delivery and self._registers.profile.receipts.to is ReceiptTarget.SUBMITTER:
            self._submitters[message.number] = bind

    def report(self, message: Message, state: MessageState, err: str, network_error: int | None, now: float) -> None:
        """Makes the receipt of a message that reached a final state, if its registered_delivery asked for one."""
        if is_wanted(message.registered_delivery, state):
            self._make(message, ReceiptKind.FINAL, state, err, network_error, now)

    def notify(self, message: Message, err: str, network_error: int | None, now: float) -> None:
        """Makes the intermediate notification of a message whose first attempt failed, if it was asked for."""
        if message.registered_delivery & REGDLV_INTERMEDIATE:
            self._make(message, ReceiptKind.INTERMEDIATE, MessageState.ENROUTE, err, network_error, now)

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
        self._queue(account).append(Waiting(receipt, message))

    # Sent

    def send_waiting(self, account: str, now: float, real_now: float) -> None:
        """Sends what the account's binds have room for. `now` is the operator's clock, `real_now` the session's."""
        queue = self._queues.get(account)
        while queue and (bind := self._binds.receiver(account)):
            self._send(queue.popleft(), bind, now, real_now)

    def send_next(self, bind: Bind, now: float, real_now: float) -> None:
        """Sends what one bind has room for, after it answered."""
        queue = self._queues.get(bind.account)
        while queue and bind.takes_more:
            self._send(queue.popleft(), bind, now, real_now)

    def _send(self, waiting: Waiting, bind: Bind, now: float, real_now: float) -> None:
        submitter = self._submitters.get(waiting.message.number)
        if submitter is not None and submitter.takes_more:
            bind = submitter
        sequence_number = bind.session.send_request(self._pdu(waiting, bind.session.interface_version), real_now)
        receipt = waiting.receipt
        bind.unacknowledged[sequence_number] = waiting._replace(
            receipt=receipt._replace(sent_at=now, attempts=receipt.attempts + 1)
        )
        self._store.receipt_sent(receipt.number, now)
        bind.wake()

    def _pdu(self, waiting: Waiting, interface_version: int) -> DeliverSm | DataSm:
        settings = self._registers.profile.receipts
        pdu = _deliver_sm(waiting, interface_version)
        if settings.dialect is not None:
            pdu = in_dialect(pdu, settings.dialect)
        by_data_sm = settings.carrier is ReceiptCarrier.DATA_SM and interface_version > V33
        return as_data_sm(pdu) if by_data_sm else pdu

    def accounts_waiting(self) -> list[str]:
        """The accounts for which receipts wait."""
        return [account for account, queue in self._queues.items() if queue]

    # Answered

    def answered(self, bind: Bind, sequence_number: int, command_status: int, now: float) -> Waiting | None:
        """An ESME answered a receipt: ESME_ROK acknowledges it, a permanent error ends it unacknowledged.

        After a temporary error, or silence (which counts as one), it is given back, to be put to the queue again later,
        unless it was sent often enough.
        """
        waiting = bind.unacknowledged.pop(sequence_number, None)
        if waiting is None:
            return None
        receipt = waiting.receipt
        if receipt.kind is ReceiptKind.FINAL:
            self._submitters.pop(receipt.message, None)
        if command_status == CommandStatus.ESME_ROK:
            self._store.receipt_acknowledged(receipt.number, now)
            return None
        if command_status in _TEMPORARY and receipt.attempts < self._registers.profile.receipts.attempts:
            return waiting
        self._store.receipt_given_up(receipt.number, now)
        return None

    def put_again(self, waiting: Waiting) -> None:
        """Puts a receipt to the queue once more."""
        self._queue(waiting.message.account).append(waiting)

    def session_ended(self, bind: Bind) -> None:
        """Takes back what the session did not acknowledge, in the order in which it was sent."""
        self._queue(bind.account).extendleft(reversed(bind.unacknowledged.values()))
        bind.unacknowledged.clear()


def _deliver_sm(waiting: Waiting, interface_version: int) -> DeliverSm:
    receipt, message = waiting
    state = MessageState(receipt.state)
    if state is MessageState.SKIPPED and interface_version < V50:
        state = MessageState.UNDELIVERABLE  # what 3.4 knows that comes nearest
    said = Receipt(
        message_id=message.message_id,
        state=state,
        submit_date=datetime.datetime.fromtimestamp(message.received_at, TEHRAN),
        done_date=datetime.datetime.fromtimestamp(receipt.made_at, TEHRAN),
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


def _reported(message: Message) -> SubmitSm:
    """The submit_sm that a receipt reports on, as far as the receipt gives it back."""
    addressing = message.addressing
    return SubmitSm(
        service_type=addressing.service_type,
        source_addr_ton=addressing.source_ton,
        source_addr_npi=addressing.source_npi,
        source_addr=message.source,
        dest_addr_ton=addressing.destination_ton,
        dest_addr_npi=addressing.destination_npi,
        destination_addr=message.destination,
    )
