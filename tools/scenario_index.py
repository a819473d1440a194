"""Which scenarios prove what: the clauses that they cite, the rules whose verdicts and refusals they expect."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

_NAMED = re.compile(r"clause ([a-z0-9.-]+)")
ROOT = Path(__file__).parent.parent


class Cited(NamedTuple):
    """What a scenario says of itself; its path from the project's folder."""

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


def shipped_scenarios() -> list[Cited]:
    """The scenarios of the project, by their paths."""
    files = sorted((ROOT / "scenarios").rglob("*.yaml"))
    return [_cited(file, yaml.safe_load(file.read_text("utf-8"))) for file in files]


def _cited(file: Path, scenario: Mapping[str, Any]) -> Cited:
    verdicts = [step["expect_verdict"] for step in scenario.get("steps", []) if "expect_verdict" in step]
    deciding = [verdict for verdict in verdicts if verdict.get("rule")]
    refusals = [verdict for verdict in deciding if verdict.get("outcome") == "refused"]
    return Cited(
        path=file.relative_to(ROOT).as_posix(),
        title=scenario["title"],
        clauses=frozenset(scenario.get("clauses", [])),
        rules=frozenset(verdict["rule"] for verdict in deciding),
        refusing=frozenset(verdict["rule"] for verdict in refusals),
        refused_under=frozenset(verdict["clause"] for verdict in refusals if "clause" in verdict),
        objected=frozenset(_objected(scenario.get("steps", []))),
        accepts=any(verdict.get("outcome") == "accepted" for verdict in verdicts),
    )


def _objected(steps: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for step in steps:
        yield from _NAMED.findall(str(step.get("change", {}).get("refused", "")))
        if (clause := step.get("expect_request", {}).get("clause")) is not None:
            yield clause
