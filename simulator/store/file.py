"""The store's SQLite file: whether a file may be used as one, and how it is made, opened and brought up to date.

A file that cannot be used is left as it is, to the octet.
"""

import os
import sqlite3
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote

from simulator.store.header import Header
from simulator.store.layout import APPLICATION_ID, SCHEMA, differences, shape_of
from simulator.store.migrations import FIRST_LAYOUT, LAYOUT, apply_steps

MAX_WAL = 64 << 20
"""Octets that the write-ahead log keeps when it was longer once, as it may be while nobody had the time to empty it."""


_LETTERS_SINCE = 9
"""The layout in which the messages were divided."""
CACHE_KIB = 32_768
"""Of pages kept in memory, where there are so many: those of the messages under way are written to again soon."""


class StoreError(Exception):
    """The file cannot be used as a store; the message says why. The file is left untouched."""


class Durability(StrEnum):
    """What an acknowledged message survives."""

    PROCESS = "process"
    """The end of the process, at any moment and in any way."""
    POWER = "power"
    """The end of the machine too: every commit waits until the disk has it."""


def open_store(
    path: Path | None, durability: Durability = Durability.PROCESS, *, is_checked: bool = False
) -> sqlite3.Connection:
    """Opens or makes the file; without a path the store lives in memory. `is_checked` reads all of it before.

    Raises:
        StoreError: It cannot be used.
    """
    try:
        if path is None:
            db = sqlite3.connect(":memory:", isolation_level=None)
            db.executescript(f"BEGIN; {SCHEMA} COMMIT;")
            return db
        return _open_file(path, durability, is_checked=is_checked)
    except (OSError, sqlite3.DatabaseError) as error:
        msg = f"{path}: not usable as a store: {error}"
        raise StoreError(msg) from error


def _open_file(path: Path, durability: Durability, *, is_checked: bool) -> sqlite3.Connection:
    if not path.parent.is_dir():
        msg = f"{path}: the folder {path.parent} does not exist"
        raise StoreError(msg)
    if path.exists() and not path.is_file():
        msg = f"{path}: not a file"
        raise StoreError(msg)
    if not path.exists() or path.stat().st_size == 0:
        _make(path)
    else:
        _look_at_header(path)
        _look_inside(path, is_checked=is_checked)
    db = sqlite3.connect(_uri(path, "mode=rw"), uri=True, isolation_level=None)
    try:
        _use(db, durability)
        _migrate(db, path)
    except BaseException:
        db.close()
        raise
    return db


def _make(path: Path) -> None:
    """Makes the file beside its place and moves it there: whoever finds it finds it whole, whenever we were killed."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(draft, isolation_level=None)) as db:
            marks = f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {LAYOUT};"
            db.executescript(f"BEGIN; {SCHEMA} {marks} COMMIT; PRAGMA journal_mode = WAL;")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # the entry of the file survives a power cut too
    finally:
        os.close(folder)


def _look_at_header(path: Path) -> None:
    """Looks at the octets, for SQLite would write to what it opens."""
    header = Header.read(path)
    if header is None:
        msg = f"{path}: not usable as a store: not a SQLite file, or damaged at its beginning"
        raise StoreError(msg)
    if header.application_id != APPLICATION_ID:
        msg = f"{path}: a SQLite file of another program"
        raise StoreError(msg)
    _known_layout(path, header.user_version)
    if not _has_log(path) and path.stat().st_size < header.pages * header.page_size:
        msg = f"{path}: damaged: {path.stat().st_size} octets of {header.pages * header.page_size} are left"
        raise StoreError(msg)


def _known_layout(path: Path, version: int) -> None:
    if not FIRST_LAYOUT <= version <= LAYOUT:
        reads = f"{FIRST_LAYOUT} to {LAYOUT}" if FIRST_LAYOUT < LAYOUT else f"{LAYOUT}"
        msg = f"{path}: written by another version of Khatban (layout {version}, this one reads {reads})"
        raise StoreError(msg)


def _has_log(path: Path) -> bool:
    """Whether a process was killed over the file, so that part of it stands in the write-ahead log."""
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _look_inside(path: Path, *, is_checked: bool) -> None:
    """Looks at the tables without writing, and with `is_checked` at every page.

    A connection that only reads never empties the log into the file; where there is no log, `immutable` spares even the
    files that SQLite would put beside it.
    """
    mode = "mode=ro" if _has_log(path) else "mode=ro&immutable=1"
    with closing(sqlite3.connect(_uri(path, mode), uri=True, isolation_level=None)) as db:
        version = db.execute("PRAGMA user_version").fetchone()[0]
        _known_layout(path, version)
        if version == LAYOUT:
            _check_shape(db, path)
        messages = ("letters", "submissions") if version >= _LETTERS_SINCE else ("messages",)
        for table in ("verdicts", *messages, "receipts", "changes"):
            db.execute(f"SELECT * FROM {table} ORDER BY rowid DESC LIMIT 1").fetchone()  # noqa: S608 - names of our own
        if is_checked and (faults := [row[0] for row in db.execute("PRAGMA quick_check(3)") if row[0] != "ok"]):
            msg = f"{path}: damaged: {'; '.join(faults)}"
            raise StoreError(msg)


def _check_shape(db: sqlite3.Connection, path: Path) -> None:
    if faults := differences(shape_of(db)):
        msg = f"{path}: damaged: {', '.join(faults)}"
        raise StoreError(msg)


def _use(db: sqlite3.Connection, durability: Durability) -> None:
    db.execute("PRAGMA journal_mode = WAL")
    db.execute(f"PRAGMA synchronous = {'FULL' if durability is Durability.POWER else 'NORMAL'}")
    db.execute(f"PRAGMA journal_size_limit = {MAX_WAL}")
    db.execute(f"PRAGMA cache_size = -{CACHE_KIB}")


def _migrate(db: sqlite3.Connection, path: Path) -> None:
    """Brings an older file up to date, whole or not at all."""
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version == LAYOUT:
        return
    try:
        apply_steps(db, version)
        _check_shape(db, path)
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    # The header tells the layout to those who do not ask SQLite: `_look_at_header`, of this version or an older one.
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _uri(path: Path, mode: str) -> str:
    return f"file:{quote(str(path.absolute()))}?{mode}"
