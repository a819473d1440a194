"""Parquet, by pyarrow (the extra `parquet`): typed columns, zstd, times of Tehran with microseconds, JSON as text."""

from typing import Any, BinaryIO

import pyarrow as pa
from pyarrow.parquet import ParquetWriter

from simulator.export.table import Cell, Kind, Table
from simulator.export.writer import Writer

ROW_GROUP = 50_000
"""Rows of a row group; as many are in memory, as Arrow holds them."""

_TYPES: dict[Kind, Any] = {
    Kind.INTEGER: pa.int64(),
    Kind.TEXT: pa.string(),
    Kind.FLAG: pa.bool_(),
    Kind.MOMENT: pa.timestamp("us", "Asia/Tehran"),
    Kind.JSON: pa.string(),
}


class Parquet(Writer):
    """Writes Parquet."""

    suffix = ".parquet"

    def __init__(self, file: BinaryIO, table: Table) -> None:
        self._schema = pa.schema(
            [
                pa.field(column.name, _TYPES[column.kind], nullable=column.name not in table.key)
                for column in table.columns
            ]
        )
        self._writer = ParquetWriter(file, self._schema, compression="zstd")
        self._waiting: list[Any] = []
        self._rows = 0

    def write(self, rows: list[list[Cell]]) -> None:
        """Adds rows to the next row group."""
        columns = [
            pa.array(cells, field.type) for cells, field in zip(zip(*rows, strict=True), self._schema, strict=True)
        ]
        self._waiting.append(pa.record_batch(columns, schema=self._schema))
        self._rows += len(rows)
        if self._rows >= ROW_GROUP:
            self._flush()

    def _flush(self) -> None:
        self._writer.write_table(pa.Table.from_batches(self._waiting, self._schema), row_group_size=self._rows or None)
        self._waiting, self._rows = [], 0

    def close(self) -> None:
        """Writes the last row group, and what a reader finds the others by."""
        if self._waiting:
            self._flush()
        self._writer.close()


WRITER = Parquet
