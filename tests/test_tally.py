"""Counting what is written down."""

import pytest

from simulator import tally
from simulator.messages import ReceiptKind, ReceiptRecord, Violation
from simulator.smpp.consts import MessageState
from simulator.store import Store
from simulator.tally import WAITS, Submitted, Tally
from tests.store.test_store import ACCEPTANCE, REFUSAL, message


def watched() -> tuple[Store, Tally]:
    store = Store()
    counts = Tally(store.grounds, store.account_of)
    store.watch(counts.note)
    return store, counts


def test_messages_are_counted_by_account_and_verdict() -> None:
    store, counts = watched()
    store.add_message(message(1))
    store.add_message(message(2, REFUSAL, state=MessageState.REJECTED))
    store.add_message(message(3, REFUSAL, account="other", state=MessageState.ENROUTE))
    store.commit()
    store.add_message(message(4))
    store.commit()
    counts.settle()
    assert counts.submitted == {
        Submitted("panel", "accepted", None): 2,
        Submitted("panel", "refused", REFUSAL.rule): 1,
        Submitted("other", "refused", REFUSAL.rule): 1,
    }
    assert counts.ended == {MessageState.REJECTED: 1}


def test_a_part_waits_and_is_judged_later() -> None:
    store, counts = watched()
    waiting = message(1, None, state=MessageState.ENROUTE)
    store.add_message(waiting)
    store.commit()
    store.judge(waiting._replace(verdict=ACCEPTANCE))
    store.finish(1, MessageState.DELIVERED, "000", 1.0)
    store.commit()
    counts.settle()
    assert counts.submitted == {Submitted("panel", WAITS, None): 1}
    assert counts.judged_later == {("accepted", None): 1}
    assert counts.ended == {MessageState.DELIVERED: 1}


def test_what_is_not_written_down_has_not_happened() -> None:
    store, counts = watched()
    store.add_message(message(1))
    store.discard()
    store.commit()
    counts.settle()
    assert not counts.submitted


def test_deliveries_and_violations_are_counted() -> None:
    store, counts = watched()
    receipt = ReceiptRecord(1, 1, "panel", ReceiptKind.FINAL, 2, "000", None, 0.0)
    store.add_receipt(receipt)
    store.sent(receipt, 1.0)
    store.sent(receipt.sent(1.0), 2.0)
    store.given_up(receipt, 3.0)
    store.add_violation(Violation("3000200020", 1, 0.0, "rule", "clause"))
    store.commit()
    assert counts.deliveries == {("receipts", "made"): 1, ("receipts", "sent"): 2, ("receipts", "given_up"): 1}
    assert counts.violations == 1


def test_verdicts_of_a_store_that_was_emptied_are_not_taken_for_those_after() -> None:
    store, counts = watched()
    store.add_message(message(1, REFUSAL, state=MessageState.REJECTED))
    store.commit()
    counts.settle()
    store.clear()
    store.add_message(message(1))
    store.commit()
    counts.settle()
    assert counts.submitted[Submitted("panel", "accepted", None)] == 1


def test_what_is_not_looked_up_yet_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally, "_MAX_UNSETTLED", 3)
    store, counts = watched()
    for number in range(1, 6):
        store.add_message(message(number, account=f"account{number}"))
        store.commit()
    assert sum(counts.submitted.values()) == 4


def test_who_stops_watching_is_told_nothing_more() -> None:
    store, counts = watched()
    store.unwatch(counts.note)
    store.add_message(message(1))
    store.commit()
    counts.settle()
    assert not counts.submitted
