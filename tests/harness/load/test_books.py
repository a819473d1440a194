"""What is counted: responses, receipts in any order and at any worker, times, and when a message was due."""

import pytest

from harness.load.conversation import Books, Conversation
from harness.load.measurement import Measurement
from harness.load.pace import LONGEST_BACKLOG, ClosedLoop, OpenLoop
from harness.load.receipt_ledger import ReceiptLedger
from harness.load.result import BindShare
from harness.load.times import Histogram, percentile, rounded

Told = list[tuple[str, float, str]]


@pytest.fixture
def told() -> Told:
    return []


@pytest.fixture
def books(told: Told) -> Books:
    return Books(Measurement(), ReceiptLedger(), lambda name, ms, error: told.append((name, ms, str(error or ""))), 1e9)


def counted(books: Books) -> dict[str, int]:
    books.measurement.close(10_000)
    return dict(books.measurement.counts)


def test_a_message_is_measured_from_when_it_was_due_to_response_and_receipt(books: Books, told: Told) -> None:
    talk = Conversation(books, 10.0)
    talk.submitted(1, 1.0, 1.5, receipt=True)
    assert talk.outstanding == 1
    talk.answered(1, 0, "id1", 2.0)
    talk.receipt("id1", 4.0)
    assert told == [("submit_sm", 1000.0, ""), ("receipt", pytest.approx(3000.0), "")]
    assert counted(books) == {"submitted": 1, "answered": 1, "accepted": 1, "receipts_due": 1, "receipts": 1}
    assert books.measurement.response.times().max_ms == pytest.approx(1000, rel=0.001)


def test_an_error_is_counted_by_its_command_status_and_no_receipt_is_waited_for(books: Books, told: Told) -> None:
    talk = Conversation(books, 10.0)
    talk.submitted(1, 0.0, 0.0, receipt=True)
    talk.answered(1, 0x0A, "", 0.5)
    assert told == [("submit_sm", 500.0, "ESME_RINVSRCADR")]
    assert counted(books)["refused"] == 1
    assert books.measurement.statuses == {0x0A: 1}
    assert books.ledger.due == 0


def test_lost_late_repeated_and_unasked_responses_are_told_apart(books: Books, told: Told) -> None:
    talk = Conversation(books, 10.0)
    for number in (1, 2):
        talk.submitted(number, 0.0, 0.0, receipt=False)
    talk.answered(1, 0, "id1", 1.0)
    talk.answered(1, 0, "id1", 1.0)
    talk.answered(7, 0, "id7", 1.0)
    assert talk.expire(9.9) == []
    assert talk.expire(10.0) == [2]
    talk.answered(2, 0, "id2", 11.0)
    assert told[-1] == ("submit_sm", 10_000.0, "no response within 10 s")
    found = counted(books)
    names = ("duplicate_responses", "unasked_responses", "lost_responses", "late_responses", "answered")
    assert {name: found[name] for name in names} == dict.fromkeys(names, 1)


def test_what_is_outstanding_when_a_connection_ends_is_cut_off(books: Books) -> None:
    talk = Conversation(books, 10.0)
    talk.submitted(1, 0.0, 0.0, receipt=True)
    talk.end(1.0)
    assert talk.outstanding == 0
    assert counted(books)["cut_off"] == 1


def test_a_receipt_may_come_before_its_response_twice_and_for_nobody() -> None:
    ledger = ReceiptLedger(remembered=2)
    assert ledger.come("a", 5.0) is None
    assert ledger.promise("a", 3.0) == 2.0
    ledger.promise("b", 3.0)
    assert ledger.come("b", 4.0) == 1.0
    ledger.come("b", 4.5)
    ledger.come("stranger", 4.5)
    ledger.promise("c", 9.0)
    assert (ledger.duplicates, ledger.unknown, ledger.due) == (1, 1, 1)


