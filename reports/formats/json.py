"""JSON: all tables and figures in one file, for programs."""

import json
from pathlib import Path
from typing import Any, Final

import pandas as pd

from reports.format import Format, Report, csv_name
from reports.section import Content, Figure, Section, Table

JSON_FILE: Final = "report.json"
JSON_FORMAT: Final = 2


def _write(report: Report, out: Path) -> None:
    """`{format, version, source, started, finished, revealed, sections: [{id, title, note, figures, tables}]}`.

    A table is `{id, title, csv, columns: [{key, title, kind}], rows: [{key: value}]}`; a missing value is null.
    """
    about = report.run.about
    told = {
        "format": JSON_FORMAT,
        "version": about.version,
        "source": about.name,
        "started": about.started,
        "finished": about.finished,
        "revealed": report.revealed,
        "sections": [_section(section, content) for section, content in report.data],
    }
    text = json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    (out / JSON_FILE).write_text(text, encoding="utf-8", newline="\n")


def _section(section: Section, content: Content) -> dict[str, Any]:
    figures = [each for each in (content.headline, *content.figures) if each]
    return {
        "id": section.id,
        "title": section.title,
        "note": content.note,
        "figures": [_figure(figure) for figure in figures],
        "tables": [_table(section, table) for table in content.tables],
    }


def _figure(figure: Figure) -> dict[str, str]:
    return {"label": figure.label, "value": figure.value, "tone": figure.tone.value, "detail": figure.detail}


def _table(section: Section, table: Table) -> dict[str, Any]:
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


FORMAT = Format("json", JSON_FILE, _write)
