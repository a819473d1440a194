"""Keeps the tables of a report as files: one CSV each for spreadsheets, one JSON with all of them for programs."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd

from reports.run import Run
from reports.section import Content, Section, Table

TABLES_FOLDER: Final = "tables"
JSON_FILE: Final = "tables.json"

# A spreadsheet takes a cell that begins so for a formula and would run it; the wide forms count too.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_name(section: Section, table: Table) -> str:
    """A table's file, relative to the page, with forward slashes."""
    return f"{TABLES_FOLDER}/{section.id}-{table.id}.csv"


def neutral(text: str) -> str:
    """A text that a spreadsheet shows instead of running: an apostrophe goes before a leading `=`, `+`, `-` or `@`."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def to_csv(table: Table) -> str:
    """A table as CSV with its titles as the first line, CRLF between lines, an empty cell for a missing value."""
    frame = table.frame[[column.key for column in table.columns]]
    frame = frame.map(lambda value: neutral(value) if isinstance(value, str) else value)
    return frame.to_csv(index=False, header=[neutral(column.title) for column in table.columns], lineterminator="\r\n")


def to_json(run: Run, filled: Sequence[tuple[Section, Content]]) -> str:
    """All tables as JSON: `{format, version, started, sections: [{id, title, title_fa, note, tables: [...]}]}`.

    A table is `{id, title, csv, columns: [{key, title, kind}], rows: [{key: value}]}`; a missing value is null.
    """
    told = {
        "format": 1,
        "version": run.meta.version,
        "started": run.meta.started,
        "finished": run.meta.finished,
        "sections": [_section_json(section, content) for section, content in filled],
    }
    return json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def write_tables(out: Path, run: Run, filled: Sequence[tuple[Section, Content]]) -> None:
    """Write every table below `out`: `tables/<section>-<table>.csv` and `tables.json`.

    The CSV files are UTF-8 with a byte order mark, without which Excel shows Persian as noise.
    """
    (out / TABLES_FOLDER).mkdir(parents=True, exist_ok=True)
    for section, content in filled:
        for table in content.tables:
            (out / csv_name(section, table)).write_text(to_csv(table), encoding="utf-8-sig", newline="")
    (out / JSON_FILE).write_text(to_json(run, filled), encoding="utf-8", newline="\n")


def _section_json(section: Section, content: Content) -> dict[str, Any]:
    return {
        "id": section.id,
        "title": section.title,
        "title_fa": section.title_fa,
        "note": content.note,
        "tables": [_table_json(section, table) for table in content.tables],
    }


def _table_json(section: Section, table: Table) -> dict[str, Any]:
    frame = table.frame[[column.key for column in table.columns]]
    return {
        "id": table.id,
        "title": table.title,
        "csv": csv_name(section, table),
        "columns": [{"key": column.key, "title": column.title, "kind": column.kind} for column in table.columns],
        "rows": [{str(key): _value(value) for key, value in row.items()} for row in frame.to_dict("records")],
    }


def _value(value: Any) -> Any:
    """A cell as a JSON value; numpy's numbers become Python's, which json knows."""
    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value