def test_halves_that_two_workers_have_meet_at_the_master() -> None:
    first, second, master = ReceiptLedger(), ReceiptLedger(), ReceiptLedger()
    first.promise("a", 1.0)
    second.come("a", 3.5)
    second.come("b", 4.0)
    assert master.merge(second.take()) == []
    assert master.merge(first.take()) == [(3.5, 2.5)]
    first.promise("b", 2.0)
    assert master.merge(first.take()) == [(4.0, 2.0)]
    assert (master.due, master.unknown, first.due, second.unknown) == (0, 0, 0, 0)
    second.come("a", 9.0)
    master.merge(second.take())
    assert master.duplicates == 1


def test_workers_together_are_what_one_process_would_have_measured() -> None:
    alone, master, workers = Measurement(), Measurement(), [Measurement(), Measurement()]
    for number in range(100):
        now = number / 20
        for measured in (alone, workers[number % 2]):
            measured.count("submitted", now)
            measured.answered(now + 0.2, 0.001 * number, 0x58 if number % 10 == 0 else 0)
            measured.receipted(now + 1, 0.5)
    for number, worker in enumerate(workers):
        worker.bound(0.0, 0.1)
        worker.sessions(0.0, 2 + number)
        worker.served(10.0 + number)
        master.merge(worker.take())
        assert worker.take() == {"cells": [], "rates": []}
    alone.bound(0.0, 0.1)
    alone.bound(0.0, 0.1)
    alone.sessions(0.0, 5)
    for measured in (alone, master):
        measured.close(1000)
    assert list(master.series()) == list(alone.series())
    assert (master.counts, master.statuses) == (alone.counts, alone.statuses)
    assert master.response.times() == alone.response.times()
    assert master.bind_share() == BindShare(slowest=10.0, quickest=11.0)
    assert alone.bind_share() is None


def test_a_late_report_of_a_closed_second_is_not_lost() -> None:
    measured = Measurement()
    for _ in range(2):
        measured.count("submitted", 3.5)
        measured.close(10)
    assert measured.counts == {"submitted": 2}
    assert [second.submitted for second in measured.series()] == [0, 0, 0, 2]


def test_a_closed_loop_fills_the_window() -> None:
    assert ClosedLoop().take(5.0, 3) == [5.0, 5.0, 5.0]
    assert (ClosedLoop().wait(5.0, 3), ClosedLoop().wait(5.0, 0)) == (0.0, None)


def test_an_open_loop_gives_each_message_the_moment_at_which_it_was_due() -> None:
    pace = OpenLoop(lambda _now: 10.0, now=0.0, phase=0.0)
    assert pace.wait(0.0, 5) == pytest.approx(0.1)
    assert pace.take(0.35, 5) == pytest.approx([0.1, 0.2, 0.3])
    assert pace.wait(0.35, 5) == pytest.approx(0.05)


def test_what_a_full_window_kept_back_is_due_since_then() -> None:
    pace = OpenLoop(lambda _now: 10.0, now=0.0, phase=0.0)
    assert pace.take(1.05, 0) == []
    assert (pace.unsent, pace.wait(1.05, 0), pace.wait(1.05, 1)) == (10, None, 0.0)
    assert pace.take(1.05, 2) == pytest.approx([0.1, 0.2])


def test_a_backlog_without_end_is_remembered_as_a_number() -> None:
    pace = OpenLoop(lambda _now: 1e6, now=0.0, phase=0.0)
    pace.take(1.0, 0)
    assert pace.unsent == 1_000_000
    assert len(pace.take(1.0, 2_000_000)) == LONGEST_BACKLOG


def test_nothing_is_due_at_no_rate() -> None:
    assert OpenLoop(lambda _now: 0.0, now=0.0, phase=0.5).wait(1.0, 1) is None


def test_times_are_exact_to_a_thousandth() -> None:
    histogram = Histogram()
    histogram.add((rounded(value), 1) for value in range(1, 100_001))
    times = histogram.times()
    assert times.count == 100_000
    assert times.p50_ms == pytest.approx(50, rel=2e-3)
    assert times.p99_ms == pytest.approx(99, rel=2e-3)
    assert times.distribution[-1] == (100.0, times.max_ms)
    assert percentile({1000: 9, 5000: 1}, 90) == 1.0
    assert percentile({1000: 9, 5000: 1}, 91) == 5.0
    assert percentile({}, 50) is None
