"""Markdown: the outcome on one screen, as a comment on a pull request."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pandas as pd

from reports.format import Format, Report
from reports.section import Content, Tone

MARKDOWN_FILE: Final = "summary.md"
_FAILURES: Final = 20
_SIGNS: Final = {Tone.GOOD: "✅", Tone.BAD: "❌", Tone.WARN: "⚠️", Tone.PLAIN: "·", Tone.ACCENT: "·"}


def _write(report: Report, out: Path) -> None:
    (out / MARKDOWN_FILE).write_text("\n".join(_lines(report)) + "\n", encoding="utf-8", newline="\n")


def _lines(report: Report) -> Iterator[str]:
    contents = {section.id: content for section, content in report.data}
    summary = contents["summary"]
    if summary.headline:
        yield f"## {_SIGNS[summary.headline.tone]} {summary.headline.label}: {_safe(summary.headline.value)}"
        yield ""
    if summary.note:
        yield f"{_safe(summary.note)}\n"
    yield "| | | |\n|---|---|---|"
    for figure in summary.figures:
        yield f"| {_SIGNS[figure.tone]} {figure.label} | **{figure.value}** | {_safe(figure.detail)} |"
    if failures := contents.get("failures"):
        yield from _failures(failures)
    about = report.run.about
    facts = ", ".join(f"{name.lower()} {value}" for name, value in about.facts)
    yield f"\n<sub>{_safe(f'Khatban {about.version}, {about.name}, {facts}'.rstrip(', '))}</sub>"


def _failures(content: Content) -> Iterator[str]:
    frame = content.tables[0].frame
    if not len(frame):
        return
    yield "\n| verdict | scenario | where | got |\n|---|---|---|---|"
    for row in frame.head(_FAILURES).to_dict("records"):
        cells = (_safe(str(row[key])) if pd.notna(row[key]) else "" for key in ("verdict", "title", "where", "got"))
        yield f"| {' | '.join(cells)} |"
    if len(frame) > _FAILURES:
        yield f"\n… and {len(frame) - _FAILURES} more."


def _safe(text: str) -> str:
    """A text of a run in one line of Markdown: no markup, no mention of anybody, no end of its table's cell."""
    escaped = re.sub(r"([\\`*_\[\]<>|#~])", r"\\\1", " ".join(text.split()))
    return escaped.replace("@", "@\u200b")


FORMAT = Format("md", MARKDOWN_FILE, _write)
