"""Exports into files: what is read back is what the store holds, in bounded memory, whole or not at all."""

import io
import json
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from simulator.export import FORMATS, TABLES, ExportError, Mask, Wanted, export_files, export_stream, source
from simulator.export.cells import cell_maker
from simulator.export.source import Source
from simulator.export.table import Table
from simulator.export.tables import CHANGES, MESSAGES, RECEIPTS, TABLES_BY_NAME, VERDICTS
from simulator.export.writers import writer_of
from simulator.messages import Message
from simulator.smpp.consts import MessageState
from simulator.store import Store
from tests.export.readers import read_table, with_json
from tests.export.stores import BLACKLISTED, SUBSCRIBERS, fill, large_store, messages, small_store
from tests.store.test_store import REFUSAL, message

WRITERS = Path(source.__file__).parent / "writers"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "store.db"
    small_store(path)
    return path


def cells(path: Path, table: Table) -> list[list[Any]]:
    """What the store holds, past any writer."""
    make = cell_maker(table, None, keep_texts=False)
    with Source.open(path) as opened:
        return [with_json(row, table) for batch in opened.batches(table) for row in make(batch)]


def test_the_formats_are_those_of_the_folder() -> None:
    assert set(FORMATS) == {file.stem.removesuffix("_writer") for file in WRITERS.glob("*_writer.py")}
    assert [writer_of(form).suffix for form in FORMATS] == [f".{form}" for form in FORMATS]


@pytest.mark.parametrize("form", FORMATS)
def test_every_table_is_read_back_as_the_store_holds_it(store: Path, tmp_path: Path, form: str) -> None:
    rows = export_files(store, tmp_path / "out", Wanted(form))
    for table in TABLES:
        expected = cells(store, table)
        assert read_table(tmp_path / "out", form, table) == expected
        assert rows[table.name] == len(expected) > 0
    note = json.loads((tmp_path / "out" / "export.json").read_text())
    assert note["format"] == form
    assert {name: table["rows"] for name, table in note["tables"].items()} == rows
    assert note["mask"] is None


@pytest.mark.parametrize("form", FORMATS)
@given(kept=messages())
@settings(max_examples=40, deadline=None)
def test_whatever_a_message_holds_comes_back(form: str, kept: list[Message]) -> None:
    with tempfile.TemporaryDirectory() as name:
        path, out = Path(name) / "store.db", Path(name) / "out"
        fill(path, kept)
        export_files(path, out, Wanted(form))
        for table in TABLES:
            assert read_table(out, form, table) == cells(path, table)
        assert [row[:2] for row in read_table(out, form, RECEIPTS)] == [[one.number, one.number] for one in kept]


@given(kept=messages())
@settings(max_examples=40, deadline=None)
def test_a_message_s_cells_are_what_it_is(kept: list[Message]) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "store.db"
        fill(path, kept)
        rows = [
            dict(zip((column.name for column in MESSAGES.columns), row, strict=True)) for row in cells(path, MESSAGES)
        ]
        verdicts = {
            row[0]: dict(zip((column.name for column in VERDICTS.columns), row, strict=True))
            for row in cells(path, VERDICTS)
        }
    for one, row in zip(kept, rows, strict=True):
        assert (row["number"], row["text"], row["source"], row["line"]) == (one.number, one.text, one.source, one.line)
        assert row["received_at"].timestamp() == pytest.approx(one.received_at, abs=1e-5)
        assert (row["done_at"] is None) == (one.done_at is None)
        assert (row["part"], row["total"]) == ((one.part.number, one.part.total) if one.part else (None, None))
        assert row["state"] == MessageState(one.state).name
        if one.verdict is None:
            assert row["verdict"] is row["outcome"] is row["violation"] is None
            continue
        assert (row["outcome"], row["rule"], row["clause"]) == one.verdict[:3]
        content = one.verdict.content
        assert (row["label"], row["category"]) == (content[:2] if content else (None, None))
        spans = verdicts[row["verdict"]]["evidence"]
        assert spans == ([span._asdict() for span in content.evidence] if content else None)


def test_a_mask_leaves_no_number_in_any_format_or_place(store: Path, tmp_path: Path) -> None:
    mask = Mask("a key of ours")
    for form in FORMATS:
        out = tmp_path / form
        export_files(store, out, Wanted(form, mask=mask))
        read = json.dumps([read_table(out, form, table) for table in TABLES], default=str, ensure_ascii=False)
        digits = "".join(str(int(letter)) if letter.isdecimal() else letter for letter in read)
        digits = digits.replace(" ", "").replace("-", "").replace("(", "").replace(")", "")
        for number in (*SUBSCRIBERS[:2], "989121110000", "989121110009"):
            assert number[2:] not in digits
            assert mask.number(number)[2:] in digits, "but the number that it became, everywhere alike"
        assert "989999812345" not in digits
        assert "9999812345" in digits, "a line is no subscriber"
        assert "packed" not in digits
        note = json.loads((out / "export.json").read_text())
        assert note["mask"] == {"fingerprint": mask.fingerprint, "texts": True}
    assert "a key of ours" not in "".join(file.read_text("utf-8", "replace") for file in tmp_path.glob("*/*"))


