import json
import sys
from pathlib import Path

import pytest

from harness.results import OPERATOR_LOG
from khatban_client import process
from khatban_client.process import OperatorProcess, StartError


class Impostor(OperatorProcess):
    """Starts a program of the test's own in the operator's place."""

    program = ""

    def _command(self) -> list[str]:
        return [sys.executable, "-c", f"import sys, time, signal\nready = {str(self._ready_file)!r}\n{self.program}"]


def impostor(folder: Path, program: str) -> Impostor:
    operator = Impostor(folder, 1)
    operator.program = program
    return operator


def ready(content: str) -> str:
    return f"open(ready, 'w').write({content!r})\ntime.sleep(600)"


ADDRESSES = json.dumps({"smpp": ["127.0.0.1", 1111], "http": ["127.0.0.1", 2222]})


def test_an_operator_that_is_ready_has_its_doors_known(tmp_path: Path) -> None:
    with impostor(tmp_path, ready(ADDRESSES)) as operator:
        assert operator.operator.smpp == ("127.0.0.1", 1111)
        assert operator.operator.url == "http://127.0.0.1:2222"
    assert sorted(path.name for path in tmp_path.iterdir()) == [OPERATOR_LOG], "which a run directory keeps"
    with pytest.raises(StartError, match="the operator is not running"):
        _ = operator.operator


@pytest.mark.parametrize(
    ("program", "complaint"),
    [
        ("sys.exit('port 2775 is taken')", "the operator ended with status 1: port 2775 is taken"),
        ("sys.exit(3)", "the operator ended with status 3: it wrote nothing"),
        (ready("[]"), r"ready file holds \[\]; expected the addresses"),
        (ready('{"smpp": ["127.0.0.1", 1]}'), "expected the addresses smpp and http"),
        (ready('{"smpp": ["127.0.0.1", "x"], "http": []}'), "expected the addresses smpp and http"),
    ],
)
def test_an_operator_that_cannot_be_used_says_why_and_is_ended(tmp_path: Path, program: str, complaint: str) -> None:
    operator = impostor(tmp_path, program)
    with pytest.raises(StartError, match=complaint):
        operator.start()
    assert operator._process is None


def test_an_operator_that_is_never_ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "START_PATIENCE", 0.3)
    operator = impostor(tmp_path, "time.sleep(600)")
    with pytest.raises(StartError, match=r"not ready within 0\.3 s"):
        operator.start()
    assert operator._process is None


def test_an_operator_that_does_not_end_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "STOP_PATIENCE", 0.05)
    operator = impostor(tmp_path, "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + ready(ADDRESSES))
    operator.start()
    assert operator._process is not None
    pid = operator._process.pid
    operator.stop()
    assert not Path(f"/proc/{pid}").exists()


def test_what_was_launched_is_waited_for(tmp_path: Path) -> None:
    operator = impostor(tmp_path, ready(ADDRESSES))
    operator.launch()
    assert operator._process is not None
    pid = operator._process.pid
    with operator:
        assert operator._process.pid == pid
        assert operator.operator.smpp.port == 1111
