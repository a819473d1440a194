"""The faults in the order of the documentation, and how one is read from its table.

A file holds one fault or a tight family of them, and lists them in its own `FAULTS`.
"""

from collections.abc import Mapping
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Final, Union

from pydantic import Field

from simulator.trouble.fault import Fault, fault_name
from simulator.trouble.faults import (
    binds,
    connecting,
    endings,
    incoming,
    links,
    receipt_dialects,
    receipt_order,
    refusals,
    responses,
    shapes,
    streams,
)
from simulator.wording import unknown_tag

FAMILIES: Final = (
    refusals,
    responses,
    receipt_dialects,
    receipt_order,
    incoming,
    shapes,
    streams,
    endings,
    binds,
    links,
    connecting,
)
FAULTS: Final[tuple[type[Fault], ...]] = tuple(chain.from_iterable(family.FAULTS for family in FAMILIES))
FAULT_KINDS: Final[Mapping[str, type[Fault]]] = MappingProxyType({fault_name(kind): kind for kind in FAULTS})
"""Each kind of fault by its name."""

if TYPE_CHECKING:
    AnyFault = Fault
else:
    AnyFault = Annotated[Union[FAULTS], Field(discriminator="name")]  # noqa: UP007 - a union made of the list
    """Any fault, as a field of a pydantic model: read by its name."""


def unknown_fault(error: Mapping[str, Any]) -> str | None:
    """What is wrong where no fault could be told by its name; None for any other of pydantic's errors."""
    return unknown_tag(error, "fault", "name", FAULT_KINDS)


def without_kind(location: tuple[int | str, ...], at: int) -> tuple[int | str, ...]:
    """The place of a fault's value as its author wrote it: pydantic puts the kind of fault in between, as step `at`."""
    return location[:at] + location[at + 1 :] if location[at : at + 1] else location
