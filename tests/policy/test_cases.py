"""Messages that rules see alike share a verdict; so what is left out of the comparison must change none."""

from collections.abc import Mapping
from typing import Any

import pytest

from simulator.policy.engine import PolicyEngine
from simulator.policy.rule import Carried, Example, Sent
from simulator.policy.rules import RULES
from simulator.registry.registers import Registers
from simulator.registry.world import build_world
from tests.center.test_operator import ADVERT, DEDICATED, FREE, LISTED, NOON, ORDER, PROMOTIONAL
from tests.policy.examples import moment

EXAMPLES = [
    pytest.param(example, id=f"{rule.id}: {example.shows}")
    for rule in RULES
    for example in rule.examples
    if not example.after
]


def engine_of(world: Mapping[str, Any]) -> PolicyEngine:
    return PolicyEngine(Registers(build_world({"extends": "demo", **world})))


@pytest.mark.parametrize("example", EXAMPLES)
def test_no_rule_looks_at_what_is_left_out(example: Example) -> None:
    sent: Sent = example.message
    one, other = engine_of(example.world), engine_of(example.world)
    carried = Carried(7, 1 + len(sent.also_to))
    submission = one.submission("panel", sent.source, sent.to, sent.text, moment(sent), carried)
    if submission.line is not None and submission.recipient is not None:
        alike = submission._replace(destination="another form", recipient="989999999999", number=8)
        assert other.evaluate(alike) == one.evaluate(submission)


def test_a_campaign_is_judged_once_and_each_kind_of_its_recipients() -> None:
    engine = engine_of({})

    def verdict(line: str, to: str, text: str, now: float = NOON) -> object:
        return engine.judge("panel", line, to, text, now).verdict

    first = verdict(PROMOTIONAL, FREE, ADVERT)
    assert verdict(PROMOTIONAL, "989129990002", ADVERT) is first
    assert verdict(PROMOTIONAL, LISTED, ADVERT) != first
    assert verdict(PROMOTIONAL, FREE, ORDER) != first
    assert verdict(DEDICATED, FREE, ADVERT) != first
    assert verdict(PROMOTIONAL, FREE, ADVERT, NOON + 12 * 3600) != first, "it is night"
    assert verdict(PROMOTIONAL, FREE, ADVERT) == first


def test_a_line_that_was_changed_is_judged_anew() -> None:
    engine = engine_of({})
    registers = engine._registers
    assert engine.judge("panel", DEDICATED, FREE, ORDER, NOON).verdict.is_accepted
    line = registers.lines.get(DEDICATED)
    assert line is not None
    registers.lines.put(line.changed(state="suspended"))
    assert engine.judge("panel", DEDICATED, FREE, ORDER, NOON).verdict.rule == "closed-line"
