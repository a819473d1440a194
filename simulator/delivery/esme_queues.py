"""What goes to ESMEs by deliver_sm: queued by account, sent to a bind with room, repeated until it is acknowledged.

Receipts and subscribers' messages alike. What a session did not acknowledge before it ended goes back to the head of
its account's queue, and out again over the next bind that may receive; while nobody is bound, it waits.
"""

from collections import deque
from typing import Final
from weakref import WeakValueDictionary

from simulator.delivery.binds import Bind, Binds, Waiting, WaitingMo, WaitingReceipt
from simulator.delivery.mo_pdu import mo_pdu
from simulator.delivery.receipt_pdu import receipt_of
from simulator.messages import MoMessage, ReceiptRecord
from simulator.profiles.profile import ReceiptCarrier, ReceiptTarget
from simulator.profiles.receipt_dialects import in_dialect
from simulator.registry.registers import Registers
from simulator.smpp.consts import V33, CommandStatus
from simulator.smpp.pdus import DataSm, DeliverSm
from simulator.smpp.receipts import as_data_sm
from simulator.store import Store

_TEMPORARY: Final = (CommandStatus.ESME_RX_T_APPN, CommandStatus.ESME_RMSGQFUL, CommandStatus.ESME_RTHROTTLED)


class EsmeQueues:
    """The queues of all accounts."""

    def __init__(self, store: Store, binds: Binds, registers: Registers) -> None:
        self._store = store
        self._registers = registers
        self._binds = binds
        self._queues: dict[str, deque[Waiting]] = {}
        self._submitters: WeakValueDictionary[int, Bind] = WeakValueDictionary()
        """Over which bind a message came, where its receipts go back over it."""
        # What a session holds already is not sent again: after an outage the queues are made anew under the sessions.
        sent = {(type(held.record), held.record.number) for bind in binds for held in bind.unacknowledged.values()}
        for receipt, message in store.unacknowledged_receipts():
            if (ReceiptRecord, receipt.number) not in sent:
                self.put(WaitingReceipt(receipt, message))
        for mo in store.unacknowledged_mo():
            if (MoMessage, mo.number) not in sent:
                self.put(WaitingMo(mo))

    def _queue(self, account: str) -> deque[Waiting]:
        return self._queues.setdefault(account, deque())

    def depths(self) -> dict[str, int]:
        """How much waits for each account for which anything ever did."""
        return {account: len(queue) for account, queue in self._queues.items()}

    def put(self, waiting: Waiting) -> None:
        """Puts something to the end of its account's queue, for the first time or once more."""
        self._queue(waiting.record.account).append(waiting)

    def submitted(self, number: int, bind: Bind) -> None:
        """A message that asks for receipts came over a bind, to which these go if the profile says so."""
        if self._registers.profile.receipts.to is ReceiptTarget.SUBMITTER:
            self._submitters[number] = bind

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
        bind = self._submitter(waiting) or bind
        sequence_number = bind.session.send_request(self._pdu(waiting, bind.session.interface_version), real_now)
        bind.unacknowledged[sequence_number] = _sent(waiting, now)
        self._store.sent(waiting.record, now)
        bind.wake()

    def _submitter(self, waiting: Waiting) -> Bind | None:
        submitter = self._submitters.get(waiting.record.message) if isinstance(waiting, WaitingReceipt) else None
        return submitter if submitter is not None and submitter.takes_more else None

    def _pdu(self, waiting: Waiting, interface_version: int) -> DeliverSm | DataSm:
        settings = self._registers.profile.receipts
        if isinstance(waiting, WaitingMo):
            return mo_pdu(waiting.record)
        pdu = receipt_of(waiting, interface_version)
        if settings.dialect is not None:
            pdu = in_dialect(pdu, settings.dialect)
        by_data_sm = settings.carrier is ReceiptCarrier.DATA_SM and interface_version > V33
        return as_data_sm(pdu) if by_data_sm else pdu

    def accounts_waiting(self) -> list[str]:
        """The accounts for which something waits."""
        return [account for account, queue in self._queues.items() if queue]

    def answered(self, bind: Bind, sequence_number: int, command_status: int, now: float) -> Waiting | None:
        """An ESME answered: ESME_ROK acknowledges, a permanent error ends it unacknowledged.

        After a temporary error, or silence (which counts as one), it is given back, to be put to the queue again later,
        unless it was sent often enough.
        """
        waiting = bind.unacknowledged.pop(sequence_number, None)
        if waiting is None:
            return None
        record = waiting.record
        if command_status == CommandStatus.ESME_ROK:
            self._store.acknowledged(record, now)
            bind.meter.delivered += 1
        elif command_status in _TEMPORARY and record.attempts < self._registers.profile.receipts.attempts:
            return waiting
        else:
            self._store.given_up(record, now)
        return None

    def session_ended(self, bind: Bind) -> None:
        """Takes back what the session did not acknowledge, in the order in which it was sent."""
        self._queue(bind.account).extendleft(reversed(bind.unacknowledged.values()))
        bind.unacknowledged.clear()


def _sent(waiting: Waiting, now: float) -> Waiting:
    if isinstance(waiting, WaitingMo):
        return WaitingMo(waiting.record._replace(sent_at=now, attempts=waiting.record.attempts + 1))
    return WaitingReceipt(waiting.record.sent(now), waiting.message)
