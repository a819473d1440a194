"""What a configuration says of files: found beside it, and their faults told with file, line and path."""

from pathlib import Path

import pytest

from simulator.serving.config import ConfigError
from simulator.serving.config_file import load_config
from simulator.time.clock import ClockStart

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


@pytest.mark.parametrize(
    ("table", "start"),
    [
        ("", ClockStart()),
        ('[clock]\nstart = "2026-11-22T23:00"\nspeed = 60', ClockStart(1_795_375_800.0, 60.0)),
        ("[clock]\nstart = 2026-11-22T19:30:00Z", ClockStart(1_795_375_800.0)),
        ("[clock]\nspeed = 0", ClockStart(None, 0.0)),
    ],
)
def test_the_clock_may_begin_at_another_moment(tmp_path: Path, table: str, start: ClockStart) -> None:
    config = tmp_path / "khatban.toml"
    config.write_text(f'extends = "demo"\n{table}\n', "utf-8")
    assert load_config(config).operator(None).clock.value == start


@pytest.mark.parametrize(
    ("clock", "fault"),
    [
        ("speed = -1", ":3: clock.speed: Input should be greater than or equal to 0"),
        ("speed = inf", ":3: clock.speed: Input should be less than or equal to 1000000"),
        ('start = "now"', ":3: clock.start: Input should be a valid datetime"),
        ('start = "2300-01-01T00:00"', ":3: clock.start: the year must be from 1970 to 2199"),
        ("begin = 1", ":3: clock.begin: unknown key"),
    ],
)
def test_a_clock_that_cannot_be_is_told_with_its_line(tmp_path: Path, clock: str, fault: str) -> None:
    config = tmp_path / "khatban.toml"
    config.write_text(f'extends = "demo"\n[clock]\n{clock}\n', "utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(config)
    assert str(caught.value).startswith(f"{config}{fault}")
