import dataclasses
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.results import Failure, ResultsError, RunMeta, RunWriter, ScenarioResult, Verdict, read_run

META = RunMeta(
    version="1", started="2026-11-22T10:00:00.000+03:30", seed=7, drivers=("smpplib",), jobs=2, profile="standard",
    python="3.11", platform="Linux", scenarios=2,
)  # fmt: skip
CATALOGUE: dict[str, Any] = {"rules": [{"id": "closed-line"}], "clauses": []}


def result(scenario_id: str = "regulatory/a", verdict: Verdict = Verdict.PASS, text: str = "متن") -> ScenarioResult:
    failures = (Failure(where="a.yaml:3", step="expect_response", expected=("ESME_ROK",), got=text, reason=text),)
    return ScenarioResult(
        id=scenario_id, file="a.yaml", title=text, clauses=("line.active",), driver="smpplib", verdict=verdict,
        seconds=0.25, started="2026-11-22T10:00:01.000+03:30",
        failures=() if verdict is Verdict.PASS else failures, message_ids=("0000000001",),
    )  # fmt: skip


def finished_run(folder: Path) -> Path:
    with RunWriter(folder, META) as writer:
        writer.write_catalogue(CATALOGUE)
        held = {"changes": [{"id": 1}], "violations": [{"id": 2}]}
        writer.add(result(), [{"id": "0000000001", "text": "سلام"}], "", **held)
        writer.add(result("regulatory/b", Verdict.FAIL), [], "")
        writer.finish("2026-11-22T10:00:02.000+03:30")
    return folder


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    run = read_run(finished_run(tmp_path / "run"))
    assert run.results == (result(), result("regulatory/b", Verdict.FAIL))
    assert run.messages == ({"id": "0000000001", "text": "سلام", "scenario": "regulatory/a", "driver": "smpplib"},)
    assert run.changes == ({"id": 1, "scenario": "regulatory/a", "driver": "smpplib"},)
    assert run.violations == ({"id": 2, "scenario": "regulatory/a", "driver": "smpplib"},)
    assert run.catalogue == CATALOGUE
    assert run.meta.verdicts == {"PASS": 1, "FAIL": 1, "NON_STRICT": 0, "UNSUPPORTED": 0, "ERROR": 0}
    assert run.meta == dataclasses.replace(META, finished="2026-11-22T10:00:02.000+03:30", verdicts=run.meta.verdicts)
    assert run.cut == ()


@given(text=st.text(st.characters(exclude_categories=()), max_size=60))
def test_any_text_survives(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        with RunWriter(Path(folder) / "run", META) as writer:
            writer.write_catalogue(CATALOGUE)
            writer.add(result(verdict=Verdict.FAIL, text=text), [{"id": "1", "text": text}], "")
        run = read_run(Path(folder) / "run")
        assert run.messages[0]["text"] == text
        assert run.results[0].failures[0].got == text.encode("utf-8", "replace").decode()


def test_a_run_can_be_read_while_it_goes_on(tmp_path: Path) -> None:
    with RunWriter(tmp_path / "run", META) as writer:
        run = read_run(tmp_path / "run")
        assert (run.meta.finished, run.results, run.catalogue) == (None, (), {"rules": [], "clauses": []})
        writer.add(result(), [], "")
        assert len(read_run(tmp_path / "run").results) == 1


def test_a_line_cut_by_a_kill_is_left_out_and_named(tmp_path: Path) -> None:
    with RunWriter(tmp_path / "run", META) as writer:
        writer.add(result(), [{"id": "1"}], "")
    whole = (tmp_path / "run" / "results.jsonl").read_bytes()
    (tmp_path / "run" / "results.jsonl").write_bytes(whole + whole[:41])
    run = read_run(tmp_path / "run")
    assert (len(run.results), run.cut) == (1, ("results.jsonl",))


def test_a_cut_line_in_a_finished_run_is_an_error(tmp_path: Path) -> None:
    file = finished_run(tmp_path / "run") / "results.jsonl"
    file.write_bytes(file.read_bytes()[:-5])
    with pytest.raises(ResultsError, match=r"results\.jsonl:2: the last line is cut off"):
        read_run(tmp_path / "run")


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("run.json", "[]", "expected an object, found list"),
        ("run.json", "{}", "format is None; this version reads format 3: play"),
        ("run.json", '{"format": 2}', "format is 2; this version reads format 3: play the scenarios again"),
        ("run.json", '{"format": 3}', "version: Field required"),
        ("results.jsonl", "{}\n", r"results\.jsonl:1: id: Field required"),
        ("results.jsonl", "no\n", r"results\.jsonl:1: Invalid JSON"),
        (
            "messages.jsonl",
            '{"id": "1", "scenario": "a", "driver": "b"}\n{"id": 1}\n',
            r"messages\.jsonl:2: id: expected text, found 1",
        ),
        ("catalogue.json", '{"rules": []}', r"catalogue\.json: clauses: expected a list, found None"),
    ],
)
def test_a_broken_file_is_named_with_line_and_reason(tmp_path: Path, name: str, content: str, complaint: str) -> None:
    (finished_run(tmp_path / "run") / name).write_text(content, encoding="utf-8")
    with pytest.raises(ResultsError, match=complaint):
        read_run(tmp_path / "run")


@pytest.mark.parametrize(
    "name", ["run.json", "results.jsonl", "messages.jsonl", "changes.jsonl", "violations.jsonl", "catalogue.json"]
)
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    (finished_run(tmp_path / "run") / name).unlink()
    with pytest.raises(ResultsError, match=name.replace(".", r"\.")):
        read_run(tmp_path / "run")


def test_an_unknown_verdict_is_refused(tmp_path: Path) -> None:
    file = finished_run(tmp_path / "run") / "results.jsonl"
    file.write_text(file.read_text("utf-8").replace('"FAIL"', '"MAYBE"'), "utf-8")
    with pytest.raises(ResultsError, match=r"results\.jsonl:2: verdict"):
        read_run(tmp_path / "run")


def test_two_runs_never_mix(tmp_path: Path) -> None:
    finished_run(tmp_path / "run")
    with pytest.raises(ResultsError, match="not empty; a run needs a folder of its own"):
        RunWriter(tmp_path / "run", META)


def test_transcripts_and_events_lie_by_driver_and_scenario(tmp_path: Path) -> None:
    with RunWriter(tmp_path / "run", META) as writer:
        with writer.open_events("smpplib", "regulatory/a") as events:
            events.add({"at": 0.1, "event": "bound"})
        with writer.open_events("smpplib", "regulatory/b"):
            pass
        writer.add(result(), [], "step by step: متن\n")
        writer.add(result("regulatory/b"), [], "")
    run = read_run(tmp_path / "run")
    first, second = run.results
    assert (run.events(first), run.events(second)) == (({"at": 0.1, "event": "bound"},), ())
    assert (run.transcript(first), run.transcript(second)) == ("step by step: متن\n", "")
    assert [str(file.relative_to(tmp_path / "run")) for file in sorted((tmp_path / "run").rglob("*__*"))] == [
        "events/smpplib/regulatory__a.jsonl",
        "transcripts/smpplib/regulatory__a.txt",
    ]


def test_persian_stands_unescaped_in_the_files(tmp_path: Path) -> None:
    folder = finished_run(tmp_path / "run")
    assert "سلام" in (folder / "messages.jsonl").read_text("utf-8")
    assert json.loads((folder / "run.json").read_text("utf-8"))["format"] == 3
