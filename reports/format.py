"""What a format of the report is: a function that writes a report's files; `reports.formats` lists them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reports.language import Language
from reports.run import Run
from reports.section import Content, Section, Table

Filled = Sequence[tuple[Section, Content]]
"""Sections with their content, masked where that is wanted, in the order of the page."""

TABLES_FOLDER: Final = "tables"


class FormatError(Exception):
    """A format that cannot be written here; the message says what is missing."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """A report before it is written.

    Attributes:
        run: What it is of; its numbers are not masked, so formats take of it what is about it as a whole.
        filled: The sections, by the language in which they speak.
        languages: The languages; the first is that of the data files.
        revealed: Whether subscribers' numbers are shown.
    """

    run: Run
    filled: Mapping[Language, Filled]
    languages: Sequence[Language]
    revealed: bool

    @property
    def data(self) -> Filled:
        """The sections in English, for the formats that programs read."""
        return self.filled[self.languages[0]]


@dataclass(frozen=True)
class Format:
    """One format.

    Attributes:
        id: As the user names it.
        files: What it writes, in words, for the help.
        write: Writes into a folder that is there.
        by_default: Whether it is written unless others are named.
    """

    id: str
    files: str
    write: Callable[[Report, Path], None]
    by_default: bool = True


def csv_name(section: Section, table: Table) -> str:
    """A table's CSV file, relative to the page, with forward slashes."""
    return f"{TABLES_FOLDER}/{section.id}-{table.id}.csv"
