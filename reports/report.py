"""Makes a report of a run directory: the page, the CSV files and the JSON, side by side."""

from pathlib import Path
from typing import Final

from reports.export import write_tables
from reports.render import render
from reports.run import load
from reports.section import masked
from reports.sections import SECTIONS

PAGE: Final = "index.html"


def write_report(run_dir: Path, out: Path | None = None) -> Path:
    """Write the report of a run: `index.html`, `tables/*.csv` and `tables.json`; the same run gives the same bytes.

    Args:
        run_dir: a run directory, finished or not; it is only read, unless the report is written into it.
        out: the folder to write to, made when missing; without it `report` in the run directory.

    Returns:
        The path of the page.

    Raises:
        reports.run.RunError: the run directory is missing, foreign, truncated or broken; names file, line and why.
        OSError: `out` cannot be written.
    """
    run = load(run_dir)
    filled = [(section, masked(section.build(run))) for section in SECTIONS]
    folder = run_dir / "report" if out is None else out
    write_tables(folder, run, filled)
    page = folder / PAGE
    page.write_text(render(run, filled), encoding="utf-8", newline="\n")
    return page
