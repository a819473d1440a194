from pathlib import Path
from typing import Any

from harness.given import THE_OPERATOR
from harness.play import Played, play
from harness.scenario import Scenario
from harness.scenario_files import load_file
from tests.harness.fakes import FakeDriver, FakeOperator, message, react_bound, receipt, response, scene
from tests.harness.test_play import now

TEXT = """\
title: A text is answered
steps:
  - bind: {as: panel, password: panel}
  - submit: {from: "3000200020", to: "989123456701", text: سلام, name: first}
  - submit: {from: "3000200020", to: "989123456702", text: سلام}
  - expect_receipt: {of: first, state: DELIVRD}
  - expect_response: {of: first, status: ["0x404", ESME_RSYSERR]}
"""
HELD = {
    "source": "3000200020",
    "destination": "989123456701",
    "command_status": "ESME_ROK",
    "state": "DELIVERED",
    "err": "000",
    "received_at": "2026-11-22T10:00:00.100+03:30",
    "done_at": "2026-11-22T10:00:01.050+03:30",
}


def played(folder: Path, *, receipt_first: bool) -> Played:
    """The same scenario, once with a receipt before the second answer, and once behind it."""

    def react(command: dict[str, Any]) -> list[dict[str, Any]]:
        if command.get("tag") != "2":
            return [*react_bound(command), *([response("1", 0, "1")] if command["command"] == "submit" else [])]
        came = [receipt("1", "DELIVRD"), response("2", 0, "2")]
        return [*react_bound(command), *(came if receipt_first else reversed(came)), {"event": "enquire_link"}]

    driver = FakeDriver(react)
    (folder / "a.yaml").write_text(TEXT, encoding="utf-8")
    [scenario] = load_file(folder / "a.yaml", "a")
    assert isinstance(scenario, Scenario)
    operator = FakeOperator([message("1") | HELD])
    return play(scenario, driver, {THE_OPERATOR: operator}, scene(driver), now)


def test_a_scenario_is_told_step_by_step_in_no_order_of_chance(tmp_path: Path) -> None:
    account = played(tmp_path, receipt_first=True).account
    assert account == played(tmp_path, receipt_first=False).account
    assert (
        account
        == """\
a: A text is answered

  1  bind: {as: panel, password: panel}
       < bind_resp ESME_ROK
  2  submit: {from: 3000200020, to: 989123456701, text: سلام, name: first}
       > submit_sm
       < response ESME_ROK
  3  submit: {from: 3000200020, to: 989123456702, text: سلام}
       > submit_sm
       < response ESME_ROK
  4  expect_receipt: {of: first, state: DELIVRD}
       < receipt DELIVRD err 000 for message 1
  5  expect_response: {of: first, status: [0x404, ESME_RSYSERR]}
     ! expected any of 0x00000404, ESME_RSYSERR; got ESME_ROK

messages
     3000200020 -> 989123456701, ESME_ROK, DELIVERED err 000 after 0.950 s, accepted
"""
    )


def test_a_failure_is_told_with_what_came_before_it(tmp_path: Path) -> None:
    [failure] = played(tmp_path, receipt_first=True).result.failures
    assert [line.partition("s  ")[2] for line in failure.around] == [
        "< bind_resp ESME_ROK",
        "> submit_sm",
        "< response ESME_ROK",
        "> submit_sm",
        "< receipt DELIVRD err 000 for message 1",
    ]
