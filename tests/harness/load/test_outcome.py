"""What was measured becomes a result: rates, thresholds, losses, and notes for whoever reads the numbers."""

from itertools import count
from pathlib import Path

import pytest

from harness.load.load_run import PATIENCE_INTERRUPTED, LoadRun
from harness.load.order import Order
from harness.load.outcome import Ending, result_of, write_run
from harness.load.plan import Plan
from harness.load.plan_file import read_plan
from harness.load.result import Generator, LoadResult, read_result
from harness.load.rules import verdicts

PLAN = """
patience = 20
[shape]
kind = "steady"
seconds = 10
[thresholds]
p95_ms = 50
error_share = 0.05
loss_share = 0.1
duplicates = 0
answered_per_s = 5
receipt_p95_ms = 1000
"""


class Time:
    """A clock that the test winds."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def plan() -> Plan:
    return read_plan(PLAN, "plan.toml", Path())


@pytest.fixture
def clock() -> Time:
    return Time()


@pytest.fixture
def load(plan: Plan, clock: Time) -> LoadRun:
    return LoadRun(plan, Order(plan=Path("plan.toml"), smpp="127.0.0.1:2775"), clock)


def ended(load: LoadRun, cpu_share: float = 0.5) -> Ending:
    load.measurement.close(10_000)
    generator = Generator(name="local", submitted=1, cpu_s=1.0, cpu_share=cpu_share, memory_mb=50.0)
    return Ending(12.0, 1, None, (generator,), (), tuple(load.measurement.series()))


def submitted(load: LoadRun, number: int, *, answered: int, refused: int = 0) -> None:
    talk = load.conversation(lambda *_: None)
    sequence = count(1)
    for message in range(number):
        sequence_number = next(sequence)
        talk.submitted(sequence_number, 1.0, 1.0, receipt=False)
        if message < answered:
            talk.answered(sequence_number, 8 if message < refused else 0, str(message), 1.01)


def held(result: LoadResult) -> dict[str, bool]:
    return {threshold.name: threshold.held for threshold in result.thresholds}


def test_thresholds_that_are_kept_and_one_of_which_nothing_was_measured(load: LoadRun) -> None:
    submitted(load, 100, answered=100, refused=5)
    result = result_of(load, ended(load))
    assert result.answered_per_s == 10
    assert held(result) == {
        "p95_ms": True,
        "receipt_p95_ms": False,
        "error_share": True,
        "loss_share": True,
        "duplicates": True,
        "answered_per_s": True,
    }
    assert not result.passed
    assert [(status.name, status.count) for status in result.statuses] == [("ESME_RSYSERR", 5)]


def test_what_is_still_outstanding_at_the_end_is_lost(load: LoadRun) -> None:
    submitted(load, 100, answered=80, refused=10)
    load.ledger.promise("never", 0.0)
    result = result_of(load, ended(load))
    assert (result.counts.lost_responses, result.counts.lost_receipts) == (20, 1)
    kept = held(result)
    assert (kept["loss_share"], kept["error_share"]) == (False, False)


def test_a_generator_that_was_the_limit_is_told(load: LoadRun) -> None:
    submitted(load, 1, answered=1)
    assert result_of(load, ended(load)).notes == ()
    assert "generator local used 97% of a core" in result_of(load, ended(load, 0.97)).notes[0]


def test_the_run_directory_is_written_whole_and_names_no_password(load: LoadRun, tmp_path: Path) -> None:
    submitted(load, 3, answered=3)
    result = write_run(load, ended(load), tmp_path)
    stored = read_result(tmp_path)
    assert (stored.result, len(stored.series)) == (result, 2)
    assert "password" not in (tmp_path / "load.json").read_text()


def test_a_load_is_over_when_nothing_is_to_come_or_the_patience_is(load: LoadRun, clock: Time) -> None:
    assert not load.is_over(9.9, 0)
    assert load.is_over(10.0, 0)
    assert [load.is_over(now, 1) for now in (10.0, 29.9, 30.0)] == [False, False, True]
    load.ledger.promise("to come", 0.0)
    assert not load.is_over(11.0, 0)
    clock.now = 4.0
    load.interrupt()
    assert (load.load_s, load.is_loading(4.1)) == (4.0, False)
    assert load.is_over(4.0 + PATIENCE_INTERRUPTED, 1)


def test_whoever_interrupts_before_the_load_begins_is_heard(load: LoadRun) -> None:
    load.interrupt()
    load.begin()
    assert (load.interrupted, load.is_loading(0.0)) == (True, False)
    load.begin()  # again, on Locust's page
    assert (load.interrupted, load.is_loading(0.0)) == (False, True)


def test_verdicts_are_read_from_what_an_operator_counts() -> None:
    metrics = (
        "# TYPE khatban_messages_total counter\n"
        'khatban_messages_total{account="panel",verdict="accepted",rule=""} 7.0\n'
        'khatban_messages_total{account="panel",verdict="refused",rule="closed-line"} 2.0\n'
        'khatban_messages_total{account="other",verdict="refused",rule="closed-line"} 1.0\n'
        "# TYPE khatban_connections gauge\nkhatban_connections 3.0\n"
    )
    assert verdicts(metrics) == {("accepted", ""): 7, ("refused", "closed-line"): 3}
