"""Two runs side by side, and thresholds: held to the same comparison in plain Python."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.results import Verdict
from reports.command import Request, run_report
from reports.comparison import changes, measured
from reports.run import Run
from reports.run_directory import load
from reports.threshold import Threshold, ThresholdError, crossed
from tests.reports.builder import Pairs, failing, message, passed, refused, result, write_run

VERDICTS = st.dictionaries(st.integers(0, 5), st.sampled_from(list(Verdict)))


def run_of(verdicts: dict[int, Verdict]) -> Run:
    with tempfile.TemporaryDirectory() as folder:
        pairs: Pairs = [(result(number, verdict=verdict), []) for number, verdict in verdicts.items()]
        return load(write_run(Path(folder) / "run", pairs))


def kind_of(was: Verdict | None, now: Verdict | None) -> str:
    bad = (Verdict.FAIL, Verdict.ERROR)
    if was is None:
        return "broken" if now in bad else "new"
    if now is None:
        return "gone"
    if (was in bad) == (now in bad):
        return "changed"
    return "broken" if now in bad else "mended"


@settings(max_examples=30, deadline=None)
@given(VERDICTS, VERDICTS)
def test_changes_are_what_plain_python_finds(before: dict[int, Verdict], after: dict[int, Verdict]) -> None:
    table = changes(run_of(before), run_of(after))
    expected = {
        f"regulatory/scenario-{number}": kind_of(before.get(number), after.get(number))
        for number in before.keys() | after.keys()
        if before.get(number) != after.get(number)
    }
    assert dict(zip(table["id"], table["change"], strict=True)) == expected
    order = ["broken", "gone", "changed", "new", "mended"]
    assert table["change"].tolist() == sorted(table["change"], key=order.index)


@pytest.fixture
def leaking(tmp_path: Path) -> Run:
    leak = message(1, line_type="promotional", trace=passed({"blacklisted": "yes"}))
    over = refused(2, "service-advertising", "service.no-discount")
    return load(write_run(tmp_path / "run", [(failing(1), [leak, over, message(3), message(4)])]))


def test_every_measure_of_a_run(leaking: Run) -> None:
    expected = {"failures": 1, "leakage": 1, "over-blocking": 1, "coverage": 1 / 7, "refused": 0.25}
    found = dict(measured(leaking))
    assert [found.pop(name) for name in ("p99", "throughput", "lost")] == [None, None, None]
    assert found == pytest.approx(expected)


@pytest.mark.parametrize(
    ("written", "is_crossed"),
    [
        ("leakage", True),
        ("leakage>1", False),
        ("failures>0", True),
        ("coverage<95%", True),
        ("coverage<0.1", False),
        ("refused>25%", False),
        ("over-blocking<1", False),
    ],
)
def test_a_threshold_is_crossed_beyond_its_limit(leaking: Run, written: str, is_crossed: bool) -> None:
    assert bool(list(crossed([Threshold.parse(written)], leaking))) == is_crossed


@pytest.mark.parametrize("written", ["", "leak", "leakage=0", "leakage>", "leakage>-1", "p98>3", "leakage>1 "])
def test_what_is_no_threshold_is_told(written: str) -> None:
    with pytest.raises(ThresholdError, match="is no threshold; write NAME>NUMBER"):
        Threshold.parse(written)


@pytest.mark.parametrize("written", ["broken", "leakage"])
def test_what_a_run_does_not_tell_is_no_good_number(tmp_path: Path, written: str) -> None:
    run = load(write_run(tmp_path / "run", [(result(1), [message(1)])]))
    with pytest.raises(ThresholdError, match=f"does not tell '{written}'"):
        list(crossed([Threshold.parse(written)], run))


def test_what_broke_since_the_baseline_counts(leaking: Run) -> None:
    [told] = crossed([Threshold.parse("broken")], replace(leaking, baseline=run_of({1: Verdict.PASS})))
    assert told == "run: broken is 1 (broken)"
    assert not list(crossed([Threshold.parse("broken")], replace(leaking, baseline=leaking)))


def test_the_command_writes_the_comparison_and_tells_what_is_crossed(tmp_path: Path) -> None:
    before = write_run(tmp_path / "before", [(result(1), [])])
    after = write_run(tmp_path / "after", [(failing(1), [])])
    request = Request((after,), tmp_path / "out", ("csv", "md"), baseline=before, fail_on=("broken", "failures>1"))
    outcome = run_report(request)
    assert outcome.crossed == ["after: broken is 1 (broken)"]
    lines = (tmp_path / "out" / "tables" / "comparison-changes.csv").read_text("utf-8-sig").splitlines()
    assert lines[1] == "broken,Scenario 1 states a fact,PASS,FAIL,regulatory/scenario-1"
