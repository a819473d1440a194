"""The PostgreSQL sink: the rows of several operators in one database, by COPY; each run adds what came since the last.

A run is one transaction: what a reader sees is of one moment, and an end before its time leaves what was there. Rows go
by COPY into a temporary table and from there take the place of those of the same key, so that nothing is there twice.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from psycopg import Connection
from psycopg.sql import SQL, Identifier

from simulator.export.address import Address
from simulator.export.cells import cell_maker
from simulator.export.errors import ExportError
from simulator.export.files import Progress
from simulator.export.masking import Mask
from simulator.export.postgres_layout import OPERATOR, SCHEMA, lock_operator, name_of, prepare
from simulator.export.source import Source
from simulator.export.table import Cell, Kind, Table
from simulator.export.tables import TABLES

_NULL_ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")
_ASKED_AT_ONCE = 10_000
_SAME_MOMENT = 1e-5
"""Seconds by which a moment may differ for having been rounded to microseconds."""


class Sink:
    """One operator's place in a database."""

    def __init__(self, address: str, operator: str) -> None:
        """Reads the address; nothing is connected yet.

        Raises:
            ExportError: It is none.
        """
        self.address = Address(address)
        self._operator = operator

    def gather(
        self,
        store: Path,
        *,
        mask: Mask | None = None,
        keep_texts: bool = False,
        anew: bool = False,
        progress: Progress | None = None,
    ) -> dict[str, int]:
        """Brings the operator's rows up to what its store holds now; how many of each table were written.

        Args:
            store: The store file.
            mask: As in `Wanted`; it must be that of the operator's earlier runs.
            keep_texts: As in `Wanted`.
            anew: Whether all that is there of this operator goes first, as after a reset.
            progress: Told as in `export_files`.

        Raises:
            ExportError: It cannot be done; the database is as it was.
        """
        try:
            with Source.open(store) as source, self.address.connect() as db:
                prepare(db)
                db.commit()  # nobody else has to wait for this run
                lock_operator(db, self._operator)
                if anew:
                    self._forget(db)
                self._enrol(db, _mark(mask, keep_texts=keep_texts))
                rows = {}
                for table in TABLES:
                    make = cell_maker(table, mask, keep_texts=keep_texts)
                    batches = (make(batch) for batch in self._lacking(db, source, table))
                    rows[table.name] = self._put(db, table, batches, progress)
                return rows
        except psycopg.Error as error:
            raise self.address.error(error) from None

    def _forget(self, db: Connection[Any]) -> None:
        for name in [name_of(table) for table in TABLES] + [Identifier(SCHEMA, "operators")]:
            db.execute(SQL("DELETE FROM {} WHERE {} = %s").format(name, Identifier(OPERATOR)), (self._operator,))

    def _enrol(self, db: Connection[Any], mark: str | None) -> None:
        """Writes down that the operator gathers, or finds that it gathered otherwise before."""
        operators, name = Identifier(SCHEMA, "operators"), Identifier(OPERATOR)
        found = db.execute(
            SQL("SELECT mask FROM {} WHERE {} = %s").format(operators, name), (self._operator,)
        ).fetchone()
        if found is not None and found[0] != mark:
            msg = (
                f"the rows of {self._operator!r} in {self.address} were masked otherwise (or not at all):"
                " give the same options and key, another name, or --anew"
            )
            raise ExportError(msg)
        enrolment = SQL(
            "INSERT INTO {} ({}, mask, exported_at) VALUES (%s, %s, now())"
            " ON CONFLICT ({}) DO UPDATE SET exported_at = now()"
        )
        db.execute(enrolment.format(operators, name, name), (self._operator, mark))

    def _lacking(self, db: Connection[Any], source: Source, table: Table) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of the store that the database lacks, or has as they were while they could change."""
        if not table.is_numbered:
            return source.batches(table)
        sql = SQL("SELECT max({}) FROM {} WHERE {} = %s").format(
            Identifier(table.key[0]), name_of(table), Identifier(OPERATOR)
        )
        found = db.execute(sql, (self._operator,)).fetchone()
        last = (found and found[0]) or 0
        if last:
            self._check_same_store(db, source, table, last)
        return source.later(table, last, self._unsettled(db, table) if last else ())

    def _unsettled(self, db: Connection[Any], table: Table) -> Iterator[int]:
        if table.unsettled is None:
            return
        sql = SQL("SELECT {} FROM {} WHERE {} = %s AND ({})").format(
            Identifier(table.key[0]), name_of(table), Identifier(OPERATOR), SQL(table.unsettled)
        )
        with db.cursor(name="unsettled") as cursor:
            cursor.itersize = _ASKED_AT_ONCE
            for row in cursor.execute(sql, (self._operator,)):
                yield row[0]

    def _check_same_store(self, db: Connection[Any], source: Source, table: Table, last: int) -> None:
        """Whether the latest row in the database is the store's, and not one of before a reset."""
        if table.made is None:
            return
        sql = SQL("SELECT extract(epoch FROM {})::float8 FROM {} WHERE {} = %s AND {} = %s").format(
            Identifier(table.made), name_of(table), Identifier(OPERATOR), Identifier(table.key[0])
        )
        found = db.execute(sql, (self._operator, last)).fetchone()
        made = source.made_at(table, last)
        is_same = made is not None and found is not None and abs(found[0] - made) < _SAME_MOMENT
        was_deleted = made is None and source.highest(table) >= last
        if not is_same and not was_deleted:
            msg = (
                f"the rows of {self._operator!r} in {self.address} are of another store, or of before a reset"
                f" ({table.name} {last}): give another name, or --anew"
            )
            raise ExportError(msg)

    def _put(
        self, db: Connection[Any], table: Table, batches: Iterator[list[list[Cell]]], progress: Progress | None
    ) -> int:
        """Has rows take the place of those of the same key."""
        draft = Identifier(f"khatban_{table.name}")
        making = SQL("CREATE TEMP TABLE {} (LIKE {}) ON COMMIT DROP")
        db.execute(making.format(draft, name_of(table)))
        columns = [Identifier(OPERATOR), *(Identifier(column.name) for column in table.columns)]
        listed = SQL(", ").join(columns)
        kinds = [column.kind for column in table.columns]
        written = 0
        if progress:
            progress(table.name, 0, None)
        with db.cursor() as cursor, cursor.copy(SQL("COPY {} ({}) FROM STDIN").format(draft, listed)) as copy:
            for batch in batches:
                for row in batch:
                    copy.write_row((self._operator, *map(_storable, row, kinds)))
                written += len(batch)
                if progress:
                    progress(table.name, written, None)
        putting = SQL("INSERT INTO {} ({}) SELECT {} FROM {} ON CONFLICT ({}) DO UPDATE SET {}").format(
            name_of(table),
            listed,
            listed,
            draft,
            SQL(", ").join(map(Identifier, (OPERATOR, *table.key))),
            SQL(", ").join(SQL("{} = EXCLUDED.{}").format(column, column) for column in columns),
        )
        db.execute(putting)
        return written


def _mark(mask: Mask | None, *, keep_texts: bool) -> str | None:
    """How an operator's rows are masked, as it is written down beside them."""
    if mask is None:
        return None
    return f"{mask.fingerprint}{' but texts' if keep_texts else ''}"


def _storable(cell: Cell, kind: Kind) -> Cell:
    """The value, in which NUL is written ␀: PostgreSQL has no text with NUL."""
    if not isinstance(cell, str):
        return cell
    if kind is Kind.JSON:
        return _NULL_ESCAPE.sub(r"\1\\u2400", cell)
    return cell.replace("\x00", "␀")
