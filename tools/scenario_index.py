"""Which scenarios prove what: the clauses that they cite, the rules whose verdicts and refusals they expect."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from harness.scenario import Scenario
from harness.scenario_files import load_scenarios
from harness.step import Step
from harness.steps.change import Change
from harness.steps.expect_request import ExpectRequest
from harness.verdict_fields import VerdictFields

_NAMED = re.compile(r"clause ([a-z0-9.-]+)")
_NO_RULE = "none"
ROOT = Path(__file__).parent.parent


class Cited(NamedTuple):
    """What a scenario says of itself; the path of its file from the project's folder."""

    path: str
    title: str
    clauses: frozenset[str]
    rules: frozenset[str]
    """Those that its steps expect to decide."""
    refusing: frozenset[str]
    """Those that its steps expect to refuse."""
    refused_under: frozenset[str]
    """The clauses under which its steps expect them to."""
    objected: frozenset[str]
    """The clauses under which they expect a change, or a request for a service line, to be refused."""
    accepts: bool
    """Whether its steps expect a message to pass."""


@cache
def shipped_scenarios() -> tuple[Cited, ...]:
    """The scenarios of the project, by their ids; read once."""
    return tuple(_cited(scenario) for scenario in load_scenarios([ROOT / "scenarios"]))


def path_of(scenario: Scenario) -> str:
    """The path of a scenario's file from the project's folder."""
    return Path(scenario.file).resolve().relative_to(ROOT).as_posix()


def _cited(scenario: Scenario) -> Cited:
    steps = [placed.step for placed in scenario.steps]
    verdicts = [step for step in steps if isinstance(step, VerdictFields)]
    deciding = [verdict for verdict in verdicts if verdict.rule not in (None, _NO_RULE)]
    refusals = [verdict for verdict in deciding if verdict.outcome == "refused"]
    return Cited(
        path=path_of(scenario),
        title=scenario.header.title,
        clauses=frozenset(scenario.header.clauses),
        rules=frozenset(str(verdict.rule) for verdict in deciding),
        refusing=frozenset(str(verdict.rule) for verdict in refusals),
        refused_under=frozenset(verdict.clause for verdict in refusals if verdict.clause is not None),
        objected=frozenset(_objected(steps)),
        accepts=any(verdict.outcome == "accepted" for verdict in verdicts),
    )


def _objected(steps: Sequence[Step]) -> Iterator[str]:
    for step in steps:
        if isinstance(step, Change):
            yield from _NAMED.findall(step.refused or "")
        if isinstance(step, ExpectRequest) and step.clause is not None:
            yield step.clause
