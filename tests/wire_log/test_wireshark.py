"""Both logs of an operator in a process of its own, against each other and against Wireshark's dissector."""

import json
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import pytest
import trio

from harness.driver_events import Bound, Closed, Receipt, Response
from harness.driver_process import ProcessDriver
from harness.drivers.smpplib_driver import SMPPLIB
from simulator.smpp.codec import encode
from simulator.smpp.consts import HEADER_SIZE, RESPONSE_BIT, CommandId, CommandStatus, status_name
from simulator.smpp.events import UnexpectedResponse
from simulator.smpp.pdus import BindReceiver, BindTransmitter, EnquireLink, SubmitSm
from simulator.smpp.pdus import BindTransceiver as Bind
from simulator.wire_log import Endpoint, LogFile, WireLog
from simulator.wire_log.packets import MAX_SEGMENT
from tests.esme import Esme, message
from tests.smpp.helpers import frame
from tests.test_cli import serving
from tests.wire_log.tshark import faults, fields, tshark, values

PASSWORD, WRONG = "Qz7!kW2x", "wR0ng#pw"
LINE, PROMOTIONAL, LISTED, FREE = "3000200020", "3000100010", "989121110001", "989129990001"
SHORT = "سفارش شما با شماره ۴۵۸۲۱ ثبت شد."
LONG = "سفارش شما ثبت شد و پس از آماده شدن از راه پست به نشانی شما فرستاده می‌شود. شماره پیگیری مرسوله: ۱۲۳۴۵۶۷۸۹۰"
ADVERT = "حراج بزرگ پاییزه! تا ۵۰٪ تخفیف روی همهٔ کفش‌ها، فقط تا جمعه."
UNKNOWN_COMMAND = frame(0x00010200, sequence_number=77)
NOT_SMPP = b"GET / HTTP/1.1\r\nHost: smsc\r\nAuthorization: " + PASSWORD.encode() + b"\r\n\r\n"
WORLD = f"""
extends = "demo"
[[accounts]]
system_id = "shop"
password = "{PASSWORD}"
[[lines]]
number = "30009"
type = "dedicated_service"
account = "shop"
"""


class Run(NamedTuple):
    """What one run of an operator left behind."""

    port: int
    lines: list[dict[str, Any]]
    lines_file: Path
    capture: Path


Story = Callable[[str, int], None]


def record(folder: Path, play: Story) -> Run:
    """Runs an operator with both logs while a client plays."""
    world, lines, capture = folder / "world.toml", folder / "wire.jsonl", folder / "wire.pcapng"
    world.write_text(WORLD, "utf-8")
    options = ("--config", str(world), "--wire-log", str(lines), "--pcap", str(capture))
    with serving(folder, *options) as (process, addresses):
        host, port = addresses["smpp"]
        play(host, port)
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=30)
        assert (process.returncode, errors) == (0, "")
    told = [line for each in lines.read_text("utf-8").split("\n")[:-1] if "event" not in (line := json.loads(each))]
    return Run(port, told, lines, capture)


async def converse(host: str, port: int) -> None:
    """Binds of all kinds, texts short and long, refusals, a receipt, broken pieces, an unbind, a disconnection."""
    refused = Esme(await trio.open_tcp_stream(host, port))
    assert (await refused.bind("shop", WRONG)).command_status == CommandStatus.ESME_RINVPASWD
    await refused.stream.aclose()

    esme = Esme(await trio.open_tcp_stream(host, port))
    esme.session.send_request(Bind("shop", PASSWORD, interface_version=0x50), trio.current_time())
    bind = esme.session.data_to_send()
    await esme.stream.send_all(bind[:HEADER_SIZE])  # Wireshark knows a PDU by its whole header
    for octet in bind[HEADER_SIZE:]:
        await esme.stream.send_all(bytes([octet]))
    assert (await esme.response()).command_status == 0
    await esme.submit("30009", FREE, SHORT)
    await esme.submit("30009", LISTED, ADVERT)
    await esme.submit(LINE, FREE, SHORT)
    await esme.stream.send_all(UNKNOWN_COMMAND)
    await esme.next(UnexpectedResponse)
    await esme.send(*(message("30009", FREE, SHORT, registered_delivery=0) for _ in range(20)), EnquireLink())
    await esme.receipt()
    await esme.unbind()
    await esme.stream.aclose()

    for kind in (BindTransmitter, BindReceiver):
        leaving = Esme(await trio.open_tcp_stream(host, port))
        await leaving.bind("shop", PASSWORD, kind)
        await leaving.stream.aclose()


