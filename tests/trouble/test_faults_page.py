"""docs/faults.md against the list of faults, and the magic numbers against the numbers that are in use."""

import re
from pathlib import Path

from simulator.trouble.faults import FAULT_KINDS
from simulator.trouble.magic_numbers import MAGIC_NUMBERS, SUFFIX_DIGITS
from tools.faults_page import page

ROOT = Path(__file__).parent.parent.parent


def test_the_page_is_what_the_list_says() -> None:
    assert (ROOT / "docs" / "faults.md").read_text("utf-8") == page()


def test_the_page_names_every_fault_once_and_every_magic_number() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \|", page(), re.MULTILINE)
    assert rows == list(FAULT_KINDS)
    assert re.findall(r"^\| …(\d{4}) (\d{3}) \|", page(), re.MULTILINE) == [
        (suffix[:4], suffix[4:]) for suffix in MAGIC_NUMBERS
    ]


def test_no_number_in_use_is_magic() -> None:
    files = [
        path
        for folder, pattern in (("scenarios", "*.yaml"), ("docs", "*.md"), ("tests", "*.py"), ("simulator", "*.toml"))
        for path in (ROOT / folder).rglob(pattern)
        if not {"faults", "trouble"} & set(path.relative_to(ROOT).with_suffix("").parts)
    ]
    assert len(files) > 50
    numbers = {
        number for path in files for number in re.findall(r"(?<!\d)\+?(?:98|0)?9\d{9}(?!\d)", path.read_text("utf-8"))
    }
    assert "989129990001" in numbers
    assert [number for number in numbers if number[-SUFFIX_DIGITS:] in MAGIC_NUMBERS] == []
