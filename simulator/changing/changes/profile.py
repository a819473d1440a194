"""Changes of the profile: a value set otherwise for this run, and set back to what the world says."""

import copy
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from simulator.changing.change import Change, ChangeError
from simulator.policy.check import profile_faults
from simulator.profiles.profile import Profile
from simulator.profiles.profile_file import NAMES, leaves
from simulator.registry.registers import Registers
from simulator.wording import hint, path_of

CHANGED = "changed in this run"
"""The basis of such values."""

ProfilePath = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9_]+(\.[A-Za-z0-9_-]+)*$",
        max_length=200,
        description="Where the value stands, as GET /api/v1/profile lists it.",
        examples=["hours.mci.open"],
    ),
]


class SetProfileValue(Change):
    """A value of the profile is another from now on, for the very next message; what was decided stays decided.

    A table that is given takes the place of the whole table.
    """

    kind: Literal["set-profile-value"] = "set-profile-value"
    path: ProfilePath
    value: Any = None

    def apply(self, registers: Registers, at: float) -> None:
        """Sets the value."""
        del at
        values = {path: value for path, value in registers.profile_values.items() if path != self.path}
        _take(registers, {**values, self.path: self.value})


class RestoreProfileValue(Change):
    """A value of the profile that was changed is again what the world says."""

    kind: Literal["restore-profile-value"] = "restore-profile-value"
    path: ProfilePath

    def apply(self, registers: Registers, at: float) -> None:
        """Sets the value back."""
        del at
        values = dict(registers.profile_values)
        if self.path not in values:
            raise ChangeError("path", f"{self.path} was not changed{hint(self.path, values)}")
        del values[self.path]
        _take(registers, values)


def _take(registers: Registers, values: dict[str, Any]) -> None:
    """Has the profile be the world's with other values, those that were set last counting last.

    Raises:
        ChangeError: It cannot be so, or not while the operator runs.
    """
    profile = changed_profile(registers.first_profile, values)
    if profile.blacklist != registers.profile.blacklist:
        if registers.shared_blacklist is not None:
            raise ChangeError("path", "the blacklist is one that operators share: its settings are not the profile's")
        if profile.blacklist.shared is not registers.profile.blacklist.shared:
            raise ChangeError("path", "the lists are kept as at the start: begin anew with another world")
    if taken := [number for number in profile.short_codes if registers.lines.get(number)]:
        raise ChangeError("value", f"{taken[0]} is the number of a line")
    registers.take_profile(profile, values)


def changed_profile(profile: Profile, values: Mapping[str, Any]) -> Profile:
    """A profile with other values, by their paths.

    Raises:
        ChangeError: There cannot be such a profile.
    """
    table = profile.model_dump(mode="json")
    for path, value in values.items():
        _put(table, path, value)
    try:
        changed = Profile.model_validate(table)
    except ValidationError as error:
        fault = error.errors()[0]
        raise ChangeError("value", f"{path_of(fault['loc'])}: {_message(fault, table)}") from None
    for path, why in profile_faults(changed):
        raise ChangeError("value", f"{path}: {why}")
    stands_on = {path: profile.basis.get(path) for path, _ in leaves(changed.model_dump(mode="json"))}
    stands_on |= {path: CHANGED for path in stands_on if any(_is_within(path, above) for above in values)}
    return changed.model_copy(update={"basis": {path: basis for path, basis in stands_on.items() if basis}})


def _put(table: dict[str, Any], path: str, value: Any) -> None:
    *parents, last = path.split(".")
    if (parents or [last])[0] in NAMES:
        raise ChangeError("path", f"{path} is no value of the profile")
    node = table
    for step in parents:
        node = node.setdefault(step, {})
        if not isinstance(node, dict):
            raise ChangeError("path", f"{path}: {step} is a value, which has nothing below it")
    node[last] = copy.deepcopy(value)


def _is_within(path: str, above: str) -> bool:
    return path == above or path.startswith(f"{above}.")


def _message(fault: Any, table: Mapping[str, Any]) -> str:
    if fault["type"] != "extra_forbidden":
        return str(fault["msg"]).removeprefix("Value error, ")
    *parents, key = fault["loc"]
    known: Any = table
    for step in parents:
        known = known.get(step, {}) if isinstance(known, Mapping) else {}
    others = [other for other in known if other != key] if isinstance(known, Mapping) else []
    return f"there is no such value{hint(str(key), others)}"


CHANGES = (SetProfileValue, RestoreProfileValue)
