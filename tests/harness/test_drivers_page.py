"""The page about drivers: its table is what the drivers say of themselves, its options are those that there are."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from harness.driver import Capability, DriverSpec
from harness.drivers import DRIVERS
from tests.e2e.installed import need_kannel, need_net_smpp, need_node_smpp
from tools.drivers_page import BEGIN, END, OPTIONS, PAGE, capabilities_of, page_with

TEXT = PAGE.read_text("utf-8")
NEEDS = {"node": need_node_smpp, "net-smpp": need_net_smpp, "kannel": need_kannel}
CONFIGS = re.findall(r"^```toml[^\n]*\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)


def told(page: str) -> dict[str, frozenset[str]]:
    """What the page's table says that each driver can do."""
    lines = page.partition(BEGIN)[2].partition(END)[0].splitlines()
    head, _, *rows = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in lines]
    return {
        name: frozenset(row[0] for row in rows if row[column] == "yes")
        for column, name in enumerate(head)
        if column > 0
    }


@pytest.mark.parametrize("spec", DRIVERS, ids=[spec.name for spec in DRIVERS])
def test_the_table_has_what_a_driver_says_of_itself(spec: DriverSpec, tmp_path: Path) -> None:
    NEEDS.get(spec.name, lambda: None)()
    assert told(TEXT)[spec.name] == capabilities_of(spec, tmp_path)


def test_the_table_is_what_the_tool_writes() -> None:
    can = told(TEXT)
    assert list(can) == [spec.name for spec in DRIVERS]
    assert page_with(TEXT, can) == TEXT
    assert can["wire"] == frozenset(map(str, Capability))


def test_every_driver_is_introduced() -> None:
    introduced = re.findall(r"^\| `([\w-]+)` \| [^|]+ \| [^|]+ \|$", TEXT.partition("## What each")[0], re.MULTILINE)
    assert introduced == [spec.name for spec in DRIVERS]


@pytest.mark.parametrize("text", CONFIGS)
def test_every_configuration_is_one(text: str) -> None:
    specs = {spec.name: spec for spec in DRIVERS}
    tables: Mapping[str, Mapping[str, Any]] = tomllib.loads(text)
    for name, options in tables.items():
        specs[name].configured({**OPTIONS.get(name, {}), **options})


def test_the_options_of_a_panel_are_all_explained() -> None:
    section = TEXT.partition("### `http`")[2].partition("### ")[0]
    explained = {
        name for row in re.findall(r"^\| (`[^|]+) \|", section, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)
    }
    options = next(spec for spec in DRIVERS if spec.name == "http").takes
    own = {field.alias or name for name, field in options.model_fields.items()}
    assert own - {"port", "can"} == explained
