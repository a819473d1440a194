"""Makes a report of a run directory or a store: pages and data files, side by side."""

from collections.abc import Sequence
from pathlib import Path

from reports.format import Format, Report
from reports.formats import FORMATS
from reports.language import languages
from reports.run import Run
from reports.section import masked
from reports.sections import SECTIONS


def make_report(run: Run, *, reveal: bool = False) -> Report:
    """Fills every section that has something to say of the run.

    Args:
        run: What is reported on.
        reveal: Whether subscribers' numbers are shown; else their middle digits are hidden, in everything.
    """
    sections = [section for section in SECTIONS if section.applies(run)]
    filled = {
        language: [
            (section, content if reveal else masked(content))
            for section, content in ((each, each.build(run, language)) for each in sections)
        ]
        for language in languages()
    }
    return Report(run=run, filled=filled, languages=languages(), revealed=reveal)


def write_report(report: Report, out: Path, formats: Sequence[Format] = ()) -> None:
    """Writes a report; the same run gives the same bytes, save in a PDF.

    Args:
        report: From `make_report`.
        out: The folder to write to, made when missing.
        formats: Which; without any, those that are written by default.

    Raises:
        reports.format.FormatError: A format cannot be written here.
        OSError: `out` cannot be written.
    """
    chosen = formats or [each for each in FORMATS if each.by_default]
    out.mkdir(parents=True, exist_ok=True)
    for each in chosen:
        each.write(report, out)
