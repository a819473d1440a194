"""How an operator begins for a test: the markers on it, the nearest first, then the ini options."""

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pytest

MARKER: Final = "khatban"
SHARED, FRESH = "shared", "fresh"
INI: Final[Mapping[str, tuple[str, str]]] = {
    "world": ("demo", "what is registered: a shipped world's name, or the path of a TOML file from the rootdir"),
    "profile": ("", "how the operator answers: a shipped profile's name; without it, the world's own"),
    "start": ("2026-11-22 10:00", "what time it is when a test begins, in Tehran; or now"),
    "speed": ("20", "seconds of the operator's clock in a real second; 0 stands still"),
}
"""The ini options `khatban_<name>` with their defaults; the marker takes the same names."""


class SettingsError(ValueError):
    """A marker or an ini option says something that cannot be."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the operator is when a test begins.

    Attributes:
        world: The table of a world.
        start: What time it is; None is the real time.
        speed: Seconds of the operator's clock in a real second.
    """

    world: Mapping[str, Any]
    start: datetime | None
    speed: float


def beginning(item: pytest.Item) -> Beginning:
    """How the operator begins for a test.

    Raises:
        SettingsError: A marker or an ini option says something that cannot be.
    """
    said: dict[str, Any] = {name: item.config.getini(f"khatban_{name}") for name in INI}
    for marker in reversed(list(item.iter_markers(MARKER))):
        said |= _checked(marker)
    world = _world(said["world"], item.config.rootpath)
    if said["profile"]:
        world = {**world, "profile": {**_as_table(world.get("profile"), "name"), **_as_table(said["profile"], "name")}}
    return Beginning(world, _start(said["start"]), _number("speed", said["speed"]))


def is_fresh(config: pytest.Config) -> bool:
    """Whether each test has an operator process of its own.

    Raises:
        SettingsError: The ini option says something else than `shared` or `fresh`.
    """
    said = config.getini("khatban_operator")
    if said not in (SHARED, FRESH):
        raise SettingsError(f"khatban_operator is {said!r}; expected {SHARED} or {FRESH}")
    return bool(said == FRESH)


def patience(config: pytest.Config) -> float:
    """How many seconds `inbox` and `handset` wait.

    Raises:
        SettingsError: The ini option says no number.
    """
    return _number("khatban_seconds", config.getini("khatban_seconds"))


def driver_options(config: pytest.Config) -> dict[str, str]:
    """What is said of the client that plays scenarios: `name = value`, a line each.

    Raises:
        SettingsError: A line is no such pair.
    """
    pairs = [line.partition("=") for line in config.getini("khatban_driver_options")]
    for name, equals, _ in pairs:
        if not equals:
            raise SettingsError(f"khatban_driver_options has {name!r}; expected name = value")
    return {name.strip(): value.strip() for name, _, value in pairs}


def _checked(marker: pytest.Mark) -> Mapping[str, Any]:
    if marker.args:
        raise SettingsError(f"@pytest.mark.{MARKER} takes names only: {', '.join(INI)}")
    for name in marker.kwargs:
        if name not in INI:
            near = difflib.get_close_matches(name, INI, 1)
            meant = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(INI)}"
            raise SettingsError(f"@pytest.mark.{MARKER} has no {name!r}; {meant}")
    return marker.kwargs


def _world(said: Any, root: Path) -> Mapping[str, Any]:
    if isinstance(said, Mapping):
        return said
    if isinstance(said, str) and not said.endswith(".toml"):
        return {"extends": said}
    path = root / said
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"khatban: the world {path} cannot be read: {error}") from None


def _as_table(value: Any, key: str) -> Mapping[str, Any]:
    """A table, or one that has a name in it; nothing is an empty one."""
    if isinstance(value, Mapping):
        return value
    return {key: value} if value else {}


def _start(said: datetime | str) -> datetime | None:
    if said == "now":
        return None
    if isinstance(said, datetime):
        return said
    try:
        return datetime.fromisoformat(said)
    except (TypeError, ValueError):
        raise SettingsError(f"khatban: start is {said!r}; expected a time such as 2026-11-22 10:00, or now") from None


def _number(name: str, said: float | str) -> float:
    try:
        return float(said)
    except (TypeError, ValueError):
        raise SettingsError(f"khatban: {name} is {said!r}; expected a number") from None


def options() -> Iterable[tuple[str, str, str]]:
    """The ini options: name, what it says, its default."""
    return [(f"khatban_{name}", help_text, default) for name, (default, help_text) in INI.items()]
