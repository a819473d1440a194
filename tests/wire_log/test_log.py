"""The log of an operator: what its connections read and write, as lines and as packets, in virtual time."""

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import trio

from simulator.center.operator import Operator
from simulator.messages import Fate, Verdict, accepted
from simulator.serving.server import Door, serve_connection
from simulator.smpp.codec import encode
from simulator.smpp.consts import CommandStatus
from simulator.smpp.events import Closed
from simulator.smpp.pdus import EnquireLink, SubmitSm, SubmitSmResp
from simulator.smpp.session import SessionLimits
from simulator.wire_log import ConnectionLog, Endpoint, LogFile, WireLog
from simulator.wire_log.log import _MAX_JUDGED, _MAX_JUDGED_ALIKE
from simulator.wire_log.packets import MAX_SEGMENT
from tests.center.test_operator import ADVERT, DEDICATED, FREE, LISTED, NOON, ORDER, make_operator, running
from tests.esme import QUIET, connected
from tests.wire_log.capture import ACK, FIN, PSH, SYN, Caught, read_capture, read_tcp

PEER, LOCAL = Endpoint("127.0.0.1", 40_000), Endpoint("127.0.0.1", 2775)
MAX_PDU = SessionLimits().max_pdu
ACCEPTED = accepted(None, ())
REFUSED = Verdict(Fate.REFUSED, "closed-line", "line.active", violation=False, content=None, trace=())


class Log:
    """A wire log in a folder, with one connection; it is noon until an operator is given."""

    def __init__(self, folder: Path) -> None:
        self.operator: Operator | None = None
        self._lines, self._capture = folder / "wire.jsonl", folder / "wire.pcapng"
        self.log = WireLog(LogFile(self._lines), LogFile(self._capture), self._now)
        self.connection = self.connect(PEER)

    def _now(self) -> float:
        return NOON if self.operator is None else self.operator.clock.now()

    def connect(self, peer: Endpoint) -> ConnectionLog:
        return self.log.connection(peer, LOCAL, MAX_PDU)

    def lines(self) -> list[dict[str, Any]]:
        """Those of PDUs."""
        return [line for line in self._all_lines() if "event" not in line]

    def events(self) -> list[dict[str, Any]]:
        """Those of beginnings and ends."""
        return [line for line in self._all_lines() if "event" in line]

    def _all_lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self._lines.read_text("utf-8").split("\n")[:-1]]

    def packets(self) -> list[tuple[int, bytes, list[str]]]:
        """Of each packet its flags, its data and its comments."""
        caught = [(read_tcp(packet.octets), packet.comments) for packet in self.caught()]
        return [(tcp.flags, tcp.data, comments) for tcp, comments in caught]

    def caught(self) -> list[Caught]:
        return read_capture(self._capture)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    log = Log(tmp_path)
    yield log
    log.log.close()


@pytest.mark.virtual_time
async def test_a_session_line_by_line(log: Log) -> None:
    log.operator = operator = make_operator()
    async with running(operator), connected(operator, log=log.connection) as esme:
        await esme.bind()
        await esme.submit(DEDICATED, FREE, ORDER)
        await esme.submit(DEDICATED, LISTED, ADVERT)
        await esme.receipt()
        await esme.unbind()
    lines = log.lines()
    assert [(line["direction"], line["command"], line["command_status"]) for line in lines] == [
        ("in", "bind_transceiver", "ESME_ROK"),
        ("out", "bind_transceiver_resp", "ESME_ROK"),
        ("in", "submit_sm", "ESME_ROK"),
        ("out", "submit_sm_resp", "ESME_ROK"),
        ("in", "submit_sm", "ESME_ROK"),
        ("out", "submit_sm_resp", "0x00000404"),
        ("out", "deliver_sm", "ESME_ROK"),
        ("in", "deliver_sm_resp", "ESME_ROK"),
        ("in", "unbind", "ESME_ROK"),
        ("out", "unbind_resp", "ESME_ROK"),
    ]
    assert [line.get("verdict") for line in lines if "verdict" in line] == [
        {
            "outcome": "accepted",
            "rule": None,
            "clause": None,
            "trace": {
                "service-advertising": "passed",
                "promotion-to-blacklisted": "passed",
                "promotion-outside-hours": "exempt",
            },
        },
        {
            "outcome": "refused",
            "rule": "service-advertising-to-blacklisted",
            "clause": "service.no-advertising-to-blacklisted",
            "trace": {"service-advertising-to-blacklisted": "refused"},
        },
    ]
    assert [(line["event"], line.get("direction")) for line in log.events()] == [
        ("opened", None),
        ("closed", "out"),
        ("closed", "in"),
    ]
    assert lines[2]["text"] == ORDER
    assert {(line["connection"], line["peer"]) for line in lines} == {(1, "127.0.0.1:40000")}
    assert lines[0]["time"] == "2026-11-22T12:00:00.000000+03:30"
    assert "2026-11-22T12:00:00.9" <= lines[6]["time"] <= "2026-11-22T12:00:01.2"
    packets = log.packets()
    assert [data.hex() for _, data, _ in packets if data] == [line["octets"] for line in lines]
    assert [comments for _, _, comments in packets if comments] == [
        ["accepted (account panel)"],
        [f"refused: rule {lines[5]['verdict']['rule']}, clause {lines[5]['verdict']['clause']} (account panel)"],
    ]
    assert packets[3][1].count(b"panel\0*****\0") == 1
    assert [flags for flags, data, _ in packets if not data] == [SYN, SYN | ACK, ACK, FIN | ACK, ACK, FIN | ACK, ACK]


