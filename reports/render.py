"""Shows a report as one self-contained HTML page a language: no request leaves it, nothing in it runs but its sorting.

Its colours and letters are the console's (`simulator/admin/web`), read from there.

It knows kinds of columns and layouts of tables; what the columns mean it does not know. Everything that comes from a
run is escaped here or by Jinja's autoescape, and a content security policy stands behind both.
"""

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from reports.format import Report, csv_name
from reports.language import Language
from reports.section import Column, Kind, Layout, Section, Table, Tone
from reports.text import log_html, to_html

# A page of more rows than this is slow to open and nobody reads it; the CSV has them all.
ROWS_SHOWN: Final = 500

# status -> (tone, sign); the order is the order of severity by which a column of them sorts.
_STATUS: Final = {
    "FAIL": (Tone.BAD, "✕"),
    "ERROR": (Tone.BAD, "!"),
    "broken": (Tone.BAD, "✕"),
    "gone": (Tone.WARN, "–"),
    "changed": (Tone.WARN, "≈"),
    "new": (Tone.PLAIN, "+"),
    "mended": (Tone.GOOD, "✓"),
    "not shown": (Tone.BAD, "✕"),
    "unknown": (Tone.WARN, "?"),
    "untested": (Tone.WARN, "○"),
    "missed": (Tone.BAD, "✕"),
    "F": (Tone.BAD, "✕"),
    "E": (Tone.BAD, "✕"),
    "D": (Tone.WARN, "!"),
    "C": (Tone.WARN, "!"),
    "WARN": (Tone.WARN, "!"),
    "UNSUPPORTED": (Tone.PLAIN, "–"),
    "NON_STRICT": (Tone.WARN, "≈"),
    "PASS": (Tone.GOOD, "✓"),
    "shown": (Tone.GOOD, "✓"),
    "kept": (Tone.GOOD, "✓"),
    "B": (Tone.GOOD, "✓"),
    "A": (Tone.GOOD, "✓"),
}
_SIGNS: Final = {Tone.GOOD: "✓", Tone.BAD: "✕", Tone.WARN: "!", Tone.PLAIN: "", Tone.ACCENT: ""}
_NUMBERS: Final = frozenset({Kind.COUNT, Kind.SHARE, Kind.SECONDS, Kind.DECIMAL})
# What HTML cannot hold, shown by its picture instead: the C0 controls but tab and line breaks, and DEL.
_CONTROLS: Final = {code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n\r"} | {0x7F: 0x2421}


@dataclass(frozen=True)
class Cell:
    """A cell ready for the template: its markup, its class, and the value that it sorts by (empty: its text)."""

    html: Markup
    css: str
    sort: str = ""


@dataclass(frozen=True)
class Sheet:
    """A table ready for the template."""

    table: Table
    csv: str
    columns: tuple[tuple[Column, Markup, str], ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int


def page_name(language: Language) -> str:
    """The file of a language's page: `index.html` in English."""
    return "index.html" if language.code == "en" else f"index.{language.code}.html"


def render(report: Report, language: Language) -> str:
    """The page as text, the same for the same report."""
    filled = report.filled[language]
    environment = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"shown": _shown, "moment": language.moment, "word": language.word}
    script = Markup(environment.get_template("sort.js").render())  # noqa: S704 -- our own file, not input
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    pages = [
        (section, content, [_sheet(section, table, language) for table in content.tables])
        for section, content in filled
    ]
    return environment.get_template("page.html").render(
        about=report.run.about,
        revealed=report.revealed,
        pages=pages,
        headline=next((content.headline for _, content in filled if content.headline), None),
        language=language,
        say=language.say,
        others=[(each, page_name(each)) for each in report.languages if each != language],
        script=script,
        script_hash=f"sha256-{digest}",
        tokens=_tokens(),
        font=_font(),
        signs=_SIGNS,
        status=_STATUS,
        rows_shown=ROWS_SHOWN,
    )


@cache
def _tokens() -> Markup:
    """The console's colours and sizes, without its fonts' addresses."""
    style = files("simulator").joinpath("admin/web/style/tokens.css").read_text(encoding="utf-8")
    return Markup(style[style.index(":root {") :])  # noqa: S704 -- our own file, not input


@cache
def _font() -> str:
    """The console's Vazirmatn, as base64."""
    return base64.b64encode(files("simulator").joinpath("admin/web/fonts/Vazirmatn.woff2").read_bytes()).decode()


def _sheet(section: Section, table: Table, language: Language) -> Sheet:
    frame = table.frame[[column.key for column in table.columns]]
    columns = tuple((column, _shown(column.title), _heading_class(table, column)) for column in table.columns)
    compact = table.layout is Layout.MATRIX
    rows = tuple(
        tuple(
            _cell(value, column.kind, language, compact=compact)
            for value, column in zip(row, table.columns, strict=True)
        )
        for row in frame.head(ROWS_SHOWN).itertuples(index=False, name=None)
    )
    return Sheet(table, csv_name(section, table), columns, rows, len(frame))


def _heading_class(table: Table, column: Column) -> str:
    """In a matrix, a column in which nothing stands is marked: a clause that no scenario cites."""
    void = table.layout is Layout.MATRIX and column.kind is Kind.STATUS and bool(table.frame[column.key].isna().all())
    return "void" if void else ("number" if column.kind in _NUMBERS else column.kind.value)


def _shown(text: str) -> Markup:
    return to_html(text.translate(_CONTROLS))


def _cell(value: Any, kind: Kind, language: Language, *, compact: bool) -> Cell:
    if pd.isna(value) or value == "":
        return Cell(Markup(""), kind.value)
    if kind in _NUMBERS:
        shown = language.number(_number(value, kind))
        return Cell(escape(shown), "number zero" if value == 0 else "number", repr(float(value)))
    if kind is Kind.STATUS:
        return _badge(str(value), language, compact=compact)
    if kind is Kind.LINES:
        lines = Markup("<br>").join(_shown(line) for line in str(value).splitlines())
        return Cell(lines, "lines")
    if kind is Kind.EXCERPT:
        return Cell(log_html(str(value).translate(_CONTROLS)), "excerpt")
    if kind is Kind.NOTE:
        note = Markup('<span dir="ltr" lang="en">{}</span>').format(log_html(str(value).translate(_CONTROLS)))
        return Cell(note, "text")
    if kind is Kind.WORD:
        return Cell(_shown(language.word(str(value))), "code")
    if kind in (Kind.MOMENT, Kind.DAY):
        told = language.moment(str(value)) if kind is Kind.MOMENT else language.day(str(value))
        return Cell(Markup("<bdi>{}</bdi>").format(_shown(told)), "code moment")
    return Cell(_shown(str(value)), kind.value)


def _number(value: float, kind: Kind) -> str:
    if kind is Kind.SHARE:
        return f"{value:.0%}"
    if kind is Kind.DECIMAL:
        return f"{value:,.1f}"
    return f"{value:,.2f}" if kind is Kind.SECONDS else f"{value:,.0f}"


def _badge(value: str, language: Language, *, compact: bool) -> Cell:
    tone, sign = _STATUS.get(value, (Tone.PLAIN, "·"))
    severity = list(_STATUS).index(value) if value in _STATUS else len(_STATUS)
    word = Markup('<span class="word">{}</span>').format(_shown(language.word(value)))
    css = f"badge {tone.value} compact" if compact else f"badge {tone.value}"
    html = Markup('<span class="{}" title="{}"><span class="sign" aria-hidden="true">{}</span>{}</span>')
    return Cell(html.format(css, language.word(value), sign, word), "status", str(severity))
