"""The rules, their folder, and the table of clauses agree with each other and with the shipped profiles."""

import tomllib
from importlib import resources
from pathlib import Path

import pytest

import simulator.policy.rules
from simulator.policy.clauses import load_clauses
from simulator.policy.rules import RULES
from simulator.profile import Profile, profile_table, shipped_profiles
from simulator.world import build_world

REGISTRATION_CLAUSES = {"dedicated.legal-owner", "samantel.ten-digits", "samantel.natural-owner"}
"""Clauses that are enforced when a line is registered (simulator/lines.py), not when a message is judged."""


def test_every_file_of_the_folder_is_a_listed_rule() -> None:
    folder = Path(simulator.policy.rules.__file__).parent
    files = {file.stem.replace("_", "-") for file in folder.glob("*.py")} - {"--init--"}
    assert files == {rule.id for rule in RULES}


def test_rule_ids_are_unique() -> None:
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))


def test_every_clause_of_a_rule_is_in_the_table() -> None:
    cited = {clause for rule in RULES for clause in rule.clauses}
    assert cited <= set(load_clauses())


def test_every_clause_is_enforced_by_a_rule_or_at_registration() -> None:
    cited = {clause for rule in RULES for clause in rule.clauses}
    assert set(load_clauses()) == cited | REGISTRATION_CLAUSES


def test_every_clause_speaks_both_languages() -> None:
    for clause in load_clauses().values():
        assert clause.statement_en.isascii(), clause.id
        assert any("\u0600" <= letter <= "\u06ff" for letter in clause.statement_fa), clause.id


@pytest.mark.parametrize("name", shipped_profiles())
def test_a_profile_answers_only_rules_that_exist(name: str) -> None:
    profile = Profile(name=name, **profile_table(name))
    assert set(profile.answers) <= {rule.id for rule in RULES}


@pytest.mark.parametrize("file", [file.name for file in (resources.files("simulator") / "worlds").iterdir()])
def test_every_shipped_world_builds(file: str) -> None:
    table = tomllib.loads((resources.files("simulator") / "worlds" / file).read_text("utf-8"))
    assert build_world(table).accounts
