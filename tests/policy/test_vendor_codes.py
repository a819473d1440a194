"""The vendors' codes against the rules that they stand for."""

import tomllib
from importlib import resources

import pytest

from simulator.policy.rules import RULES
from simulator.policy.vendor_codes import load_vendor_codes, vendors_show

TABLES = tomllib.loads((resources.files("simulator.policy") / "vendor_codes.toml").read_text("utf-8"))


def test_every_rule_is_listed_and_nothing_else() -> None:
    assert set(TABLES) == {rule.id for rule in RULES}


@pytest.mark.parametrize("rule", TABLES)
def test_a_rule_says_of_both_moments_what_is_shown_or_that_nothing_is_known(rule: str) -> None:
    table = TABLES[rule]
    if set(table) == {"like"}:
        assert set(TABLES[table["like"]]) == {"submit", "delivery"}
        assert load_vendor_codes()[rule] == load_vendor_codes()[table["like"]]
        return
    assert set(table) == {"submit", "delivery"}
    for moment, by_vendor in table.items():
        known = [code for code in load_vendor_codes()[rule] if code.moment == moment]
        assert by_vendor == "none known" or known


@pytest.mark.parametrize("rule", TABLES)
def test_no_vendor_shows_a_code_twice_for_one_refusal(rule: str) -> None:
    shown = [(code.vendor, code.moment, code.code) for code in load_vendor_codes()[rule]]
    assert len(shown) == len(set(shown))


@pytest.mark.parametrize("rule", TABLES)
def test_what_goes_over_the_wire_is_ascii(rule: str) -> None:
    assert vendors_show(rule, "submit").isascii()


def test_each_moment_has_its_own_codes() -> None:
    codes = load_vendor_codes()["promotion-to-blacklisted"]
    assert [(code.moment, code.code) for code in codes if code.vendor == "Magfa"] == [
        ("submit", "27"),
        ("delivery", "16"),
    ]
    assert vendors_show("promotion-to-blacklisted", "submit").startswith("Magfa 27, Melipayamak 35")
    assert vendors_show("no-such-rule", "submit") == ""
