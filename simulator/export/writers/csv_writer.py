"""CSV (RFC 4180, UTF-8, with a header): what has no value is empty, and an empty text is `""`, as PostgreSQL has it.

The csv module writes both alike, which is why it does not serve here.
"""

import datetime
import re
from collections.abc import Callable
from typing import Any, BinaryIO

from simulator.export.table import Cell, Kind, Table
from simulator.export.writer import Writer

_QUOTED = re.compile(r'[",\r\n]')


def _text(text: str) -> str:
    if text and not _QUOTED.search(text):
        return text
    return '"' + text.replace('"', '""') + '"'


def _moment(moment: datetime.datetime) -> str:
    return moment.isoformat(timespec="microseconds")


def _flag(flag: bool) -> str:  # noqa: FBT001 - the value of a cell
    return "true" if flag else "false"


_ENCODERS: dict[Kind, Callable[[Any], str]] = {
    Kind.INTEGER: str,
    Kind.TEXT: _text,
    Kind.FLAG: _flag,
    Kind.MOMENT: _moment,
    Kind.JSON: _text,
}


class Csv(Writer):
    """Writes CSV."""

    suffix = ".csv"

    def __init__(self, file: BinaryIO, table: Table) -> None:
        self._file = file
        self._encoders = [_ENCODERS[column.kind] for column in table.columns]
        file.write((",".join(column.name for column in table.columns) + "\r\n").encode())

    def write(self, rows: list[list[Cell]]) -> None:
        """Adds a record for each row."""
        self._file.write("".join(map(self._record, rows)).encode())

    def _record(self, row: list[Cell]) -> str:
        cells = ["" if cell is None else encode(cell) for encode, cell in zip(self._encoders, row, strict=True)]
        return ",".join(cells) + "\r\n"

    def close(self) -> None:
        """There is nothing to end."""


WRITER = Csv
