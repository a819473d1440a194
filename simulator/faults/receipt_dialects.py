"""Receipts as other operators write them, each dialect by its name; and receipts whose id is written another way."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, Literal

from simulator import fault_threads
from simulator.fault import Fault
from simulator.fault_moments import Outgoing
from simulator.faults.responses import in_form
from simulator.instructions import Acknowledge, Instructions, Send
from simulator.smpp.codec import encode
from simulator.smpp.consts import TlvTag
from simulator.smpp.pdus import DeliverSm
from simulator.smpp.receipts import as_data_sm
from simulator.smpp.tlvs import Tlv
from simulator.wire_octets import c_string

_TEXT_DIALECTS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "no-id": (r"id:\S* ", ""),
        "no-sub": (r"sub:\S* ", ""),
        "no-dlvrd": (r"dlvrd:\S* ", ""),
        "no-text": (r" text:.*", ""),
        "upper-text": (r" text:", " Text:"),
        "extra-spaces": (r" (?=stat:|err:|done)", "   "),
        "padded-stat": (r"(stat:\S*)", r"\1   "),
        "err-4-digits": (r"err:(\d+)", r"err:0\1"),
        "err-1-digit": (r"err:\d*(\d)", r"err:\1"),
        "err-hex": (r"err:\d+", "err:0x4A"),
        "err-alphanumeric": (r"err:\d+", "err:E0A"),
        "no-err": (r" err:\S*", ""),
        "12-digit-date": (r"(date:\d{10})", r"\g<1>59"),
        "zoned-date": (r"(date:\d{10})", r"\g<1>+0330"),
        "iso-date": (r"date:(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)", r"date:20\1-\2-\3T\4:\5"),
        "unix-date": (r"date:\d{10}", "date:1795000000"),
    }
)
"""What each dialect changes in the text: a pattern, and what stands in its place."""


def _tlv_only(pdu: DeliverSm) -> DeliverSm:
    return pdu._replace(short_message=b"")


def _no_tlvs(pdu: DeliverSm) -> DeliverSm:
    return pdu._replace(tlvs=())


def _no_esm_class(pdu: DeliverSm) -> DeliverSm:
    return pdu._replace(esm_class=0)


_PDU_DIALECTS: Final[Mapping[str, Callable[[DeliverSm], DeliverSm]]] = MappingProxyType(
    {"tlv-only": _tlv_only, "no-tlvs": _no_tlvs, "no-esm-class": _no_esm_class}
)
DIALECTS: Final = (*_TEXT_DIALECTS, *_PDU_DIALECTS)
"""The names of all dialects."""


class ReceiptDialect(Fault):
    """A receipt's text, or the deliver_sm around it, is written in another operator's dialect."""

    threads = f"{fault_threads.RECEIPT_TEXTS}; {fault_threads.RECEIPT_WRAPPING}"
    name: Literal["receipt-dialect"] = "receipt-dialect"
    dialect: Literal[
        "no-id",
        "no-sub",
        "no-dlvrd",
        "no-text",
        "upper-text",
        "extra-spaces",
        "padded-stat",
        "err-4-digits",
        "err-1-digit",
        "err-hex",
        "err-alphanumeric",
        "no-err",
        "12-digit-date",
        "zoned-date",
        "iso-date",
        "unix-date",
        "tlv-only",
        "no-tlvs",
        "no-esm-class",
    ] = "no-sub"

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Writes the receipt anew."""
        pdu = outgoing.receipt
        if pdu is None:
            return None
        return (Send(encode(self._in_dialect(pdu), outgoing.header.sequence_number)),)

    def _in_dialect(self, pdu: DeliverSm) -> DeliverSm:
        if change := _PDU_DIALECTS.get(self.dialect):
            return change(pdu)
        pattern, instead = _TEXT_DIALECTS[self.dialect]
        text = re.sub(pattern, instead, pdu.short_message.decode("latin-1"))
        return pdu._replace(short_message=text.encode("latin-1"))


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
