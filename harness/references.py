"""The names of rules, clauses and changes that scenarios use, held against those that the operator has."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from harness.problems import Problem
from harness.scenario import Scenario
from harness.steps.change import Change
from harness.yaml_source import Path_
from simulator.wording import hint

Faults = Sequence[tuple[tuple[str | int, ...], str]]
"""What is wrong with a table: where in it, and what."""


def _nothing(_table: Mapping[str, Any]) -> Faults:
    return ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What an operator has.

    Attributes:
        rules: Ids of its rules.
        clauses: Ids of the clauses that they cite.
        change_faults: What is wrong with a change, whatever is registered.
    """

    rules: frozenset[str]
    clauses: frozenset[str]
    change_faults: Callable[[Mapping[str, Any]], Faults] = _nothing

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Self:
        """The catalogue in the operator's answer to `GET /api/v1/rules`; of changes it says nothing."""
        rules, clauses = (frozenset(str(one["id"]) for one in answer[key]) for key in ("rules", "clauses"))
        return cls(rules, clauses)


def unknown_references(scenario: Scenario, catalogue: Catalogue) -> Iterator[Problem]:
    """What the scenario names and the operator does not have, each at its place."""
    for index, clause in enumerate(scenario.header.clauses):
        yield from _unless_known(scenario, ("clauses", index), "clause", clause, catalogue.clauses)
    known = {"rule": catalogue.rules, "clause": catalogue.clauses, "exempt": catalogue.clauses}
    for index, placed in enumerate(scenario.steps):
        path: Path_ = ("steps", index, placed.step.key)
        for key, names in known.items():
            named = getattr(placed.step, key, None)
            if named not in (None, "none"):
                yield from _unless_known(scenario, (*path, key), key, str(named), names)
        if isinstance(placed.step, Change) and placed.step.refused is None:
            for place, message in catalogue.change_faults(placed.step.table):
                yield scenario.source.problem((*path, *place), message, at_key=message.startswith("unknown key"))


def _unless_known(scenario: Scenario, path: Path_, what: str, named: str, known: frozenset[str]) -> Iterator[Problem]:
    if named not in known:
        yield scenario.source.problem(path, f"unknown {what} {named!r}{hint(named, known)}")
