"""Which files the store takes, and that it leaves the others as they are."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from simulator.store import Durability, Store, StoreError
from simulator.store.layout import APPLICATION_ID
from simulator.store.migrations import LAYOUT
from tests.store.test_store import message


def refused(path: Path, why: str, **options: bool) -> None:
    """The file is refused, and it and what lies beside it are as they were."""
    before = {file.name: file.read_bytes() for file in path.parent.iterdir() if not file.name.endswith("-shm")}
    with pytest.raises(StoreError, match=why):
        Store(path, **options)  # type: ignore[arg-type] # options are what the test is about
    after = {file.name: file.read_bytes() for file in path.parent.iterdir() if not file.name.endswith("-shm")}
    assert after == before


def foreign(path: Path, *statements: str) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None)
    for statement in (*statements, "CREATE TABLE theirs (x)", "INSERT INTO theirs VALUES (1)"):
        db.execute(statement)
    return db


def used(path: Path, messages: int = 3) -> Path:
    store = Store(path)
    for number in range(1, messages + 1):
        store.add_message(message(number, text=f"{number}" * 300))
    store.close()
    return path


def killed(path: Path) -> Path:
    """A file as a kill leaves it: the last commits stand in the log beside it."""
    store = Store(path.with_name("running"))
    store.add_message(message(1))
    store.commit()
    for end in ("", "-wal"):
        shutil.copy(path.with_name(f"running{end}"), path.with_name(f"{path.name}{end}"))
    store.close()
    return path


def test_a_file_of_another_program(tmp_path: Path) -> None:
    foreign(tmp_path / "db").close()
    refused(tmp_path / "db", "another program")


def test_a_file_of_another_program_that_was_killed_in_the_middle(tmp_path: Path) -> None:
    db = foreign(tmp_path / "its", "PRAGMA journal_mode = WAL")
    (tmp_path / "copy").mkdir()
    for end in ("", "-wal"):
        shutil.copy(tmp_path / f"its{end}", tmp_path / "copy" / f"db{end}")
    db.close()
    assert (tmp_path / "copy" / "db-wal").stat().st_size
    refused(tmp_path / "copy" / "db", "another program")


@pytest.mark.parametrize("octets", [b"no database at all, not even a little" * 100, b"SQLite format 3\0", b"x"])
def test_what_is_no_database(tmp_path: Path, octets: bytes) -> None:
    (tmp_path / "db").write_bytes(octets)
    refused(tmp_path / "db", "not a SQLite file, or damaged at its beginning")


@pytest.mark.parametrize("layout", [LAYOUT + 1, 2])
def test_another_layout(tmp_path: Path, layout: int) -> None:
    db = sqlite3.connect(used(tmp_path / "db"), isolation_level=None)
    db.execute(f"PRAGMA user_version = {layout}")
    db.close()
    refused(tmp_path / "db", rf"another version of Khatban \(layout {layout}, this one reads 3 to {LAYOUT}\)")


def test_a_file_that_was_cut_short(tmp_path: Path) -> None:
    path = used(tmp_path / "db")
    path.write_bytes(path.read_bytes()[:-4096])
    refused(path, r"damaged: \d+ octets of \d+ are left")


def test_a_file_without_one_of_its_tables_or_columns(tmp_path: Path) -> None:
    db = sqlite3.connect(used(tmp_path / "db"), isolation_level=None)
    db.execute("DROP TABLE waiting_parts")
    db.execute("ALTER TABLE receipts DROP COLUMN given_up_at")
    db.close()
    refused(tmp_path / "db", "damaged: waiting_parts is missing, receipts is not as it should be")


def test_a_damaged_page_is_found_by_a_check(tmp_path: Path) -> None:
    path = used(tmp_path / "db", 200)
    octets = bytearray(path.read_bytes())
    middle = len(octets) // 2 // 4096 * 4096
    octets[middle : middle + 4096] = b"\xa5" * 4096
    path.write_bytes(octets)
    refused(path, "damaged: |malformed", is_checked=True)


def test_what_is_no_file_or_lies_nowhere(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="not a file"):
        Store(tmp_path)
    with pytest.raises(StoreError, match="does not exist"):
        Store(tmp_path / "nowhere" / "db")


@pytest.mark.parametrize("is_checked", [False, True])
def test_a_file_whose_operator_was_killed_is_taken_with_all_that_was_committed(
    tmp_path: Path, is_checked: bool
) -> None:
    store = Store(killed(tmp_path / "db"), is_checked=is_checked)
    assert store.get(1) == message(1)
    store.close()


def test_an_empty_file_becomes_a_store_and_is_marked_from_its_first_moment(tmp_path: Path) -> None:
    (tmp_path / "db").touch()
    store = Store(tmp_path / "db")
    assert int.from_bytes((tmp_path / "db").read_bytes()[68:72]) == APPLICATION_ID
    store.close()
    assert [file.name for file in tmp_path.iterdir()] == ["db"], "the draft is gone"


def test_a_name_with_signs_that_mean_something_to_sqlite(tmp_path: Path) -> None:
    path = tmp_path / "a?b#c%20d.db"
    used(path)
    store = Store(path)
    assert store.get(1) is not None
    store.close()


@pytest.mark.parametrize(("durability", "synchronous"), [(Durability.PROCESS, 1), (Durability.POWER, 2)])
def test_what_a_commit_waits_for(tmp_path: Path, durability: Durability, synchronous: int) -> None:
    store = Store(tmp_path / "db", durability=durability)
    assert store._db.execute("PRAGMA synchronous").fetchone() == (synchronous,)
    assert store._db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    store.close()
