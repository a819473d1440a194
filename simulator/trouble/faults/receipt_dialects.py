"""Receipts as other operators write them, each dialect by its name; and receipts whose id is written another way."""

import re
from typing import Literal

from simulator.profiles.receipt_dialects import DialectName, in_dialect
from simulator.smpp.codec import encode
from simulator.smpp.consts import TlvTag
from simulator.smpp.receipts import as_data_sm
from simulator.smpp.tlvs import Tlv
from simulator.trouble import fault_threads
from simulator.trouble.fault import Fault
from simulator.trouble.fault_moments import Outgoing
from simulator.trouble.faults.responses import in_form
from simulator.trouble.instructions import Acknowledge, Instructions, Send
from simulator.trouble.wire_octets import c_string


class ReceiptDialect(Fault):
    """A receipt's text, or the deliver_sm around it, is written in another operator's dialect."""

    threads = f"{fault_threads.RECEIPT_TEXTS}; {fault_threads.RECEIPT_WRAPPING}"
    name: Literal["receipt-dialect"] = "receipt-dialect"
    dialect: DialectName = "no-sub"

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Writes the receipt anew."""
        pdu = outgoing.receipt
        if pdu is None:
            return None
        return (Send(encode(in_dialect(pdu, self.dialect), outgoing.header.sequence_number)),)


class ReceiptAsDataSm(Fault):
    """A receipt comes as data_sm with its text in message_payload; the operator takes it for answered."""

    threads = fault_threads.RECEIPT_WRAPPING
    name: Literal["receipt-as-data-sm"] = "receipt-as-data-sm"

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Makes a data_sm of it."""
        pdu = outgoing.receipt
        if pdu is None:
            return None
        return Send(encode(as_data_sm(pdu), outgoing.header.sequence_number)), Acknowledge()


class ReceiptId(Fault):
    """A receipt tells the message_id in another form than submit_sm_resp did, or an id that nobody was told."""

    threads = f"{fault_threads.MESSAGE_ID_FORMS}; {fault_threads.UNASKED_RECEIPTS}"
    name: Literal["receipt-id"] = "receipt-id"
    form: Literal["hex", "hex-upper", "hex-padded", "decimal", "padded", "unknown"] = "hex-upper"

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Writes the id anew, in the text and in its TLV."""
        pdu = outgoing.receipt
        found = pdu and re.match(rb"id:([0-9]+)\b", pdu.short_message)
        if pdu is None or not found:
            return None
        own = found[1].decode("ascii")
        told = f"UNKNOWN-{own}" if self.form == "unknown" else in_form(own, self.form)
        text = b"id:" + told.encode("ascii") + pdu.short_message[found.end() :]
        tlvs = (Tlv(tag, c_string(told) if tag == TlvTag.RECEIPTED_MESSAGE_ID else value) for tag, value in pdu.tlvs)
        changed = pdu._replace(short_message=text, tlvs=tuple(tlvs))
        return (Send(encode(changed, outgoing.header.sequence_number)),)


FAULTS: tuple[type[Fault], ...] = (ReceiptDialect, ReceiptAsDataSm, ReceiptId)
"""In the order of the documentation."""
