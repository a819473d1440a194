"""What an export reads: the tables of a store file, in batches, as the file was at one moment."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from simulator.export.errors import ExportError
from simulator.export.table import Table
from simulator.store import StoreError
from simulator.store.reading import reading

BATCH = 2_000
"""Rows that are in memory at once."""

Batches = Iterator[list[tuple[Any, ...]]]


class Source:
    """The tables of a store file that is open for reading."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[Self]:
        """Opens a store file.

        Raises:
            ExportError: It cannot be read.
        """
        try:
            with reading(path) as db:
                yield cls(db)
        except StoreError as error:
            raise ExportError(str(error)) from error

    def count(self, table: Table) -> int:
        """How many rows a table has."""
        return int(self._value(f"SELECT count(*) FROM {table.source}"))  # noqa: S608 - names of our own

    def batches(self, table: Table) -> Batches:
        """The rows of a table in the order of their numbers, as the store has them."""
        return self._fetch(f"{_select(table)} ORDER BY {table.number}")

    def later(self, table: Table, last: int, again: Iterable[int]) -> Batches:
        """The rows whose number is beyond `last`, and those of the numbers `again`; in no order."""
        self._db.execute("CREATE TEMP TABLE IF NOT EXISTS again (number INTEGER PRIMARY KEY)")
        self._db.execute("DELETE FROM temp.again")
        self._db.executemany("INSERT INTO temp.again VALUES (?)", ((number,) for number in again))
        condition = f"{table.number} > ? OR {table.number} IN (SELECT number FROM temp.again)"  # noqa: S608 - ours
        return self._fetch(f"{_select(table)} WHERE {condition}", last)

    def highest(self, table: Table) -> int:
        """The highest number that a table has, or ever had; 0 where it never had any."""
        last = self._value("SELECT number FROM last_numbers WHERE name = ?", table.name)
        return max(int(self._value(f"SELECT max({table.number}) FROM {table.source}") or 0), int(last or 0))  # noqa: S608 - ours

    def made_at(self, table: Table, number: int) -> float | None:
        """The moment at which a row was made, POSIX seconds; None where there is no such row."""
        made = next(column.sql for column in table.columns if column.name == table.made)
        sql = f"SELECT {made} FROM {table.source} WHERE {table.number} = ?"  # noqa: S608 - names of our own
        value = self._value(sql, number)
        return None if value is None else float(value)

    def _value(self, sql: str, *values: object) -> Any:
        row = self._db.execute(sql, values).fetchone()
        return None if row is None else row[0]

    def _fetch(self, sql: str, *values: object) -> Batches:
        cursor = self._db.execute(sql, values)
        while rows := cursor.fetchmany(BATCH):
            yield rows


def _select(table: Table) -> str:
    columns = ", ".join(column.sql for column in table.columns)
    return f"SELECT {columns} FROM {table.source}"  # noqa: S608 - names of our own
