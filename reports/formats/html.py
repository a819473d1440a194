"""HTML: one self-contained page a language."""

from pathlib import Path

from reports.format import Format, Report
from reports.render import page_name, render


def _write(report: Report, out: Path) -> None:
    for language in report.languages:
        page = render(report, language)
        (out / page_name(language)).write_text(page, encoding="utf-8", newline="\n")


FORMAT = Format("html", "index.html, index.fa.html", _write)
