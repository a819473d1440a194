"""The page on events tells of each."""

import re
from pathlib import Path

from simulator.admin.events import EVENTS
from simulator.admin.events.reader import SKIPPED

PAGE = Path(__file__).parents[3] / "docs" / "events.md"


def test_the_page_has_every_event() -> None:
    assert re.findall(r"^\| `(\w+)` \|", PAGE.read_text("utf-8"), re.MULTILINE) == [*EVENTS, SKIPPED]
