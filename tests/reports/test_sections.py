"""The list of sections is the folder; each section says what it should of a run that has something for it."""

from dataclasses import replace
from pathlib import Path

import pytest

import reports.sections
from harness.results import Verdict
from reports.language import ENGLISH
from reports.run import Run
from reports.run_directory import load
from reports.section import Content, Layout, Section, masked
from reports.sections import SECTIONS, clauses, decisions, failures, refusals_by_line, refusals_by_rule, summary
from tests.reports.builder import Pairs, busy_run, failing, message, result, write_run


@pytest.fixture
def run(tmp_path: Path) -> Run:
    run = load(busy_run(tmp_path / "run"))
    return replace(run, baseline=run)


def test_every_file_of_the_folder_is_listed_once() -> None:
    folder = Path(reports.sections.__file__).parent
    files = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert sorted(section.id.replace("-", "_") for section in SECTIONS) == sorted(files)


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.id)
def test_a_section_is_pure_and_its_tables_are_whole(section: Section, run: Run) -> None:
    first, second = section.build(run, ENGLISH), section.build(run, ENGLISH)
    assert section.title
    assert len({table.id for table in first.tables}) == len(first.tables) > 0
    for one, two in zip(first.tables, second.tables, strict=True):
        assert {column.key for column in one.columns} <= set(one.frame.columns)
        assert one.frame.equals(two.frame)
    assert first.charts == second.charts


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.id)
def test_a_section_can_speak_of_an_empty_run(section: Section, tmp_path: Path) -> None:
    empty = load(write_run(tmp_path / "run"))
    content = section.build(replace(empty, baseline=empty), ENGLISH)
    assert content.tables
    assert not content.charts


def test_the_headline_counts_failures(run: Run) -> None:
    content = summary.SECTION.build(run, ENGLISH)
    assert content.headline is not None
    assert (content.headline.label, content.headline.value) == ("FAIL", "1 of 5 scenarios does not hold")
    assert [verdict for _, verdict in content.ticks] == ["PASS", "PASS", "PASS", "FAIL", "NON_STRICT"]
    assert [figure.value for figure in content.figures] == ["3 / 5", "0", "0", "4 / 7", "2 / 4"]


@pytest.mark.parametrize(
    ("verdicts", "finished", "planned", "told"),
    [
        ([], True, 0, ("EMPTY", "No scenario ran")),
        (["PASS", "PASS"], True, 2, ("PASS", "All 2 scenarios pass")),
        (["PASS", "NON_STRICT"], True, 2, ("PASS", "1 of 2 scenarios pass strictly, none fails")),
        (["PASS", "PASS"], False, 5, ("UNFINISHED", "2 of 5 scenarios ran")),
        (["PASS"], True, 5, ("UNFINISHED", "1 of 5 scenarios ran")),
        (["PASS", "ERROR"], False, 5, ("FAIL", "1 of 2 scenarios does not hold")),
    ],
)
def test_the_headline_is_honest(
    tmp_path: Path, verdicts: list[str], finished: bool, planned: int, told: tuple[str, str]
) -> None:
    pairs: Pairs = [(result(number, verdict=Verdict(each)), []) for number, each in enumerate(verdicts)]
    content = summary.SECTION.build(
        load(write_run(tmp_path / "run", pairs, finished=finished, planned=planned)), ENGLISH
    )
    assert content.headline is not None
    assert (content.headline.label, content.headline.value) == told
    assert content.note.startswith("This run was not finished") == (not finished)


def test_a_failure_is_told_with_the_end_of_its_wire_log(tmp_path: Path) -> None:
    events = [{"at": number / 4, "direction": "sent", "event": "sent", "n": number} for number in range(30)]
    made = failing(4)
    run = load(write_run(tmp_path / "run", [(made, [])], transcripts={made.id: events}))
    row = failures.SECTION.build(run, ENGLISH).tables[0].frame.iloc[0]
    assert (row["where"], row["got"]) == ("scenarios/regulatory/scenario-4.yaml:12", "ESME_ROK")
    lines = row["events"].split("\n")
    assert len(lines) == 20
    assert lines[0] == "   2.500  sent      n=10"
    assert lines[-1] == "   7.250  sent      n=29"


