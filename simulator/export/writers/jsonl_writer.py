"""JSON lines (UTF-8): an object a row with every column, JSON columns as what they are, times in ISO 8601."""

import datetime
from collections.abc import Callable
from json.encoder import encode_basestring
from typing import Any, BinaryIO

from simulator.export.table import Cell, Kind, Table
from simulator.export.writer import Writer


def _moment(moment: datetime.datetime) -> str:
    return f'"{moment.isoformat(timespec="microseconds")}"'


def _flag(flag: bool) -> str:  # noqa: FBT001 - the value of a cell
    return "true" if flag else "false"


_ENCODERS: dict[Kind, Callable[[Any], str]] = {
    Kind.INTEGER: str,
    Kind.TEXT: encode_basestring,
    Kind.FLAG: _flag,
    Kind.MOMENT: _moment,
    Kind.JSON: str,
}


class JsonLines(Writer):
    """Writes JSON lines. Lines are put together by hand: json.dumps would want the JSON columns parsed first."""

    suffix = ".jsonl"

    def __init__(self, file: BinaryIO, table: Table) -> None:
        self._file = file
        self._columns = [(f'"{column.name}":', _ENCODERS[column.kind]) for column in table.columns]

    def write(self, rows: list[list[Cell]]) -> None:
        """Adds a line for each row."""
        self._file.write("".join(map(self._line, rows)).encode())

    def _line(self, row: list[Cell]) -> str:
        members = [
            f"{name}null" if cell is None else name + encode(cell)
            for (name, encode), cell in zip(self._columns, row, strict=True)
        ]
        return f"{{{','.join(members)}}}\n"

    def close(self) -> None:
        """There is nothing to end."""


WRITER = JsonLines
