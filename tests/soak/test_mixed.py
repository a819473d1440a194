"""The soak itself, for seconds; and that its books and its measure of growth find what is wrong."""

from pathlib import Path

import pytest

from tests.soak.books import NOTICED_AFTER, Books
from tests.soak.mixed import soak
from tests.soak.samples import Sample, growth, is_flat, write_table


@pytest.mark.timeout(240)  # it takes ten seconds on a machine that has nothing else to do
def test_nothing_is_lost_or_double_under_mixed_load_with_faults(tmp_path: Path) -> None:
    told: list[Sample] = []
    soaked = soak(tmp_path, 6.0, 3, told.append)
    assert told == soaked.samples
    assert told[-1].receipts
    assert soaked.bitten
    assert "none lost, none double" in str(soaked)


def books(*sessions: int) -> Books:
    opened = Books(lambda: 0.0)
    assert [opened.began() for _ in sessions] == list(sessions)
    return opened


def test_books_balance_when_everything_came_once() -> None:
    kept = books(1, 2)
    kept.came("b", 2)  # before its answer, over another session
    kept.answered(0, "a", is_asked=True)
    kept.answered(0, "b", is_asked=True)
    kept.answered(0, "c", is_asked=False)
    kept.answered(0x58, "", is_asked=True)
    kept.answered(0x45, "", is_asked=True)
    kept.came("a", 1)
    kept.close(counted=4, window=10)


def test_what_never_came_is_found() -> None:
    kept = books(1)
    kept.answered(0, "a", is_asked=True)
    with pytest.raises(AssertionError, match="never came"):
        kept.close(counted=1, window=10)


def test_an_answer_that_the_operator_does_not_count_is_found() -> None:
    kept = books(1)
    kept.answered(0, "a", is_asked=False)
    with pytest.raises(AssertionError, match="0 messages were judged, 1 answered"):
        kept.close(counted=0, window=10)


@pytest.mark.parametrize(("left", "counted"), [(0, 1), (1, 2)])
def test_more_messages_than_were_sent_are_found(left: int, counted: int) -> None:
    kept = books(1)
    kept.ended(1, unanswered=left)
    kept.close(counted=left, window=10)
    with pytest.raises(AssertionError, match="messages were judged"):
        kept.close(counted=counted, window=10)


def test_a_receipt_that_nobody_knows_is_found() -> None:
    kept = books(1)
    kept.came("z", 1)
    with pytest.raises(AssertionError, match="nobody sent"):
        kept.close(counted=0, window=10)


def test_a_receipt_that_nobody_asked_for_is_found() -> None:
    kept = books(1)
    kept.answered(0, "a", is_asked=False)
    with pytest.raises(AssertionError, match="nobody asked for it"):
        kept.came("a", 1)


def test_a_message_id_that_is_given_twice_is_found() -> None:
    kept = books(1)
    kept.answered(0, "a", is_asked=True)
    with pytest.raises(AssertionError, match="given twice"):
        kept.answered(0, "a", is_asked=True)


def test_a_receipt_may_come_again_when_its_session_is_over_and_not_otherwise() -> None:
    kept = books(1, 2, 3)
    kept.answered(0, "a", is_asked=True)
    kept.came("a", 1)
    kept.ended(1, unanswered=0)
    kept.came("a", 2)
    assert kept.repeated == 1
    kept.close(counted=1, window=10)
    with pytest.raises(AssertionError, match="twice to a session"):
        kept.came("a", 2)


def test_two_sessions_that_got_the_same_may_not_both_go_on() -> None:
    now = 0.0
    kept = Books(lambda: now)
    first, second = kept.began(), kept.began()
    kept.expect("a")
    kept.came("a", first)
    kept.came("a", second)
    now = NOTICED_AFTER
    with pytest.raises(AssertionError, match="sessions that both go on"):
        kept.came("b", second)
    kept.ended(first, unanswered=0)
    kept.came("b", second)


def samples(*memory: float, files: int = 20) -> list[Sample]:
    return [Sample(float(at), mb, files + at % 3, 0, 0, 0, 0, 0, 0) for at, mb in enumerate(memory)]


def test_what_fills_at_first_is_not_growth_and_what_goes_on_is(tmp_path: Path) -> None:
    filled = samples(*(60.0 + min(at, 30) for at in range(100)))
    leaking = samples(*(60.0 + at / 5 for at in range(100)))
    assert growth(filled) == pytest.approx(0.0, abs=0.5)
    assert growth(leaking) == pytest.approx(13.2, abs=0.5)
    assert is_flat(filled)
    assert not is_flat(leaking)
    assert not is_flat([sample._replace(files=20 + int(sample.second)) for sample in filled])
    write_table(filled[:2], tmp_path / "soak.csv")
    assert (tmp_path / "soak.csv").read_text().splitlines()[1].startswith("0,60.00,20,")
