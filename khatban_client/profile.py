"""How an operator answers: its profile, value by value."""

from typing import Any

from khatban_client.value import Value


class Setting(Value):
    """A value of the profile by its path, such as `hours.mci.open`, and what it stands on."""

    path: str
    value: Any
    basis: str


class ChangedSetting(Value):
    """A value that was changed in this run; `was` is what the world says."""

    path: str
    value: Any
    was: Any


class Profile(Value):
    """The profile that is in force. The changes `set-profile-value` and `restore-profile-value` alter it."""

    name: str
    title: str
    settings: tuple[Setting, ...]
    changed: tuple[ChangedSetting, ...]