def test_texts_may_be_kept(store: Path, tmp_path: Path) -> None:
    export_files(store, tmp_path / "out", Wanted("jsonl", mask=Mask("a key of ours"), keep_texts=True))
    rows = read_table(tmp_path / "out", "jsonl", MESSAGES)
    place = [column.name for column in MESSAGES.columns].index
    assert rows[0][place("text")] == cells(store, MESSAGES)[0][place("text")]
    assert rows[0][place("recipient")] != cells(store, MESSAGES)[0][place("recipient")]
    [change] = read_table(tmp_path / "out", "jsonl", CHANGES)
    assert BLACKLISTED not in json.dumps(change, default=str)


def test_one_table_goes_into_a_stream(store: Path) -> None:
    file = io.BytesIO()
    assert export_stream(store, file, Wanted("jsonl", [RECEIPTS])) == 1
    assert json.loads(file.getvalue())["message"] == 1


def test_a_running_operator_s_store_is_read_as_it_was_at_one_moment(store: Path, tmp_path: Path) -> None:
    running = Store(store)
    running.add_message(message(7, REFUSAL))
    running.commit()
    with Source.open(store) as opened:
        running.add_message(message(8, REFUSAL))
        running.commit()
        assert opened.count(MESSAGES) == 7
    running.clear()
    assert export_files(store, tmp_path / "out", Wanted("jsonl"))["messages"] == 0
    running.close()


def test_a_store_is_not_written_to(store: Path) -> None:
    with Source.open(store) as opened, pytest.raises(sqlite3.OperationalError, match="readonly"):
        opened._db.execute("DELETE FROM submissions")


def test_what_is_no_store_is_refused(tmp_path: Path, store: Path) -> None:
    foreign, damaged, older = (tmp_path / name for name in ("foreign.db", "damaged.db", "older.db"))
    with sqlite3.connect(foreign) as db:
        db.execute("CREATE TABLE x (y)")
    db.close()
    damaged.write_bytes(b"no database at all" * 100)
    shutil.copy(store, older)
    db = sqlite3.connect(older)
    db.execute("PRAGMA user_version = 1")
    db.close()
    faults = {
        foreign: "no store of Khatban's",
        damaged: "not readable as a store",
        older: "another version of Khatban .layout 1",
        tmp_path / "none.db": "there is no such file",
    }
    for path, fault in faults.items():
        with pytest.raises(ExportError, match=fault):
            export_files(path, tmp_path / "out", Wanted("jsonl"))
    assert not [file for file in tmp_path.iterdir() if "out" in file.name]


def test_an_export_takes_the_place_of_nothing_but_an_empty_folder(store: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    export_files(store, out, Wanted("csv"))
    for taken in (out, store):
        with pytest.raises(ExportError, match="is there already"):
            export_files(store, taken, Wanted("csv"))
    with pytest.raises(ExportError, match="No such file or directory"):
        export_files(store, tmp_path / "no" / "folder", Wanted("csv"))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("end", [KeyboardInterrupt(), OSError(28, "No space left on device")], ids=["Ctrl-C", "full"])
def test_an_end_before_its_time_leaves_nothing(
    store: Path, tmp_path: Path, form: str, end: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    def batches(self: Source, table: Table) -> Iterator[list[tuple[Any, ...]]]:
        yield from original(self, table)
        if table is TABLES_BY_NAME["verdicts"]:
            raise end

    original = Source.batches
    monkeypatch.setattr(Source, "batches", batches)
    with pytest.raises(ExportError if isinstance(end, OSError) else KeyboardInterrupt):
        export_files(store, tmp_path / "out", Wanted(form))
    assert not list(tmp_path.glob("*out*"))


COMMAND = (sys.executable, "-m", "khatban", "export")
COUNT = 200_000


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "store.db"
    large_store(path, COUNT)
    return path


_PEAK = """
import sys, re
from pathlib import Path
from simulator.export import *
store, out, form = sys.argv[1:]
export_files(Path(store), Path(out), Wanted(form, [TABLES_BY_NAME["messages"]]))
print(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of memory is read from /proc")
@pytest.mark.parametrize("form", FORMATS)
def test_a_large_store_needs_no_more_memory_than_a_part_of_it(large: Path, tmp_path: Path, form: str) -> None:
    part = tmp_path / "part.db"
    large_store(part, COUNT // 4)
    peaks = [
        int(
            subprocess.run(
                [sys.executable, "-c", _PEAK, path, tmp_path / out, form], text=True, check=True, stdout=-1
            ).stdout
        )
        for path, out in ((part, "part"), (large, "whole"))
    ]
    assert peaks[1] - peaks[0] < 16 * 1024, f"{peaks} KiB"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_command_without_leaving_anything(
    large: Path, tmp_path: Path, number: signal.Signals
) -> None:
    process = subprocess.Popen([*COMMAND, large, "--out", tmp_path / "out"], stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 30
    while not any(file.stat().st_size for file in tmp_path.glob(".out.*/*")):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(number)
    assert process.communicate(timeout=20)[1] == "khatban: interrupted\n"
    assert process.returncode == 130
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_goes_away_ends_the_command(large: Path) -> None:
    command = [*COMMAND, str(large), "--table", "messages", "--out", "-"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    with process.stdout, process.stderr:
        assert json.loads(process.stdout.readline())["number"] == 1
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.wait(20) == 3
