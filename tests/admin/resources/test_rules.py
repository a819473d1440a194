"""The catalogue over HTTP."""

from simulator.policy.clauses import load_clauses
from simulator.policy.rules import RULES
from tests.admin.api import running_api


async def test_the_catalogue_is_told_in_order_and_every_clause_of_a_rule_is_in_it() -> None:
    async with running_api() as api:
        catalogue = (await api.get("/api/v1/rules")).json()
    assert [rule["id"] for rule in catalogue["rules"]] == [rule.id for rule in RULES]
    assert [clause["id"] for clause in catalogue["clauses"]] == list(load_clauses())
    clauses = {clause["id"] for clause in catalogue["clauses"]}
    assert all(rule["clauses"] and clauses.issuperset(rule["clauses"]) for rule in catalogue["rules"])
    assert set(catalogue["rules"][0]) == {"id", "title", "rationale", "clauses"}
    assert set(catalogue["clauses"][0]) == {
        "id",
        "document",
        "section",
        "statement_en",
        "statement_fa",
        "since",
        "confidence",
    }
