"""A handful of scenarios with every driver: the real operator, the real client, the page's examples of one's own."""

import contextlib
import io
import socket
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from harness.driver_config import load_driver_config
from harness.driver_events import Event
from harness.driver_process import ProcessDriver
from harness.drivers.manual_driver import MANUAL
from harness.drivers.smpplib_driver import SMPPLIB
from harness.operator_api import OperatorApi
from harness.operator_process import OperatorProcess
from harness.references import Catalogue
from harness.results import StoredRun, Verdict, read_run
from harness.run_request import RunRequest
from harness.runner import run_scenarios
from simulator.policy.clauses import load_clauses
from simulator.policy.rules import RULES
from tests.docs.blocks import blocks_of
from tests.e2e.installed import need_kannel, need_net_smpp, need_node_smpp

HEAD = "title: {title}\nclauses: [service.any-hour]\nsteps:\n  - bind: {{as: panel, password: panel}}\n"
SCENARIOS = {
    "accepted": """\
  - submit: {from: "3000200020", to: "989123456701", text: "کد تایید شما: 118822"}
  - expect_response: {status: ESME_ROK}
  - expect_receipt: {state: DELIVRD, err: "000"}
  - expect_verdict: {outcome: accepted, exempt: service.any-hour}
  - unbind:
""",
    "refused": """\
  - submit: {name: wrong, from: "3000999888", to: "989123456701", text: "کد تایید شما: 118822"}
  - submit: {name: right, from: "3000200020", to: "989123456701", text: "کد تایید شما: 118823"}
  - expect_response: {of: wrong, status: ESME_RINVSRCADR}
  - expect_response: {of: right, status: ESME_ROK}
  - expect_verdict: {of: wrong, outcome: refused, rule: unregistered-line}
  - unbind:
""",
    "long": """\
  - submit:
      from: "3000200020"
      to: "989123456701"
      text: >-
        مشترک گرامی، قبض گاز دوره مهر و آبان شما صادر شد. شماره اشتراک: 204518877، مصرف: 186 مترمکعب،
        مبلغ قابل پرداخت: 1,284,000 ریال، مهلت پرداخت: 1405/09/25. شرکت گاز نمونه
  - expect_response: {status: ESME_ROK}
  - expect_verdict: {outcome: accepted}
  - unbind:
""",
    "reported": """\
  - submit:
      from: "3000200020"
      to: "989123456701"
      text: >-
        مشترک گرامی، قبض گاز دوره مهر و آبان شما صادر شد. شماره اشتراک: 204518877،
        مصرف: 186 مترمکعب، شرکت گاز نمونه
  - expect_receipt: {state: DELIVRD}
  - unbind:
""",
    "silent": """\
  - submit: {from: "3000200020", to: "989123456701", text: "nothing"}
""",
    "turned-down": """\
  - submit: {from: "3000200020", to: "989120000000", text: "کد تایید شما: 118822"}
""",
    "answered": """\
  - mo: {from: "09123456701", to: "3000200020", text: "سلام ۱۲"}
  - expect_mo: {from: "989123456701", to: "3000200020", text: "سلام ۱۲"}
""",
}
USUAL = ("accepted", "refused", "long", "reported", "answered")
CODE = "کد تایید شما: 118822"


def suite(tmp_path: Path, *names: str) -> Path:
    folder = tmp_path / "scenarios"
    folder.mkdir()
    for name in names or SCENARIOS:
        (folder / f"{name}.yaml").write_text(HEAD.format(title=f"It is {name}") + SCENARIOS[name], "utf-8")
    return folder


def ran(tmp_path: Path, *names: str, **drivers: Mapping[str, Any]) -> tuple[StoredRun, str]:
    """Runs the scenarios of these names, or the usual ones, with each of the drivers and its options."""
    screen = io.StringIO()
    options = {name.replace("_", "-"): said for name, said in drivers.items()}
    request = RunRequest(
        paths=(suite(tmp_path, *names),),
        out=tmp_path / "run",
        drivers=tuple(options),
        options=options,
        seed=7,
        jobs=1,
        known=Catalogue(frozenset(rule.id for rule in RULES), frozenset(load_clauses())),
    )
    run_scenarios(request, Console(file=screen, width=300))
    return read_run(tmp_path / "run"), screen.getvalue()


def verdicts(run: StoredRun) -> dict[tuple[str, str], Verdict]:
    return {(result.driver, result.id): result.verdict for result in run.results}


def events(run: StoredRun, driver: str, scenario: str) -> list[dict[str, Any]]:
    """What a driver reported in a scenario."""
    [result] = [result for result in run.results if (result.driver, result.id) == (driver, scenario)]
    return list(run.events(result))


def installed() -> dict[str, Mapping[str, Any]]:
    """The clients that are there, with their options; one that could have been installed is a failure."""
    options: dict[str, Mapping[str, Any]] = {"smpplib": {}, "aiosmpplib": {}, "wire": {}}
    with contextlib.suppress(pytest.skip.Exception):
        need_net_smpp()
        options["net_smpp"] = {}
    with contextlib.suppress(pytest.skip.Exception):
        need_kannel()
        options["kannel"] = {}
    with contextlib.suppress(pytest.skip.Exception):
        options["node"] = {"modules": str(need_node_smpp())}
    return options


