"""Reads an exported table back as cells, each format by means that are not ours (CSV's empty texts excepted)."""

import csv
import datetime
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from simulator.export.table import Cell, Kind, Table

_FROM_TEXT: dict[Kind, Callable[[str], Cell]] = {
    Kind.INTEGER: int,
    Kind.TEXT: str,
    Kind.FLAG: {"true": True, "false": False}.__getitem__,
    Kind.MOMENT: datetime.datetime.fromisoformat,
    Kind.JSON: str,
}
_NOTHING = "\ue000"


def read_table(folder: Path, form: str, table: Table) -> list[list[Any]]:
    """The rows of a table; JSON as what it says."""
    path = folder / f"{table.name}.{form}"
    rows = {"jsonl": _read_jsonl, "csv": _read_csv, "parquet": _read_parquet}[form](path, table)
    return [with_json(row, table) for row in rows]


def with_json(row: list[Any], table: Table) -> list[Any]:
    """A row with its JSON columns read."""
    return [
        json.loads(cell) if column.kind is Kind.JSON and isinstance(cell, str) else cell
        for cell, column in zip(row, table.columns, strict=True)
    ]


def _read_jsonl(path: Path, table: Table) -> list[list[Any]]:
    rows = [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]
    assert all(list(row) == [column.name for column in table.columns] for row in rows)
    return [
        [
            datetime.datetime.fromisoformat(row[column.name])
            if column.kind is Kind.MOMENT and row[column.name]
            else row[column.name]
            for column in table.columns
        ]
        for row in rows
    ]


def _read_csv(path: Path, table: Table) -> list[list[Any]]:
    text = path.read_bytes().decode()
    # Python's reader takes what is empty and what is "" for the same; so the former is marked first.
    marked = re.sub(r'("(?:[^"]|"")*")|(?<=[,\n])(?=[,\r])', lambda match: match[1] or _NOTHING, text)
    header, *rows = csv.reader(io.StringIO(marked, newline=""))
    assert header == [column.name for column in table.columns]
    return [
        [
            None if cell == _NOTHING else _FROM_TEXT[column.kind](cell)
            for cell, column in zip(row, table.columns, strict=True)
        ]
        for row in rows
    ]


def _read_parquet(path: Path, table: Table) -> list[list[Any]]:
    read = pq.read_table(path)
    assert read.column_names == [column.name for column in table.columns]
    return [list(row.values()) for row in read.to_pylist()]
