"""Audits of clients that live: by an operator of their own or one that runs, a driver, a program; in real time."""

import contextlib
import io
import socket
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console

from harness.audit.check import Outcome
from harness.audit.clients import Program, Watched
from harness.audit.command import NOT_STARTED, SOME_FAILED, UNUSABLE, Request, run_audit
from harness.audit.duration import seconds_of
from harness.audit.live import Plan, observe
from harness.audit.phases import PHASES, Phase
from harness.audit.result import AuditResult, Source, audit, read_result
from harness.operator_process import OperatorProcess
from harness.selection import driver_spec
from khatban import main
from khatban_client import Operator

HASTY = """
import os, socket, struct
from simulator.smpp.codec import encode
from simulator.smpp.pdus import BindTransceiver, SubmitSm
sock = socket.create_connection((os.environ["KHATBAN_HOST"], int(os.environ["KHATBAN_PORT"])))
credentials = os.environ["KHATBAN_SYSTEM_ID"], os.environ["KHATBAN_PASSWORD"]
sock.sendall(encode(BindTransceiver(*credentials, interface_version=0x34), 1))
sock.recv(4096)
text = "سفارش شما ثبت شد.".encode()
line = os.environ["KHATBAN_SOURCE"]
sock.sendall(encode(SubmitSm(source_addr=line, destination_addr="989123456701", short_message=text), 2))
sock.recv(4096)
"""
"""A client that sends UTF-8 as data_coding 0, and leaves without an unbind."""


def console() -> Console:
    return Console(file=io.StringIO(), width=200)


def said(shown: Console) -> str:
    assert isinstance(shown.file, io.StringIO)
    return shown.file.getvalue()


def outcomes(result: AuditResult) -> dict[str, Outcome]:
    return {check.id: check.outcome for check in result.checks}


def test_a_driver_is_provoked_by_an_operator_of_its_own() -> None:
    phases = (
        Phase("traffic", 0.2, 1.2),
        Phase("throttling", 0.4, 0.2, ({"name": "throttled", "count": 1}, {"name": "unknown-tlv", "count": 1})),
        Phase("unbind", 0.4, 2.2, ending="unbind"),
    )
    observed = observe(Plan(6.0, phases, driver=driver_spec("smpplib"), port=0), console())
    result = audit(observed.recording, Source(kind="live", name="smpplib"), "smpplib", observed.not_its_own)
    found = outcomes(result)
    assert found["answers-deliver-sm"] is Outcome.PASS
    assert found["numbers-begin-at-one"] is Outcome.WARN
    assert found["surrogates-whole"] is Outcome.FAIL
    assert found["bears-unknown-tlvs"] is Outcome.PASS
    assert found["answers-unbind"] is Outcome.FAIL
    assert found["backs-off-when-throttled"] is Outcome.NOT_SEEN, "a driver only does what it is told"
    assert result.grade is not None


def test_a_program_is_told_where_to_bind_and_judged(tmp_path: Path) -> None:
    script, page, log = tmp_path / "hasty.py", tmp_path / "audit.html", tmp_path / "wire.jsonl"
    script.write_text(HASTY, encoding="utf-8")
    shown, written = console(), tmp_path / "result.json"
    request = Request(
        command=f"{sys.executable} {script}", seconds=20.0, json=written, html=page, record=log, client="hasty"
    )
    assert run_audit(request, shown) == SOME_FAILED
    found = outcomes(read_result(written))
    assert found["no-utf-8"] is Outcome.FAIL
    assert found["unbinds-before-closing"] is Outcome.FAIL
    assert found["uses-its-own-lines"] is Outcome.PASS
    assert "no-utf-8" in said(shown)
    assert "hasty" in page.read_text("utf-8")
    again = console()
    assert run_audit(Request(recording=log, client="hasty", everything=True), again) == SOME_FAILED
    assert "no-utf-8" in said(again)


def test_a_running_operator_is_looked_at_by_its_wire_log(tmp_path: Path) -> None:
    log = tmp_path / "wire.jsonl"
    with OperatorProcess(tmp_path, seed=1, options=("--wire-log", str(log))) as process:
        operator = process.operator

        def connect(seconds: float) -> None:
            with contextlib.closing(socket.create_connection(operator.smpp)):
                pass

        watched = Watched(sleep=connect)
        assert not watched.is_over
        watched.act(0.1)
        phases = (Phase("watching", 1.0, 0.6),)
        observed = observe(Plan(1.0, phases, operator=operator, wire_log=log), console())
        assert observed.recording.ended > 0
        assert not observed.not_its_own
        for phase in PHASES:
            for fault in phase.faults:
                operator.faults.switch_on(**fault)
        assert len(operator.faults.on()) == sum(len(phase.faults) for phase in PHASES), (
            "each is a fault of the operator"
        )


def test_what_cannot_be_is_refused(tmp_path: Path) -> None:
    for request, reason in (
        (Request(driver="none"), "there is no driver 'none'"),
        (Request(driver="smpplib", command="x"), "either --driver or --command"),
        (Request(command="/nowhere/client --fast"), "--command: there is no program '/nowhere/client'"),
        (Request(command="'"), "--command: No closing quotation"),
        (Request(operator="http://127.0.0.1:8775"), "--operator and --wire-log go together"),
        (Request(operator="127.0.0.1:8775", wire_log=tmp_path / "w"), "--operator: "),
        (
            Request(operator="http://x:1", wire_log=tmp_path / "w", config=tmp_path / "c"),
            "--config has no meaning here",
        ),
        (Request(recording=tmp_path / "none.pcapng"), "No such file"),
        (Request(recording=tmp_path / "none.pcapng", driver="smpplib"), "--driver has no meaning here"),
    ):
        shown = console()
        assert run_audit(request, shown) == UNUSABLE, request
        assert reason in said(shown)


def test_an_operator_that_cannot_start_is_told(tmp_path: Path) -> None:
    config = tmp_path / "operator.toml"
    config.write_text("nonsense = 1")
    shown = console()
    assert run_audit(Request(config=config, command="true"), shown) == NOT_STARTED
    assert "nonsense" in said(shown)


def test_a_program_is_heard_and_ended_with_the_audit() -> None:
    said_by_it: list[str] = []
    operator = Operator("http://127.0.0.1:1", ("127.0.0.1", 1))
    with Program("sh -c 'echo $KHATBAN_API; exec sleep 60'", operator, said_by_it.append) as program:
        while not said_by_it:
            program.act(0.01)
        ended_by_itself = program.is_over
    assert (ended_by_itself, program.is_over) == (False, True)
    assert said_by_it == ["http://127.0.0.1:1/api/v1"]


def test_the_phases_fill_the_time() -> None:
    assert sum(phase.share for phase in PHASES) == pytest.approx(1.0)


@pytest.mark.parametrize(("written", "seconds"), [("90", 90), ("90s", 90), ("2m", 120), ("1.5m", 90), ("1h", 3600)])
def test_times_are_read(written: str, seconds: float) -> None:
    assert seconds_of(written) == seconds


@pytest.mark.parametrize("written", ["", "0", "-1", "two", "5d", "1e3"])
def test_what_is_no_time_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="is no time"):
        seconds_of(written)


def test_the_command_line_names_what_is_wrong() -> None:
    ended = CliRunner().invoke(main, ["audit", "--for", "never"])
    assert ended.exit_code == 2
    assert "'never' is no time" in ended.output
