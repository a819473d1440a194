import logging
import os
from pathlib import Path

import pytest

from simulator.wire_log.log_file import _FULL, LogFile


def test_records_wait_for_the_flush(tmp_path: Path) -> None:
    path = tmp_path / "log"
    file = LogFile(path)
    file.add(b"one\n")
    file.add(b"two\n")
    assert path.read_bytes() == b""
    file.flush()
    assert path.read_bytes() == b"one\ntwo\n"
    file.add(b"three\n")
    file.close()
    assert path.read_bytes() == b"one\ntwo\nthree\n"


def test_a_file_is_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(b"of an earlier run")
    LogFile(path).close()
    assert path.read_bytes() == b""


def test_what_waits_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "log"
    file = LogFile(path)
    file.add(b"x" * (_FULL + 1))
    assert path.stat().st_size == _FULL + 1
    file.close()


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        LogFile(tmp_path)


def test_a_full_disk_is_one_error_and_no_exception(caplog: pytest.LogCaptureFixture) -> None:
    file = LogFile(Path("/dev/full"))
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            file.add(b"record\n")
            file.flush()
        file.close()
    assert [record.getMessage() for record in caplog.records] == [
        "/dev/full: No space left on device; nothing more is written to it"
    ]


def test_a_disk_that_fills_leaves_whole_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "log"
    file = LogFile(path)
    file.add(b"first\n")
    file.flush()
    room = [3]

    class FillingDisk:
        """Takes 3 octets more, as a disk does: a short write, and then the error."""

        closed = False

        def write(self, octets: memoryview) -> int:
            if not room:
                raise OSError(28, "No space left on device")
            return raw.write(octets[: room.pop()])

        def fileno(self) -> int:
            return raw.fileno()

        def close(self) -> None:
            self.closed = True
            raw.close()

    raw = file._file
    monkeypatch.setattr(file, "_file", FillingDisk())
    file.add(b"second\n")
    file.flush()
    file.close()
    assert path.read_bytes() == b"first\n"
    assert len(caplog.records) == 1


def test_a_pipe_whose_reader_has_gone_is_given_up_too(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    file = LogFile(pipe)
    os.close(reader)
    file.add(b"record\n")
    file.close()
    assert "Broken pipe" in caplog.text
