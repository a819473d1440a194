"""Every rule's examples, sent: they are the documentation of the rules, so they have to be true."""

import pytest

from simulator.policy.rule import Example, Rule
from simulator.policy.rules import RULES
from tests.policy.examples import verdicts

EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.id}: {example.shows}") for rule in RULES for example in rule.examples
]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_an_example_is_true(rule: Rule, example: Example) -> None:
    before, verdict = verdicts(example)
    assert [one.rule for one in before if not one.is_accepted] == []
    if example.is_refused:
        assert (verdict.is_accepted, verdict.rule) == (False, rule.id), verdict.trace
        assert verdict.clause in rule.clauses
        assert verdict.until is None or rule.passes_in_time
    else:
        assert verdict.is_accepted, verdict.trace[-1]
        assert verdict.rule != rule.id


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_shows_what_it_refuses_and_what_it_lets_pass(rule: Rule) -> None:
    assert {example.is_refused for example in rule.examples} == {True, False}
    shown = [example.shows for example in rule.examples]
    assert len(shown) == len(set(shown))
