"""PDF: the pages as a headless Chromium prints them; only where one is installed."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from reports.format import Format, FormatError, Report
from reports.render import page_name, render

_BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_SECONDS: Final = 120


def _write(report: Report, out: Path) -> None:
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser is None:
        msg = f"a PDF needs one of {', '.join(_BROWSERS)} on the path"
        raise FormatError(msg)
    for language in report.languages:
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "index.html"
            page.write_text(render(report, language), encoding="utf-8")
            _print(browser, page, out / Path(page_name(language).replace("index", "report")).with_suffix(".pdf"))


def _print(browser: str, page: Path, pdf: Path) -> None:
    # Chromium's sandbox does not work for root, who is who runs containers; for anybody else it stays on.
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    options = ["--headless", "--disable-gpu", "--no-pdf-header-footer", *sandbox]
    profile = f"--user-data-dir={page.parent / 'profile'}"
    command = [browser, *options, profile, f"--print-to-pdf={pdf.resolve()}", page.as_uri()]
    try:
        # The page is our own, without any address in it, and the program one of four names; so nothing is the caller's.
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)  # noqa: S603
    except (OSError, subprocess.SubprocessError) as error:
        msg = f"{browser} did not print the page: {error}"
        raise FormatError(msg) from error


FORMAT = Format("pdf", "report.pdf, report.fa.pdf", _write, by_default=False)
