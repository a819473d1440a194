"""Learns the weights of the content model from the corpus, and measures what was learned.

python -m tools.train_content            write simulator/policy/content/weights.json
python -m tools.train_content --measure  cross-validate instead, and try the fifth that is never learned from

Multinomial logistic regression, whose loss is that of the category and that of the label together, by full-batch
Adam. Sums are taken in a fixed order and every step is rounded to a grid, so that the same corpus gives the same
octets anywhere. The operator never imports this, nor numpy.
"""

import base64
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from simulator.messages import Category
from simulator.policy.content.model import CUE_GAIN, FEATURE_GAIN, WEIGHTS, ZERO
from simulator.policy.content.opinion import PROMOTIONAL
from simulator.policy.content.reading import read

Floats: TypeAlias = npt.NDArray[np.float64]
Integers: TypeAlias = npt.NDArray[np.int64]

CORPUS = Path(__file__).parent.parent / "tests" / "policy" / "content"
FIRST = "corpus.jsonl"  # the cues were written while this one was looked at
BATCHES = (
    FIRST,
    "corpus_offers.jsonl",
    "corpus_services.jsonl",
    "corpus_hard.jsonl",
    "corpus_more.jsonl",
    "corpus_plain.jsonl",
)
_OFFERS = len(PROMOTIONAL)
_STEPS = 100
_SHRINK = 0.3
_GRID = 2.0**20
_SEEN_AT_LEAST = 2
_FOLDS = 4


class Example(NamedTuple):
    """A labelled message, read."""

    id: str
    batch: str
    category: Category
    words: frozenset[str]
    cues: frozenset[str]


class Learned(NamedTuple):
    """Weights, a row per feature and a column per category, and the bias."""

    features: dict[str, int]
    weights: Floats
    bias: Floats


