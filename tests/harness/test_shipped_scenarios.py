"""The shipped scenarios as data: they load, and they say what they show.

That together they show every rule and clause is held by tests/policy/test_scenarios_prove_the_rules.py.
"""

import re
from collections import Counter
from collections.abc import Sequence

import pytest

from harness.references import Catalogue, unknown_references
from harness.scenario import Scenario
from harness.scenario_files import load_scenarios
from harness.steps.expect_verdict import ExpectVerdict
from harness.steps.fault import Fault
from harness.steps.submit import Submit
from simulator.policy.clauses import load_clauses
from simulator.policy.rules import RULES
from simulator.trouble.fault import fault_name
from simulator.trouble.faults import FAULTS


@pytest.fixture(scope="module")
def scenarios() -> Sequence[Scenario]:
    return load_scenarios([])


def _family(scenario: Scenario) -> str:
    return scenario.id.partition("/")[0]


def _is_about_rules(scenario: Scenario) -> bool:
    return _family(scenario) in ("regulatory", "provisioning")


def verdicts(scenario: Scenario) -> list[ExpectVerdict]:
    return [placed.step for placed in scenario.steps if isinstance(placed.step, ExpectVerdict)]


def test_titles_state_facts_and_are_different(scenarios: Sequence[Scenario]) -> None:
    titles = Counter(scenario.header.title for scenario in scenarios)
    assert [title for title, times in titles.items() if times > 1] == []
    assert [title for title in titles if re.search(r"\b(should|must)\b|\.$", title) or not title[0].isupper()] == []


def test_a_cited_clause_of_forbidden_content_is_what_the_verdict_names(scenarios: Sequence[Scenario]) -> None:
    wrong = {
        scenario.id: clause
        for scenario in scenarios
        for clause in scenario.header.clauses
        if clause.startswith("service.no-") and clause not in {verdict.clause for verdict in verdicts(scenario)}
    }
    assert wrong == {}


def test_every_scenario_cites_what_it_is_evidence_for_or_advises(scenarios: Sequence[Scenario]) -> None:
    headers = {scenario.id: scenario.header for scenario in scenarios}
    assert [name for name, header in headers.items() if not (header.clauses or header.spec or header.advice)] == []


def test_the_protocols_scenarios_are_named_by_a_section_that_they_cite(scenarios: Sequence[Scenario]) -> None:
    names = {scenario.id: scenario.header.spec for scenario in scenarios if _family(scenario) == "protocol"}
    files = {tuple(name.split("/")[1:3]) for name in names}
    assert len(files) >= 80
    for name, spec in names.items():
        document, file = name.split("/")[1:3]
        section = re.match(r"(Appendix-[A-Z]|[\d.]+)-", file)
        assert section, name
        assert f"{document.replace('smpp-', 'SMPP ')}, {section[1].replace('-', ' ')}" in spec, name


def test_every_regulatory_scenario_expects_a_verdict_or_a_receipt(scenarios: Sequence[Scenario]) -> None:
    for scenario in filter(_is_about_rules, scenarios):
        keys = [placed.step.key for placed in scenario.steps]
        assert {"submit", "expect_response"} <= set(keys), scenario.id
        assert {"expect_verdict", "expect_receipt"} & set(keys), scenario.id


def test_every_fault_is_met_but_those_of_tls_which_no_step_begins(scenarios: Sequence[Scenario]) -> None:
    switched_on = {p.step.name for scenario in scenarios for p in scenario.steps if isinstance(p.step, Fault)}
    assert {fault_name(kind) for kind in FAULTS} - switched_on == {"tls-cut", "tls-plaintext"}


def test_texts_are_varied(scenarios: Sequence[Scenario]) -> None:
    texts = Counter(
        p.step.text
        for scenario in filter(_is_about_rules, scenarios)
        for p in scenario.steps
        if isinstance(p.step, Submit)
    )
    assert len(texts) >= 250
    assert max(texts.values()) <= 3


def test_scenarios_say_nothing_that_is_not_in_the_operators_catalogue(scenarios: Sequence[Scenario]) -> None:
    catalogue = Catalogue(frozenset(rule.id for rule in RULES), frozenset(load_clauses()))
    assert [str(problem) for scenario in scenarios for problem in unknown_references(scenario, catalogue)] == []
