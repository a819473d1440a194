"""Thresholds for continuous integration: what of a run makes the command fail."""

import operator
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Self

from reports.comparison import MEASURES, changes, measured
from reports.run import Run

_WRITTEN: Final = re.compile(
    r"(?P<name>[a-z][a-z0-9-]*)(?:(?P<sign>[<>])(?P<limit>\d+(?:\.\d+)?)(?P<share>%)?)?\Z", re.ASCII
)
_SIGNS: Final[dict[str, Callable[[float, float], bool]]] = {"<": operator.lt, ">": operator.gt}
NAMES: Final = (*(measure.id for measure in MEASURES), "broken")
"""The measures of a run, and how many scenarios broke since the baseline."""


class ThresholdError(Exception):
    """A threshold that is badly written, or that asks what the run does not tell; the message says which."""


@dataclass(frozen=True)
class Threshold:
    """`leakage>0` and the like: crossed where the measure lies on that side of the limit."""

    written: str
    name: str
    sign: str
    limit: float

    @classmethod
    def parse(cls, written: str) -> Self:
        """A threshold from `NAME>LIMIT`, `NAME<LIMIT`, or `NAME`, which is `NAME>0`; a limit may be per cent.

        Raises:
            ThresholdError: It is none, or there is no such measure.
        """
        match = _WRITTEN.match(written)
        if match is None or match["name"] not in NAMES:
            msg = f"{written!r} is no threshold; write NAME>NUMBER or NAME<NUMBER, NAME one of {', '.join(NAMES)}"
            raise ThresholdError(msg)
        limit = float(match["limit"] or 0) / (100 if match["share"] else 1)
        return cls(written, match["name"], match["sign"] or ">", limit)


def crossed(thresholds: Sequence[Threshold], run: Run) -> Iterator[str]:
    """Of each threshold that the run crosses, a sentence.

    Raises:
        ThresholdError: The run does not tell what is asked: silence must not pass for a good number.
    """
    values = dict(measured(run))
    values["broken"] = None if run.baseline is None else float((changes(run.baseline, run)["change"] == "broken").sum())
    for threshold in thresholds:
        value = values[threshold.name]
        if value is None:
            msg = f"{run.about.name} does not tell {threshold.name!r}, which {threshold.written!r} asks for"
            raise ThresholdError(msg)
        if _SIGNS[threshold.sign](value, threshold.limit):
            yield f"{run.about.name}: {threshold.name} is {value:g} ({threshold.written})"
