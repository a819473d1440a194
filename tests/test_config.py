"""What a configuration says of files: found beside it, and their faults told with file, line and path."""

from pathlib import Path

import pytest

from simulator.config import ConfigError
from simulator.config_file import load_config

CONFIG = """\
extends = "demo"
blacklist_files = [
    "lists/first.txt",
    "lists/second.txt",
]
"""


def write(folder: Path, second: str) -> Path:
    (folder / "lists").mkdir()
    (folder / "lists" / "first.txt").write_text("09129990001\n", "utf-8")
    (folder / "lists" / "second.txt").write_text(second, "utf-8")
    config = folder / "khatban.toml"
    config.write_text(CONFIG, "utf-8")
    return config


def test_lists_are_found_beside_the_configuration(tmp_path: Path) -> None:
    world = load_config(write(tmp_path, "09129990002-09129990004\n")).operator(None).world
    assert len(world.listed_numbers()) == 24


def test_a_bad_line_of_a_list_is_told_with_both_files(tmp_path: Path) -> None:
    config = write(tmp_path, "# second\n09129990002\n0912999\n")
    with pytest.raises(ConfigError) as caught:
        load_config(config)
    listed = tmp_path / "lists" / "second.txt"
    assert str(caught.value) == (
        f"{config}:2: blacklist_files[1]: {listed}:3: '0912999' is not an Iranian mobile number,"
        " nor a range FIRST-LAST of them"
    )