def converse_by_smpplib(host: str, port: int, folder: Path) -> None:
    with ProcessDriver(SMPPLIB, folder / "smpplib.log") as driver:
        where = {"seed": 1, "host": host, "port": port, "operator": ""}
        driver.send("bind", session="1", type="transceiver", system_id="shop", password=PASSWORD, **where)
        assert await_event(driver, Bound).command_status == 0
        driver.send("submit", session="1", tag="1", source="30009", destination=FREE, text=LONG, receipt=True)
        assert [await_event(driver, Response).command_status for _ in range(2)] == [0, 0]
        assert [await_event(driver, Receipt).state for _ in range(2)] == ["DELIVRD"] * 2
        driver.send("unbind", session="1")
        await_event(driver, Closed)


E_ = TypeVar("E_", Bound, Response, Receipt, Closed)


def await_event(driver: ProcessDriver, kind: type[E_]) -> E_:
    """The driver's next event of a kind."""
    while event := driver.receive(20.0):
        if isinstance(event, kind):
            return event
    raise AssertionError(f"no {kind.__name__}")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run in which every PDU can be read."""
    folder = tmp_path_factory.mktemp("run")

    def play(host: str, port: int) -> None:
        trio.run(converse, host, port)
        converse_by_smpplib(host, port, folder)

    return record(folder, play)


def test_wireshark_finds_no_fault(run: Run) -> None:
    assert faults(run.capture, run.port) == []
    assert "Malformed Packet" not in tshark(run.capture, run.port, "-V")


def known(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The PDUs that Wireshark shows as SMPP: those whose command_id has a name."""
    return [line for line in lines if int(line["command_id"], 16) in set(CommandId)]


def test_wireshark_reads_the_pdus_that_the_lines_tell_of(run: Run) -> None:
    read = [
        (int(command, 16), int(number))
        for commands, numbers in fields(run.capture, run.port, "smpp.command_id", "smpp.sequence_number")
        for command, number in zip(commands.split("|"), numbers.split("|"), strict=True)
        if command
    ]
    assert read == [(int(line["command_id"], 16), line["sequence_number"]) for line in known(run.lines)]
    assert len(read) > 60
    assert [line["octets"] for line in run.lines if line not in known(run.lines)] == [UNKNOWN_COMMAND.hex()]


def test_wireshark_reads_the_message_ids_and_the_statuses_that_the_lines_tell_of(run: Run) -> None:
    ids = [line["fields"]["message_id"] for line in run.lines if line["command"] == "submit_sm_resp"]
    assert values(run.capture, run.port, "smpp.message_id") == [message_id for message_id in ids if message_id]
    told = [line["command_status"] for line in known(run.lines) if int(line["command_id"], 16) & RESPONSE_BIT]
    read = [status_name(int(status, 16)) for status in values(run.capture, run.port, "smpp.command_status")]
    assert read == told
    assert {"ESME_ROK", "ESME_RINVPASWD", "ESME_RINVCMDID", "ESME_RINVSRCADR", "0x00000404"} <= set(read)


def test_wireshark_reads_the_messages_that_the_lines_tell_of(run: Run) -> None:
    messages = [line["fields"]["short_message"] for line in run.lines if "text" in line]
    assert values(run.capture, run.port, "smpp.message") == messages


def test_the_texts_are_told(run: Run) -> None:
    texts = [line["text"] for line in run.lines if line["command"] == "submit_sm"]
    assert texts[:3] == [SHORT, ADVERT, SHORT]
    assert texts[-2] + texts[-1] == LONG
    assert [line["part"]["number"] for line in run.lines if "part" in line] == [1, 2]


