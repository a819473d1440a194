"""Mistakes in what a person wrote: where each is, what is wrong, and what was probably meant."""

import difflib
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


def path_text(path: Iterable[str | int]) -> str:
    """A path as people write it: `steps[1].submit.to`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def hint(word: str, known: Iterable[str]) -> str:
    """What may have been meant: `; did you mean 'submit'?`, or the known words when they are few, or nothing."""
    words = sorted(known)
    near = difflib.get_close_matches(word, words, n=1)
    if near:
        return f"; did you mean {near[0]!r}?"
    return f"; known: {', '.join(words)}" if 0 < len(words) <= _FEW else ""
