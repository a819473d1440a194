"""The learned part: a small network that says what each category scores for the features of a text.

This file owns the form of the weights and how they are summed; `tools/train_content.py` writes them, `features` names
what is weighed. It knows no words.

A text's words are weighed together by the root of their number, its marks and cues each by itself; that makes the
levels of a few dozen units, each bent by x / (1 + |x|), and of these the scores are made. All weights are octets, those
of one feature side by side in one long integer, a lane each: to weigh a text is one addition per word, for what a word
sums up to is kept, and one multiplication per unit.
"""

import base64
import json
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from operator import mul
from pathlib import Path
from typing import Any

from simulator.messages import Category
from simulator.policy.content.features import of_last_word, of_word

WEIGHTS = Path(__file__).with_name("weights.json")
ZERO = 128
"""What an octet of the weights is when it says nothing."""
LEVELS = 127
"""How many steps a unit's level has on either side."""
DOUBT = 1.8
"""How many times as likely as a notice an offer must be to be called one; by trial in the folds."""
_ROUNDED = LEVELS + 0.5
_LANE = 4  # octets; sixteen million features fit into a sum
_REMEMBERED = 32768  # words; ten megabytes when all are there


class Table:
    """The weights of many features, of one octet per unit.

    Attributes:
        scales: what one step of a weight is worth, for each unit.
    """

    def __init__(self, names: Sequence[str], octets: bytes, scales: Sequence[float]) -> None:
        self.scales = tuple(scales)
        self._octets = octets
        self._places = {name: place for place, name in enumerate(names)}

    def total(self, names: Collection[str]) -> int:
        """The sum of the octets of some features, a lane for each unit, and behind these a lane that counts them."""
        units = len(self.scales)
        places = [place for name in names if (place := self._places.get(name)) is not None]
        total = sum(_lanes(self._octets[place * units : (place + 1) * units]) for place in places)
        return total + (len(places) << 8 * _LANE * units)

    def weights(self, name: str) -> list[float]:
        """What one feature says to each unit; nothing for an unknown one."""
        place, units = self._places.get(name), len(self.scales)
        if place is None:
            return [0.0] * units
        octets = self._octets[place * units : (place + 1) * units]
        return [(octet - ZERO) * scale for octet, scale in zip(octets, self.scales, strict=True)]


class Model:
    """Weights, ready to be summed."""

    def __init__(
        self,
        words: Table,
        whole: Table,
        levels: Sequence[float],
        units: Sequence[bytes],
        scale: float,
        bias: Sequence[float],
    ) -> None:
        """Make a model.

        Args:
            words: the weights of what tokens are known by.
            whole: the weights of marks and cues.
            levels: for each unit its level before anything was read.
            units: for each unit its weights for the categories.
            scale: what one step of a unit's weight is worth at one of `LEVELS`.
            bias: for each category what it scores when all units are level.
        """
        self._words, self._octets, self._scale = words, tuple(units), scale
        self._levels = tuple(levels), words.scales, whole.scales
        self._lanes = len(levels) + 1
        self._units = [*map(_lanes, units)]
        # Levels are summed from zero up: what their middles amount to is taken off beforehand.
        columns = [sum(octets[place] - ZERO for octets in units) for place in range(len(bias))]
        self._bias = [base - scale * LEVELS * column for base, column in zip(bias, columns, strict=True)]
        remember = lru_cache(_REMEMBERED)
        self._word: Callable[[str], int] = remember(lambda shape: words.total(of_word(shape)))
        self._last: Callable[[str], int] = remember(lambda shape: words.total(of_last_word(shape)))
        self._marks: Callable[[frozenset[str]], int] = remember(whole.total)
        self._cue: Callable[[str], int] = remember(lambda cue: whole.total((cue,)))
        self.loudness: Callable[[str, int], float] = remember(self._loudness)

    def scores(
        self, words: Collection[str], last: Collection[str], marks: frozenset[str], cues: Collection[str]
    ) -> list[float]:
        """What a text scores for each category, in the order of `Category`.

        Args:
            words: its tokens, each once.
            last: those of its last third, each once.
            marks: the features of the whole.
            cues: the features of its cues.
        """
        *said, count = _spread(sum(map(self._word, words)) + sum(map(self._last, last)), self._lanes)
        *shown, heard = _spread(self._marks(marks) + sum(map(self._cue, cues)), self._lanes)
        gain = 1 / max(len(words), 1) ** 0.5
        nothing, silence = ZERO * count, ZERO * heard
        raised = [
            level + gain * scale * (says - nothing) + loud * (shows - silence)
            for level, scale, loud, says, shows in zip(*self._levels, said, shown, strict=True)
        ]
        bent = [int(LEVELS * level / (1 + abs(level)) + _ROUNDED) for level in raised]
        sums = _spread(sum(map(mul, bent, self._units)), len(self._bias))
        off, scale = ZERO * sum(bent), self._scale
        return [base + scale * (total - off) for base, total in zip(self._bias, sums, strict=True)]

    def _loudness(self, shape: str, place: int) -> float:
        """About what one token by itself adds to the score of the category at a place."""
        weights = self._words.weights(f" {shape} ")
        said = sum(weight * (octets[place] - ZERO) for weight, octets in zip(weights, self._octets, strict=True))
        return said * self._scale * LEVELS


def load(path: Path = WEIGHTS) -> Model:
    """Read weights that `tools/train_content.py` wrote.

    Raises:
        ValueError: the file was written for other categories.
    """
    written: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if written["categories"] != list(Category):
        raise ValueError(f"{path}: the weights are for other categories; run `make train`")
    units = base64.b64decode(written["units"])
    width = len(Category)
    return Model(
        _table(written["words"]),
        _table(written["whole"]),
        written["levels"],
        [units[start : start + width] for start in range(0, len(units), width)],
        written["scale"],
        written["bias"],
    )


def _table(written: dict[str, Any]) -> Table:
    return Table(written["features"], base64.b64decode(written["weights"]), written["scales"])


def _lanes(octets: bytes) -> int:
    spread = bytearray(len(octets) * _LANE)
    spread[::_LANE] = octets
    return int.from_bytes(spread, "little")


def _spread(total: int, lanes: int) -> list[int]:
    return memoryview(total.to_bytes(lanes * _LANE, "little")).cast("I").tolist()