def test_the_wire_log_of_a_scenario_is_told_once(tmp_path: Path) -> None:
    one = failing(4)
    made = replace(one, failures=one.failures * 2)
    event = {"at": 0.5, "direction": "sent", "event": "sent", "pdu": "submit_sm"}
    run = load(write_run(tmp_path / "run", [(made, [])], transcripts={made.id: [event]}))
    assert failures.SECTION.build(run, ENGLISH).tables[0].frame["events"].notna().tolist() == [True, False]


def test_a_scenario_that_failed_without_a_step_is_listed_too(tmp_path: Path) -> None:
    run = load(write_run(tmp_path / "run", [(result(1, verdict=Verdict.ERROR), []), (result(2), [])]))
    frame = failures.SECTION.build(run, ENGLISH).tables[0].frame
    assert frame["title"].tolist() == ["Scenario 1 states a fact"]
    assert frame["where"].tolist() == ["scenarios/regulatory/scenario-1.yaml"]


def test_an_untested_clause_stays_in_sight(run: Run) -> None:
    coverage, matrix = clauses.SECTION.build(run, ENGLISH).tables
    told = dict(zip(coverage.frame["id"], coverage.frame["status"], strict=True))
    assert told == {
        "blacklist.no-promotion": "shown",
        "hours.promotional-window": "untested",
        "service.any-hour": "not shown",
        "service.no-discount": "shown",
        "service.no-congratulation": "untested",
        "shared.approved-pattern": "untested",
        "samantel.ten-digits": "not shown",
        "line.gone": "unknown",
    }
    assert matrix.layout is Layout.MATRIX
    cells = {
        (row["id"], column.title): row[column.key]
        for _, row in matrix.frame.iterrows()
        for column in matrix.columns[1:]
        if isinstance(row[column.key], str)
    }
    assert cells == {
        ("regulatory/scenario-1", "service.any-hour"): "PASS",
        ("regulatory/scenario-2", "blacklist.no-promotion"): "PASS",
        ("regulatory/scenario-3", "service.no-discount"): "PASS",
        ("regulatory/scenario-4", "service.any-hour"): "FAIL",
        ("regulatory/scenario-5", "samantel.ten-digits"): "NON_STRICT",
        ("regulatory/scenario-5", "line.gone"): "NON_STRICT",
    }
    assert [column.title for column in matrix.columns[1:]] == coverage.frame["id"].tolist()


def test_a_late_refusal_is_told_apart(run: Run) -> None:
    rules, refusals = refusals_by_rule.SECTION.build(run, ENGLISH).tables
    row = rules.frame.set_index("id").loc["promotion-to-blacklisted"]
    assert (row["refusals"], row["late"], row["statuses"], row["share"]) == (1, 1, "ESME_ROK", 0.5)
    assert refusals.frame["received_at"].tolist() == ["2026-11-22T10:00:00.000+03:30"] * 2
    assert set(rules.frame["id"]) == set(run.rules["id"])


def test_recipients_are_left_out_where_no_trace_tells_of_them(tmp_path: Path) -> None:
    content = decisions.SECTION.build(load(write_run(tmp_path / "run", [(result(), [message()])])), ENGLISH)
    assert [table.id for table in content.tables] == ["decisions"]
    assert "recipient" not in [column.key for column in content.tables[0].columns]
    assert "left out" in content.note


def test_a_part_that_waits_is_neither_accepted_nor_refused(tmp_path: Path) -> None:
    waiting = message(1, state="ENROUTE") | {"verdict": None}
    run = load(write_run(tmp_path / "run", [(result(), [waiting, message(2)])]))
    row = refusals_by_line.SECTION.build(run, ENGLISH).tables[0].frame.iloc[0]
    assert (row["messages"], row["accepted"], row["refused"]) == (2, 1, 0)
    assert decisions.SECTION.build(run, ENGLISH).tables[0].frame["accepted"].tolist() == [1]


def test_decisions_come_in_the_order_of_the_operators_own_table(tmp_path: Path) -> None:
    types = ["samantel", None, "shared_service", "promotional", "dedicated_service"]
    sent = [message(number, line_type=each) for number, each in enumerate(types)]
    content = decisions.SECTION.build(load(write_run(tmp_path / "run", [(result(), sent)])), ENGLISH)
    assert content.tables[0].frame["line_type"].tolist() == [
        "promotional",
        "dedicated_service",
        "shared_service",
        "samantel",
        "unregistered",
    ]


def test_masking_reaches_every_text_of_a_content(run: Run) -> None:
    content: Content = masked(failures.SECTION.build(run, ENGLISH))
    assert "to=98912•••0001" in str(content.tables[0].frame.loc[0, "events"])
