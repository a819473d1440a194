"""The sum of weights, and the file that they come from."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from simulator.messages import Category
from simulator.policy.content.model import LEVELS, WEIGHTS, ZERO, Model, Table, load

_UNITS = 2


def table(weights: Mapping[str, tuple[int, int]], scale: float) -> Table:
    octets = bytes(ZERO + weight for row in weights.values() for weight in row)
    return Table(list(weights), octets, [scale] * _UNITS)


def unit(first: int, last: int) -> bytes:
    """Weights that are zero but for the first and the last category."""
    return bytes([ZERO + first, *[ZERO] * (len(Category) - 2), ZERO + last])


MODEL = Model(
    table({" aa ": (10, -20), " bb ": (-128, 127)}, 0.5),
    table({"mark: c": (4, 0)}, 0.25),
    [0.0, 1.0],
    [unit(100, 0), unit(0, -50)],
    0.01,
    [0.25] * len(Category),
)


def bent(level: float) -> int:
    return round(LEVELS * level / (1 + abs(level)))


def test_words_are_weighed_by_the_root_of_their_number_and_marks_are_not() -> None:
    scores = MODEL.scores({"aa", "bb"}, set(), frozenset({"mark: c"}), set())
    root = 2**0.5
    assert scores[0] == pytest.approx(0.25 + 0.01 * 100 * bent(0.5 * -118 / root + 0.25 * 4))
    assert scores[1] == pytest.approx(0.25)
    assert scores[-1] == pytest.approx(0.25 - 0.01 * 50 * bent(1 + 0.5 * 107 / root))


def test_a_text_of_unknown_words_scores_what_the_units_begin_with() -> None:
    scores = MODEL.scores({"unknown"}, {"unknown"}, frozenset({"mark: unknown"}), {"cue: unknown"})
    assert scores[0] == pytest.approx(0.25)
    assert scores[-1] == pytest.approx(0.25 - 0.01 * 50 * bent(1))


def test_one_word_by_itself() -> None:
    said = [MODEL.loudness("aa", place) for place in (0, 1, len(Category) - 1)]
    assert said == pytest.approx([0.01 * LEVELS * 500, 0, 0.01 * LEVELS * 500])
    assert MODEL.loudness("unknown", 0) == 0


def test_weights_for_other_categories_are_refused(tmp_path: Path) -> None:
    written = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    path = tmp_path / "weights.json"
    path.write_text(json.dumps({**written, "categories": written["categories"][::-1]}), encoding="utf-8")
    with pytest.raises(ValueError, match="make train"):
        load(path)
