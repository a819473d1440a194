"""What is deleted, what is not, and what is remembered of the deleted."""

from pathlib import Path
from typing import Any

import pytest

from simulator.letters import Letter, Request
from simulator.messages import (
    Addressing,
    MoMessage,
    ReceiptKind,
    ReceiptRecord,
    Sending,
    TraceStep,
    Violation,
    accepted,
)
from simulator.messages import Outcome as RuleOutcome
from simulator.smpp.consts import MessageState
from simulator.smpp.text import EncodedText
from simulator.store import MessageQuery, MoQuery, Retention, Store
from simulator.store.retention import SWEEP_AFTER
from tests.store.test_store import ACCEPTANCE, REFUSAL, message

DAY = 86_400


def receipt_on(message_number: int, number: int, at: float) -> ReceiptRecord:
    return ReceiptRecord(number, message_number, "panel", ReceiptKind.FINAL, 2, "000", None, at)


def finished(store: Store, number: int, at: float) -> None:
    """A message that was delivered, with its receipt acknowledged."""
    store.add_message(message(number, received_at=at))
    store.finish(number, MessageState.DELIVERED, "000", at)
    receipt = receipt_on(number, number, at)
    store.add_receipt(receipt)
    store.acknowledged(receipt, at)


def tidied(store: Store, now: float = 10_000.0) -> list[int]:
    store.commit()
    for _ in range(1_000):
        if not store.tidy(now, DAY, 0):
            break
    else:
        pytest.fail("there is no end of it")
    return [found.number for found in store.find(MessageQuery(limit=10_000))]


def test_without_limits_nothing_goes() -> None:
    store = Store()
    finished(store, 1, 0.0)
    finished(store, 2, 0.0)
    assert tidied(store) == [1, 2]


def test_beyond_a_number_the_oldest_finished_go_with_their_receipts(tmp_path: Path) -> None:
    store = Store(tmp_path / "db", retention=Retention(messages=3))
    store.add_message(message(1))
    for number in range(2, 7):
        finished(store, number, float(number))
    assert tidied(store) == [1, 5, 6], "the first is on its way"
    assert store.receipts_of([2, 3, 4]) == []
    assert [receipt.number for receipt in store.receipts_of([5, 6])] == [5, 6]
    store.close()
    store = Store(tmp_path / "db", retention=Retention(messages=3))
    finished(store, 7, 7.0)
    assert tidied(store) == [1, 6, 7]
    store.close()


def test_what_is_older_than_an_age_goes() -> None:
    store = Store(retention=Retention(age=100.0))
    for number, at in enumerate((10.0, 20.0, 150.0, 160.0, 250.0), 1):
        finished(store, number, at)
    assert tidied(store, 240.0) == [3, 4, 5]
    assert tidied(store, 255.0) == [4, 5]


def test_what_waits_for_a_receipt_to_be_acknowledged_stays() -> None:
    store = Store(retention=Retention(messages=1))
    finished(store, 1, 0.0)
    waiting = receipt_on(1, 9, 0.0)
    store.add_receipt(waiting)
    finished(store, 2, 0.0)
    finished(store, 3, 0.0)
    assert tidied(store) == [1]
    store.given_up(waiting, 1.0)
    finished(store, 4, 0.0)
    assert tidied(store) == [4]


def test_no_number_is_given_twice_although_all_are_old(tmp_path: Path) -> None:
    store = Store(tmp_path / "db", retention=Retention(age=1.0))
    finished(store, 1, 0.0)
    finished(store, 2, 0.0)
    finished(store, 3, 0.0)
    store.add_mo(MoMessage(7, "panel", "3000", "989121234567", "سلام", 8, None, b"x", 0.0, given_up_at=1.0))
    assert tidied(store) == []
    assert store.find(MoQuery()) == []
    store.close()
    store = Store(tmp_path / "db")
    assert (store.highest_message(), store.highest_receipt(), store.highest_mo()) == (3, 3, 7)
    store.add_message(message(4, REFUSAL))
    store.commit()
    assert store.get(4) == message(4, REFUSAL)
    store.clear()
    assert store.highest_message() == 0
    store.close()


