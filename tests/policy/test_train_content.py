"""The weights that the operator reads are those that the corpus teaches."""

import json

import pytest

from simulator.policy.content.model import WEIGHTS
from tools.train_content import BATCHES, CORPUS, digest, examples, kept_aside, learn, quantised


@pytest.mark.timeout(300)  # fifteen seconds of work, more where others work too
def test_training_again_gives_the_same_octets() -> None:
    corpus = [one for one in examples() if not kept_aside(one.id)]
    assert quantised(learn(corpus), digest()) == WEIGHTS.read_text(encoding="utf-8"), "run `make train`"


def test_every_corpus_but_the_held_out_one_is_learned_from() -> None:
    assert {path.name for path in CORPUS.glob("*.jsonl")} - {"corpus_held_out.jsonl"} == set(BATCHES)


def test_about_a_fifth_is_kept_aside() -> None:
    rows = [json.loads(line) for name in BATCHES for line in (CORPUS / name).read_text(encoding="utf-8").splitlines()]
    assert 0.17 < sum(kept_aside(row["id"]) for row in rows) / len(rows) < 0.23
