from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.smpp.consts import RECEIPT_STAT, MessageState
from simulator.smpp.pdus import DeliverSm, SubmitSm
from simulator.smpp.receipts import Receipt, format_receipt, parse_receipt, receipt_pdu
from simulator.smpp.tlvs import Tlv

SUBMITTED = datetime(2026, 11, 22, 9, 30)  # noqa: DTZ001 - the text has no zone
DONE = datetime(2026, 11, 22, 9, 31)  # noqa: DTZ001 - likewise
RECEIPT = Receipt("0000000017", MessageState.UNDELIVERABLE, SUBMITTED, DONE, 16, "Your code is 12345. Keep it")
WIRE = (
    b"id:0000000017 sub:001 dlvrd:000 submit date:2611220930 done date:2611220931"
    b" stat:UNDELIV err:016 text:Your code is 12345. "
)


def test_the_text_of_a_receipt() -> None:
    assert format_receipt(RECEIPT) == WIRE
    assert parse_receipt(WIRE) == RECEIPT._replace(text="Your code is 12345. ")


def test_persian_and_unknown_dates_leave_plain_ascii() -> None:
    wire = format_receipt(Receipt("17", MessageState.DELIVERED, None, None, text="سلام", delivered=1))
    assert wire == (
        b"id:17 sub:001 dlvrd:001 submit date:0000000000 done date:0000000000 stat:DELIVRD err:000 text:????"
    )
    assert parse_receipt(wire).submit_date is None


@pytest.mark.parametrize(
    ("receipt", "reason"),
    [
        (RECEIPT._replace(state=MessageState.SKIPPED), "a receipt has no text for the state SKIPPED"),
        (RECEIPT._replace(error=1000), "receipt error: 1000 is not within 0 to 999"),
        (RECEIPT._replace(submitted=-1), "receipt submitted: -1 is not within 0 to 999"),
    ],
)
def test_receipts_that_cannot_be_written(receipt: Receipt, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{reason}$"):
        format_receipt(receipt)


@pytest.mark.parametrize(
    ("text", "receipt"),
    [
        ("id:17 stat:DELIVRD", Receipt("17", MessageState.DELIVERED, None, None)),
        ("STAT:rejectd ID:17 ERR:0x1", Receipt("17", MessageState.REJECTED, None, None)),
        ("id:17 stat:ENROUTE Text:", Receipt("17", MessageState.ENROUTE, None, None)),
        (
            "id:a-1 sub:3 dlvrd:2 submit  date:261122093015 donedate:2611220931 stat:DELIVERED err:5 Text:id:9 err:x",
            Receipt("a-1", MessageState.DELIVERED, SUBMITTED.replace(second=15), DONE, 5, "id:9 err:x", 3, 2),
        ),
    ],
)
def test_other_hands_are_read_liberally(text: str, receipt: Receipt) -> None:
    assert parse_receipt(text) == receipt


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"", "no id"),
        ("hello", "no id"),
        ("id: stat:DELIVRD", "no id"),
        ("id:17", "no stat"),
        ("id:17 stat:GONE", "stat GONE names no message state"),
    ],
)
def test_what_is_no_receipt(text: str | bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=rf"^receipt .*: {reason}$"):
        parse_receipt(text)


@given(
    st.sampled_from(sorted(RECEIPT_STAT)),
    st.text("0123456789abcdef", min_size=1, max_size=64),
    st.integers(0, 999),
    st.datetimes(datetime(2000, 1, 1), datetime(2037, 12, 31)),  # noqa: DTZ001 - the text has no zone
)
def test_what_is_written_is_read_again(state: MessageState, message_id: str, error: int, moment: datetime) -> None:
    minute = moment.replace(second=0, microsecond=0)
    receipt = Receipt(message_id, state, minute, minute, error, "hello", 1, 0)
    assert parse_receipt(format_receipt(receipt)) == receipt


SUBMIT = SubmitSm(
    service_type="CMT",
    source_addr_ton=5,
    source_addr="3000",
    dest_addr_ton=1,
    dest_addr_npi=1,
    destination_addr="989121234567",
)


def test_the_deliver_sm_of_a_receipt() -> None:
    pdu = receipt_pdu(RECEIPT, SUBMIT, 0x34)
    assert pdu == DeliverSm(
        service_type="CMT",
        source_addr_ton=1,
        source_addr_npi=1,
        source_addr="989121234567",
        dest_addr_ton=5,
        destination_addr="3000",
        esm_class=4,
        short_message=WIRE,
        tlvs=(Tlv(0x001E, b"0000000017\0"), Tlv(0x0427, b"\x05")),
    )
    assert type(pdu) is DeliverSm


def test_a_peer_at_3_3_gets_no_tlvs() -> None:
    assert receipt_pdu(RECEIPT, SUBMIT, 0x33).tlvs == ()
