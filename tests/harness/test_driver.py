import sys
from dataclasses import replace
from pathlib import Path

import pytest

from harness import driver_process
from harness.driver import OPTIONS_VARIABLE, DriverError, DriverOptionError, DriverOptions, DriverSpec
from harness.driver_events import Closed, parse_event
from harness.driver_process import ProcessDriver

HELLO = 'print(\'{"event": "hello", "driver": "x", "version": "1", "capabilities": ["receipts"]}\', flush=True)\n'


def child(program: str) -> DriverSpec:
    return DriverSpec("x", "a child of the test's own", (sys.executable, "-c", f"import os, sys, time\n{program}"))


def is_gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


def test_hello_declares_the_capabilities(tmp_path: Path) -> None:
    with ProcessDriver(child(HELLO + "sys.stdin.read()"), tmp_path / "log") as driver:
        assert (driver.name, driver.capabilities) == ("x", frozenset({"receipts"}))
        assert driver.receive(0.0) is None


def test_commands_go_in_and_events_come_out(tmp_path: Path) -> None:
    echo = "print(sys.stdin.readline().replace('command', 'event'), flush=True)"
    with ProcessDriver(child(HELLO + echo), tmp_path / "log") as driver:
        driver.send("closed", session="1", reason="متن")
        assert driver.receive(10.0) == Closed(event="closed", session="1", reason="متن")


@pytest.mark.parametrize(
    ("program", "complaint"),
    [
        ("sys.exit('no such library')", "its process is gone"),
        ("print('ready', flush=True); sys.stdin.read()", "which is no event"),
        (
            'print(\'{"event": "closed", "session": "1", "reason": ""}\', flush=True); sys.stdin.read()',
            "no hello within 20 s but",
        ),
    ],
)
def test_a_child_that_does_not_say_hello_is_not_started(tmp_path: Path, program: str, complaint: str) -> None:
    driver = ProcessDriver(
        child(f"open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))\n" + program), tmp_path / "log"
    )
    with pytest.raises(DriverError, match=complaint):
        driver.start()
    assert is_gone(int((tmp_path / "pid").read_text()))


def test_what_a_child_wrote_before_it_died_is_in_the_log(tmp_path: Path) -> None:
    with pytest.raises(DriverError, match="log"):
        ProcessDriver(child("sys.exit('no such library')"), tmp_path / "log").start()
    assert (tmp_path / "log").read_text() == "no such library\n"


def test_a_program_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DriverError, match="driver x: /nowhere/client: No such file"):
        ProcessDriver(DriverSpec("x", "", ("/nowhere/client",)), tmp_path / "log").start()


def test_a_child_that_dies_later_is_noticed_again_and_again(tmp_path: Path) -> None:
    with ProcessDriver(child(HELLO + "sys.stdin.readline()"), tmp_path / "log") as driver:
        driver.send("close", session="1")
        for _ in range(2):
            with pytest.raises(DriverError, match="its process is gone"):
                driver.receive(10.0)


def test_a_child_that_does_not_end_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver_process, "STOP_PATIENCE", 0.05)
    driver = ProcessDriver(child(HELLO + "time.sleep(600)"), tmp_path / "log")
    driver.start()
    assert driver._process is not None
    pid = driver._process.pid
    driver.stop()
    assert is_gone(pid)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (b"", "Invalid JSON"),
        (b"[]", "should be an object"),
        (b'{"event": "dance"}', "does not match any of the expected tags"),
        (b'{"event": "closed", "session": 1, "reason": ""}', "closed.session: Input should be a valid string"),
        (b'{"event": "closed", "session": "1", "reason": "", "x": 1}', "closed.x: Extra inputs are not permitted"),
    ],
)
def test_what_is_no_event_is_refused(line: bytes, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        parse_event(line)


def test_a_child_that_dies_says_why(tmp_path: Path) -> None:
    with pytest.raises(DriverError, match="its process is gone: npm is not installed; see"):
        ProcessDriver(child("sys.exit('looking\\nnpm is not installed')"), tmp_path / "log").start()


class Named(DriverOptions):
    command: str


def test_a_child_is_told_its_options(tmp_path: Path) -> None:
    echo = f"import json; told = json.loads(os.environ[{OPTIONS_VARIABLE!r}])\n" + HELLO
    echo += "print(json.dumps({'event': 'closed', 'session': '1', 'reason': told['command']}), flush=True)\n"
    spec = replace(child(echo), takes=Named).configured({"command": "./send.sh --to هر کس"})
    with ProcessDriver(spec, tmp_path / "log") as driver:
        assert driver.receive(10.0) == Closed(event="closed", session="1", reason="./send.sh --to هر کس")


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({}, "driver x: command: Field required"),
        ({"command": "a", "comand": "b"}, "driver x: comand: Extra inputs are not permitted"),
        ({"command": "a", "port": "many"}, "driver x: port: Input should be a valid integer"),
    ],
)
def test_options_are_checked_before_a_client_starts(options: dict[str, str], complaint: str) -> None:
    with pytest.raises(DriverOptionError, match=complaint):
        replace(child(""), takes=Named).configured(options)


def test_a_client_that_is_not_installed_says_what_installs_it(tmp_path: Path) -> None:
    spec = replace(child("sys.exit('it is not found')"), needs="`npm install smpp`")
    with pytest.raises(DriverError, match="its process is gone: it is not found; it needs `npm install smpp`; see"):
        ProcessDriver(spec, tmp_path / "log").start()
    gone = replace(spec, command=("/nowhere/node",))
    with pytest.raises(DriverError, match="/nowhere/node: No such file or directory; it needs `npm install smpp`"):
        ProcessDriver(gone, tmp_path / "log").start()
