"""Whole runs: the real operator, the real client, real signals."""

import io
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from harness import runner, selection
from harness.driver import DriverSpec
from harness.references import Catalogue
from harness.results import Verdict, read_run
from harness.run_request import RunRequest
from harness.runner import run_scenarios
from simulator.policy.clauses import load_clauses
from simulator.policy.rules import RULES

ACCEPTED = """\
title: A code passes
clauses: [service.any-hour]
given: {clock: {speed: 50}}
steps:
  - bind: {as: panel, password: panel}
  - submit: {from: "3000200020", to: "989123456701", text: "کد تایید شما: 118822"}
  - expect_response: {status: ESME_ROK}
  - expect_receipt: {state: DELIVRD}
  - expect_verdict: {outcome: accepted, exempt: service.any-hour}
  - unbind:
"""
WRONG = """\
title: An unregistered line passes
clauses: [line.registered]
steps:
  - bind: {as: panel, password: panel}
  - submit: {from: "3000999888", to: "989123456701", text: "کد تایید شما: 118822"}
  - expect_response: {status: ESME_ROK}
"""


SHARED = """\
title: An opt-out at one operator holds at the other
given:
  operators:
    mci: {blacklist: national}
    irancell: {blacklist: national}
  blacklists: {national: ["09121110001"]}
steps:
  - mo: {at_operator: mci, from: "989129990001", to: "8999", text: "1"}
  - bind: {name: one, at_operator: mci, as: panel, password: panel}
  - bind: {name: two, at_operator: irancell, as: panel, password: panel}
  - submit: {on: one, name: first, from: "3000100010", to: "989129990001", text: "حراج\\nلغو۱۱"}
  - submit: {on: two, name: second, from: "3000100010", to: "989129990001", text: "حراج\\nلغو۱۱"}
  - expect_verdict: {of: first, outcome: refused, rule: promotion-to-blacklisted}
  - expect_verdict: {of: second, outcome: refused, rule: promotion-to-blacklisted}
"""


def folder_of(tmp_path: Path, **texts: str) -> Path:
    folder = tmp_path / "scenarios"
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


KNOWN = Catalogue(frozenset(rule.id for rule in RULES), frozenset(load_clauses()))


def ran(paths: list[Path], out: Path, *drivers: str, **options: Any) -> tuple[int, str]:
    screen = io.StringIO()
    request = RunRequest(paths=tuple(paths), out=out, known=KNOWN, drivers=drivers, **{"seed": 7, "jobs": 1, **options})
    status = run_scenarios(request, Console(file=screen, width=200))
    return status, screen.getvalue()


def test_a_run_leaves_results_messages_and_transcripts(tmp_path: Path) -> None:
    status, screen = ran([folder_of(tmp_path, good=ACCEPTED, wrong=WRONG)], tmp_path / "run")
    assert status == runner.SOME_FAILED
    run = read_run(tmp_path / "run")
    assert [(result.id, result.verdict) for result in run.results] == [("good", Verdict.PASS), ("wrong", Verdict.FAIL)]
    assert (run.meta.scenarios, run.meta.drivers, run.meta.seed, run.meta.profile) == (2, ("smpplib",), 7, "standard")
    assert run.meta.verdicts["PASS"] == run.meta.verdicts["FAIL"] == 1
    [failure] = run.results[1].failures
    assert failure.where == f"{tmp_path / 'scenarios' / 'wrong.yaml'}:6"
    assert (failure.expected, failure.got) == (("ESME_ROK",), "ESME_RINVSRCADR")
    assert failure.reason.startswith("refused by rule unregistered-line under clause line.registered")
    assert [(message["scenario"], message["command_status"]) for message in run.messages] == [
        ("good", "ESME_ROK"), ("wrong", "ESME_RINVSRCADR"),
    ]  # fmt: skip
    assert {event["event"] for event in run.events(run.results[0])} == {
        "sent", "bound", "response", "receipt", "unbound", "closed",
    }  # fmt: skip
    assert {rule["id"] for rule in run.catalogue["rules"]} >= {"unregistered-line"}
    assert "FAIL        wrong  An unregistered line passes  smpplib" in screen
    assert "2 scenarios in " in screen


def test_mistakes_are_listed_and_nothing_is_made(tmp_path: Path) -> None:
    status, screen = ran([folder_of(tmp_path, a="", b=ACCEPTED.replace("title", "titel"))], tmp_path / "run")
    assert status == runner.UNUSABLE
    assert "a.yaml:1:1: expected a mapping" in screen
    assert "b.yaml:1:1: titel: unknown key; did you mean 'title'?" in screen
    assert not (tmp_path / "run").exists()


def test_an_unknown_clause_is_found_before_anything_starts(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, a=ACCEPTED.replace("[service.any-hour]", "[service.any-huor]"))
    status, screen = ran([folder], tmp_path / "run")
    assert status == runner.UNUSABLE
    assert "a.yaml:2:11: clauses[0]: unknown clause 'service.any-huor'; did you mean 'service.any-hour'?" in screen
    assert not (tmp_path / "run").exists()