def draw(key: str, parts: int) -> int:
    """One of so many parts, by nothing but a name."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest(), "big") % parts


def kept_aside(message_id: str) -> bool:
    """Whether a message belongs to the fifth that is never learned from."""
    return draw(message_id, 5) == 0


def digest(names: Iterable[str] = BATCHES) -> str:
    """What the corpus was when the weights were learned."""
    return hashlib.sha256(b"".join((CORPUS / name).read_bytes() for name in names)).hexdigest()


def examples(names: Iterable[str] = BATCHES) -> list[Example]:
    """The corpus, read as the operator would."""
    found = []
    for name in names:
        for line in (CORPUS / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            reading = read(row["text"])
            found.append(
                Example(row["id"], name, Category(row["category"]), frozenset(reading.words), frozenset(reading.cues))
            )
    return found


def learn(corpus: Sequence[Example], steps: int = _STEPS) -> Learned:
    """Learn from a corpus.

    The cues fit the first batch too well, and would be trusted too much for it: half of it is learned without them.
    """
    blinded = [
        one._replace(cues=frozenset()) if one.batch == FIRST and draw(f"blind {one.id}", 2) else one for one in corpus
    ]
    counts = Counter(feature for one in blinded for feature in one.words)
    kept = sorted(feature for feature, times in counts.items() if times >= _SEEN_AT_LEAST)
    kept += sorted({feature for one in blinded for feature in one.cues})
    index = {feature: place for place, feature in enumerate(kept)}
    rows, columns, values = _entries(blinded, index)
    truth = np.array([list(Category).index(one.category) for one in blinded])
    weights, bias = _descend(rows, columns, values, truth, (len(index), len(Category)), steps)
    return Learned(index, weights, bias)


def _entries(corpus: Sequence[Example], index: dict[str, int]) -> tuple[Integers, Integers, Floats]:
    """The filled places of the matrix of examples and features, row by row."""
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, one in enumerate(corpus):
        words = sorted(index[feature] for feature in one.words if feature in index)
        cues = sorted(index[feature] for feature in one.cues if feature in index)
        rows += [row] * (len(words) + len(cues))
        columns += words + cues
        values += [FEATURE_GAIN / max(len(words), 1) ** 0.5] * len(words) + [CUE_GAIN] * len(cues)
    return np.array(rows), np.array(columns), np.array(values)


def _sums(owners: Integers, terms: Floats, count: int) -> Floats:
    """For each owner the sum of its terms; owners are in order, and so is the summing."""
    total = np.zeros((count, terms.shape[1]))
    starts = np.flatnonzero(np.diff(owners, prepend=-1))
    if len(starts):
        total[owners[starts]] = np.add.reduceat(terms, starts, axis=0)
    return total


def _descend(
    rows: Integers, columns: Integers, values: Floats, truth: Integers, shape: tuple[int, int], steps: int
) -> tuple[Floats, Floats]:
    count = len(truth)
    by_column = np.argsort(columns, kind="stable")
    parameters = np.zeros((shape[0] + 1, shape[1]))  # the last row is the bias
    mean, square = np.zeros_like(parameters), np.zeros_like(parameters)
    for step in range(1, steps + 1):
        scores = _sums(rows, parameters[columns] * values[:, None], count) + parameters[-1]
        blame = _blame(scores, truth)
        gradient = np.empty_like(parameters)
        terms = blame[rows[by_column]] * values[by_column, None]
        gradient[:-1] = _sums(columns[by_column], terms, shape[0]) + _SHRINK * parameters[:-1]
        gradient[-1] = blame.sum(axis=0)
        gradient = np.rint(gradient / count * _GRID * 16) / (_GRID * 16)
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.99 * square + 0.01 * gradient * gradient
        rate = 0.05 * (1 - step / (steps + 1)) + 0.003
        stride = rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-4)
        parameters = np.rint((parameters - stride) * _GRID) / _GRID
    return parameters[:-1], parameters[-1]


def _blame(scores: Floats, truth: Integers) -> Floats:
    """The gradient of both losses by the scores."""
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    likely = odds / odds.sum(axis=1, keepdims=True)
    right = np.eye(scores.shape[1])[truth]
    same_side = (np.arange(scores.shape[1]) < _OFFERS) == (truth < _OFFERS)[:, None]
    within = np.where(same_side, likely, 0.0)
    within /= np.maximum(within.sum(axis=1, keepdims=True), 1e-12)
    blame: Floats = 2 * likely - right - within
    return blame


def quantised(learned: Learned, corpus_digest: str) -> str:
    """What is written: JSON of one octet per weight; features that say next to nothing are left out."""
    scale = float(np.abs(learned.weights).max()) / (ZERO - 1)
    steps = np.rint(learned.weights / scale).astype(np.int64)
    kept = [place for place in range(len(steps)) if np.abs(steps[place]).max() > 0]
    names = list(learned.features)
    octets = (steps[kept] + ZERO).astype(np.uint8).tobytes()
    written = {
        "corpus": corpus_digest,
        "categories": list(Category),
        "scale": scale,
        "bias": [round(float(bias), 6) for bias in learned.bias],
        "features": [names[place] for place in kept],
        "weights": base64.b64encode(octets).decode(),
    }
    return json.dumps(written, ensure_ascii=False, indent=0) + "\n"


class Tally(NamedTuple):
    """Outcomes of trying weights on messages that they were not learned from."""

    hit: int = 0
    missed: int = 0
    wrong: int = 0
    service: int = 0
    right: int = 0

    def __str__(self) -> str:
        """One line of a report."""
        everything = self.hit + self.missed + self.service
        f1 = 2 * self.hit / max(1, 2 * self.hit + self.missed + self.wrong)
        return (
            f"F1 {f1:.3f}, service called promotional {self.wrong / max(1, self.service):.3f} ({self.wrong}), "
            f"missed {self.missed}, category {self.right / max(1, everything):.3f}, of {everything}"
        )


def tried(learned: Learned, corpus: Sequence[Example]) -> Tally:
    """Try weights on messages."""
    rows, columns, values = _entries(corpus, learned.features)
    scores = _sums(rows, learned.weights[columns] * values[:, None], len(corpus)) + learned.bias
    truth = np.array([list(Category).index(one.category) for one in corpus])
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    offer = np.log(odds[:, :_OFFERS].sum(axis=1)) > np.log(odds[:, _OFFERS:].sum(axis=1))
    meant = truth < _OFFERS
    best = np.where(offer, scores[:, :_OFFERS].argmax(axis=1), _OFFERS + scores[:, _OFFERS:].argmax(axis=1))
    counts = (offer & meant, ~offer & meant, offer & ~meant, ~meant, best == truth)
    return Tally(*(int(outcome.sum()) for outcome in counts))


def measure() -> Iterable[str]:
    """Lines of a report: folds, batches left out, and the fifth that was kept aside."""
    corpus = examples()
    pool = [one for one in corpus if not kept_aside(one.id)]
    folds = [draw(f"fold {one.id}", _FOLDS) for one in pool]
    tallies = []
    for fold in range(_FOLDS):
        learned = learn([one for one, its in zip(pool, folds, strict=True) if its != fold])
        tallies.append(tried(learned, [one for one, its in zip(pool, folds, strict=True) if its == fold]))
    yield f"folds: {Tally(*(sum(outcomes) for outcomes in zip(*tallies, strict=True)))}"
    for batch in BATCHES:
        learned = learn([one for one in pool if one.batch != batch])
        yield f"{batch} left out: {tried(learned, [one for one in pool if one.batch == batch])}"
    yield f"kept aside: {tried(learn(pool), [one for one in corpus if kept_aside(one.id)])}"


def main(arguments: Sequence[str]) -> None:
    """Write the weights, or measure."""
    if "--measure" in arguments:
        for line in measure():
            sys.stdout.write(f"{line}\n")
        return
    corpus = [one for one in examples() if not kept_aside(one.id)]
    WEIGHTS.write_text(quantised(learn(corpus), digest()), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
