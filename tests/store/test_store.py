import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.letters import Letter, Request
from simulator.messages import (
    Addressing,
    Category,
    Content,
    Evidence,
    Fate,
    Label,
    Message,
    Outcome,
    Part,
    ReceiptKind,
    ReceiptRecord,
    TraceStep,
    Verdict,
    Violation,
    accepted,
    refused,
)
from simulator.smpp.consts import MessageState
from simulator.smpp.text import EncodedText, Languages
from simulator.smpp.udh import ReferenceKind
from simulator.store import MessageQuery, Store
from simulator.store.store import _TABLES

CONTENT = Content(Label.PROMOTIONAL, Category.DISCOUNT, (Evidence(0, 5, "تخفیف", "names a discount"),), 87)
REFUSAL = refused(
    violation=True,
    content=CONTENT,
    trace=(TraceStep("a-rule", Outcome.PASSED, None, ()), TraceStep("b-rule", Outcome.REFUSED, "c.d", (("x", "y"),))),
)
ACCEPTANCE = accepted(CONTENT._replace(label=Label.SERVICE), (TraceStep("a-rule", Outcome.PASSED, None, ()),))


def message(number: int, verdict: Verdict | None = ACCEPTANCE, **changes: Any) -> Message:
    base = Message(
        number=number,
        message_id=f"{number:010d}",
        received_at=1000.0 + number,
        account="panel",
        source="+983000100010",
        line="3000100010",
        line_type="promotional",
        destination="09123456789",
        recipient="989123456789",
        operator="mci",
        text="سلام می‌شود",
        data_coding=8,
        addressing=Addressing("CMT", 1, 1, 2, 1),
        part=None,
        registered_delivery=1,
        command_status=0,
        state=MessageState.ENROUTE,
        err="000",
        done_at=None,
        verdict=verdict,
    )
    return base._replace(**changes)


def test_a_refusal_without_rule_and_clause_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="names its rule and clause"):
        refused(violation=False, content=None, trace=(TraceStep("r", Outcome.REFUSED, None, ()),))
    with pytest.raises(ValueError, match="names its rule and clause"):
        refused(violation=False, content=None, trace=())


def test_what_was_added_is_read_back_whole() -> None:
    store = Store()
    kept = [
        message(1),
        message(2, REFUSAL, state=MessageState.REJECTED, command_status=0x401),
        message(3, None, part=Part(7, 2, 1)),
    ]
    for one in kept:
        store.add_message(one)
    assert store.find(MessageQuery()) == [], "nothing is there before the commit"
    store.commit()
    assert store.find(MessageQuery()) == kept
    assert store.get(2) == kept[1]
    assert store.get(9) is None


def test_nothing_is_in_the_file_before_the_commit_and_all_of_it_after(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store = Store(path)
    store.add_message(message(1))
    other = sqlite3.connect(path)
    assert other.execute("SELECT count(*) FROM messages").fetchone() == (0,)
    assert store.commit()
    assert other.execute("SELECT count(*) FROM messages").fetchone() == (1,)
    assert not store.commit(), "there is nothing more to write"
    other.close()
    store.close()


def test_the_life_of_a_message_and_its_receipt_is_reopened(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store = Store(path)
    store.add_message(message(1, None, part=Part(7, 2, 1)))
    store.commit()
    assert [found.number for found in store.find(MessageQuery(outcome="waiting"))] == [1]
    store.judge(message(1, REFUSAL, part=Part(7, 2, 1), due=1010.0))
    store.finish(1, MessageState.DELIVERED, "007", 9.0)
    store.add_receipt(ReceiptRecord(1, 1, "panel", ReceiptKind.FINAL, 2, "000", None, 5.0))
    store.sent(ReceiptRecord(1, 1, "panel", ReceiptKind.FINAL, 2, "000", None, 5.0), 6.0)
    store.add_receipt(ReceiptRecord(2, 1, "panel", ReceiptKind.FINAL, 2, "000", 27, 5.0))
    store.acknowledged(ReceiptRecord(2, 1, "panel", ReceiptKind.FINAL, 2, "000", 27, 5.0), 7.0)
    store.add_violation(Violation("3000100010", 1, 5.0, "b-rule", "c.d"))
    store.close()

    store = Store(path)
    again = store.get(1)
    assert again is not None
    assert (again.state, again.err, again.done_at, again.verdict) == (MessageState.DELIVERED, "007", 9.0, REFUSAL)
    assert list(store.unacknowledged_receipts()) == [
        (ReceiptRecord(1, 1, "panel", ReceiptKind.FINAL, 2, "000", None, 5.0, 6.0, 1), again.reported)
    ]
    assert store.violations() == {("3000100010", 0): 1}
    assert (store.highest_message(), store.highest_receipt()) == (1, 2)
    store.add_message(message(2, REFUSAL))
    store.commit()
    assert store.count(MessageQuery(outcome=Fate.REFUSED)) == 2
    store.close()


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        (MessageQuery(line="3000100010"), [1, 2, 3]),
        (MessageQuery(line="+983000100010"), [1, 2, 3]),
        (MessageQuery(line="2000"), []),
        (MessageQuery(to="989123456789"), [1, 2, 3]),
        (MessageQuery(outcome=Fate.REFUSED), [2]),
        (MessageQuery(outcome="waiting"), []),
        (MessageQuery(rule="b-rule"), [2]),
        (MessageQuery(state=MessageState.REJECTED), [2]),
        (MessageQuery(text="می‌شود"), [1, 2]),
        (MessageQuery(since=1002.0), [2, 3]),
        (MessageQuery(until=1002.0), [1]),
        (MessageQuery(limit=1, offset=1), [2]),
        (MessageQuery(account="other"), []),
    ],
)
def test_queries(query: MessageQuery, numbers: list[int]) -> None:
    store = Store()
    store.add_message(message(1))
    store.add_message(message(2, REFUSAL, state=MessageState.REJECTED))
    store.add_message(message(3, text="other"))
    store.commit()
    assert [found.number for found in store.find(query)] == numbers


@given(st.text())
def test_any_text_is_kept_as_it_is(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    store = Store()
    store.add_message(message(1, text=text))
    store.commit()
    kept = store.get(1)
    assert kept is not None
    assert kept.text == text


def request(message: Message, text: EncodedText) -> Request:
    return Request(b"a PDU", Letter(message.source, message.addressing, message.text, text, None))


def test_a_part_waits_with_its_octets_until_it_is_judged(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.db")
    part = message(1, None, part=Part(7, 2, 1), data_coding=0)
    other = message(2, None, part=Part(7, 2, 2), data_coding=0)
    text = EncodedText(0, b"a\x1b", Languages(13, 3), 12)
    store.add_waiting_part(part, request(part, text), ReferenceKind.UDH_16)
    store.add_waiting_part(other, request(other, EncodedText(0, b"e")), ReferenceKind.SAR)
    store.close()
    store = Store(tmp_path / "store.db")
    assert store.waiting_parts() == [
        (part, ReferenceKind.UDH_16, text),
        (other, ReferenceKind.SAR, EncodedText(0, b"e")),
    ]
    store.judge(part._replace(verdict=ACCEPTANCE))
    store.commit()
    assert [waiting.number for waiting, _, _ in store.waiting_parts()] == [2]
    assert store.get(1) == part._replace(verdict=ACCEPTANCE)
    store.clear()
    assert store.waiting_parts() == []
    store.close()


def test_a_store_that_is_emptied_holds_nothing_in_any_table() -> None:
    assert set(store_tables()) == set(_TABLES) | {"room"}


def store_tables() -> list[str]:
    return [
        name
        for (name,) in Store()._db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
    ]