def test_the_comments_are_the_verdicts_of_the_lines(run: Run) -> None:
    verdicts = [line["verdict"] for line in run.lines if "verdict" in line]
    assert values(run.capture, run.port, "frame.comment") == [
        f"{said['outcome']}: rule {said['rule']}, clause {said['clause']} (account shop)"
        if said["rule"]
        else f"{said['outcome']} (account shop)"
        for said in verdicts
    ]
    assert {"service-advertising-to-blacklisted", "unregistered-line", None} <= {said["rule"] for said in verdicts}


def test_no_password_is_in_either_file(run: Run) -> None:
    for file in (run.lines_file, run.capture):
        octets = file.read_bytes()
        for password in (PASSWORD, WRONG):
            assert password.encode() not in octets
            assert password.encode().hex().encode() not in octets
    binds = [line for line in run.lines if line["command"].startswith("bind_") and line["direction"] == "in"]
    assert [bind["fields"]["password"] for bind in binds] == ["•••"] * 5
    assert set(values(run.capture, run.port, "smpp.password")) == {"*" * 8}


def test_packets_are_divided_as_the_reads_were(run: Run) -> None:
    """The bind came octet by octet; how many of them one read took is the network's affair."""
    [second] = [
        line
        for line in run.lines
        if line["command"] == "bind_transceiver" and line["fields"]["interface_version"] == 0x50
    ]
    stream = tshark(
        run.capture,
        run.port,
        "-Y",
        f"tcp.len > 0 && tcp.srcport == {second['peer'].rpartition(':')[2]}",
        "-T",
        "fields",
        "-e",
        "tcp.payload",
    ).splitlines()
    assert "".join(stream).startswith(second["octets"])


def test_a_broken_pdu_is_malformed_to_wireshark_and_to_the_lines(tmp_path: Path) -> None:
    async def play(host: str, port: int) -> None:
        esme = Esme(await trio.open_tcp_stream(host, port))
        await esme.bind("shop", PASSWORD)
        await esme.stream.send_all(frame(4, b"CMT\0\x01\x01" + b"3" * 30, sequence_number=9))
        await esme.next(UnexpectedResponse)
        await esme.send(SubmitSm(source_addr="30009", destination_addr=FREE, short_message=b"ok"))
        await esme.response()
        await esme.unbind()
        await esme.stream.aclose()

    run = record(tmp_path, lambda host, port: trio.run(play, host, port))
    [line] = [line for line in run.lines if "error" in line]
    assert line["error"]["path"] == "submit_sm.source_addr"
    assert line["fields"] == {"service_type": "CMT", "source_addr_ton": 1, "source_addr_npi": 1}
    assert len(faults(run.capture, run.port)) == 1


def test_what_is_no_smpp_is_told_without_its_secrets(tmp_path: Path) -> None:
    async def play(host: str, port: int) -> None:
        stream = await trio.open_tcp_stream(host, port)
        await stream.send_all(NOT_SMPP)
        while await stream.receive_some(4096):
            pass
        await stream.aclose()

    run = record(tmp_path, lambda host, port: trio.run(play, host, port))
    garbage, nack = run.lines
    assert bytes.fromhex(garbage["octets"]) == NOT_SMPP[:16]
    assert garbage["error"]["path"] == "command_length"
    assert (nack["command"], nack["command_status"]) == ("generic_nack", "ESME_RINVCMDLEN")
    assert PASSWORD.encode() not in run.capture.read_bytes()


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_captures_of_both_families_and_of_writes_beyond_a_packet(tmp_path: Path, host: str) -> None:
    capture = tmp_path / "wire.pcapng"
    log = WireLog(None, LogFile(capture), lambda: 1_795_356_215.25)
    connection = log.connection(Endpoint(host, 40_000), Endpoint(host, 2775), 70_000)
    pdus = [encode(SubmitSm(short_message=b"x" * 250), number) for number in range(1, 500)]
    connection.received(b"".join(pdus))
    connection.ended()
    log.close()
    assert faults(capture, 2775) == []
    assert [int(number) for number in values(capture, 2775, "smpp.sequence_number")] == list(range(1, 500))
    lengths = [int(length) for length in values(capture, 2775, "tcp.len")]
    assert [length for length in lengths if length] == [MAX_SEGMENT, MAX_SEGMENT, 499 * len(pdus[0]) - 2 * MAX_SEGMENT]
