"""The rules, their folder, and the table of clauses agree with each other and with the shipped profiles."""

import tomllib
from importlib import resources
from itertools import chain
from pathlib import Path

import pytest

import simulator.policy.rules
from simulator.changing.changes import CHANGES
from simulator.policy.clauses import load_clauses
from simulator.policy.rules import RULES
from simulator.profiles.profile import Profile
from simulator.profiles.profile_file import profile_table, shipped_profiles
from simulator.registry.provisioning.requirements import BY_PREFIX, ELIGIBILITY, REQUIREMENTS
from simulator.registry.registration import CONDITIONS
from simulator.registry.world import build_world


def clauses_of_registration() -> set[str]:
    """Clauses that are enforced when a line is registered or made a service line, not when a message is judged."""
    papers = chain.from_iterable((*REQUIREMENTS.values(), *BY_PREFIX.values()))
    return {
        *(condition.clause for condition in CONDITIONS),
        *(condition.clause for condition in ELIGIBILITY),
        *(requirement.clause for requirement in papers),
        *(clause for change in CHANGES for clause in change.clauses),
    }


def test_every_file_of_the_folder_is_a_listed_rule() -> None:
    folder = Path(simulator.policy.rules.__file__).parent
    files = {file.stem.replace("_", "-") for file in folder.glob("*.py")} - {"--init--"}
    assert files == {rule.id for rule in RULES}


def test_rule_ids_are_unique() -> None:
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))


def test_every_rule_cites_a_clause() -> None:
    assert [rule.id for rule in RULES if not rule.clauses] == []


def test_every_clause_of_a_rule_is_in_the_table() -> None:
    cited = {clause for rule in RULES for clause in rule.clauses}
    assert cited | clauses_of_registration() <= set(load_clauses())


def test_every_clause_is_enforced_by_a_rule_or_at_registration() -> None:
    cited = {clause for rule in RULES for clause in rule.clauses}
    assert set(load_clauses()) == cited | clauses_of_registration()


def test_every_clause_speaks_both_languages() -> None:
    for clause in load_clauses().values():
        assert clause.statement_en.isascii(), clause.id
        assert any("\u0600" <= letter <= "\u06ff" for letter in clause.statement_fa), clause.id


@pytest.mark.parametrize("name", shipped_profiles())
def test_a_profile_answers_only_rules_that_exist(name: str) -> None:
    profile = Profile(name=name, **profile_table(name))
    assert set(profile.answers) <= {rule.id for rule in RULES}


@pytest.mark.parametrize(
    "file", [file.name for file in (resources.files("simulator") / "registry" / "worlds").iterdir()]
)
def test_every_shipped_world_builds(file: str) -> None:
    table = tomllib.loads((resources.files("simulator") / "registry" / "worlds" / file).read_text("utf-8"))
    assert build_world(table).accounts
