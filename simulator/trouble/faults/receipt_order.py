"""Receipts that come too early, too late, too often, never, or contradict each other."""

import re
from typing import Literal

from pydantic import Field

from simulator.smpp.codec import encode
from simulator.smpp.consts import (
    ESM_INTERMEDIATE_NOTIFICATION,
    REGDLV_MC_MASK,
    V33,
    MessageState,
    TlvTag,
)
from simulator.smpp.pdus import DeliverSm, SubmitSm
from simulator.smpp.receipts import Receipt, receipt_pdu
from simulator.smpp.tlvs import Tlv
from simulator.trouble import fault_threads
from simulator.trouble.fault import Fault, Seconds
from simulator.trouble.fault_moments import Outgoing
from simulator.trouble.instructions import Acknowledge, ForgetReceipt, Instructions, Send
from simulator.trouble.wire_octets import rewritten


class ReceiptBeforeResponse(Fault):
    """The one receipt (DELIVRD, whatever the verdict) comes before the submit_sm_resp that tells its message_id."""

    threads = fault_threads.RECEIPT_BEFORE_RESPONSE
    name: Literal["receipt-before-response"] = "receipt-before-response"

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Sends a receipt first."""
        pdu, request = outgoing.submit_sm_resp, outgoing.request
        if not (pdu and request and outgoing.peer.can_receive and pdu.message_id):
            return None
        if not request.registered_delivery & REGDLV_MC_MASK:
            return None
        early = _made_receipt(outgoing, request, pdu.message_id, MessageState.DELIVERED)
        return Send(early), Send(outgoing.octets), ForgetReceipt(pdu.message_id)


class ReceiptForRefused(Fault):
    """A submit_sm that was refused gets a receipt all the same, of a message_id that nobody was told."""

    threads = fault_threads.UNASKED_RECEIPTS
    name: Literal["receipt-for-refused"] = "receipt-for-refused"

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Sends a receipt behind the refusal."""
        request = outgoing.request
        if not (outgoing.submit_sm_resp and request and outgoing.peer.can_receive):
            return None
        if outgoing.is_ok:
            return None
        number = outgoing.header.sequence_number
        return Send(outgoing.octets), Send(_made_receipt(outgoing, request, f"REFUSED-{number}", MessageState.REJECTED))


class DuplicateReceipt(Fault):
    """A receipt comes several times, each time as a new deliver_sm."""

    threads = fault_threads.RECEIPT_ORDER
    name: Literal["duplicate-receipt"] = "duplicate-receipt"
    times: int = Field(default=2, ge=2, le=100)

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Repeats the receipt."""
        if not outgoing.receipt:
            return None
        copies = (rewritten(outgoing.octets, sequence_number=outgoing.new_number()) for _ in range(self.times - 1))
        return Send(outgoing.octets), *(Send(copy) for copy in copies)


class ContradictoryReceipt(Fault):
    """Behind a receipt comes another that says the opposite: UNDELIV after DELIVRD, DELIVRD after all else."""

    threads = fault_threads.RECEIPT_ORDER
    name: Literal["contradictory-receipt"] = "contradictory-receipt"

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Adds the opposite."""
        pdu = outgoing.receipt
        if pdu is None:
            return None
        is_delivered = b"stat:DELIVRD" in pdu.short_message
        state = MessageState.UNDELIVERABLE if is_delivered else MessageState.DELIVERED
        opposite = _with_state(pdu, state, "UNDELIV" if is_delivered else "DELIVRD")
        return Send(outgoing.octets), Send(encode(opposite, outgoing.new_number()))


class IntermediateReceipt(Fault):
    """Before a receipt comes an intermediate notification (ENROUTE, esm_class 0x20) that nobody asked for."""

    threads = fault_threads.RECEIPT_ORDER
    name: Literal["intermediate-receipt"] = "intermediate-receipt"

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Adds the notification."""
        pdu = outgoing.receipt
        if pdu is None:
            return None
        early = _with_state(pdu, MessageState.ENROUTE, "ENROUTE")._replace(esm_class=ESM_INTERMEDIATE_NOTIFICATION)
        return Send(encode(early, outgoing.new_number())), Send(outgoing.octets)


class ReceiptsOutOfOrder(Fault):
    """Every other receipt waits, so that the next one overtakes it; what waits is taken for answered."""

    threads = fault_threads.RECEIPT_ORDER
    name: Literal["receipts-out-of-order"] = "receipts-out-of-order"
    after: Seconds = 5.0

    def on_send(self, outgoing: Outgoing, turn: int, /) -> Instructions | None:
        """Delays the first, third, ... receipt."""
        if not outgoing.receipt:
            return None
        return (Send(outgoing.octets),) if turn % 2 else (Send(outgoing.octets, self.after), Acknowledge())


class LateReceipt(Fault):
    """A receipt comes late; it is taken for answered, so that it comes once."""

    name: Literal["late-receipt"] = "late-receipt"
    after: Seconds = 60.0

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Delays the receipt."""
        return (Send(outgoing.octets, self.after), Acknowledge()) if outgoing.receipt else None


class ReceiptLost(Fault):
    """A receipt never comes."""

    name: Literal["receipt-lost"] = "receipt-lost"

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Loses the receipt."""
        return (Acknowledge(),) if outgoing.receipt else None


class Redelivered(Fault):
    """A deliver_sm comes again and again under the same sequence_number, whether it is answered or not."""

    threads = fault_threads.REDELIVERY
    name: Literal["redelivered"] = "redelivered"
    times: int = Field(default=3, ge=2, le=100)
    interval: Seconds = 1.0

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Repeats the deliver_sm."""
        if not outgoing.deliver_sm:
            return None
        return tuple(Send(outgoing.octets, self.interval * time) for time in range(self.times))


def _made_receipt(outgoing: Outgoing, request: SubmitSm, message_id: str, state: MessageState) -> bytes:
    """A receipt that the message centre knows nothing of; its dates are not known, so they are zeros."""
    said = Receipt(message_id, state, None, None, delivered=int(state is MessageState.DELIVERED))
    return encode(receipt_pdu(said, request, outgoing.peer.interface_version or V33), outgoing.new_number())


def _with_state(pdu: DeliverSm, state: MessageState, stat: str) -> DeliverSm:
    text = re.sub(rb"stat:\S*", b"stat:" + stat.encode("ascii"), pdu.short_message)
    tlvs = tuple(Tlv(tag, bytes([state]) if tag == TlvTag.MESSAGE_STATE else value) for tag, value in pdu.tlvs)
    return pdu._replace(short_message=text, tlvs=tlvs)


FAULTS: tuple[type[Fault], ...] = (
    ReceiptBeforeResponse,
    ReceiptForRefused,
    DuplicateReceipt,
    ContradictoryReceipt,
    IntermediateReceipt,
    ReceiptsOutOfOrder,
    LateReceipt,
    ReceiptLost,
    Redelivered,
)
"""In the order of the documentation."""
