"""Delivery receipts: the text form of 3.4 Appendix B, written as every known client reads it and read liberally.

Owns the text and the deliver_sm around it. When a receipt is due and what it says is decided elsewhere.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from simulator.smpp.consts import ESM_MC_DELIVERY_RECEIPT, RECEIPT_STAT, V33, MessageState, TlvTag
from simulator.smpp.pdus import DataSm, DeliverSm, SubmitSm
from simulator.smpp.tlvs import Tlv, build

TEXT_SIZE: Final = 20
"""Characters of a message's text that its receipt repeats."""
_MAX_NUMBER: Final = 999
_MESSAGE_ID_SIZE: Final = 64
Addresses = tuple[str, int, int, str, int, int, str]
"""Of a submit_sm: service_type, then TON, NPI and address of source and destination."""
_GSM: Final = 3
"""The network type of network_error_code (4.8.4.42)."""
_DATES_REMEMBERED: Final = 256
"""Of moments that are one object to many receipts, which costs no comparison."""
_DATE: Final = "%y%m%d%H%M"
_DATE_WITH_SECONDS: Final = "%y%m%d%H%M%S"
_STATES: Final[Mapping[str, MessageState]] = MappingProxyType(
    {stat: state for state, stat in RECEIPT_STAT.items()} | {state.name: state for state in MessageState}
)
# A value ends where the next known name begins; names are matched in any case and spacing.
_NAMES: Final = r"id|sub|dlvrd|submit\s*date|done\s*date|stat|err"
_FIELD: Final = re.compile(rf"\b({_NAMES}):(.*?)(?=\s+(?:{_NAMES}):|\Z)", re.IGNORECASE | re.DOTALL)
_TEXT: Final = re.compile(r"\btext:", re.IGNORECASE)


class Receipt(NamedTuple):
    """What a receipt says.

    Attributes:
        message_id: as submit_sm_resp gave it.
        state: what became of the message; a written receipt needs one with a text in `RECEIPT_STAT`.
        submit_date: when it was submitted, in the operator's local time; written to the minute.
        done_date: when it reached `state`, likewise.
        error: the operator's number for the reason, 0 to 999; written as `err` of 3 digits.
        text: the message's text; its first 20 characters are written.
        submitted: how many short messages were submitted, 0 to 999.
        delivered: how many of them were delivered, 0 to 999.
    """

    message_id: str
    state: MessageState
    submit_date: datetime | None
    done_date: datetime | None
    error: int = 0
    text: str = ""
    submitted: int = 1
    delivered: int = 0


def format_receipt(receipt: Receipt) -> bytes:
    """Write a receipt's text, in ASCII.

    The form is narrower than the appendix, for the clients that need it so: dates of 10 digits, `err` of 3, `text` in
    lower case and last. Characters of the text outside ASCII become `?`; a date that is not known is ten zeros.

    Raises:
        ValueError: the state has no text, or a number does not fit in 3 digits.
    """
    stat = RECEIPT_STAT.get(receipt.state)
    if stat is None:
        raise ValueError(f"a receipt has no text for the state {receipt.state.name}")
    message_id, _, submit_date, done_date, error, text, submitted, delivered = receipt
    if not (0 <= error <= _MAX_NUMBER and 0 <= submitted <= _MAX_NUMBER and 0 <= delivered <= _MAX_NUMBER):
        raise ValueError(_number_fault(receipt))
    line = (
        f"id:{message_id} sub:{submitted:03} dlvrd:{delivered:03}"
        f" submit date:{_date(submit_date)} done date:{_date(done_date)}"
        f" stat:{stat} err:{error:03} text:{text[:TEXT_SIZE]}"
    )
    return line.encode("ascii", "replace")


def _number_fault(receipt: Receipt) -> str:
    numbers = {"error": receipt.error, "submitted": receipt.submitted, "delivered": receipt.delivered}
    name, number = next(each for each in numbers.items() if not 0 <= each[1] <= _MAX_NUMBER)
    return f"receipt {name}: {number} is not within 0 to {_MAX_NUMBER}"


@lru_cache(_DATES_REMEMBERED)
def _date(moment: datetime | None) -> str:
    return moment.strftime(_DATE) if moment else "0" * 10


