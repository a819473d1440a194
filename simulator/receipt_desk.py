"""Delivery receipts on their way to the ESME: made, queued by account, sent to a bind with room, acknowledged.

A receipt that a session did not acknowledge before it ended goes back to the head of its account's queue, and out again
over the next bind that may receive.
"""

import datetime
from collections import deque

from simulator.binds import Bind, Binds, Waiting
from simulator.messages import Message, ReceiptRecord
from simulator.numbering import TEHRAN
from simulator.profile import ReceiptCarrier
from simulator.smpp.consts import V33, CommandStatus, MessageState
from simulator.smpp.pdus import DataSm, DeliverSm, SubmitSm
from simulator.smpp.receipts import Receipt, as_data_sm, receipt_pdu
from simulator.store import Store

_ON_SUCCESS_AND_FAILURE = 0x01
_ON_FAILURE = 0x02
_OUTCOME_BITS = 0x03
_TEMPORARY = (CommandStatus.ESME_RX_T_APPN, CommandStatus.ESME_RMSGQFUL, CommandStatus.ESME_RTHROTTLED)


def is_wanted(registered_delivery: int, state: MessageState) -> bool:
    """Whether registered_delivery asks for a receipt on this final state (SMPP 3.4, 5.2.17)."""
    asked = registered_delivery & _OUTCOME_BITS
    return asked == _ON_SUCCESS_AND_FAILURE or (asked == _ON_FAILURE and state is not MessageState.DELIVERED)


class ReceiptDesk:
    """The receipts of all accounts."""

    def __init__(self, store: Store, binds: Binds, carrier: ReceiptCarrier) -> None:
        self._store = store
        self._carrier = carrier
        self._binds = binds
        self._queues: dict[str, deque[Waiting]] = {}
        self._next = store.highest_receipt() + 1
        on_their_way = {waiting.receipt.number for bind in binds for waiting in bind.unacknowledged.values()}
        for receipt, message in store.unacknowledged_receipts():
            if receipt.number not in on_their_way:
                self._queue(receipt.account).append(Waiting(receipt, message))

    def _queue(self, account: str) -> deque[Waiting]:
        return self._queues.setdefault(account, deque())

    def report(self, message: Message, state: MessageState, err: str, now: float) -> None:
        """Makes the receipt of a message that reached a final state, if its registered_delivery asked for one."""
        if not is_wanted(message.registered_delivery, state):
            return
        receipt = ReceiptRecord(self._next, message.number, message.account, int(state), err, now, None, None)
        self._next += 1
        self._store.add_receipt(receipt)
        self._queue(message.account).append(Waiting(receipt, message))

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
        sequence_number = bind.session.send_request(self._pdu(waiting, bind.session.interface_version), real_now)
        bind.unacknowledged[sequence_number] = waiting
        self._store.receipt_sent(waiting.receipt.number, now)
        bind.wake()

    def _pdu(self, waiting: Waiting, interface_version: int) -> DeliverSm | DataSm:
        pdu = _deliver_sm(waiting, interface_version)
        by_data_sm = self._carrier is ReceiptCarrier.DATA_SM and interface_version > V33
        return as_data_sm(pdu) if by_data_sm else pdu

    def accounts_waiting(self) -> list[str]:
        """The accounts for which receipts wait."""
        return [account for account, queue in self._queues.items() if queue]

    def answered(self, bind: Bind, sequence_number: int, command_status: int, now: float) -> Waiting | None:
        """An ESME answered a receipt: ESME_ROK acknowledges it, a permanent error ends it unacknowledged.

        After a temporary error, or silence (which counts as one), it is given back, to be put to the queue again later.
        """
        waiting = bind.unacknowledged.pop(sequence_number, None)
        if waiting is not None and command_status == CommandStatus.ESME_ROK:
            self._store.receipt_acknowledged(waiting.receipt.number, now)
        return waiting if command_status in _TEMPORARY else None

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
    said = Receipt(
        message_id=message.message_id,
        state=state,
        submit_date=datetime.datetime.fromtimestamp(message.received_at, TEHRAN),
        done_date=datetime.datetime.fromtimestamp(receipt.made_at, TEHRAN),
        error=int(receipt.err),
        text=message.text,
        delivered=int(state is MessageState.DELIVERED),
    )
    return receipt_pdu(said, _reported(message), interface_version)


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
