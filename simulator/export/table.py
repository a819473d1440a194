"""What an exported table is: columns, each with the SQL that makes it, and what a reader has to know of it."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

Cell = int | str | bool | datetime.datetime | None
"""A value as it is exported; JSON is a str."""


class Kind(StrEnum):
    """What a column's values are; each format has a type of its own for it."""

    INTEGER = "integer"
    """At most 64 bits, signed."""
    TEXT = "text"
    FLAG = "flag"
    """True or false; 1 or 0 in the store."""
    MOMENT = "moment"
    """POSIX seconds in the store, a time of Tehran with microseconds in an export; no moment where it is infinite."""
    JSON = "json"


class Holds(StrEnum):
    """Where subscribers' numbers may stand in a column's values."""

    NOTHING = "nothing"
    NUMBER = "number"
    """The value is a subscriber's number, well or badly written."""
    WORDS = "words"
    """They may stand among other things; in JSON too."""
    TEXT = "text"
    """As `WORDS`, in what an ESME wrote to a subscriber, or in a quotation of it."""


class Column(NamedTuple):
    """One column of an export."""

    name: str
    sql: str
    kind: Kind
    holds: Holds = Holds.NOTHING
    shape: Callable[[Any], Cell] | None = None
    """Makes the exported value of the store's, where that is not None."""
    unless: str | None = None
    """A column of the same table: where it has a value, this one holds no subscriber's number."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of an export."""

    name: str
    columns: tuple[Column, ...]
    source: str
    """What follows FROM in the store's SQL."""
    number: str
    """The SQL of the running number by which its rows come."""
    key: tuple[str, ...] = ("number",)
    """The columns that make a row the same row."""
    is_numbered: bool = True
    """Whether the first column of the key is `number`, and higher in every later row for ever: it tells what is new."""
    made: str | None = None
    """The column with the moment at which a row was made: by that of the latest row a store is known again."""
    unsettled: str | None = None
    """The SQL condition over the exported columns under which a row may still change; without one none does."""

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        assert set(self.key) <= set(names)  # noqa: S101 - a mistake of ours, found at import
        assert len(set(names)) == len(names)  # noqa: S101 - likewise