def parse_receipt(text: str | bytes) -> Receipt:
    """Read a receipt's text: names in any order and case but `text`, which is last; dates of 10 or 12 digits.

    Only id and stat have to be there.

    Returns:
        The receipt; its dates are naive, and None where they are absent or no dates.

    Raises:
        ValueError: no id, no stat, or a stat that names no message_state.
    """
    line = text.decode("latin-1") if isinstance(text, bytes) else text
    head, *text_of_message = _TEXT.split(line, maxsplit=1)
    fields: dict[str, str] = {}
    for name, value in _FIELD.findall(head):
        fields.setdefault(re.sub(r"\s", "", name.lower()), value)
    for name in ("id", "stat"):
        if not fields.get(name, "").strip():
            raise ValueError(f"receipt {line!r}: no {name}")
    stat = fields["stat"].strip().upper()
    if stat not in _STATES:
        raise ValueError(f"receipt {line!r}: stat {stat} names no message state")
    return Receipt(
        message_id=fields["id"].strip(),
        state=_STATES[stat],
        submit_date=_parse_date(fields.get("submitdate", "")),
        done_date=_parse_date(fields.get("donedate", "")),
        error=_parse_number(fields.get("err", ""), 0),
        text="".join(text_of_message),
        submitted=_parse_number(fields.get("sub", ""), 1),
        delivered=_parse_number(fields.get("dlvrd", ""), 0),
    )


def _parse_date(value: str) -> datetime | None:
    digits = value.strip()
    try:
        return datetime.strptime(digits, _DATE_WITH_SECONDS if len(digits) == 12 else _DATE)  # noqa: DTZ007 - no zone is written
    except ValueError:
        return None


def _parse_number(value: str, default: int) -> int:
    digits = value.strip()
    return int(digits) if re.fullmatch(r"[0-9]{1,9}", digits) else default


def receipt_pdu(
    receipt: Receipt,
    submit: SubmitSm,
    interface_version: int,
    *,
    esm_class: int = ESM_MC_DELIVERY_RECEIPT,
    network_error: int | None = None,
) -> DeliverSm:
    """Wrap a receipt in the deliver_sm that carries it to the ESME.

    Source and destination are those of the submit_sm, exchanged. data_coding is 0.

    Args:
        receipt: what to say.
        submit: the message it is about; only service_type and the addresses are looked at.
        interface_version: of the peer; from 3.4 on receipted_message_id and message_state are there as TLVs as well.
        esm_class: the message type: a receipt, an intermediate notification, or an acknowledgement of the SME.
        network_error: the GSM code of network_error_code, for peers from 3.4 on.

    Raises:
        ValueError: as `format_receipt`, or the message_id is too long for its TLV.
    """
    return deliver_receipt(receipt, submit[:7], interface_version, esm_class, network_error)


def deliver_receipt(
    receipt: Receipt, addresses: Addresses, interface_version: int, esm_class: int, network_error: int | None
) -> DeliverSm:
    """The same, of the first seven fields of the submit_sm."""
    service_type, source_ton, source_npi, source, destination_ton, destination_npi, destination = addresses
    tlvs: tuple[Tlv, ...] = ()
    if interface_version > V33:
        tlvs = _id_tlv(receipt.message_id), _state_tlv(receipt.state)
        if network_error is not None:
            tlvs += (Tlv(TlvTag.NETWORK_ERROR_CODE, bytes([_GSM]) + network_error.to_bytes(2, "big")),)
    return DeliverSm(
        service_type,
        destination_ton,
        destination_npi,
        destination,
        source_ton,
        source_npi,
        source,
        esm_class,
        short_message=format_receipt(receipt),
        tlvs=tlvs,
    )


def _id_tlv(message_id: str) -> Tlv:
    if len(message_id) > _MESSAGE_ID_SIZE:
        return build(TlvTag.RECEIPTED_MESSAGE_ID, message_id)  # which says what is wrong
    return Tlv(TlvTag.RECEIPTED_MESSAGE_ID, message_id.encode("latin-1") + b"\0")


@cache
def _state_tlv(state: MessageState) -> Tlv:
    return build(TlvTag.MESSAGE_STATE, state)


def as_data_sm(pdu: DeliverSm) -> DataSm:
    """The data_sm that says the same as a deliver_sm, its text in message_payload (3.4, 4.7.1)."""
    return DataSm(
        service_type=pdu.service_type,
        source_addr_ton=pdu.source_addr_ton,
        source_addr_npi=pdu.source_addr_npi,
        source_addr=pdu.source_addr,
        dest_addr_ton=pdu.dest_addr_ton,
        dest_addr_npi=pdu.dest_addr_npi,
        destination_addr=pdu.destination_addr,
        esm_class=pdu.esm_class,
        registered_delivery=pdu.registered_delivery,
        data_coding=pdu.data_coding,
        tlvs=(*pdu.tlvs, Tlv(TlvTag.MESSAGE_PAYLOAD, pdu.short_message)),
    )
