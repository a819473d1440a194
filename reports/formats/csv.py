"""CSV: one file a table, for spreadsheets."""

from pathlib import Path
from typing import Final

from reports.format import TABLES_FOLDER, Format, Report, csv_name
from reports.section import Table

# A spreadsheet takes a cell that begins so for a formula and would run it; the wide forms count too.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def neutral(text: str) -> str:
    """A text that a spreadsheet shows instead of running: an apostrophe goes before a leading `=`, `+`, `-` or `@`."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def to_csv(table: Table) -> str:
    """A table as CSV with its titles as the first line, CRLF between lines, an empty cell for a missing value."""
    frame = table.frame[[column.key for column in table.columns]]
    frame = frame.map(lambda value: neutral(value) if isinstance(value, str) else value)
    return frame.to_csv(index=False, header=[neutral(column.title) for column in table.columns], lineterminator="\r\n")


def _write(report: Report, out: Path) -> None:
    """UTF-8 with a byte order mark, without which Excel shows Persian as noise."""
    (out / TABLES_FOLDER).mkdir(exist_ok=True)
    for section, content in report.data:
        for table in content.tables:
            (out / csv_name(section, table)).write_text(to_csv(table), encoding="utf-8-sig", newline="")


FORMAT = Format("csv", f"{TABLES_FOLDER}/*.csv", _write)
