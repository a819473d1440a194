"""Kannel in its child process, against a message centre that shares no code with anything; and how it ends."""

import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.driver import DriverError
from harness.driver_process import ProcessDriver
from harness.drivers.kannel_driver import KANNEL
from harness.drivers.kannel_log import GrowingLog
from tests.e2e.installed import need_kannel
from tests.harness.children import Client, also, polite
from tests.harness.fake_mc import SUBMIT_SM, FakeMc, Pdu, deliver_sm, ok, receipt_text


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where Kannel's files are, so that its processes can be told from others."""
    need_kannel()
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def driver(folder: Path) -> Iterator[ProcessDriver]:
    with ProcessDriver(KANNEL, folder / "driver.log") as started:
        yield started
    assert processes(folder) == []
    assert list(folder.glob("khatban-kannel-*")) == []


def processes(folder: Path) -> list[str]:
    """The command lines of the processes that name a file of this folder."""
    lines = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            lines.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return [line for line in lines if f"{folder}/khatban-kannel-" in line]


def test_a_text_its_answer_and_its_receipt(driver: ProcessDriver, folder: Path) -> None:
    text = receipt_text("2", "UNDELIV", "016")
    receipt = deliver_sm(77, text, esm_class=4)
    mo = deliver_sm(78, "لغو".encode("utf-16-be"), data_coding=8)
    with FakeMc(also(SUBMIT_SM, lambda _: [receipt, mo])) as mc:
        client = Client(driver, mc, "1")
        client.bind()
        assert client.last("bound") == {"command_status": 0, "system_id": "MC"}
        client.submit("سلام", fields={"priority_flag": 2, "service_type": "CMT", "protocol_id": 5})
        events = client.until("mo")
        assert len(processes(folder)) == 2
        said = {event.event: event.model_dump() for event in events}
        assert (said["sent"]["tag"], said["sent"]["parts"]) == ("1", 1)
        assert (said["response"]["command_status"], said["response"]["message_id"]) == (0, "2")
        assert said["mo"]["text"] == "لغو"
        assert (said["mo"]["source"], said["mo"]["destination"]) == ("989123456701", "3000200020")
        if "receipt" not in said:
            said["receipt"] = client.until("receipt")[-1].model_dump()
        assert [said["receipt"][key] for key in ("message_id", "state", "err")] == ["2", "UNDELIV", "016"]
        client.send("unbind")
        assert client.last("unbound") == {"command_status": 0}
        assert client.last("closed") == {"reason": "unbound"}
    submit = next(pdu for pdu in mc.received if pdu.command_id == SUBMIT_SM)
    assert submit.body.startswith(b"CMT\0\0\x013000200020\0\x01\x01989123456701\0" + bytes((3, 5, 2)))
    assert submit.body.endswith("سلام".encode("utf-16-be"))


def test_a_refused_bind_reports_its_status(driver: ProcessDriver) -> None:
    with FakeMc(lambda pdu: [ok(pdu, b"\0", status=0x0E)]) as mc:
        client = Client(driver, mc, "refused")
        client.bind()
        assert client.last("bound")["command_status"] == 0x0E
        client.until("closed")


def test_nobody_listens(driver: ProcessDriver) -> None:
    with FakeMc(polite) as mc:
        client = Client(driver, mc, "nobody")
    client.bind()
    assert client.last("closed")["reason"] == "the operator closed the connection"


def test_an_operator_that_hangs_up_ends_the_session(driver: ProcessDriver) -> None:
    def hang_up(pdu: Pdu) -> list[Pdu] | None:
        return None if pdu.command_id == SUBMIT_SM else polite(pdu)

    with FakeMc(hang_up) as mc:
        client = Client(driver, mc, "hang up")
        client.bind()
        client.until("bound")
        client.submit("سلام")
        assert client.last("closed")["reason"] == "the operator closed the connection"


@pytest.mark.skipif(shutil.which("setpriv") is None, reason="only setpriv ties a process to the life of another")
def test_kannel_ends_with_the_child_even_where_that_is_killed(folder: Path) -> None:
    with FakeMc(polite) as mc, ProcessDriver(KANNEL, folder / "driver.log") as driver:
        client = Client(driver, mc, "killed")
        client.bind()
        client.until("bound")
        assert driver._process is not None
        os.kill(driver._process.pid, signal.SIGKILL)
        with pytest.raises(DriverError, match="its process is gone"):
            driver.receive(20.0)
        end = time.monotonic() + 20
        while processes(folder):
            assert time.monotonic() < end
            time.sleep(0.01)


LINES = """\
2026-11-22 19:47:34 [14461] [6] DEBUG: SMPP[khatban]: Sending PDU:
2026-11-22 19:47:34 [14461] [8] DEBUG: boxc_receiver: sms received
2026-11-22 19:47:34 [14461] [6] DEBUG: SMPP PDU 0x7f29c0001100 dump:
2026-11-22 19:47:34 [14461] [6] DEBUG:   type_name: submit_sm
2026-11-22 19:47:34 [14461] [8] DEBUG:   type_name: nothing
2026-11-22 19:47:34 [14461] [6] DEBUG:   sequence_number: 2 = 0x00000002
2026-11-22 19:47:34 [14461] [6] DEBUG:   service_type: NULL
2026-11-22 19:47:34 [14461] [6] DEBUG:   source_addr: "3000200020"
2026-11-22 19:47:34 [14461] [6] DEBUG:   esm_class: 67 = 0x00000043
2026-11-22 19:47:34 [14461] [6] DEBUG:   short_message:
2026-11-22 19:47:34 [14461] [6] DEBUG:    Octet string at 0x7f29c0006270:
2026-11-22 19:47:34 [14461] [6] DEBUG:      data: 05 00 03 00 04 02 06 45   .......E
2026-11-22 19:47:34 [14461] [6] DEBUG:    Octet string dump ends.
2026-11-22 19:47:34 [14461] [6] DEBUG: SMPP PDU dump ends.
2026-11-22 19:47:34 [14461] [6] DEBUG: SMPP[khatban]: Got PDU:
2026-11-22 19:47:34 [14461] [6] DEBUG: SMPP PDU 0x7f29c0001100 dump:
2026-11-22 19:47:34 [14461] [6] DEBUG:   type_name: unbind
2026-11-22 19:47:34 [14461] [6] DEBUG: SMPP PDU dump ends.
2026-11-22 19:47:35 [14461] [6] ERROR: SMPP[khatban]: I/O error or other error. Re-connecting.
"""


@pytest.mark.parametrize("step", [1, 7, 100, 5000])
def test_a_log_is_read_as_it_grows(tmp_path: Path, step: int) -> None:
    """In steps of any size, and with the lines of other threads in between."""
    file = tmp_path / "bearerbox.log"
    file.touch()
    log, octets = GrowingLog(file), LINES.encode()
    dumps, reasons = [], []
    for at in range(0, len(octets), step):
        with file.open("ab") as growing:
            growing.write(octets[at : at + step])
        new, lost = log.read()
        dumps += new
        reasons += [lost] if lost else []
    submit, unbind = dumps
    assert (submit.is_sent, submit.name, submit.number("sequence_number")) == (True, "submit_sm", 2)
    assert (submit.text("source_addr"), submit.text("service_type"), submit.place) == ("3000200020", "", (2, 4))
    assert (unbind.is_sent, unbind.name, unbind.place) == (False, "unbind", (1, 1))
    assert reasons == ["the operator closed the connection"]
