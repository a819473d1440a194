"""Checks a scenario's world with the operator's own model, and finds each fault's place in the scenario file."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from harness.problems import Problem
from harness.yaml_source import Path_, Source
from simulator.world import WorldError, build_world, shipped_world

_PATH_PART = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_IDENTITIES = {
    "accounts": ("system_id",),
    "lines": ("number",),
    "patterns": ("line", "name"),
    "ported": ("number",),
    "blacklist": (),
    "stopped_headers": (),
}
"""What makes an entry of a world replace the entry of the world that it extends; the last ones are only joined."""
_AT: Path_ = ("given", "world")


def world_problems(table: Mapping[str, Any], source: Source) -> Iterator[Problem]:
    """Every fault of a scenario's world, at its place in the file."""
    misshapen = [*_misshapen(table)]
    if misshapen:
        yield from (source.problem((*_AT, key), message) for key, message in misshapen)
        return
    try:
        build_world(table)
    except WorldError as error:
        for path, message in error.errors:
            yield source.problem((*_AT, *_own_path(path, table)), message, at_key=message == "unknown key")


def _misshapen(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Registers that are no lists and profiles that are no mappings, which cannot be joined with those of a base."""
    for register in _IDENTITIES:
        if not isinstance(table.get(register, []), list):
            yield register, "expected a list"
    if not isinstance(table.get("profile", {}), dict):
        yield "profile", "expected a mapping with the profile's name and values"


def _own_path(path: str, table: Mapping[str, Any]) -> Path_:
    """A fault's path in the scenario's own table; indices of an extended register count the inherited entries first."""
    parts: list[str | int] = [int(index) if index else name for name, index in _PATH_PART.findall(path)]
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
