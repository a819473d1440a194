"""A run directory is loaded whole or refused with file, line and reason."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reports.run import RunError
from reports.run_directory import load
from tests.reports.builder import CATALOGUE, busy_run, message, refused, result, write_run

FRAMES = ("results", "failures", "messages", "tallies", "receipts", "events", "clauses", "rules")


def edit(path: Path, change: Callable[[list[Any]], object]) -> None:
    """Let `change` alter the JSON lines of a file."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    change(lines)
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def refusal_of(run_dir: Path) -> str:
    with pytest.raises(RunError) as caught:
        load(run_dir)
    return str(caught.value)


@pytest.fixture
def run_dir(tmp_path: Path) -> Path:
    return busy_run(tmp_path / "run")


def test_everything_arrives(run_dir: Path) -> None:
    run = load(run_dir)
    assert [len(getattr(run, name)) for name in FRAMES] == [5, 1, 4, 4, 2, 2, 7, 4]
    late = run.messages.iloc[1]
    assert (late["line"], late["outcome"], late["rule"], late["label"], late["evidence"]) == (
        "2000100010",
        "refused",
        "promotion-to-blacklisted",
        "promotional",
        "۳۰٪ تخفیف",
    )
    assert run.failures.loc[0, "expected"] == "0x00000401\nESME_RSUBMITFAIL"
    assert run.events.loc[0, "event"] == "pdu=submit_sm  to=989121230001"
    assert list(zip(run.receipts["state"], run.receipts["err"], strict=True))[1] == ("UNDELIV", "016")


def test_an_empty_run_has_all_frames_with_all_columns(tmp_path: Path) -> None:
    empty, full = load(write_run(tmp_path / "empty")), load(busy_run(tmp_path / "full"))
    for name in FRAMES:
        assert list(getattr(empty, name).columns) == list(getattr(full, name).columns)
        assert list(getattr(empty, name).dtypes) == list(getattr(full, name).dtypes)
    assert empty.results.empty
    assert empty.messages.empty


def test_the_same_message_id_in_two_scenarios_is_two_messages(tmp_path: Path) -> None:
    run = load(write_run(tmp_path / "run", [(result(1), [message(1)]), (result(2), [message(1)])]))
    assert run.messages[["scenario", "id"]].to_numpy().tolist() == [
        ["regulatory/scenario-1", "msg-1"],
        ["regulatory/scenario-2", "msg-1"],
    ]


def test_a_part_is_told_as_number_of_total(tmp_path: Path) -> None:
    part = {"reference": 9, "total": 3, "number": 2}
    run = load(write_run(tmp_path / "run", [(result(), [message(part=part)])]))
    assert run.messages.loc[0, "part"] == "2/3"


def test_half_a_surrogate_pair_from_the_wire_becomes_a_replacement(tmp_path: Path) -> None:
    run = load(write_run(tmp_path / "run", [(result(), [message(text="a\ud83db")])]))
    assert run.messages.loc[0, "text"] == "a\ufffdb"


def test_an_unfinished_run_is_loaded_without_its_cut_line(run_dir: Path, tmp_path: Path) -> None:
    unfinished = write_run(tmp_path / "cut", [(result(1), [message()])], finished=False, planned=4)
    with (unfinished / "results.jsonl").open("a") as file:
        file.write('{"id": "regul')
    run = load(unfinished)
    assert run.about.finished is None
    assert run.cut == ("results.jsonl",)
    assert len(run.results) == 1


def test_a_missing_directory_is_named(tmp_path: Path) -> None:
    assert "nowhere" in refusal_of(tmp_path / "nowhere")


