"""The learned part: what each feature of a text weighs for each category.

This file owns the form of the weights and their sum; `tools/train_content.py` writes them, `features` names what is
weighed. It knows no words. A feature's weights, one octet per category, are kept in one long integer, a lane each, so
that to weigh a text is one addition per feature.
"""

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.messages import Category

WEIGHTS = Path(__file__).with_name("weights.json")
FEATURE_GAIN = 2.5
"""How loud the words of a text are together, however many they are."""
CUE_GAIN = 0.45
"""How loud each group of cues is."""
ZERO = 128
"""What an octet of the weights is when the feature says nothing."""
_LANE = 4  # octets; sixteen million features fit into a sum


@dataclass(frozen=True, slots=True)
class Model:
    """Weights, ready to be summed.

    Attributes:
        scale: what one step of a weight is worth.
        bias: for each category, what it scores before anything was read.
        lanes: for each feature, its weights side by side.
    """

    scale: float
    bias: tuple[float, ...]
    lanes: Mapping[str, int]

    def scores(self, words: set[str], cues: set[str]) -> list[float]:
        """What a text scores for each category, in the order of `Category`.

        Args:
            words: the features of its words.
            cues: the features of its cues.
        """
        known, word_sums = self._sum(words)
        heard, cue_sums = self._sum(cues)
        gain = self.scale * FEATURE_GAIN / max(known, 1) ** 0.5
        cue_gain = self.scale * CUE_GAIN
        zero = ZERO * (gain * known + cue_gain * heard)
        return [
            base + gain * words_say + cue_gain * cues_say - zero
            for base, words_say, cues_say in zip(self.bias, word_sums, cue_sums, strict=True)
        ]

    def weight(self, feature: str, place: int) -> int:
        """What one feature says for the category at a place; nothing for an unknown one."""
        octets = self.lanes.get(feature)
        return 0 if octets is None else (octets >> (8 * _LANE * place) & 0xFF) - ZERO

    def _sum(self, features: Iterable[str]) -> tuple[int, list[int]]:
        """How many of the features are known, and the sum of their octets for each category."""
        weigh = self.lanes.get
        found = [octets for feature in features if (octets := weigh(feature)) is not None]
        return len(found), memoryview(sum(found).to_bytes(len(self.bias) * _LANE, "little")).cast("I").tolist()


def load(path: Path = WEIGHTS) -> Model:
    """Read weights that `tools/train_content.py` wrote.

    Raises:
        ValueError: the file was written for other categories.
    """
    written: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    count = len(Category)
    if written["categories"] != list(Category):
        raise ValueError(f"{path}: the weights are for other categories; run `make train`")
    octets = base64.b64decode(written["weights"])
    lanes = {
        feature: _lanes(octets[place * count : (place + 1) * count])
        for place, feature in enumerate(written["features"])
    }
    return Model(written["scale"], tuple(written["bias"]), lanes)


def _lanes(octets: bytes) -> int:
    spread = bytearray(len(octets) * _LANE)
    spread[::_LANE] = octets
    return int.from_bytes(spread, "little")
