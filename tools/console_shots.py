"""Takes the pictures of `docs/console.md`: an operator, a lively day, and Chromium. `python -m tools.console_shots`."""

import shutil
import sys
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import urlencode

import trio
from playwright.sync_api import Browser, expect, sync_playwright

from harness.operator_process import OperatorProcess
from tests.web import lively
from tests.web.console import Console

FOLDER = Path(__file__).parent.parent / "docs" / "console"


class Shot(NamedTuple):
    """A picture: of which place, in which dress."""

    name: str
    place: str
    awaited: str
    """The selector of what must be there."""
    language: Literal["en", "fa"] = "en"
    theme: Literal["light", "dark"] = "light"
    size: tuple[int, int] = (1280, 800)


DRAFT = {"from": lively.PROMOTIONAL, "to": lively.LISTED, "text": lively.CAMPAIGN}
SHOTS = (
    Shot("inbox", "#/messages", ".row[data-verdict=refused]"),
    Shot("message", "#/messages?text=یلدا", ".row", "fa", "dark"),
    Shot("phone", f"#/phone/{lively.REFUSING}/{lively.PROMOTIONAL}", ".bubble[data-fate=refused]", "fa"),
    Shot("blacklist", f"#/blacklist/{lively.LISTED}", ".number-card", theme="dark"),
    Shot("explain", f"#/explain?{urlencode(DRAFT)}", ".reason-box", "fa"),
    Shot("line", f"#/lines/{lively.DEDICATED}", ".line-page [role=meter]", "fa", "dark", (1280, 1000)),
    Shot("faults", "#/faults/late-response", ".fault-form", theme="dark"),
)


def main() -> int:
    """Takes them all."""
    program = shutil.which("chromium")
    if program is None:
        sys.stderr.write("chromium is not installed\n")
        return 1
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, OperatorProcess(Path(folder), seed=1) as operator:
        operator.api.reset(lively.WORLD, datetime.fromisoformat(lively.MORNING), speed=1.0)
        trio.run(lively.send, operator.api.smpp, (*lively.flood(40), *lively.DAY))
        operator.api.jump(by=60, to=None)
        operator.api.receive_mo(lively.REFUSING, lively.PROMOTIONAL, "لغو ۱۱")
        trio.run(lively.send, operator.api.smpp, [lively.Sent(lively.PROMOTIONAL, lively.REFUSING, lively.LAST_CHANCE)])
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
            complaints = [complaint for shot in SHOTS for complaint in _take(browser, operator, shot)]
            browser.close()
    sys.stderr.writelines(f"{complaint}\n" for complaint in complaints)
    return 1 if complaints else 0


def _take(browser: Browser, operator: OperatorProcess, shot: Shot) -> Sequence[str]:
    """Takes one; what the browser complained of."""
    console = Console(browser, operator, language=shot.language, theme=shot.theme, size=shot.size)
    console.go(shot.place)
    expect(console(shot.awaited).first).to_be_visible()
    if shot.name == "message":
        console(".row").first.click()
        expect(console(".timeline .event").first).to_be_visible()
    console.page.evaluate("document.fonts.ready")
    console.page.screenshot(path=FOLDER / f"{shot.name}.png")
    return console.close()


if __name__ == "__main__":
    sys.exit(main())
