"""The sum of weights, and the file that they come from."""

import json
from pathlib import Path

import pytest

from simulator.messages import Category
from simulator.policy.content.model import CUE_GAIN, FEATURE_GAIN, WEIGHTS, ZERO, Model, load

_LANES = 4


def lanes(first: int, last: int) -> int:
    """Weights that are zero but for the first and the last category."""
    octets = [ZERO + first, *[ZERO] * (len(Category) - 2), ZERO + last]
    return sum(octet << (8 * _LANES * place) for place, octet in enumerate(octets))


MODEL = Model(0.5, tuple(0.25 for _ in Category), {"a": lanes(10, -20), "b": lanes(-128, 127), "c": lanes(4, 0)})


def test_words_are_weighed_by_the_root_of_their_number_and_cues_are_not() -> None:
    scores = MODEL.scores({"a", "b", "unknown"}, {"c"})
    assert scores[0] == pytest.approx(0.25 + 0.5 * FEATURE_GAIN * -118 / 2**0.5 + 0.5 * CUE_GAIN * 4)
    assert scores[1] == pytest.approx(0.25)
    assert scores[-1] == pytest.approx(0.25 + 0.5 * FEATURE_GAIN * 107 / 2**0.5)


def test_a_text_of_unknown_words_scores_the_bias() -> None:
    assert MODEL.scores({"unknown"}, set()) == list(MODEL.bias)


def test_one_weight_of_one_feature() -> None:
    assert [MODEL.weight("a", place) for place in (0, 1, len(Category) - 1)] == [10, 0, -20]
    assert MODEL.weight("unknown", 0) == 0


def test_weights_for_other_categories_are_refused(tmp_path: Path) -> None:
    written = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    path = tmp_path / "weights.json"
    path.write_text(json.dumps({**written, "categories": written["categories"][::-1]}), encoding="utf-8")
    with pytest.raises(ValueError, match="make train"):
        load(path)
