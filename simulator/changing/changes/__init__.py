"""The changes in the order of the documentation, and how one is read from its table.

A file holds a family of them, and lists them in its own `CHANGES`.
"""

from collections.abc import Mapping
from functools import cache
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Final, Union

from pydantic import Field, TypeAdapter, ValidationError

from simulator.changing.change import Change, change_kind
from simulator.changing.changes import (
    accounts,
    blacklist,
    keywords,
    lines,
    patterns,
    profile,
    provisioning,
    subscribers,
)
from simulator.wording import unknown_tag

FAMILIES: Final = (lines, patterns, provisioning, blacklist, keywords, subscribers, accounts, profile)
CHANGES: Final[tuple[type[Change], ...]] = tuple(chain.from_iterable(family.CHANGES for family in FAMILIES))
CHANGE_KINDS: Final[Mapping[str, type[Change]]] = MappingProxyType({change_kind(change): change for change in CHANGES})
"""Each class of changes by its kind."""

if TYPE_CHECKING:
    AnyChange = Change
else:
    AnyChange = Annotated[Union[CHANGES], Field(discriminator="kind")]  # noqa: UP007 - a union made of the list
    """Any change, as a field of a pydantic model: read by its kind."""


@cache
def change_adapter() -> TypeAdapter[Change]:
    """Reads any change; made of all kinds, which takes a while: when the first one is read, and once."""
    return TypeAdapter(AnyChange)


def described_change(error: ValidationError) -> list[tuple[tuple[int | str, ...], str]]:
    """What is wrong with the table of a change: where in it, and what."""
    return [(fault["loc"][1:], _message(fault)) for fault in error.errors()]  # pydantic puts the kind first


def _message(fault: Mapping[str, Any]) -> str:
    if fault["type"] == "extra_forbidden":
        return "unknown key"
    return unknown_change(fault) or str(fault["msg"]).removeprefix("Value error, ")


def unknown_change(error: Mapping[str, Any]) -> str | None:
    """What is wrong where no change could be told by its kind; None for any other of pydantic's errors."""
    return None if error["loc"] else unknown_tag(error, "change", "kind", CHANGE_KINDS)  # papers have kinds too