def test_a_foreign_directory_is_no_run(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    assert "not a run directory" in refusal_of(tmp_path)


def test_another_format_is_refused(run_dir: Path) -> None:
    path = run_dir / "run.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 1}))
    assert "run.json: format is 1" in refusal_of(run_dir)


@pytest.mark.parametrize("name", ["results.jsonl", "messages.jsonl", "catalogue.json"])
def test_a_missing_file_is_named(run_dir: Path, name: str) -> None:
    (run_dir / name).unlink()
    assert name in refusal_of(run_dir)


@pytest.mark.parametrize("name", ["results.jsonl", "messages.jsonl"])
def test_a_cut_file_of_a_finished_run_is_named_with_its_line(run_dir: Path, name: str) -> None:
    path = run_dir / name
    lines = path.read_bytes().count(b"\n")
    path.write_bytes(path.read_bytes()[:-20])
    assert f"{name}:{lines}: " in refusal_of(run_dir)


def test_a_file_cut_between_lines_is_noticed(run_dir: Path) -> None:
    edit(run_dir / "results.jsonl", lambda lines: lines.pop())
    told = "results.jsonl: holds 1 FAIL, 3 PASS but run.json tells of 1 FAIL, 1 NON_STRICT, 3 PASS"
    assert told in refusal_of(run_dir)


def test_a_lost_message_is_noticed(run_dir: Path) -> None:
    edit(run_dir / "messages.jsonl", lambda lines: lines.pop())
    assert "message 'msg-1' of scenario 'regulatory/scenario-4' is missing" in refusal_of(run_dir)


def test_a_message_of_no_scenario_is_noticed(run_dir: Path) -> None:
    edit(run_dir / "messages.jsonl", lambda lines: lines[2].update(scenario="elsewhere"))
    assert "messages.jsonl:3: scenario 'elsewhere' is not in results.jsonl" in refusal_of(run_dir)


def test_a_message_that_stands_there_twice_is_noticed(run_dir: Path) -> None:
    edit(run_dir / "messages.jsonl", lambda lines: lines.append(lines[0]))
    assert "messages.jsonl:5: message 'msg-1'" in refusal_of(run_dir)


def test_a_scenario_that_stands_there_twice_is_noticed(run_dir: Path) -> None:
    edit(run_dir / "results.jsonl", lambda lines: lines.append(lines[0]))
    assert "scenario 'regulatory/scenario-1' stands there 2 times" in refusal_of(run_dir)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"received_at": "yesterday"}, "received_at"),
        ({"received_at": "2026-11-22T10:00:00"}, "received_at"),
        ({"verdict": {"outcome": "maybe"}}, "verdict.outcome"),
        ({"text": None}, "text: Input should be a valid string, found ''"),
        ({"receipts": [{"err": "000"}]}, "receipts.0.state"),
        ({"data_coding": "ucs2"}, "data_coding"),
        ({"data_coding": 256}, "data_coding"),
    ],
)
def test_a_broken_message_is_told_with_line_and_key(run_dir: Path, changes: dict[str, Any], told: str) -> None:
    edit(run_dir / "messages.jsonl", lambda lines: lines[1].update(changes))
    reason = refusal_of(run_dir)
    assert "messages.jsonl:2: " in reason
    assert told in reason


def test_a_broken_catalogue_is_told_with_its_place(run_dir: Path) -> None:
    broken = {"rules": CATALOGUE["rules"], "clauses": [*CATALOGUE["clauses"], {"id": "lone"}]}
    (run_dir / "catalogue.json").write_text(json.dumps(broken))
    assert "catalogue.json: clauses.7.document: " in refusal_of(run_dir)


def test_broken_events_are_told_with_its_line(run_dir: Path) -> None:
    transcript = run_dir / "events" / "smpplib" / "regulatory__scenario-4.jsonl"
    transcript.write_text("{}\nnoise\n")
    assert "regulatory__scenario-4.jsonl:2: " in refusal_of(run_dir)


def test_an_endless_scenario_is_no_scenario(run_dir: Path) -> None:
    edit(run_dir / "results.jsonl", lambda lines: lines[1].update(seconds=float("inf")))
    assert "results.jsonl:2: seconds: " in refusal_of(run_dir)


def test_messages_of_the_scenario_that_a_killed_run_died_in_are_kept(run_dir: Path, tmp_path: Path) -> None:
    killed = tmp_path / "killed"
    shutil.copytree(run_dir, killed)
    edit(killed / "results.jsonl", lambda lines: lines.pop(3))
    meta = json.loads((killed / "run.json").read_text())
    (killed / "run.json").write_text(json.dumps(meta | {"finished": None}))
    run = load(killed)
    assert (len(run.results), len(run.messages)) == (4, 4)


def test_the_first_rule_that_looked_tells_of_the_recipient(tmp_path: Path) -> None:
    sent = refused(1, "rule", "clause", facts={"blacklisted": "yes", "n": 3})
    run = load(write_run(tmp_path / "run", [(result(1), [sent, message(2)]), (result(2), [])]))
    assert run.messages["recipient"].tolist() == ["blacklisted", "not looked at"]
    assert run.results["messages"].tolist() == [2, 0]