def test_a_run_folder_in_use_and_an_unknown_driver_are_refused(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, good=ACCEPTED)
    status, screen = ran([folder], tmp_path)
    assert (status, "not empty; a run needs a folder of its own" in screen) == (runner.UNUSABLE, True)
    status, screen = ran([folder], tmp_path / "run", "smplib")
    assert (status, "there is no driver 'smplib'; did you mean 'smpplib'?" in screen) == (runner.UNUSABLE, True)


def test_a_client_that_cannot_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = DriverSpec("broken", "", (sys.executable, "-c", "raise SystemExit('no library')"))
    monkeypatch.setattr(selection, "DRIVERS", (broken,))
    status, screen = ran([folder_of(tmp_path, good=ACCEPTED)], tmp_path / "run", "broken")
    assert status == runner.NOT_STARTED
    assert "driver broken: its process is gone" in screen
    assert read_run(tmp_path / "run").meta.finished is None


def test_a_client_that_dies_is_started_again_for_the_next_scenario(tmp_path: Path) -> None:
    # smpplib's own module is what runs; only the first bind of the whole test kills it.
    marker = tmp_path / "died"
    program = (
        "import os, pathlib, runpy\n"
        "from harness.drivers import smpplib_child\n"
        f"marker = pathlib.Path({str(marker)!r})\n"
        "def bind(*_, **__):\n    marker.touch(); os._exit(1)\n"
        "if not marker.exists():\n    smpplib_child.Session.bind = bind\n"
        "smpplib_child.main()\n"
    )
    spec = DriverSpec("mortal", "", (sys.executable, "-c", program))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(selection, "DRIVERS", (spec,))
        status, _ = ran([folder_of(tmp_path, a=ACCEPTED, b=ACCEPTED)], tmp_path / "run", "mortal")
    run = read_run(tmp_path / "run")
    assert status == runner.SOME_FAILED
    assert [result.verdict for result in run.results] == [Verdict.ERROR, Verdict.PASS]
    assert "its process is gone" in run.results[0].failures[0].got


def test_several_jobs_give_the_same_results_and_transcripts_as_one(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, a=ACCEPTED, b=WRONG, c=ACCEPTED)
    for jobs in (1, 2):
        status, _ = ran([folder], tmp_path / str(jobs), jobs=jobs)
        assert status == runner.SOME_FAILED
    one, several = read_run(tmp_path / "1"), read_run(tmp_path / "2")
    assert (one.meta.jobs, several.meta.jobs) == (1, 2)
    assert [result.id for result in several.results] == ["a", "b", "c"]
    transcripts = [one.transcript(result) for result in one.results]
    assert transcripts == [several.transcript(result) for result in several.results]
    assert "! expected ESME_ROK; got ESME_RINVSRCADR" in transcripts[1]
    assert one.messages[0]["scenario"] == several.messages[0]["scenario"] == "a"


def test_nothing_new_begins_after_the_first_failure_when_asked(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, a=WRONG, **dict.fromkeys("bcdefgh", ACCEPTED))
    status, _ = ran([folder], tmp_path / "run", fail_fast=True, outputs={"junit": tmp_path / "junit.xml"})
    run = read_run(tmp_path / "run")
    assert (status, run.meta.finished is None) == (runner.SOME_FAILED, False)
    assert 1 <= len(run.results) < 8
    assert run.results[0].verdict is Verdict.FAIL
    assert 'name="a"' in (tmp_path / "junit.xml").read_text("utf-8")


def test_several_operators_share_a_blacklist_in_a_process_of_their_own(tmp_path: Path) -> None:
    status, screen = ran([folder_of(tmp_path, shared=SHARED)], tmp_path / "run")
    assert (status, "1 PASS" in screen) == (runner.ALL_PASSED, True), screen
    run = read_run(tmp_path / "run")
    assert [message["id"] for message in run.messages] == ["mci/0000000001", "irancell/0000000001"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_its_results_and_no_process(tmp_path: Path, number: signal.Signals) -> None:
    endless = ACCEPTED.replace("  - unbind:\n", "  - expect_nothing: {for: 1d}\n")
    folder = folder_of(tmp_path, a=ACCEPTED, b=endless)
    command = [sys.executable, "-m", "khatban", "run", str(folder), "--out", str(tmp_path / "run"), "--jobs", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        _wait_for(tmp_path / "run" / "events" / "smpplib" / "b.jsonl", b'"receipt"')
        children = _children_of(process.pid)
        process.send_signal(number)
        screen, _ = process.communicate(timeout=30)
    assert process.returncode == runner.INTERRUPTED, screen
    assert b"interrupted; what had run is in" in screen
    assert len(children) == 2
    assert [pid for pid in children if Path(f"/proc/{pid}").exists()] == []
    run = read_run(tmp_path / "run")
    assert (run.meta.finished, [result.id for result in run.results]) == (None, ["a"])


def _wait_for(file: Path, content: bytes) -> None:
    end = time.monotonic() + 30
    while not (file.exists() and content in file.read_bytes()):
        assert time.monotonic() < end, f"{file} never held {content!r}"
        time.sleep(0.01)


def _children_of(pid: int) -> list[int]:
    # Each thread has its own list: a process is the child of the worker that started it.
    return [int(child) for file in Path(f"/proc/{pid}/task").glob("*/children") for child in file.read_text().split()]