def test_the_same_scenarios_with_every_client(tmp_path: Path) -> None:
    drivers = installed()
    run, screen = ran(tmp_path, *USUAL, **drivers)
    wanted = {(name.replace("_", "-"), scenario): Verdict.PASS for name in drivers for scenario in USUAL}
    if "kannel" in drivers:
        wanted["kannel", "reported"] = Verdict.UNSUPPORTED  # it asks for the receipt of the first part only
        parts = [event for event in events(run, "kannel", "long") if event.get("pdu") == "submit_sm"]
        assert [part["part"] for part in parts] == [*range(1, parts[0]["parts"] + 1)]
    assert verdicts(run) == wanted, screen


@pytest.fixture
def examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Writes the page's examples into a folder of the test's own, which is the current one then."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    for block in blocks_of("docs/drivers.md"):
        if not block.title:
            continue
        (tmp_path / block.title).write_text(
            block.text.replace("8000", str(port)).replace("python3", sys.executable), "utf-8"
        )
    (tmp_path / "panel.py").write_text((Path(__file__).parent / "panel.py").read_text("utf-8"), "utf-8")
    monkeypatch.chdir(tmp_path)


def test_a_program_of_ones_own(tmp_path: Path, examples: None) -> None:
    run, screen = ran(tmp_path, "accepted", "refused", "long", command={"command": f"{sys.executable} send.py"})
    assert set(verdicts(run).values()) == {Verdict.PASS}, screen
    witnesses = {event["event"]: event.get("witness") for event in events(run, "command", "accepted")}
    assert (witnesses["response"], witnesses["receipt"], witnesses["unbound"]) == ("operator", "operator", "nobody")


TELLING = """\
import json, os, runpy, sys, threading
if os.environ["KHATBAN_TEXT"] == "nothing":
    sys.exit(3)
receipt = {"event": "receipt", "message_id": "0000000001", "state": "UNDELIV", "err": "016", "text": ""}
ends = {"source": os.environ["KHATBAN_DESTINATION"], "destination": os.environ["KHATBAN_SOURCE"]}
threading.Timer(0.5, lambda: print("my log\\n" + json.dumps({**receipt, **ends}), flush=True)).start()
runpy.run_path("send.py")
"""


def test_what_a_program_tells_comes_before_the_operators_view(tmp_path: Path, examples: None) -> None:
    (tmp_path / "telling.py").write_text(TELLING)
    options = {"command": f"{sys.executable} telling.py", "reports": ["receipt"], "patience": 2}
    run, screen = ran(tmp_path, "accepted", "silent", command=options)
    told = [event for event in events(run, "command", "accepted") if event["event"] == "receipt"]
    assert [(receipt["state"], receipt.get("witness")) for receipt in told] == [("UNDELIV", None)], screen
    accepted, silent = run.results
    assert (accepted.verdict, silent.verdict) == (Verdict.FAIL, Verdict.ERROR)
    assert f"nothing reached the operator: {sys.executable} ended with status 3" in silent.failures[0].got


def test_a_panel_by_its_api(tmp_path: Path, examples: None) -> None:
    names = ("accepted", "reported", "answered")
    options = load_driver_config(tmp_path / "panel.toml")["http"]
    run, screen = ran(tmp_path, *names, "turned-down", http=options)
    wanted = {("http", scenario): Verdict.PASS for scenario in names} | {("http", "turned-down"): Verdict.ERROR}
    assert verdicts(run) == wanted, screen
    assert [message["text"] for message in run.messages if message["scenario"] == "accepted"] == [CODE]
    assert "nothing reached the operator: the panel answers 403" in run.results[-1].failures[0].got


@contextlib.contextmanager
def person(folder: Path, operator: OperatorApi) -> Iterator[tuple[list[str], Callable[[str], None]]]:
    """Does what the console says, by a client of his own; gives what he was told, and his ear."""
    told: list[str] = []
    host, port = operator.smpp
    with ProcessDriver(SMPPLIB, folder / "person.log") as client:

        def hear(text: str) -> None:
            told.append(text)
            if text.startswith("Bind"):
                where = {"seed": 1, "host": host, "port": port, "operator": ""}
                client.send("bind", session="p", type="transceiver", system_id="panel", password="panel", **where)
            else:
                ends = {"source": "3000200020", "destination": "989123456701"}
                client.send("submit", session="p", tag="1", text=CODE, receipt=True, **ends)

        yield told, hear


def test_a_person_is_told_what_to_send(tmp_path: Path) -> None:
    with OperatorProcess(tmp_path, seed=1) as process, person(tmp_path, process.api) as (told, hear):
        host, port = process.api.smpp
        spec = MANUAL.configured({"patience": 30})
        with ProcessDriver(spec, tmp_path / "manual.log", show=hear) as driver:
            address = {"seed": 1, "host": host, "port": port, "operator": process.api.url}
            driver.send("bind", session="1", type="transceiver", system_id="panel", password="panel", **address)
            assert heard(driver).event == "bound"
            ends = {"source": "3000200020", "destination": "989123456701"}
            driver.send("submit", session="1", tag="1", text=CODE, receipt=True, **ends)
            assert [heard(driver).event for _ in range(2)] == ["sent", "response"]
            driver.send("unbind", session="1")
            heard_last = [""]
            while heard_last[-1] != "closed":
                heard_last.append(heard(driver).event)
            assert heard_last[-2] == "unbound"
    assert told[0] == f"Bind within 30 s to {host}:{port}, system_id panel, password panel"
    assert told[1].splitlines()[0] == "Send within 30 s, with a receipt:"
    assert told[1].splitlines()[-1] == f"  text  {CODE}"


def heard(driver: ProcessDriver) -> Event:
    event = driver.receive(30.0)
    assert event is not None
    return event
