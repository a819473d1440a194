"""Profiles are read with the basis of every value, also what a world sets otherwise."""

import re
from typing import Any

import pytest

from simulator.policy.clauses import load_clauses
from simulator.profiles.profile import Profile, Style
from simulator.profiles.profile_file import (
    idle_basis,
    leaves,
    naming,
    overlaid,
    profile_file,
    profile_table,
    shipped_profiles,
)
from simulator.profiles.profile_listing import DEFAULT, settings_of
from simulator.registry.world import WorldError, build_world
from simulator.smpp.consts import CommandStatus

BASE = {
    "hours": {"mci": {"open": "07:00", "close": "22:00"}},
    "sanctions": {"strikes": 3},
    "basis": {"hours.mci.open": "clause a.b", "hours.mci.close": "somebody", "sanctions.strikes": "assumed"},
}


@pytest.mark.parametrize("name", shipped_profiles())
def test_every_value_of_a_shipped_profile_has_a_basis(name: str) -> None:
    table = profile_file(name)
    basis = table.get("basis", {})
    assert [path for path, _ in leaves(table) if naming(path, basis) is None] == []


@pytest.mark.parametrize("name", shipped_profiles())
def test_every_basis_names_a_value(name: str) -> None:
    assert idle_basis(profile_file(name)) == []


@pytest.mark.parametrize("name", shipped_profiles())
def test_the_clauses_of_a_basis_are_in_the_table(name: str) -> None:
    clauses = load_clauses()
    for path, text in profile_file(name).get("basis", {}).items():
        assert text.strip() == text != "", path
        if text.startswith("clause "):
            assert text.removeprefix("clause ").partition(":")[0] in clauses, path
        else:
            assert not clauses.keys() & set(re.split(r"[ :,;]", text)), f"{path}: say `clause ...` first"


@pytest.mark.parametrize("name", shipped_profiles())
def test_a_shipped_profile_can_be_read_with_all_its_bases(name: str) -> None:
    profile = Profile(name=name, **profile_table(name))
    assert {path for path, _ in leaves(profile_table(name))} == set(profile.basis)
    given = {setting.path for setting in settings_of(profile) if setting.basis != DEFAULT}
    assert given == set(profile.basis)


def test_what_is_laid_over_has_its_own_basis_and_the_rest_keeps_its() -> None:
    table = overlaid(BASE, {"hours": {"mci": {"open": "08:00"}}, "basis": {"hours": "a letter"}}, otherwise="assumed")
    assert table["hours"] == {"mci": {"open": "08:00", "close": "22:00"}}
    assert table["basis"] == {
        "hours.mci.open": "a letter",
        "hours.mci.close": "somebody",
        "sanctions.strikes": "assumed",
    }


def test_an_empty_table_takes_nothing_over() -> None:
    table = overlaid(BASE, {"hours": {}}, otherwise="mine")
    assert table["hours"] == {}
    assert table["basis"] == {"hours": "mine", "sanctions.strikes": "assumed"}


def test_the_longest_path_counts_and_what_names_nothing_is_found() -> None:
    assert naming("a.b.c", {"a": 1, "a.b": 2, "a.b.c.d": 3}) == "a.b"
    assert naming("ab.c", {"a": 1}) is None
    assert idle_basis({"a": {"b": 1}, "basis": {"a": "x", "a.b": "y", "c": "z"}}) == ["a", "c"]


def _basis(profile: dict[str, Any]) -> dict[str, str]:
    return build_world({"extends": "demo", "profile": profile}).profile.basis


def test_what_a_world_sets_is_said_to_be_its_own() -> None:
    basis = _basis({"sanctions": {"strikes": 1}, "hours": {"mci": {"open": "08:00"}}, "basis": {"hours": "a letter"}})
    assert basis["sanctions.strikes"] == "set by this world"
    assert basis["hours.mci.open"] == "a letter"
    assert basis["hours.mci.close"] == profile_table("standard")["basis"]["hours.mci.close"]


@pytest.mark.parametrize(
    ("basis", "path"),
    [({"hours.mcy": "x"}, "profile.basis.hours.mcy"), (1, "profile.basis"), ({"sanctions": 1}, "profile.basis.sanct")],
)
def test_a_basis_that_cannot_be_is_a_fault_of_the_world(basis: Any, path: str) -> None:
    with pytest.raises(WorldError) as raised:
        _basis({"sanctions": {"strikes": 1}, "basis": basis})
    assert raised.value.errors[0][0].startswith(path)


def test_a_flat_status_stands_for_every_refusal_at_submit() -> None:
    profile = build_world({"extends": "demo", "profile": {"flat_status": "ESME_RSUBMITFAIL"}}).profile
    for rule in ("promotion-outside-hours", "closed-line", "no-such-rule"):
        assert profile.answer_to(rule, "3000100010").command_status == CommandStatus.ESME_RSUBMITFAIL
    assert profile.answer_to("promotion-to-blacklisted", "10001").style is Style.RECEIPT
