import json
from pathlib import Path

import pytest
from junitparser import JUnitXml

import harness.outputs
from harness.outputs import OUTPUTS, write_outputs
from harness.results import Failure, ResultsError, RunMeta, RunWriter, ScenarioResult, StoredRun, Verdict, read_run

NASTY = "متن \x00 <b> \ud800"
META = RunMeta(
    version="1", started="2026-11-22T10:00:00.000+03:30", seed=7, drivers=("smpplib", "wire"), jobs=2,
    profile="standard", python="3.11", platform="Linux", scenarios=5,
)  # fmt: skip
FAILURE = Failure(
    where="a.yaml:3", step="expect_response", expected=("ESME_ROK", "0x00000401"), got=NASTY, reason=NASTY,
    around=("1.000 s  > submit_sm",),
)  # fmt: skip


@pytest.fixture
def run(tmp_path: Path) -> StoredRun:
    with RunWriter(tmp_path / "run", META) as writer:
        writer.write_catalogue({"rules": [], "clauses": []})
        for verdict in Verdict:
            result = ScenarioResult(
                id=f"regulatory/{verdict.value.lower()}", file="a.yaml", title="A title", clauses=("line.active",),
                spec=("SMPP 3.4, 4.4",), driver="wire" if verdict is Verdict.ERROR else "smpplib", verdict=verdict,
                seconds=0.25, started="2026-11-22T10:00:01.000+03:30",
                failures=() if verdict is Verdict.PASS else (FAILURE,),
            )  # fmt: skip
            writer.add(result, [], "the transcript\n")
        writer.finish("2026-11-22T10:00:02.000+03:30")
    return read_run(tmp_path / "run")


def test_the_list_of_outputs_is_the_folder_of_outputs() -> None:
    folder = Path(harness.outputs.__file__ or "").parent
    assert {output.name for output in OUTPUTS} == {path.stem for path in folder.glob("*.py")} - {"__init__"}


def test_junit_has_a_suite_for_each_client_and_what_readers_of_it_expect(run: StoredRun, tmp_path: Path) -> None:
    write_outputs(run, {"junit": tmp_path / "deep" / "junit.xml"})
    document = JUnitXml.fromfile(str(tmp_path / "deep" / "junit.xml"))
    suites = {suite.name: suite for suite in document}
    assert {name: (each.tests, each.failures, each.errors, each.skipped) for name, each in suites.items()} == {
        "smpplib": (4, 1, 0, 1),
        "wire": (1, 0, 1, 0),
    }
    cases = {case.name: case for suite in suites.values() for case in suite}
    assert (cases["fail"].classname, cases["fail"].time) == ("regulatory", 0.25)
    [failure] = cases["fail"].result
    assert "expected any of ESME_ROK, 0x00000401; got متن \N{REPLACEMENT CHARACTER} <b> ?" in failure.message
    assert "1.000 s  > submit_sm" in failure.text
    assert cases["non_strict"].is_passed
    assert "because" in (cases["non_strict"].system_out or "")


def test_json_holds_the_run_and_its_results(run: StoredRun, tmp_path: Path) -> None:
    write_outputs(run, {"json": tmp_path / "run.json"})
    document = json.loads((tmp_path / "run.json").read_text("utf-8"))
    assert (document["run"]["seed"], document["run"]["verdicts"]["PASS"]) == (7, 1)
    assert [result["verdict"] for result in document["results"]] == [verdict.value for verdict in Verdict]


def test_allure_gets_a_file_for_each_result_with_its_transcript(run: StoredRun, tmp_path: Path) -> None:
    write_outputs(run, {"allure": tmp_path / "allure"})
    results = [json.loads(file.read_text("utf-8")) for file in (tmp_path / "allure").glob("*-result.json")]
    statuses = {result["fullName"].rpartition("/")[2]: result["status"] for result in results}
    assert statuses == {
        "pass": "passed", "non_strict": "passed", "fail": "failed", "error": "broken", "unsupported": "skipped",
    }  # fmt: skip
    assert len({result["historyId"] for result in results}) == len(results)
    [failed] = [result for result in results if result["status"] == "failed"]
    assert (failed["stop"] - failed["start"], failed["stage"]) == (250, "finished")
    assert {"name": "tag", "value": "SMPP 3.4, 4.4"} in failed["labels"]
    [attached] = failed["attachments"]
    assert (tmp_path / "allure" / attached["source"]).read_text("utf-8") == "the transcript\n"
    assert "seed=7\n" in (tmp_path / "allure" / "environment.properties").read_text("utf-8")


def test_a_scenario_keeps_its_history_over_runs(run: StoredRun, tmp_path: Path) -> None:
    write_outputs(run, {"allure": tmp_path / "a"})
    write_outputs(run, {"allure": tmp_path / "b"})
    names = [sorted(file.name for file in (tmp_path / folder).iterdir()) for folder in ("a", "b")]
    assert names[0] == names[1]


@pytest.mark.parametrize("output", OUTPUTS, ids=[output.name for output in OUTPUTS])
def test_a_file_that_cannot_be_written_is_named(run: StoredRun, tmp_path: Path, output: harness.output.Output) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ResultsError, match="file"):
        write_outputs(run, {output.name: tmp_path / "file" / "below"})
