"""The pages of the reference are what the code says, and have all of it."""

import re
from types import ModuleType

import pytest

from simulator.policy.rules import RULES
from simulator.registry.subscribers import MAGIC_HANDSETS
from simulator.registry.world import World
from simulator.smpp.consts import CommandStatus
from simulator.trouble.magic_numbers import MAGIC_NUMBERS
from tools import configuration_page, magic_numbers_page, status_codes_page


@pytest.mark.parametrize("tool", [configuration_page, magic_numbers_page, status_codes_page])
def test_the_page_is_what_the_code_says(tool: ModuleType) -> None:
    assert tool.PAGE.read_text("utf-8") == tool.page(), f"run python -m {tool.__name__}"


def test_every_key_of_a_world_is_told() -> None:
    page = configuration_page.page()
    tables = {section.title.strip("[]") for section in configuration_page.SECTIONS}
    told = {*tables, *re.findall(r"^\| `(\w+)` \|", configuration_page.WORLD, re.MULTILINE)}
    assert set(World.model_fields) - told == set()
    assert len(page.splitlines()) > 200


def test_every_magic_number_is_told() -> None:
    told = re.findall(r"^\| …(\d{4}) (\d{3}) \|", magic_numbers_page.page(), re.MULTILINE)
    assert ["".join(digits) for digits in told] == [*MAGIC_HANDSETS, *MAGIC_NUMBERS]


def test_every_status_and_every_rule_that_refuses_is_told() -> None:
    page = status_codes_page.page()
    assert [status.name for status in CommandStatus if f"`{status.name}`" not in page] == []
    assert [rule.id for rule in RULES if f"rules.md#{rule.id})" not in page] == []
