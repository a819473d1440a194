"""The operator's wire log, read: written by the operator's own writer, so that both ends stay one form."""

import json
from pathlib import Path

import pytest

from harness.audit.observer import Observer
from harness.audit.recording import Recording
from harness.audit.traces import Ended, Judgement, Opened, SourceError
from harness.audit.wire_log import read_wire_log
from simulator.messages import Fate, Outcome, TraceStep, Verdict
from simulator.smpp.codec import encode
from simulator.smpp.pdus import BindTransceiver, SubmitSm, SubmitSmResp
from simulator.smpp.states import Role
from simulator.wire_log import ConnectionLog, Endpoint, LogFile, WireLog
from tests.harness.audit.talk import NOON

STEPS = (
    TraceStep("closed-line", Outcome.PASSED, None, ()),
    TraceStep("link", Outcome.PASSED, None, (("links", "one"),)),
    TraceStep("missing-footer", Outcome.REFUSED, "optout.footer", ()),
)
REFUSED = Verdict(Fate.REFUSED, "missing-footer", "optout.footer", violation=False, content=None, trace=STEPS)


def written(path: Path) -> tuple[WireLog, ConnectionLog]:
    log = WireLog(LogFile(path), None, lambda: NOON)
    return log, log.connection(Endpoint("127.0.0.1", 40_000), Endpoint("127.0.0.1", 2775), 70_000)


def test_what_the_operator_writes_is_read(tmp_path: Path) -> None:
    path = tmp_path / "wire.jsonl"
    log, connection = written(path)
    connection.received(encode(BindTransceiver("panel", "secret"), 1) + encode(SubmitSm(), 2))
    connection.judged(2, "panel", REFUSED)
    connection.sent(encode(SubmitSmResp(), 2, 0x401))
    connection.received(b"")
    connection.ended()
    log.close()
    traces, notes = read_wire_log(path)
    assert notes == []
    assert traces[0] == Opened(NOON, 1, 1)
    assert traces[-1] == Ended(NOON, 5, 1, Role.ESME)
    recording = Recording(traces)
    assert [(pdu.sender, pdu.command, pdu.frame) for pdu in recording.pdus] == [
        (Role.ESME, "bind_transceiver", 2),
        (Role.ESME, "submit_sm", 3),
        (Role.MC, "submit_sm_resp", 4),
    ]
    assert recording.pdus[2].judgement == Judgement(
        "refused", "missing-footer", "optout.footer", {"link": "passed", "missing-footer": "refused"}
    )


def test_a_log_is_followed_while_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "wire.jsonl"
    log, connection = written(path)
    connection.sent(b"")
    observer, late = Observer(path), Observer(path, from_end=True)
    connection.received(encode(SubmitSm(), 2))
    connection.sent(encode(SubmitSmResp(), 2))
    log.flush()
    for each in (observer, late):
        each.look()
    assert (observer.sessions, observer.pdus) == (1, 2)
    assert (late.sessions, late.pdus) == (0, 2)
    log.close()
    observer.look()
    assert observer.recording(NOON + 5).ended == NOON + 5


def test_a_line_that_is_cut_off_waits_or_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "wire.jsonl"
    log, connection = written(path)
    connection.received(encode(SubmitSm(), 2))
    log.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:-9])
    traces, notes = read_wire_log(path)
    assert len(traces) == 1
    assert notes == ["the last line is cut off, and was left out"]
    observer = Observer(path)
    observer.look()
    assert observer.pdus == 0
    path.write_bytes(whole)
    observer.look()
    assert observer.pdus == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "Invalid JSON"),
        ("[]", "should be an object"),
        (json.dumps({"time": "2026-11-22T12:00:00+03:30"}), "connection: Field required"),
        (json.dumps({"time": "yesterday", "connection": 1}), "time: "),
        (json.dumps({"time": "2026-11-22T12:00:00+03:30", "connection": 1, "octets": "zz"}), "octets: "),
        (json.dumps({"time": "2026-11-22T12:00:00+03:30", "connection": 1, "octets": "00"}), "direction"),
    ],
)
def test_what_is_no_wire_log_is_refused_with_its_line(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "wire.jsonl"
    log, _ = written(path)
    log.close()
    with path.open("a") as file:
        file.write(line + "\n")
    with pytest.raises(SourceError) as raised:
        read_wire_log(path)
    assert str(raised.value).startswith(f"{path}:2: not a line of a wire log: ")
    assert reason in str(raised.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="No such file"):
        read_wire_log(tmp_path / "none")
    with pytest.raises(SourceError, match="No such file"):
        Observer(tmp_path / "none", from_end=True)