class Reset(trio.abc.Stream):
    """A connection that its peer resets."""

    async def receive_some(self, max_bytes: int | None = None) -> bytes:
        raise trio.BrokenResourceError

    async def send_all(self, data: bytes | bytearray | memoryview) -> None:
        raise trio.BrokenResourceError

    async def wait_send_all_might_not_block(self) -> None:
        raise trio.BrokenResourceError

    async def aclose(self) -> None:
        pass


@pytest.mark.virtual_time
async def test_a_reset_is_the_end_of_the_side_that_did_it(log: Log) -> None:
    await serve_connection(Door(make_operator(), QUIET), Reset(), log.connection)
    assert [(line["event"], line.get("direction")) for line in log.events()] == [
        ("opened", None),
        ("closed", "in"),
        ("closed", "out"),
    ]


@pytest.mark.virtual_time
async def test_a_clock_that_was_reset_is_the_clock_of_the_log(log: Log) -> None:
    log.operator = operator = make_operator()
    async with connected(operator, log=log.connection) as esme:
        await esme.bind()
        operator.reset(None, datetime.datetime(2026, 11, 22, 18, 30), None)  # noqa: DTZ001 - without zone: Tehran's
        await esme.next(Closed)
    assert [(line["time"][11:16], line["command"]) for line in log.lines()] == [
        ("12:00", "bind_transceiver"),
        ("12:00", "bind_transceiver_resp"),
        ("18:30", "unbind"),
        ("18:30", "unbind_resp"),
    ]


@pytest.mark.virtual_time
async def test_what_was_answered_is_in_the_file_before_the_answer_comes(log: Log) -> None:
    log.operator = operator = make_operator()
    async with connected(operator, log=log.connection) as esme:
        await esme.bind()
        assert [line["command"] for line in log.lines()] == ["bind_transceiver", "bind_transceiver_resp"]


@pytest.mark.virtual_time
async def test_a_full_disk_does_not_disturb_a_session(caplog: pytest.LogCaptureFixture) -> None:
    operator = make_operator()
    log = WireLog(LogFile(Path("/dev/full")), None, lambda: NOON)
    async with running(operator), connected(operator, log=log.connection(PEER, LOCAL, MAX_PDU)) as esme:
        await esme.bind()
        answer = await esme.submit(DEDICATED, FREE, ORDER)
        await esme.receipt()
        await esme.unbind()
    assert answer.command_status == CommandStatus.ESME_ROK
    assert [record.levelname for record in caplog.records if record.name == "khatban.wire_log"] == ["ERROR"]


def test_pdus_that_come_in_pieces_are_packets_in_pieces_and_lines_as_a_whole(log: Log) -> None:
    octets = encode(EnquireLink(), 1) + encode(EnquireLink(), 2)
    for piece in (octets[:5], octets[5:20], octets[20:]):
        log.connection.received(piece)
    log.connection.sent(b"")
    assert [data for flags, data, _ in log.packets() if flags & PSH] == [octets[:5], octets[5:20], octets[20:]]
    assert [line["sequence_number"] for line in log.lines()] == [1, 2]


def test_a_comment_stands_at_the_packet_in_which_its_response_ends(log: Log) -> None:
    log.connection.judged(1, "panel", ACCEPTED)
    log.connection.judged(2, "panel", REFUSED)
    filler = encode(SubmitSmResp("x" * 32), 9)
    filler *= MAX_SEGMENT // len(filler)
    log.connection.sent(encode(SubmitSmResp("1"), 1) + filler + encode(SubmitSmResp(), 2, 0x400) + filler + filler)
    log.connection.sent(b"")
    assert [comments for flags, _, comments in log.packets() if flags & PSH] == [
        ["accepted (account panel)"],
        ["refused: rule closed-line, clause line.active (account panel)"],
        [],
    ]


def test_several_responses_of_one_write_have_a_comment_each(log: Log) -> None:
    for number in (1, 2):
        log.connection.judged(number, "panel", ACCEPTED)
    log.connection.sent(encode(SubmitSmResp("1"), 1) + encode(SubmitSmResp("2"), 2))
    assert log.packets()[-1][2] == ["accepted (account panel)"] * 2


