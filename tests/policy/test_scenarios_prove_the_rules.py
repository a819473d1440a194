"""Every rule refuses in some scenario, and every clause is cited by one."""

from simulator.policy.clauses import load_clauses
from simulator.policy.rules import RULES
from tools.scenario_index import shipped_scenarios

RULES_WITHOUT_SCENARIO = frozenset(
    {
        "blackout",
        "blocked-route",
        "daily-cap",
        "duplicate",
        "several-recipients",
        "undeclared-purpose",
        "undeclared-recipient",
        "unverified-owner",
    }
)
"""Rules that still lack one. May only shrink: whoever writes the scenario takes the rule off."""

CLAUSES_WITHOUT_SCENARIO = frozenset(
    {
        "blackout.crisis",
        "blackout.election",
        "blackout.order",
        "dedicated.9000-papers",
        "dedicated.agency-letter",
        "dedicated.customer-list",
        "dedicated.declared-purpose",
        "dedicated.declared-recipients",
        "dedicated.monthly-batch",
        "dedicated.own-line",
        "dedicated.pledge",
        "dedicated.purpose",
        "line.daily-cap",
        "line.length-on-sale",
        "line.name-of-a-body",
        "line.name-one-way",
        "line.owner-identity",
        "line.sim-card",
        "line.verified-owner",
        "route.blocked-prefix",
        "shared.one-recipient",
        "sim.daily-cap",
        "traffic.no-duplicate",
    }
)
"""Clauses that still lack one; likewise."""


def test_every_rule_refuses_in_a_scenario() -> None:
    shown = {rule for scenario in shipped_scenarios() for rule in scenario.refusing}
    assert {rule.id for rule in RULES} - shown == RULES_WITHOUT_SCENARIO


def test_every_clause_is_cited_by_a_scenario() -> None:
    cited = {clause for scenario in shipped_scenarios() for clause in scenario.clauses}
    assert set(load_clauses()) - cited == CLAUSES_WITHOUT_SCENARIO


def test_scenarios_speak_of_rules_and_clauses_that_exist() -> None:
    for scenario in shipped_scenarios():
        assert scenario.rules <= {rule.id for rule in RULES}, scenario.path
        assert scenario.clauses <= set(load_clauses()), scenario.path
