"""docs/lines.md is what the plan and the requirements say, and its examples are ones that the operator takes."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from simulator.changing.changes import AnyChange
from simulator.numbers.line_plan import KINDS
from simulator.profiles.profile import Profile
from simulator.registry.world import build_world
from simulator.serving.config import ConfigError
from simulator.serving.config_file import load_config
from tools.lines_page import page

PAGE = Path(__file__).parent.parent / "docs" / "lines.md"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page(), re.DOTALL)


def test_the_page_is_what_the_tables_say() -> None:
    assert PAGE.read_text("utf-8") == page()


def test_the_page_has_a_row_for_every_kind() -> None:
    assert re.findall(r"^\| \*\*(.+?)\*\* \|", page(), re.MULTILINE) == [kind.name for kind in KINDS]


def test_the_changes_of_the_page_can_be_read() -> None:
    bodies = re.findall(r"/changes --json '(.*?)'", page(), re.DOTALL)
    assert len(bodies) == 2
    for body in bodies:
        assert TypeAdapter(AnyChange).validate_python(json.loads(body)).kind in body


def test_the_line_of_the_page_can_be_registered() -> None:
    line = tomllib.loads(blocks("toml")[0])["lines"]
    assert build_world({"extends": "demo", "lines": line}).lines[-1].number == "3000200020"


def test_the_terms_of_the_page_are_the_standard_profiles() -> None:
    written = tomllib.loads(blocks("toml")[1])["profile"]
    standard = build_world({"extends": "demo"}).profile
    assert Profile.model_validate(standard.model_dump() | build(written, standard)) == standard


def build(written: dict[str, dict[str, object]], standard: Profile) -> dict[str, object]:
    """The sections that the page writes, over those of the standard profile."""
    return {
        section: {
            key: getattr(getattr(standard, section), key).model_dump() | value if isinstance(value, dict) else value
            for key, value in {**getattr(standard, section).model_dump(), **values}.items()
        }
        for section, values in written.items()
    }


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"09121110000\nx\n", "config.toml:6: lines[0].recipients_file: customers.csv:2: 'x' is not an Iranian mobile"),
        (None, "lines[0].recipients_file: customers.csv: No such file or directory"),
    ],
)
def test_a_file_of_recipients_that_cannot_be_read(tmp_path: Path, content: bytes | None, says: str) -> None:
    config = tmp_path / "config.toml"
    config.write_text(CONFIG, "utf-8")
    if content is not None:
        (tmp_path / "customers.csv").write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        load_config(config)
    assert says in str(caught.value)


def test_a_file_of_recipients(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(CONFIG, "utf-8")
    (tmp_path / "customers.csv").write_text("phone,name\n09121110000,Sara\n09121110001-09121110009,others\n", "utf-8")
    line = load_config(config).operator(None).world.lines[-1]
    assert line.recipients is not None
    assert len(line.recipients) == 10
    config.write_text(CONFIG + 'recipients = ["09121110000"]\n', "utf-8")
    with pytest.raises(ConfigError, match="not both"):
        load_config(config)


CONFIG = """extends = "demo"

[[lines]]
number = "3000777777"
account = "panel"
recipients_file = "customers.csv"
"""
