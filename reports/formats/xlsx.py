"""XLSX: one sheet a section; its tables stand side by side under one row of headings, which stays in sight."""

from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format as Style
from xlsxwriter.worksheet import Worksheet

from reports.format import Format, Report
from reports.section import Column, Content, Kind, Section

XLSX_FILE: Final = "report.xlsx"
HEADINGS: Final = 2
"""The row of the headings, from 0; above it the section's title and those of its tables."""
_LONGEST: Final = 32_767
"""Characters that a cell may hold (Excel's specifications and limits)."""
_MADE: Final = datetime(2000, 1, 1)  # noqa: DTZ001 -- the same bytes for the same run, so no moment of the making
_WIDTHS: Final = {
    Kind.TEXT: 44,
    Kind.NOTE: 44,
    Kind.ID: 34,
    Kind.LINES: 34,
    Kind.EXCERPT: 60,
    Kind.MOMENT: 30,
    Kind.CODE: 22,
}


def _write(report: Report, out: Path) -> None:
    # A text is never a formula or a link, whatever it begins with.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out / XLSX_FILE, options) as book:
        book.set_properties({"title": f"Khatban: {report.run.about.name}", "created": _MADE})
        styles = _styles(book)
        for section, content in report.data:
            _sheet(book.add_worksheet(section.title[:31]), section, content, styles)


def _styles(book: xlsxwriter.Workbook) -> dict[str, Style]:
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "table": book.add_format({"bold": True, "font_color": "#2b5aa6"}),
        "heading": book.add_format({"bold": True, "bottom": 1, "bg_color": "#f0eee8", "text_wrap": True}),
        "share": book.add_format({"num_format": "0.0%"}),
        "count": book.add_format({"num_format": "#,##0"}),
        "seconds": book.add_format({"num_format": "0.00"}),
        "decimal": book.add_format({"num_format": "#,##0.0"}),
        "plain": book.add_format({"valign": "top"}),
    }


def _sheet(sheet: Worksheet, section: Section, content: Content, styles: dict[str, Style]) -> None:
    sheet.write_string(0, 0, section.title, styles["title"])
    sheet.freeze_panes(HEADINGS + 1, 0)
    place = 0
    for table in content.tables:
        sheet.write_string(HEADINGS - 1, place, table.title, styles["table"])
        for offset, column in enumerate(table.columns):
            _column(sheet, place + offset, column, table.frame[column.key], styles)
        place += len(table.columns) + 1


def _column(sheet: Worksheet, place: int, column: Column, cells: "pd.Series[Any]", styles: dict[str, Style]) -> None:
    style = styles.get(column.kind.value, styles["plain"])
    sheet.write_string(HEADINGS, place, column.title, styles["heading"])
    sheet.set_column(place, place, _WIDTHS.get(column.kind, 14))
    for row, value in enumerate(cells, HEADINGS + 1):
        if pd.isna(value):
            continue
        if isinstance(value, str):
            sheet.write_string(row, place, value[:_LONGEST], style)
        else:
            sheet.write_number(row, place, float(value), style)


FORMAT = Format("xlsx", XLSX_FILE, _write)
