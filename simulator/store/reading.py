"""Reading a store file beside the operator that writes it: read only, and all of one moment."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from simulator.store.file import StoreError
from simulator.store.layout import APPLICATION_ID
from simulator.store.migrations import LAYOUT


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that reads what the file holds now, whatever is written to it meanwhile.

    While it is open SQLite cannot begin its write-ahead log anew, so that of a busy operator grows.

    Raises:
        StoreError: The file is not there, no store, of another layout, or cannot be read any further.
    """
    if not path.is_file():
        msg = f"{path}: there is no such file"
        raise StoreError(msg)
    try:
        address = f"file:{quote(str(path.resolve()))}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as db:
            _check(db, path)
            db.execute("BEGIN")
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the first reading fixes the moment
            yield db
    except sqlite3.DatabaseError as error:
        msg = f"{path}: not readable as a store: {error}"
        raise StoreError(msg) from error


def _check(db: sqlite3.Connection, path: Path) -> None:
    application, layout = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    if application != APPLICATION_ID:
        msg = f"{path}: no store of Khatban's"
        raise StoreError(msg)
    if layout != LAYOUT:
        msg = f"{path}: written by another version of Khatban (layout {layout}, this one reads {LAYOUT})"
        raise StoreError(msg)
