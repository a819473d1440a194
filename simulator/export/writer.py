"""What a writer is: rows of one table, in batches, into one file."""

from abc import ABC, abstractmethod
from typing import BinaryIO, ClassVar

from simulator.export.table import Cell, Table


class Writer(ABC):
    """Writes one table into a file of its format, in bounded memory."""

    suffix: ClassVar[str]
    """What such a file's name ends with, with its dot."""

    @abstractmethod
    def __init__(self, file: BinaryIO, table: Table) -> None:
        """Begins the table; the file stays the caller's.

        Raises:
            OSError: The file cannot be written; so with every method.
        """

    @abstractmethod
    def write(self, rows: list[list[Cell]]) -> None:
        """Adds rows, their cells in the order of the table's columns."""

    @abstractmethod
    def close(self) -> None:
        """Ends the table; without it, it is incomplete."""
