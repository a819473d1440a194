"""Learns the weights of the content model from the corpus, and measures what was learned.

python -m tools.train_content            write simulator/policy/content/weights.json
python -m tools.train_content --measure  cross-validate instead: folds, and each author left out
python -m tools.train_content --aside    try what is written on the fifth that is never learned from

`content_network` is what learns; this file says from what: which messages, and how strongly each of their features is
there. The operator never imports either, nor numpy.
"""

import base64
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from simulator.messages import Category
from simulator.policy.content.features import of_last_word, of_word
from simulator.policy.content.model import DOUBT, LEVELS, WEIGHTS, ZERO
from simulator.policy.content.opinion import PROMOTIONAL
from simulator.policy.content.reading import read
from tools import content_network
from tools.content_network import Floats, Rows, Weights

CORPUS = Path(__file__).parent.parent / "tests" / "policy" / "content"
FIRST = "corpus.jsonl"  # the cues were written while this one was looked at
BATCHES = (
    FIRST,
    "corpus_offers.jsonl",
    "corpus_services.jsonl",
    "corpus_hard.jsonl",
    "corpus_more.jsonl",
    "corpus_plain.jsonl",
    "corpus_retail.jsonl",
    "corpus_official.jsonl",
    "corpus_life.jsonl",
    "corpus_tricks.jsonl",
    "corpus_inbox.jsonl",
    "corpus_seams.jsonl",
    "corpus_affairs.jsonl",
    "corpus_disguised.jsonl",
    "corpus_ordinary.jsonl",
    "corpus_near.jsonl",
    "corpus_phone.jsonl",
    "corpus_pairs.jsonl",
    "corpus_voices.jsonl",
)
_OFFERS = len(PROMOTIONAL)
_SEEDS = (1, 2)
_SEEN_AT_LEAST = 2
_FOLDS = 5
# How strongly a feature is there, by what its name begins with; by trial in the folds.
_STRENGTHS = (
    ("kind: ", 1.0), ("last: ", 1.4), ("last kind: ", 1.0), ("mark: ", 0.25), ("marks: ", 0.25), ("lacks: ", 0.25),
    ("tokens: ", 0.25), ("lines: ", 0.25), ("cue: ", 0.4), ("cues say: ", 0.4), ("context: ", 0.4),
)  # fmt: skip
_WORD = 2.5
_PIECE = 0.6
_FAINT = 10  # of 127 steps; what speaks no louder to any unit would only make the file long


class Example(NamedTuple):
    """A labelled message, read.

    Attributes:
        id: its name.
        batch: the file that it is from.
        category: what it is.
        words: what its words are known by, and how often.
        distinct: how many different tokens it has.
        whole: its marks.
        cues: the features of its cues.
    """

    id: str
    batch: str
    category: Category
    words: Counter[str]
    distinct: int
    whole: frozenset[str]
    cues: frozenset[str]


class Learned(NamedTuple):
    """Weights, and the features that the words and the whole are known by, in the order of the columns."""

    words: list[str]
    whole: list[str]
    weights: Weights


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
        lines = (CORPUS / name).read_text(encoding="utf-8").splitlines()
        found += [example(json.loads(line), name) for line in lines]
    return found


def example(row: dict[str, str], batch: str) -> Example:
    """A line of a corpus, read as the operator would."""
    reading = read(row["text"])
    words = Counter(feature for shape in reading.words for feature in of_word(shape))
    words.update(feature for shape in reading.last for feature in of_last_word(shape))
    distinct = max(len(reading.words), 1)
    return Example(row["id"], batch, Category(row["category"]), words, distinct, reading.marks, reading.cues)


def learn(corpus: Sequence[Example]) -> Learned:
    """Learn from a corpus.

    The cues fit the first batch too well, and would be trusted too much for it: half of it is learned without them.
    """
    blinded = [
        one._replace(cues=frozenset()) if one.batch == FIRST and draw(f"blind {one.id}", 2) else one for one in corpus
    ]
    counts = Counter(feature for one in blinded for feature in one.words)
    words = sorted(feature for feature, times in counts.items() if times >= _SEEN_AT_LEAST)
    whole = sorted({feature for one in blinded for feature in one.whole | one.cues})
    truth = np.array([list(Category).index(one.category) for one in blinded])
    rows = _rows(blinded, [*words, *whole])
    columns = len(words) + len(whole)
    learned = [content_network.learn(rows, truth, _OFFERS, columns, len(Category), seed) for seed in _SEEDS]
    return Learned(words, whole, content_network.together(learned))