def test_a_lines_record_stays_when_its_messages_go() -> None:
    store = Store(retention=Retention(messages=1))
    for number in range(1, 6):
        finished(store, number, 0.0)
        store.add_violation(Violation("3000" if number < 5 else "2000", number, 0.0, "a-rule", "a.clause"))
    store.commit()
    before = store.violations()
    assert tidied(store) == [5]
    assert store.violations() == before == {("3000", 0): 4, ("2000", 0): 1}
    assert store._db.execute("SELECT count(*) FROM violations").fetchone() == (1,)
    finished(store, 6, 0.0)
    store.add_violation(Violation("3000", 6, 0.0, "a-rule", "a.clause"))
    finished(store, 7, 0.0)
    assert tidied(store) == [7]
    assert store.violations() == {("3000", 0): 5, ("2000", 0): 1}


def test_a_verdict_goes_with_the_last_message_that_had_it() -> None:
    store = Store(retention=Retention(messages=2))
    store.add_message(message(1, REFUSAL, done_at=1.0, state=MessageState.REJECTED))
    for number in range(2, SWEEP_AFTER + 10):
        own = accepted(None, (TraceStep("a-rule", RuleOutcome.PASSED, None, (("number", str(number)),)),))
        store.add_message(message(number, own, done_at=1.0, state=MessageState.DELIVERED))
    while store.tidy(2.0, DAY, 0) and store._tidier._sweep is None:
        pass
    used_again = SWEEP_AFTER + 10
    store.add_message(message(used_again, REFUSAL, done_at=1.0, state=MessageState.REJECTED))
    assert len(tidied(store)) == 2
    store.add_message(message(used_again + 1, REFUSAL))
    store.add_message(message(used_again + 2, ACCEPTANCE))
    store.commit()
    for number, verdict in ((used_again, REFUSAL), (used_again + 1, REFUSAL), (used_again + 2, ACCEPTANCE)):
        found = store.get(number)
        assert found is not None
        assert found.verdict == verdict
    left = store._db.execute("SELECT count(*) FROM verdicts").fetchone()[0]
    assert left < 10


def test_a_letter_goes_with_the_last_message_that_had_it() -> None:
    store = Store(retention=Retention(messages=2))
    shared = Request(
        b"", Letter("3000", Addressing(), "سلام", EncodedText(8, b""), None, b"\0\0\0\4\0\0\0\0", b"", b"\0")
    )
    ended: dict[str, Any] = {"done_at": 1.0, "state": MessageState.DELIVERED}
    store.add_message(message(1, **ended), shared)
    for number in range(2, SWEEP_AFTER + 10):
        store.add_message(message(number, text=str(number), **ended))
    while store.tidy(2.0, DAY, 0) and store._tidier._sweep is None:
        pass
    used_again = SWEEP_AFTER + 10
    store.add_message(message(used_again, **ended), shared)
    tidied(store)
    store.add_message(message(used_again + 1, text="سلام"), shared)
    store.commit()
    for number in (used_again, used_again + 1):
        found = store.get(number)
        assert found is not None
        assert found.source == message(1).source
    assert store._db.execute("SELECT count(*) FROM letters").fetchone()[0] < 10


def test_a_store_that_is_emptied_begins_anew() -> None:
    store = Store(retention=Retention(messages=1))
    finished(store, 1, 0.0)
    finished(store, 2, 0.0)
    assert tidied(store) == [2]
    store.clear()
    finished(store, 1, 0.0)
    assert tidied(store) == [1]


def test_subscribers_messages_go_when_they_have_reached_their_account() -> None:
    for retention, left in ((Retention(messages=2), [1, 4, 5]), (Retention(age=100.0), [1, 4])):
        store = Store(retention=retention)
        for number in range(1, 6):
            one = MoMessage(number, "panel", "3000", "989121234567", "سلام", 8, None, b"x", 0.0)
            store.add_mo(one)
            if number > 1:
                store.acknowledged(one, 200.0 if number == 4 else 1.0)
        tidied(store, 200.0)
        assert [mo.number for mo in store.find(MoQuery())] == left


def test_what_is_remembered_of_traffic_goes_when_nobody_asks_for_it() -> None:
    store = Store(retention=Retention(messages=1))
    for number, at in enumerate((0, 10, DAY, DAY + 5), 1):
        store.add_sending(Sending(number, at, "3000", 1, 0))
    tidied(store)
    assert [sending.message for sending in store.sendings(10 * DAY)] == [2, 3, 4]
