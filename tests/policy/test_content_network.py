"""The network that learns, on a corpus of which the answer is known."""

import numpy as np

from tools.content_network import Rows, learn, together

_TEXTS, _FEATURES, _CATEGORIES = 600, 6, 4


def rows() -> tuple[Rows, "np.typing.NDArray[np.int64]"]:
    """Each text has one feature that tells its category, and one that tells nothing."""
    truth = np.arange(_TEXTS) % _CATEGORIES
    columns = np.column_stack([truth, _CATEGORIES + np.arange(_TEXTS) // _CATEGORIES % 2]).ravel()
    return Rows(np.arange(_TEXTS + 1) * 2, columns, np.ones(2 * _TEXTS)), truth


def test_what_tells_is_learned() -> None:
    texts, truth = rows()
    learned = learn(texts, truth, 2, _FEATURES, _CATEGORIES, seed=1)
    assert (learned.scores(texts).argmax(axis=1) == truth).all()


def test_the_same_seed_learns_the_same() -> None:
    texts, truth = rows()
    first, again, other = (learn(texts, truth, 2, _FEATURES, _CATEGORIES, seed) for seed in (1, 1, 2))
    assert np.array_equal(first.features, again.features)
    assert np.array_equal(first.units, again.units)
    assert not np.array_equal(first.features, other.features)


def test_several_networks_score_their_mean() -> None:
    texts, truth = rows()
    networks = [learn(texts, truth, 2, _FEATURES, _CATEGORIES, seed) for seed in (1, 2)]
    mean = (networks[0].scores(texts) + networks[1].scores(texts)) / 2
    assert np.allclose(together(networks).scores(texts), mean)


def test_a_row_without_features_scores_what_the_units_begin_with() -> None:
    texts, truth = rows()
    learned = learn(texts, truth, 2, _FEATURES, _CATEGORIES, seed=1)
    empty = Rows(np.array([0, 0, 2]), texts.columns[:2], texts.values[:2])
    assert np.allclose(learned.scores(empty)[1], learned.scores(texts)[0])
