"""Checks what a scenario gives with the operator's own model of a world, and finds each fault's place in the file."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from harness.given import Given
from harness.problems import Problem
from harness.yaml_source import Path_, Placed
from simulator.registry.world import WorldError, build_world, shipped_world

_PATH_PART = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_IDENTITIES = {
    "accounts": ("system_id",),
    "lines": ("number",),
    "patterns": ("line", "name"),
    "ported": ("number",),
    "blacklist": (),
    "stopped_headers": (),
    "keywords": ("line", "word"),
    "faults": (),
    "subscribers": (),
}
"""What makes an entry of a world replace the entry of the world that it extends; the last ones are only joined."""
_BASE = "demo"
_BASE_TABLE = {"extends": _BASE}
"""The world with which what is no world is checked."""


def given_problems(given: Given, source: Placed) -> Iterator[Problem]:
    """Every fault of the worlds and blacklists that a scenario gives, at its place in the file."""
    if not given.operators:
        yield from _world_problems(given.world, source, ("given", "world"))
    for name, operator in given.operators.items():
        yield from _world_problems(operator.world, source, ("given", "operators", name, "world"))
    for name, numbers in given.blacklists.items():
        for path, message in _faults_of({"extends": _BASE, "blacklist": list(numbers)}):
            _, *own = _parts(path)
            index = next((part - _inherited("blacklist", _BASE_TABLE) for part in own if isinstance(part, int)), None)
            place = () if index is None else (index,)
            yield source.problem(("given", "blacklists", name, *place), message)


def fault_problems(table: Mapping[str, Any], source: Placed, at: Path_) -> Iterator[Problem]:
    """Why there cannot be such a fault, as a world with it says; each at its place below `at`."""
    for path, message in _faults_of({"extends": _BASE, "faults": [table]}):
        _, _, *own = _parts(path)
        yield source.problem((*at, *own), message, at_key=message == "unknown key")


def _world_problems(table: Mapping[str, Any], source: Placed, at: Path_) -> Iterator[Problem]:
    misshapen = [*_misshapen(table)]
    if misshapen:
        yield from (source.problem((*at, key), message) for key, message in misshapen)
        return
    for path, message in _faults_of(table):
        yield source.problem((*at, *_own_path(path, table)), message, at_key=message == "unknown key")


def _faults_of(table: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    return _faults_in(json.dumps(table))


@lru_cache(maxsize=256)
def _faults_in(table: str) -> Sequence[tuple[str, str]]:
    """What is wrong with a world, as JSON: many scenarios play in the same one, which takes milliseconds to build."""
    try:
        build_world(json.loads(table))
    except WorldError as error:
        return error.errors
    return ()


def _misshapen(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Registers that are no lists and profiles that are no mappings, which cannot be joined with those of a base."""
    for register in _IDENTITIES:
        if not isinstance(table.get(register, []), list):
            yield register, "expected a list"
    if not isinstance(table.get("profile", {}), dict):
        yield "profile", "expected a mapping with the profile's name and values"


def _parts(path: str) -> list[str | int]:
    return [int(index) if index else name for name, index in _PATH_PART.findall(path)]


def _own_path(path: str, table: Mapping[str, Any]) -> Path_:
    """A fault's path in the scenario's own table; indices of an extended register count the inherited entries first."""
    parts = _parts(path)
    if len(parts) > 1 and isinstance(parts[0], str) and isinstance(parts[1], int):
        parts[1] -= _inherited(parts[0], table)
    return tuple(parts)


def _inherited(register: str, table: Mapping[str, Any]) -> int:
    if "extends" not in table or register not in _IDENTITIES:
        return 0
    base = getattr(shipped_world(str(table["extends"])), register)
    keys = _IDENTITIES[register]
    if not keys:
        return len(base)
    own = {tuple(entry.get(key) for key in keys) for entry in table.get(register, ()) if isinstance(entry, Mapping)}
    return sum(tuple(getattr(entry, key) for key in keys) not in own for entry in base)
