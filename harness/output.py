"""What an output is: the results of a run, written in a form that other tools read."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from harness.results import StoredRun


@dataclass(frozen=True, slots=True)
class Output:
    """One form.

    Attributes:
        name: By which it is asked for: `--junit`.
        title: The sentence shown in help.
        write: Writes a run, as far as it went, to a path.
    """

    name: str
    title: str
    write: Callable[[StoredRun, Path], None]
