"""Mistakes in what a person wrote: where each is, what is wrong, and what was probably meant."""

from collections.abc import Iterable
from typing import NamedTuple

_FEW = 12
"""So many known words are listed when none of them is near."""


class Problem(NamedTuple):
    """One mistake in a file.

    Attributes:
        file: The file as the user named it.
        line: From 1; 0 when the mistake is the file as a whole.
        column: From 1.
        path: Where in the document, such as `steps[1].submit.to`; empty at its top.
        message: What is wrong.
    """

    file: str
    line: int
    column: int
    path: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{where}: {self.path}: {self.message}" if self.path else f"{where}: {self.message}"


class ProblemsError(Exception):
    """Every mistake that one pass found; nothing was started."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))
