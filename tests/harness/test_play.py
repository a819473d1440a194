from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from harness.given import THE_OPERATOR
from harness.play import Played, play
from harness.results import Verdict
from harness.scenario import Scenario
from harness.scenario_files import load_file
from tests.harness.fakes import ALL, FakeDriver, FakeOperator, message, react_bound, response, scene

HEAD = """
title: A text is answered
clauses: [line.active]
given: {clock: {start: "2026-11-22 23:30", speed: 50}}
steps:
  - bind: {as: panel, password: panel}
  - submit: {from: "3000200020", to: "989123456701", text: سلام}
"""


def scenario(folder: Path, *steps: str) -> Scenario:
    file = folder / "a.yaml"
    file.write_text(HEAD + "".join(f"  - {step}\n" for step in steps), encoding="utf-8")
    [read] = load_file(file, "a")
    assert isinstance(read, Scenario), read
    return read


def now() -> datetime:
    return datetime(2026, 11, 22, 6, 30, tzinfo=UTC)


def answering(status: int) -> FakeDriver:
    def react(command: dict[str, Any]) -> list[dict[str, Any]]:
        answer = [response("1", status, "" if status else "0000000001")]
        return [*react_bound(command), *(answer if command["command"] == "submit" else [])]

    return FakeDriver(react)


def played(folder: Path, driver: FakeDriver, steps: Sequence[str], operator: FakeOperator | None = None) -> Played:
    operator = operator or FakeOperator([message("0000000001")])
    return play(scenario(folder, *steps), driver, {THE_OPERATOR: operator}, scene(driver), now)


def test_a_scenario_that_holds_passes(tmp_path: Path) -> None:
    operator = FakeOperator([message("0000000001")])
    result = played(tmp_path, answering(0), ["expect_response: {status: ESME_ROK}", "unbind:"], operator).result
    assert (result.verdict, result.failures, result.message_ids) == (Verdict.PASS, (), ("0000000001",))
    assert (result.started, result.driver, result.clauses) == (
        "2026-11-22T06:30:00.000+00:00",
        "fake",
        ("line.active",),
    )
    [(world, start, speed)] = operator.resets
    assert (world, start.isoformat(), speed) == ({"extends": "demo"}, "2026-11-22T23:30:00+03:30", 50.0)


def test_every_failed_expectation_is_kept_with_its_place(tmp_path: Path) -> None:
    steps = ["expect_response: {status: ESME_ROK}", "expect_verdict: {outcome: accepted}"]
    operator = FakeOperator([message("1", outcome="refused", rule="closed-line", clause="line.active")])
    result = played(tmp_path, answering(0x0A), steps, operator).result
    assert result.verdict is Verdict.FAIL
    assert [(failure.where, failure.step, failure.got) for failure in result.failures] == [
        (f"{tmp_path / 'a.yaml'}:8", "expect_response", "ESME_RINVSRCADR"),
        (f"{tmp_path / 'a.yaml'}:9", "expect_verdict", "outcome refused"),
    ]
    assert result.failures[0].reason == "refused by rule closed-line under clause line.active"


def test_a_tolerated_answer_is_non_strict_and_listed(tmp_path: Path) -> None:
    result = played(tmp_path, answering(8), ["expect_response: {status: '0x404', tolerated: ESME_RSYSERR}"]).result
    assert (result.verdict, [failure.got for failure in result.failures]) == (Verdict.NON_STRICT, ["ESME_RSYSERR"])


def test_nothing_is_tried_after_a_bind_that_was_refused(tmp_path: Path) -> None:
    driver = FakeDriver(lambda _: [{"event": "bound", "command_status": 0x0E}, {"event": "closed", "reason": "x"}])
    result = played(tmp_path, driver, ["expect_response: {status: ESME_ROK}"], FakeOperator()).result
    assert (result.verdict, len(result.failures)) == (Verdict.FAIL, 1)
    assert [command["command"] for command in driver.commands] == ["bind", "close"]


def test_what_the_client_cannot_do_is_unsupported(tmp_path: Path) -> None:
    driver = FakeDriver(capabilities=ALL - {"receipts"})
    result = played(tmp_path, driver, ["expect_receipt: {state: DELIVRD}"]).result
    assert (result.verdict, result.failures[0].got) == (Verdict.UNSUPPORTED, "fake cannot: receipts")
    assert driver.commands == []


def test_a_client_that_dies_is_an_error_not_a_failure(tmp_path: Path) -> None:
    driver = FakeDriver(dead=True)
    result = played(tmp_path, driver, []).result
    assert result.verdict is Verdict.ERROR
    assert result.failures[0].got == "DriverError: driver fake: its process is gone"
    assert result.failures[0].where == f"{tmp_path / 'a.yaml'}:6"


@pytest.mark.parametrize("broken", ["reset", "end"])
def test_an_operator_that_goes_away_is_an_error(tmp_path: Path, broken: str) -> None:
    operator = FakeOperator(gone=broken == "reset")
    driver = answering(0)
    if broken == "end":
        react = driver.react

        def leave(command: dict[str, Any]) -> list[dict[str, Any]]:
            operator.gone = command["command"] == "close"
            return react(command)

        driver.react = leave
    result = played(tmp_path, driver, ["expect_response: {status: ESME_ROK}"], operator).result
    assert result.verdict is Verdict.ERROR
    assert "connection refused" in result.failures[-1].got


def test_the_session_is_closed_whatever_happened(tmp_path: Path) -> None:
    driver = answering(0)
    played(tmp_path, driver, ["expect_response: {status: ESME_ROK}"])
    assert [command["command"] for command in driver.commands] == ["bind", "submit", "close"]


def test_the_transcript_holds_every_event(tmp_path: Path) -> None:
    driver = answering(0)
    played(tmp_path, driver, ["expect_response: {status: ESME_ROK}", "unbind:"])
    events = [(event["event"], event["direction"]) for event in driver.recorded]
    assert events == [
        ("bound", "received"),
        ("sent", "sent"),
        ("response", "received"),
        ("unbound", "received"),
        ("closed", "received"),
    ]
