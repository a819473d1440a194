"""A profile as a list: every value with its path and its basis."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from simulator.profiles.profile import Profile
from simulator.profiles.profile_file import leaves

DEFAULT = "default"
"""The basis of what nobody has said: Khatban's own choice, most often that something is off."""


class Setting(NamedTuple):
    """One value of a profile."""

    path: str
    value: Any
    """As JSON has it; a command_status by its name."""
    basis: str


def settings_of(profile: Profile) -> Iterator[Setting]:
    """Every value of a profile, in the order of its model; tables that are empty by default are left out."""
    for path, value in leaves(profile.model_dump(mode="json")):
        if value != {} or path in profile.basis:
            yield Setting(path, value, profile.basis.get(path, DEFAULT))


def value_at(profile: Profile, path: str) -> Any:
    """A value of a profile, or a table of values, as JSON has it; None where there is nothing."""
    value: Any = profile.model_dump(mode="json")
    for step in path.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value
