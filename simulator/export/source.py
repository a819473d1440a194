"""The store file of an export, read only, as it was at one moment; an operator may go on writing to it meanwhile."""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

from simulator.export.errors import ExportError
from simulator.export.table import Table
from simulator.store.file import APPLICATION_ID, SCHEMA_VERSION

BATCH = 2_000
"""Rows that are in memory at once."""


class Source:
    """A store file. A context manager: all that is read within is of the moment at which it was entered.

    While it is open SQLite cannot begin its WAL file anew, so that of a busy operator grows.
    """

    def __init__(self, path: Path) -> None:
        """Opens nothing yet."""
        self._path = path

    def __enter__(self) -> Self:
        """Opens the file.

        Raises:
            ExportError: It is not there, no store, or one of another layout.
        """
        if not self._path.is_file():
            msg = f"{self._path}: there is no such file"
            raise ExportError(msg)
        try:
            address = f"file:{quote(str(self._path.resolve()))}?mode=ro"
            self._db = sqlite3.connect(address, uri=True, isolation_level=None)
            try:
                self._begin()
            except BaseException:
                self._db.close()
                raise
        except sqlite3.DatabaseError as error:
            msg = f"{self._path}: not readable as a store: {error}"
            raise ExportError(msg) from error
        return self

    def __exit__(self, *_exception: object) -> None:
        self._db.close()

    def _begin(self) -> None:
        application, layout = (self._value(f"PRAGMA {name}") for name in ("application_id", "user_version"))
        if application != APPLICATION_ID:
            msg = f"{self._path}: no store of Khatban's"
            raise ExportError(msg)
        if layout != SCHEMA_VERSION:
            layouts = f"layout {layout}, this one reads {SCHEMA_VERSION}"
            msg = f"{self._path}: written by another version of Khatban ({layouts})"
            raise ExportError(msg)
        self._db.execute("BEGIN")
        self._value("SELECT count(*) FROM sqlite_master")  # the first reading fixes the moment

    def _value(self, sql: str, *values: object) -> Any:
        row = self._db.execute(sql, values).fetchone()
        return None if row is None else row[0]

    def count(self, table: Table) -> int:
        """How many rows a table has."""
        return int(self._value(f"SELECT count(*) FROM {table.source}"))  # noqa: S608 - names of our own

    def batches(self, table: Table) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of a table in the order of their numbers, as the store has them."""
        return self._fetch(f"{_select(table)} ORDER BY {table.number}")

    def later(self, table: Table, last: int, again: Iterable[int]) -> Iterator[list[tuple[Any, ...]]]:
        """The rows whose number is beyond `last`, and those of the numbers `again`; in no order."""
        self._db.execute("CREATE TEMP TABLE IF NOT EXISTS again (number INTEGER PRIMARY KEY)")
        self._db.execute("DELETE FROM temp.again")
        self._db.executemany("INSERT INTO temp.again VALUES (?)", ((number,) for number in again))
        condition = f"{table.number} > ? OR {table.number} IN (SELECT number FROM temp.again)"  # noqa: S608 - ours
        return self._fetch(f"{_select(table)} WHERE {condition}", last)

    def made_at(self, table: Table, number: int) -> float | None:
        """The moment at which a row was made, POSIX seconds; None where there is no such row."""
        made = next(column.sql for column in table.columns if column.name == table.made)
        value = self._value(f"SELECT {made} FROM {table.source} WHERE {table.number} = ?", number)  # noqa: S608 - ours
        return None if value is None else float(value)

    def _fetch(self, sql: str, *values: object) -> Iterator[list[tuple[Any, ...]]]:
        try:
            cursor = self._db.execute(sql, values)
            while rows := cursor.fetchmany(BATCH):
                yield rows
        except sqlite3.DatabaseError as error:
            msg = f"{self._path}: {error}"
            raise ExportError(msg) from error


def _select(table: Table) -> str:
    columns = ", ".join(column.sql for column in table.columns)
    return f"SELECT {columns} FROM {table.source}"  # noqa: S608 - names of our own
