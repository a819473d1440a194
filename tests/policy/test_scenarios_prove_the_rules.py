"""Every rule refuses in some scenario and lets pass in one, and every clause is cited by one."""

from itertools import chain

from simulator.policy.clauses import load_clauses
from simulator.policy.rules import RULES
from simulator.registry.provisioning.requirements import BY_PREFIX, ELIGIBILITY, REQUIREMENTS
from simulator.registry.registration import CONDITIONS
from tools.scenario_index import shipped_scenarios


def test_every_rule_refuses_in_a_scenario() -> None:
    shown = {rule for scenario in shipped_scenarios() for rule in scenario.refusing}
    assert {rule.id for rule in RULES} - shown == set()


def test_every_rule_lets_pass_in_a_scenario_about_it() -> None:
    """About a rule is what cites a clause of its."""
    about = {clause for scenario in shipped_scenarios() if scenario.accepts for clause in scenario.clauses}
    assert [rule.id for rule in RULES if not about & set(rule.clauses)] == []


def test_every_clause_is_cited_by_a_scenario() -> None:
    cited = {clause for scenario in shipped_scenarios() for clause in scenario.clauses}
    assert set(load_clauses()) - cited == set()


def test_every_clause_that_a_refusal_may_cite_is_cited_by_a_refusal() -> None:
    """Exemptions, and clauses that only explain a rule, are cited by no refusal."""
    exempting = {"service.any-hour", "service.reaches-blacklist", "footer.not-for-codes", "footer.optional-on-9000"}
    explaining = {"line.promotional-by-default"}
    refused = {clause for scenario in shipped_scenarios() for clause in scenario.refused_under}
    assert {clause for rule in RULES for clause in rule.clauses} - refused == exempting | explaining


def test_every_clause_of_registration_and_of_a_requests_papers_refuses_in_a_scenario() -> None:
    objected = {clause for scenario in shipped_scenarios() for clause in scenario.objected}
    papers = chain(*REQUIREMENTS.values(), *BY_PREFIX.values())
    clauses = {
        *(condition.clause for condition in CONDITIONS),
        *(condition.clause for condition in ELIGIBILITY),
        *(paper.clause for paper in papers),
    }
    assert clauses - objected == set()


def test_scenarios_speak_of_rules_and_clauses_that_exist() -> None:
    for scenario in shipped_scenarios():
        assert scenario.rules <= {rule.id for rule in RULES}, scenario.path
        assert scenario.clauses <= set(load_clauses()), scenario.path