def test_parts_under_one_sequence_number_keep_their_verdicts_apart(log: Log) -> None:
    """Gosmpp numbers them so; only the last part of a text is judged."""
    log.connection.judged(5, "panel", None)
    log.connection.judged(5, "panel", REFUSED)
    log.connection.sent(encode(SubmitSmResp("1"), 5) + encode(SubmitSmResp("2"), 5) + encode(SubmitSmResp("3"), 5))
    assert [line.get("verdict", {}).get("outcome") for line in log.lines()] == [None, "refused", None]


def test_a_peer_s_submit_sm_resp_has_no_verdict(log: Log) -> None:
    log.connection.judged(1, "panel", ACCEPTED)
    log.connection.received(encode(SubmitSmResp("1"), 1))
    log.connection.sent(b"")
    assert "verdict" not in log.lines()[0]


def test_verdicts_whose_responses_never_leave_are_bounded(log: Log) -> None:
    for number in range(_MAX_JUDGED + 1):
        log.connection.judged(number, "panel", ACCEPTED)
    for _ in range(_MAX_JUDGED_ALIKE + 5):
        log.connection.judged(7, "panel", ACCEPTED)
    assert len(log.connection._judged) == _MAX_JUDGED
    assert len(log.connection._judged[7]) == _MAX_JUDGED_ALIKE
    log.connection.sent(encode(SubmitSmResp("1"), 0) + encode(SubmitSmResp("1"), _MAX_JUDGED))
    assert ["verdict" in line for line in log.lines()] == [False, True]


def test_what_was_not_whole_when_the_connection_ended_is_told(log: Log) -> None:
    log.connection.received(encode(SubmitSm(), 3)[:20])
    log.connection.received(b"")
    log.connection.ended()
    [line] = log.lines()
    assert (line["direction"], line["command"], line["sequence_number"]) == ("in", "submit_sm", 3)
    assert line["error"]["reason"] == "command_length says 33 octets, there are 20"
    assert line["octets"] == encode(SubmitSm(), 3)[:20].hex()


def test_an_end_is_told_once_whoever_closed_first(log: Log) -> None:
    other = log.connect(Endpoint("127.0.0.3", 1))
    log.connection.received(b"")
    log.connection.ended()
    other.ended()
    ends = [read_tcp(packet.octets) for packet in log.caught()]
    assert [(tcp.source, tcp.destination) for tcp in ends if tcp.flags & FIN] == [
        ((b"\x7f\0\0\x01", 40_000), (b"\x7f\0\0\x01", 2775)),
        ((b"\x7f\0\0\x01", 2775), (b"\x7f\0\0\x01", 40_000)),
        ((b"\x7f\0\0\x01", 2775), (b"\x7f\0\0\x03", 1)),
        ((b"\x7f\0\0\x03", 1), (b"\x7f\0\0\x01", 2775)),
    ]


def test_connections_are_numbered(log: Log) -> None:
    other = log.connect(Endpoint("127.0.0.1", 40_001))
    other.received(encode(EnquireLink(), 1))
    log.connection.received(encode(EnquireLink(), 1))
    log.log.close()
    assert [(line["connection"], line["peer"]) for line in log.lines()] == [
        (2, "127.0.0.1:40001"),
        (1, "127.0.0.1:40000"),
    ]


def test_both_files_tell_the_same_time(tmp_path: Path) -> None:
    lines, capture = tmp_path / "lines", tmp_path / "capture"
    log = WireLog(LogFile(lines), LogFile(capture), lambda: 1_795_356_215.306313)
    log.connection(PEER, LOCAL, MAX_PDU).received(encode(EnquireLink(), 1))
    log.close()
    assert read_capture(capture)[-1].microseconds == 1_795_356_215_306_313
    assert json.loads(lines.read_text().splitlines()[-1])["time"] == "2026-11-22T17:33:35.306313+03:30"


@pytest.mark.parametrize("has_lines", [True, False])
def test_either_file_alone(tmp_path: Path, has_lines: bool) -> None:
    file = LogFile(tmp_path / "log")
    log = WireLog(file, None, lambda: NOON) if has_lines else WireLog(None, file, lambda: NOON)
    connection = log.connection(PEER, LOCAL, MAX_PDU)
    connection.received(encode(EnquireLink(), 1))
    connection.ended()
    log.close()
    if has_lines:
        told = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
        assert [line.get("command", line.get("event")) for line in told] == [
            "opened",
            "enquire_link",
            "closed",
            "closed",
        ]
    else:
        assert len(read_capture(tmp_path / "log")) == len(("syn", "syn", "ack", "data", "fin", "ack", "fin", "ack"))
