"""Delivery receipts: whether a client asks for them, can get them, and bears those of every operator.

Which message a client gives a receipt to happens inside it. On the wire it shows only whether the receipt was taken.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from harness.audit.check import Check, Finding, Severity, bad, good, odd, odd_if
from harness.audit.leaving import has_left
from harness.audit.recording import Recording
from harness.audit.wire_pdu import WirePdu
from simulator.smpp.consts import (
    ESM_INTERMEDIATE_NOTIFICATION,
    ESM_MC_DELIVERY_RECEIPT,
    ESM_TYPE_MASK,
    REGDLV_MC_MASK,
    CommandStatus,
    TlvTag,
    status_name,
)
from simulator.smpp.pdus import BindReceiver, BindTransceiver, DataSm, DeliverSm, SubmitMultiResp, SubmitSmResp
from simulator.smpp.states import Role
from simulator.smpp.tlvs import get, text_value

ENOUGH: Final = 5
"""Submits of a client that never asks for a receipt."""
LATE: Final = 30.0
"""Seconds after which a receipt was not answered."""

_LATER: Final = frozenset({CommandStatus.ESME_RX_T_APPN, CommandStatus.ESME_RMSGQFUL, CommandStatus.ESME_RTHROTTLED})
"""Answers that say: deliver it again."""
_STANDARD: Final = re.compile(
    rb"id:\S{1,64} sub:\d{3} dlvrd:\d{3} submit date:\d{10} done date:\d{10} stat:[A-Z]{7} err:\d{3} [Tt]ext:.{0,20}",
    re.DOTALL,
)
_ID: Final = re.compile(rb"\bid:\s*(\S+)", re.IGNORECASE)
_STAT: Final = re.compile(rb"\bstat:\s*(\S+)", re.IGNORECASE)


class Receipt(NamedTuple):
    """A receipt as it came: its PDU, the id that it names, its state as it is written, and its text."""

    wire: WirePdu
    message_id: str
    state: str
    text: bytes
    esm_type: int

    @property
    def is_standard(self) -> bool:
        """Whether it is written word by word as 3.4 Appendix B has it, in a deliver_sm with its bit set."""
        is_marked = self.esm_type == ESM_MC_DELIVERY_RECEIPT and isinstance(self.wire.pdu, DeliverSm)
        return is_marked and bool(_STANDARD.fullmatch(self.text))


def _receipts(recording: Recording) -> Iterator[Receipt]:
    for wire in recording.sent(Role.MC, DeliverSm, DataSm):
        pdu = wire.pdu
        if not isinstance(pdu, DeliverSm | DataSm):
            continue
        text = pdu.short_message if isinstance(pdu, DeliverSm) else b""
        text = text or get(pdu.tlvs, TlvTag.MESSAGE_PAYLOAD) or b""
        esm_type = pdu.esm_class & ESM_TYPE_MASK
        named = text_value(pdu.tlvs, TlvTag.RECEIPTED_MESSAGE_ID)
        written, stat = _ID.search(text), _STAT.search(text)
        if esm_type not in (ESM_MC_DELIVERY_RECEIPT, ESM_INTERMEDIATE_NOTIFICATION) and not (named or stat):
            continue
        message_id = named or (written[1].decode("latin-1") if written else "")
        yield Receipt(wire, message_id, stat[1].decode("latin-1") if stat else "", text, esm_type)


def _asks(recording: Recording) -> Iterator[Finding]:
    sent = list(recording.submissions)
    asking = [message for message in sent if message.registered_delivery & REGDLV_MC_MASK]
    if asking:
        yield good(asking[0].wire)
    elif len(sent) >= ENOUGH:
        yield odd(f"none of {len(sent)} submits asks for a receipt", sent[0].wire)


def _can_get(recording: Recording) -> Iterator[Finding]:
    if not recording.sessions or not all(session.is_whole for session in recording.sessions):
        return
    listening = {
        session.system_id
        for session in recording.sessions
        if session.bind and isinstance(session.bind.pdu, BindReceiver | BindTransceiver)
    }
    asked: set[str] = set()
    for message in recording.submissions:
        client = recording.session_of(message.wire).system_id
        if client in asked or not message.registered_delivery & REGDLV_MC_MASK:
            continue
        asked.add(client)
        why = f"{client!r} asks for receipts, and was bound as transmitter only" if client not in listening else None
        yield odd_if(why, message.wire)


def _taken(recording: Recording, choose: Callable[[Recording], Iterator[Receipt]]) -> Iterator[Finding]:
    for receipt in choose(recording):
        wire, answer = receipt.wire, recording.answer_to(receipt.wire)
        shown = receipt.text[:60].decode("latin-1")
        if answer is not None and answer.command_status == CommandStatus.ESME_ROK:
            yield good(wire, answer)
        elif answer is not None and answer.command_status in _LATER:
            yield odd(f"asked for again by {status_name(answer.command_status)}: {shown!r}", wire, answer)
        elif answer is not None:
            yield bad(f"answered with {status_name(answer.command_status)}: {shown!r}", wire, answer)
        elif has_left(recording, wire):
            yield bad(f"the client ended the session at {shown!r}", wire)
        elif recording.watched(wire) >= LATE:
            yield bad(f"not answered: {shown!r}", wire)


def _ordinary(recording: Recording) -> Iterator[Receipt]:
    return (receipt for receipt in _receipts(recording) if receipt.is_standard)


def _dialects(recording: Recording) -> Iterator[Receipt]:
    return (
        receipt
        for receipt in _receipts(recording)
        if not receipt.is_standard and receipt.esm_type != ESM_INTERMEDIATE_NOTIFICATION
    )


def _intermediate(recording: Recording) -> Iterator[Receipt]:
    return (receipt for receipt in _receipts(recording) if receipt.esm_type == ESM_INTERMEDIATE_NOTIFICATION)


def _repeated(recording: Recording) -> Iterator[Receipt]:
    seen: set[str] = set()
    for receipt in _receipts(recording):
        if receipt.message_id in seen:
            yield receipt
        if receipt.esm_type != ESM_INTERMEDIATE_NOTIFICATION:
            seen.add(receipt.message_id)


def _unknown(recording: Recording) -> Iterator[Receipt]:
    """Receipts of ids that nobody was told until then: too early, of a refused message, or written another way."""
    if not all(session.is_whole for session in recording.sessions):
        return
    told: dict[str, int] = {}
    for wire in recording.sent(Role.MC, SubmitSmResp, SubmitMultiResp):
        if isinstance(wire.pdu, SubmitSmResp | SubmitMultiResp):
            told.setdefault(wire.pdu.message_id, wire.number)
    for receipt in _receipts(recording):
        if told.get(receipt.message_id, receipt.wire.number) >= receipt.wire.number:
            yield receipt


def _takes(choose: Callable[[Recording], Iterator[Receipt]]) -> Callable[[Recording], Iterator[Finding]]:
    return lambda recording: _taken(recording, choose)


CHECKS: Final = (
    Check(
        "asks-for-receipts",
        "Asks what becomes of its messages.",
        "3.4 5.2.17; 5.0 4.7.21",
        Severity.MAJOR,
        "Set registered_delivery to 1: a refusal may be told by the receipt alone.",
        _asks,
    ),
    Check(
        "can-get-its-receipts",
        "Is bound as receiver or transceiver, where it asks for receipts.",
        "3.4 2.2; 5.0 2.3.3",
        Severity.MAJOR,
        "Bind as transceiver, or as receiver besides the transmitter.",
        _can_get,
    ),
    Check(
        "takes-receipts",
        "Takes receipts that are written as the standard shows them.",
        "3.4 Appendix B; 5.0 4.3.5.1",
        Severity.CRITICAL,
        "Answer ESME_ROK when the receipt is written down.",
        _takes(_ordinary),
    ),
    Check(
        "takes-receipts-of-every-dialect",
        "Takes receipts that are written another way: fields missing, other dates, TLVs only, data_sm.",
        "3.4 Appendix B; 5.0 4.3.5.1",
        Severity.CRITICAL,
        "Prefer receipted_message_id and message_state to the text; read the text leniently, field by field.",
        _takes(_dialects),
    ),
    Check(
        "takes-repeated-receipts",
        "Takes a receipt for a message that has one already.",
        "5.0 4.3.5.1",
        Severity.MAJOR,
        "Answer ESME_ROK; the first final state counts, or the last, but the answer is the same.",
        _takes(_repeated),
    ),
    Check(
        "takes-receipts-of-unknown-messages",
        "Takes a receipt whose message_id it was not told, or not yet.",
        "5.0 4.3.5.1",
        Severity.MAJOR,
        "Answer ESME_ROK and keep it for a while: it may overtake submit_sm_resp, or write the id in hexadecimal.",
        _takes(_unknown),
    ),
    Check(
        "takes-intermediate-notifications",
        "Takes a notification that a message is still under way.",
        "3.4 5.2.12; 5.0 4.3.5.2",
        Severity.MINOR,
        "Answer ESME_ROK; it ends nothing.",
        _takes(_intermediate),
    ),
)
