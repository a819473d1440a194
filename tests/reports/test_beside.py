"""What a report tells beside messages: audits, load tests, doubts of the classifier, assumptions."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.audit.check import Outcome
from harness.audit.result import read_result
from harness.load.result import Counts, Second, StoredLoad, ThresholdOutcome, Times, write_result
from harness.results import Verdict
from reports.command import Request, run_report
from reports.comparison import measured
from reports.format import Report
from reports.language import ENGLISH, languages
from reports.load_run import load_of
from reports.report import make_report
from reports.run import Run, RunError
from reports.run_directory import load
from reports.sections import audits, content, deviations
from reports.sections import load as load_section
from reports.store import DOUBTS, load_store
from reports.threshold import Threshold, ThresholdError, crossed
from simulator.messages import Category, Content, Label, accepted
from simulator.store import Store
from tests.harness.load.test_result import HISTOGRAMS, RESULT, SERIES
from tests.reports.builder import CATALOGUE, Pairs, busy_run, failing, message, result, write_run
from tests.store.test_store import message as stored_message

AUDITS = Path(__file__).parents[2] / "docs" / "audits"


def load_folder(folder: Path, **changes: Any) -> Path:
    folder.mkdir(parents=True)
    write_result(folder, RESULT.model_copy(update=changes), SERIES, HISTOGRAMS)
    return folder


# Audits


@pytest.mark.parametrize("path", sorted(AUDITS.glob("*.json")), ids=lambda path: path.stem)
def test_the_grades_are_those_of_the_audits(path: Path, tmp_path: Path) -> None:
    run = load(busy_run(tmp_path / "run"))
    told = json.loads(path.read_text(encoding="utf-8"))
    grades, checks = audits.SECTION.build(Run(**{**vars(run), "audits": (read_result(path),)}), ENGLISH).tables
    [row] = grades.frame.to_dict("records")
    assert (row["client"], row["grade"], row["score"]) == (told["client"], told["grade"], told["score"])
    assert {each.value: row[each.name] for each in Outcome} == told["outcomes"]
    bad = [check for check in told["checks"] if check["outcome"] in ("FAIL", "WARN")]
    expected = sorted(
        (check["outcome"], check["id"], check["failed"] + check["warned"], check["advice"]) for check in bad
    )
    rows = checks.frame[["outcome", "check", "bad", "advice"]].itertuples(index=False, name=None)
    assert sorted(rows) == expected
    assert checks.frame["outcome"].tolist() == sorted(checks.frame["outcome"])


def test_audits_and_loads_of_a_run_directory_are_found(tmp_path: Path) -> None:
    run_dir = busy_run(tmp_path / "run")
    (run_dir / "audits").mkdir()
    (run_dir / "audits" / "kannel.json").write_bytes((AUDITS / "kannel.json").read_bytes())
    load_folder(run_dir / "loads" / "steady")
    told = report_json(run_report(Request((run_dir,), None, ("json",), audits=(AUDITS / "node.json",))).folders[0])
    assert [row["client"] for row in told["audits"]["tables"][0]["rows"]] == ["node", "kannel"]
    assert [row["title"] for row in told["load"]["tables"][0]["rows"]] == ["a campaign"]


def report_json(folder: Path) -> dict[str, Any]:
    told = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return {section["id"]: section for section in told["sections"]}


def test_what_is_none_is_told(tmp_path: Path) -> None:
    run_dir = busy_run(tmp_path / "run")
    with pytest.raises(RunError, match=r"run\.json: "):
        run_report(Request((run_dir,), None, ("json",), audits=(run_dir / "run.json",)))
    with pytest.raises(RunError, match=r"no run directory of a load test"):
        run_report(Request((run_dir,), None, ("json",), loads=(run_dir,)))


# Load tests

TIMES = st.floats(0, 1e5, allow_nan=False).map(lambda value: round(value, 3))


@st.composite
def results(draw: st.DrawFn) -> StoredLoad:
    counts = Counts(
        submitted=draw(st.integers(0, 10**6)),
        lost_responses=draw(st.integers(0, 99)),
        lost_receipts=draw(st.integers(0, 99)),
    )
    limits = [
        ThresholdOutcome(name="p99_ms", limit=1.0, value=2.0, held=draw(st.booleans()))
        for _ in range(draw(st.integers(0, 2)))
    ]
    changes = {
        "title": draw(st.sampled_from(["a", "b"])),
        "counts": counts,
        "answered_per_s": draw(TIMES),
        "response_time": Times(count=draw(st.integers(0, 2)), p99_ms=draw(TIMES)),
        "thresholds": tuple(limits),
    }
    series = tuple(Second(second=n, answered=n, p99_ms=draw(st.none() | TIMES)) for n in range(draw(st.integers(0, 3))))
    made = RESULT.model_copy(update=changes)
    return StoredLoad(folder=Path("load"), result=made, series=series, histograms=HISTOGRAMS)


@settings(max_examples=25, deadline=None)
@given(st.lists(results(), min_size=1, max_size=3))
def test_load_tests_are_told_as_they_were_measured(found: list[StoredLoad]) -> None:
    run = empty_with(tuple(found))
    rates, times, losses, limits, _statuses = load_section.SECTION.build(run, ENGLISH).tables
    assert rates.frame["answered_per_s"].tolist() == [each.result.answered_per_s for each in found]
    measured_p99 = [each.result.response_time.p99_ms for each in found if each.result.response_time.count]
    assert times.frame["p99_ms"].tolist() == measured_p99
    assert losses.frame["lost_receipts"].tolist() == [each.result.counts.lost_receipts for each in found]
    held = [limit.held for each in found for limit in each.result.thresholds]
    assert limits.frame["held"].tolist() == ["kept" if each else "missed" for each in held]
    told = measured(run)
    assert told["p99"] == (max(measured_p99) if measured_p99 else None)
    assert told["throughput"] == min(each.result.answered_per_s for each in found)
    assert told["lost"] == sum(each.result.counts.lost_responses + each.result.counts.lost_receipts for each in found)


def empty_with(stored: tuple[StoredLoad, ...]) -> Run:
    with TemporaryDirectory() as folder:
        run = load_of(load_folder(Path(folder) / "load"))
    return Run(**{**vars(run), "loads": stored})


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, ("PASS", "Every threshold of the load test was kept")),
        ({"thresholds": ()}, ("UNKNOWN", "The load test set no thresholds")),
        ({"interrupted": True}, ("UNFINISHED", "The load test was ended before its time")),
        ({"counts": Counts()}, ("EMPTY", "No message was sent.")),
        (
            {"thresholds": (ThresholdOutcome(name="loss", limit=0, value=None, held=False),)},
            ("FAIL", "A threshold of the load test was missed"),
        ),
    ],
)
def test_a_load_test_is_reported_on_by_itself(tmp_path: Path, changes: dict[str, Any], told: tuple[str, str]) -> None:
    report: Report = make_report(load_of(load_folder(tmp_path / "load", **changes)))
    for language in languages():
        assert [section.id for section, _ in report.filled[language]] == ["summary", "load", "environment"]
    headline = report.data[0][1].headline
    assert headline is not None
    assert (headline.label, headline.value) == told


def test_the_command_holds_a_load_test_to_its_thresholds(tmp_path: Path) -> None:
    slow = load_folder(tmp_path / "slow", response_time=Times(count=1, p99_ms=80.5))
    limits = ("p99>50", "throughput<50", "lost>9")
    outcome = run_report(Request((slow,), tmp_path / "out", ("json", "html"), fail_on=limits))
    assert outcome.crossed == ["slow: p99 is 80.5 (p99>50)", "slow: lost is 10 (lost>9)"]
    quick = load_folder(tmp_path / "quick", response_time=Times(count=1, p99_ms=8.5))
    folder = run_report(Request((slow,), tmp_path / "both", ("json",), baseline=quick)).folders[0]
    rows = {row["measure"]: row for row in report_json(folder)["comparison"]["tables"][0]["rows"]}
    p99 = rows["99 of 100 responses within, ms"]
    assert (p99["before"], p99["after"]) == ("8.5", "80.5")
    page = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert '<section id="load">' in page
    assert '<section id="summary">' not in page, "there is nothing of it but what opens the page"


def test_a_run_without_load_tests_tells_no_latency(tmp_path: Path) -> None:
    run = load(busy_run(tmp_path / "run"))
    with pytest.raises(ThresholdError, match="does not tell 'p99'"):
        list(crossed([Threshold.parse("p99>50")], run))


# Doubts

CERTAINTIES = st.lists(st.none() | st.integers(0, 100), max_size=12)


@settings(max_examples=20, deadline=None)
@given(CERTAINTIES)
def test_the_least_certain_texts_come_first(found: list[int | None]) -> None:
    told: list[dict[str, Any]] = [
        {"label": "service", "category": "other", "evidence": [], "certainty": each} for each in found
    ]
    sent = [message(n, text=f"text {n}", content=each) for n, each in enumerate(told)]
    with TemporaryDirectory() as folder:
        store = Store(path := Path(folder) / "store.db")
        for n, each in enumerate(found):
            verdict = accepted(Content(Label.SERVICE, Category.OTHER, (), each), ())
            store.add_message(stored_message(n + 1, verdict, text=f"text {n}"))
        store.commit()
        store.close()
        of_store = load_store(path, CATALOGUE, "1", lambda _step: None)
        of_run = load(write_run(Path(folder) / "run", [(result(), sent)]))
    known = sorted(each for each in found if each is not None)
    for run in (of_run, of_store):
        frame = content.SECTION.build(run, ENGLISH).tables[2].frame
        if run is of_run:
            assert (frame["certainty"] * 100).round().tolist() == known
        else:  # equal verdicts are stored once, and of each the first text is told
            assert (frame["certainty"] * 100).round().tolist() == sorted(set(known))
        texts = dict(zip(frame["text"], (frame["certainty"] * 100).round(), strict=True))
        assert all(found[int(text.removeprefix("text "))] == certainty for text, certainty in texts.items())


def test_of_a_store_no_more_doubts_are_read_than_are_told(tmp_path: Path) -> None:
    store = Store(tmp_path / "store.db")
    for n in range(DOUBTS + 20):
        verdict = accepted(Content(Label.SERVICE, Category.OTHER, (), n % 101), ())
        store.add_message(stored_message(n + 1, verdict, text=f"text {n}"))
    store.commit()
    store.close()
    run = load_store(tmp_path / "store.db", CATALOGUE, "1", lambda _step: None)
    assert len(run.messages) == DOUBTS
    assert run.messages["certainty"].min() == 0


def test_verdicts_that_were_not_weighed_tell_of_no_certainty(tmp_path: Path) -> None:
    table = content.SECTION.build(load(busy_run(tmp_path / "run")), ENGLISH).tables[2]
    assert (len(table.frame), table.empty) == (0, "No verdict tells how certain its label is.")


# Deviations


def test_deviations_and_assumptions_are_told(tmp_path: Path) -> None:
    values = [
        ("a.b", "07:00", "assumed: as MCI"),
        ("a.c", 5, "clause x.y"),
        ("a.d", [1], "one panel; the rest is Assumed"),
    ]
    profile = {"settings": [dict(zip(("path", "value", "basis"), each, strict=True)) for each in values]}
    inferred = {**CATALOGUE["clauses"][0], "confidence": "inferred"}
    catalogue = {**CATALOGUE, "clauses": [inferred, *CATALOGUE["clauses"][1:]], "profile": profile}
    pairs: Pairs = [
        (failing(1, Verdict.NON_STRICT), []),
        (failing(2, Verdict.UNSUPPORTED), []),
        (failing(3), []),
        (result(4), []),
    ]
    change = {"kind": "set-profile-value", "path": "a.b", "value": "08:00"}
    changes = [{"at": "2026-11-22T10:00:00+03:30", "origin": "http", "told_by": "", "change": change}]
    run = load(write_run(tmp_path / "run", pairs, catalogue=catalogue, changes=changes))
    tables = {table.id: table.frame for table in deviations.SECTION.build(run, ENGLISH).tables}
    assert tables["scenarios"]["verdict"].tolist() == ["NON_STRICT", "UNSUPPORTED"]
    assert tables["assumed"]["path"].tolist() == ["a.b", "a.d"]
    assert tables["changed"]["detail"].tolist() == ["path=a.b  value=08:00"]
    assert tables["inferred"]["id"].tolist() == [inferred["id"]]
    assert dict(tables["confidence"].itertuples(index=False, name=None)) == {"inferred": 1, "single source": 6}


def test_a_source_that_tells_no_profile_says_so(tmp_path: Path) -> None:
    note = deviations.SECTION.build(load(busy_run(tmp_path / "run")), ENGLISH).note
    assert note == "Which profile was in force is not told, so its assumed values cannot be listed."


def test_each_step_of_the_work_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    run_report(Request((busy_run(tmp_path / "run"),), None, ("json", "csv")), told.append)
    assert told == [
        "run: scenarios and messages",
        "run: sections",
        "run: tables/*.csv",
        "run: report.json",
    ]
