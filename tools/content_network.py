"""The network that the content model is, while it learns: from rows of features to a category, by gradient descent.

A row's features are weighed into a few units, each bent by x / (1 + |x|), and these are weighed into a score for each
category. The loss is that of the category and that of the label together; a part of the features is left out at each
step, so that no few of them are relied on. Nothing but sums, products and roots in a fixed order, randomness that is
counted out of one seed, and a gradient rounded to a grid: the same corpus gives the same octets anywhere.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Integers: TypeAlias = npt.NDArray[np.int64]

_UNITS = 20
_EPOCHS = 40
_BATCH = 256
_LEFT_OUT = 0.78
_SHRINK = 0.3
_RATE = 0.015
_GRID = 2.0**24
_EVEN = 0.3  # how far from zero weights begin


class Rows(NamedTuple):
    """The filled places of a matrix of texts and features, row by row.

    Attributes:
        starts: where in the other two each row begins, and where the last one ends.
        columns: the feature of each place.
        values: how strongly it is there.
    """

    starts: Integers
    columns: Integers
    values: Floats

    def some(self, chosen: Integers) -> "Rows":
        """Some of the rows, in the order in which they are chosen."""
        lengths = self.starts[chosen + 1] - self.starts[chosen]
        starts = np.concatenate([[0], np.cumsum(lengths)])
        places = np.arange(starts[-1]) + np.repeat(self.starts[chosen] - starts[:-1], lengths)
        return Rows(starts, self.columns[places], self.values[places])


class Weights(NamedTuple):
    """What a network has learned.

    Attributes:
        features: for each feature what it adds to the units; last, what they are at before anything is read.
        units: for each unit what it adds to the categories; last, what they score before that.
    """

    features: Floats
    units: Floats

    def scores(self, rows: Rows) -> Floats:
        """What rows score for each category."""
        scores: Floats = _product(_bent(_levels(self.features, rows)), self.units[:-1]) + self.units[-1]
        return scores


def learn(rows: Rows, truth: Integers, offers: int, features: int, categories: int, seed: int) -> Weights:
    """Learn from rows.

    Args:
        rows: what is known of each text.
        truth: its category.
        offers: how many of the first categories are of one label.
        features: how many columns there are.
        categories: how many there are.
        seed: what all chance is counted out of.
    """
    chance = np.random.PCG64(seed)
    first, second = _even(chance, (features + 1, _UNITS)), _even(chance, (_UNITS + 1, categories))
    second[-1] = 0
    steps = _Steps((first.shape, second.shape), _EPOCHS * -(-len(truth) // _BATCH))
    weights = Weights(first, second)
    for chosen in _batches(chance, len(truth)):
        batch = _thinned(chance, rows.some(chosen))
        weights = steps.taken(weights, _gradients(weights, batch, truth[chosen], offers, len(truth)))
    return weights


def together(networks: Sequence[Weights]) -> Weights:
    """Several networks as one: their units side by side, their scores the mean of all."""
    level = np.hstack([one.features for one in networks])
    units = np.vstack([*(one.units[:-1] for one in networks), sum(one.units[-1:] for one in networks)])
    return Weights(level, units / len(networks))


def _batches(chance: np.random.PCG64, count: int) -> Iterator[Integers]:
    for _ in range(_EPOCHS):
        shuffled = np.argsort(chance.random_raw(count), kind="stable")
        for start in range(0, count, _BATCH):
            yield shuffled[start : start + _BATCH]


def _thinned(chance: np.random.PCG64, rows: Rows) -> Rows:
    kept = chance.random_raw(len(rows.values)) >= np.uint64(int(_LEFT_OUT * 2**64))
    places = np.concatenate([[0], np.cumsum(kept)])
    return Rows(places[rows.starts], rows.columns[kept], rows.values[kept] / (1 - _LEFT_OUT))


def _even(chance: np.random.PCG64, shape: tuple[int, int]) -> Floats:
    """Weights to begin with, evenly spread around zero."""
    raw = chance.random_raw(shape[0] * shape[1]).reshape(shape)
    return ((raw >> np.uint64(40)).astype(np.float64) / 2.0**23 - 1) * _EVEN


def _levels(features: Floats, rows: Rows) -> Floats:
    terms = features[rows.columns] * rows.values[:, None]
    levels = np.zeros((len(rows.starts) - 1, features.shape[1]))
    filled = np.flatnonzero(np.diff(rows.starts))
    if len(filled):
        levels[filled] = np.add.reduceat(terms, rows.starts[filled], axis=0)
    levels += features[-1]
    return levels


def _bent(levels: Floats) -> Floats:
    bent: Floats = levels / (1 + np.abs(levels))
    return bent


def _gradients(weights: Weights, rows: Rows, truth: Integers, offers: int, count: int) -> tuple[Floats, Floats]:
    levels = _levels(weights.features, rows)
    bent = _bent(levels)
    blame = _blame(_product(bent, weights.units[:-1]) + weights.units[-1], truth, offers)
    second = np.vstack([_product(bent.T, blame), blame.sum(axis=0)]) / len(truth)
    second[:-1] += _SHRINK / count * weights.units[:-1]
    passed = _product(blame, weights.units[:-1].T) / (1 + np.abs(levels)) ** 2
    first = _SHRINK / count * weights.features
    order = np.argsort(rows.columns, kind="stable")
    owners = np.repeat(np.arange(len(truth)), np.diff(rows.starts))[order]
    columns = rows.columns[order]
    heads = np.flatnonzero(np.diff(columns, prepend=-1))
    terms = passed[owners] * rows.values[order, None]
    first[columns[heads]] += np.add.reduceat(terms, heads, axis=0) / len(truth)
    first[-1] = passed.sum(axis=0) / len(truth)
    return first, second


def _product(left: Floats, right: Floats) -> Floats:
    """A product of small matrices, summed in one order on every machine, which a library for them does not promise."""
    product: Floats = np.einsum("ij,jk->ik", left, right, optimize=False)
    return product


def _blame(scores: Floats, truth: Integers, offers: int) -> Floats:
    """The gradient of both losses by the scores."""
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    likely = odds / odds.sum(axis=1, keepdims=True)
    right = np.eye(scores.shape[1])[truth]
    same_side = (np.arange(scores.shape[1]) < offers) == (truth < offers)[:, None]
    within = np.where(same_side, likely, 0.0)
    within /= np.maximum(within.sum(axis=1, keepdims=True), 1e-12)
    blame: Floats = 2 * likely - right - within
    return blame


class _Steps:
    """Adam: how far each weight goes, by the mean and the spread of its gradients so far."""

    def __init__(self, shapes: tuple[tuple[int, ...], ...], count: int) -> None:
        self._means = [np.zeros(shape) for shape in shapes]
        self._squares = [np.zeros(shape) for shape in shapes]
        self._count, self._taken = count, 0

    def taken(self, weights: Weights, gradients: tuple[Floats, Floats]) -> Weights:
        self._taken += 1
        rate = _RATE * (1 - self._taken / (self._count + 1)) + 0.0005
        moved = []
        for place, (weight, gradient) in enumerate(zip(weights, gradients, strict=True)):
            rounded = np.rint(gradient * _GRID) / _GRID
            mean = self._means[place] = 0.9 * self._means[place] + 0.1 * rounded
            square = self._squares[place] = 0.99 * self._squares[place] + 0.01 * rounded * rounded
            spread = np.sqrt(square / (1 - 0.99**self._taken)) + 1e-4
            moved.append(np.rint((weight - rate * mean / (1 - 0.9**self._taken) / spread) * _GRID) / _GRID)
        return Weights(*moved)