def _rows(corpus: Sequence[Example], features: Sequence[str]) -> Rows:
    index = {feature: place for place, feature in enumerate(features)}
    starts, columns, values = [0], [], []
    for one in corpus:
        filled = sorted((index[feature], value) for feature, value in _strengths(one) if feature in index)
        columns += [place for place, _ in filled]
        values += [value for _, value in filled]
        starts.append(len(columns))
    return Rows(np.array(starts), np.array(columns), np.array(values))


def _strengths(one: Example) -> Iterator[tuple[str, float]]:
    for feature, times in one.words.items():
        yield feature, _strength(feature) * times / one.distinct**0.5
    for feature in one.whole | one.cues:
        yield feature, _strength(feature)


def _strength(feature: str) -> float:
    """A word stands between blanks, a piece of it does not."""
    if feature.startswith(" ") and feature.endswith(" ") and len(feature) > 2:
        return _WORD
    return next((strength for beginning, strength in _STRENGTHS if feature.startswith(beginning)), _PIECE)


def quantised(learned: Learned, corpus_digest: str) -> str:
    """What is written: JSON of one octet per weight; features that say next to nothing are left out."""
    first, second = learned.weights
    scale = float(np.abs(second[:-1]).max()) / (ZERO - 1)
    written = {
        "corpus": corpus_digest,
        "categories": list(Category),
        "levels": [round(float(level), 6) for level in first[-1]],
        "scale": scale / LEVELS,
        "units": _octets(np.rint(second[:-1] / scale)),
        "bias": [round(float(bias), 6) for bias in second[-1]],
        "words": _table(learned.words, first[: len(learned.words)]),
        "whole": _table(learned.whole, first[len(learned.words) : -1]),
    }
    return json.dumps(written, ensure_ascii=False, indent=0) + "\n"


def _table(features: Sequence[str], weights: Floats) -> dict[str, object]:
    strong = weights * np.array([_strength(feature) for feature in features])[:, None]
    scales = np.maximum(np.abs(strong).max(axis=0), 1e-9) / (ZERO - 1)
    steps = np.rint(strong / scales)
    kept = [place for place in range(len(steps)) if np.abs(steps[place]).max() > _FAINT]
    return {
        "features": [features[place] for place in kept],
        "scales": [float(scale) for scale in scales],
        "weights": _octets(steps[kept]),
    }


def _octets(steps: Floats) -> str:
    return base64.b64encode((steps.astype(np.int64) + ZERO).astype(np.uint8).tobytes()).decode()


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
    scores = learned.weights.scores(_rows(corpus, [*learned.words, *learned.whole]))
    truth = np.array([list(Category).index(one.category) for one in corpus])
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    offer = odds[:, :_OFFERS].sum(axis=1) > DOUBT * odds[:, _OFFERS:].sum(axis=1)
    meant = truth < _OFFERS
    best = np.where(offer, scores[:, :_OFFERS].argmax(axis=1), _OFFERS + scores[:, _OFFERS:].argmax(axis=1))
    counts = (offer & meant, ~offer & meant, offer & ~meant, ~meant, best == truth)
    return Tally(*(int(outcome.sum()) for outcome in counts))


def measure() -> Iterable[str]:
    """Lines of a report: folds, and batches left out, all of the pool."""
    corpus = examples()
    pool = [one for one in corpus if not kept_aside(one.id)]
    folds = [draw(f"fold {one.id}", _FOLDS) for one in pool]
    tallies = []
    for fold in range(_FOLDS):
        learned = learn([one for one, its in zip(pool, folds, strict=True) if its != fold])
        tallies.append(tried(learned, [one for one, its in zip(pool, folds, strict=True) if its == fold]))
    yield f"folds: {total(tallies)}"
    for batch in BATCHES:
        learned = learn([one for one in pool if one.batch != batch])
        yield f"{batch} left out: {tried(learned, [one for one in pool if one.batch == batch])}"


def total(tallies: Sequence[Tally]) -> Tally:
    """Several tallies as one."""
    return Tally(*(sum(outcomes) for outcomes in zip(*tallies, strict=True)))


def main(arguments: Sequence[str]) -> None:
    """Write the weights, or measure."""
    if "--measure" in arguments:
        for line in measure():
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
        return
    corpus = [one for one in examples() if not kept_aside(one.id)]
    if "--aside" in arguments:
        aside = [one for one in examples() if kept_aside(one.id)]
        sys.stdout.write(f"kept aside: {tried(learn(corpus), aside)}\n")
        return
    WEIGHTS.write_text(quantised(learn(corpus), digest()), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
