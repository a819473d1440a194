"""Takes the pictures of a report, of the regulatory scenarios as they pass today: `python -m tools.report_shot`."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tools.scenario_index import ROOT

FOLDER = ROOT / "docs" / "assets"
PICTURES = {"index.html": "report.png", "index.fa.html": "report.fa.png"}


def main() -> int:
    """Plays, reports, takes it."""
    program = shutil.which("chromium")
    if program is None:
        sys.stderr.write("chromium is not installed\n")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        run = Path(folder) / "run"
        for words in (["run", "scenarios/regulatory", "--jobs", "2", "--out", str(run)], ["report", str(run)]):
            subprocess.run([sys.executable, "-m", "khatban", *words], cwd=ROOT, check=True)  # noqa: S603 - ourselves
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            for name, picture in PICTURES.items():
                page.goto((run / "report" / name).as_uri())
                page.evaluate("document.fonts.ready")
                page.screenshot(path=FOLDER / picture)
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
