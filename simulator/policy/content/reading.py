"""What is known of a text before anything is weighed: its tokens, its cues, and the features of both.

This file owns how the cues' opinion is told to the model; classifier and trainer read a text by it, so that what is
learned is what is asked.
"""

from functools import cache
from typing import NamedTuple

from simulator.messages import Label
from simulator.policy.content.cues import ALL
from simulator.policy.content.features import Token, last_third, of_whole, tokens
from simulator.policy.content.lexicon import Hit, Lexicon
from simulator.policy.content.normalise import Normalised, normalise
from simulator.policy.content.opinion import PROMOTIONAL, category_of, label_of, undisarmed


class Reading(NamedTuple):
    """A text as the model gets it.

    Attributes:
        normalised: the text in its one spelling.
        tokens: its words and shapes, with their places in the normalised text.
        hits: the cues that no context disarmed.
        words: its tokens, each once.
        last: those of its last third, each once.
        marks: the features of the whole text.
        cues: the features of its cues.
    """

    normalised: Normalised
    tokens: list[Token]
    hits: list[Hit]
    words: frozenset[str]
    last: frozenset[str]
    marks: frozenset[str]
    cues: frozenset[str]


def read(text: str) -> Reading:
    """Read a text as it was sent."""
    normalised = normalise(text)
    tokenised = tokens(normalised.text)
    found = list(_lexicon().find(normalised.text, tokenised))
    hits = undisarmed(found)
    shapes = [shape for shape, _, _ in tokenised]
    last = frozenset([shape for shape, _, _ in last_third(tokenised)])
    return Reading(normalised, tokenised, hits, frozenset(shapes), last, of_whole(shapes), _cue_features(found, hits))


def label_by_cues(text: str) -> Label:
    """What the cues alone say of a text; for a fragment, of which the words of whole messages teach nothing."""
    read = normalise(text).text
    return label_of(undisarmed(_lexicon().find(read, tokens(read))))


@cache
def _lexicon() -> Lexicon:
    """Made when the first text comes: much of the program never meets one."""
    return Lexicon(ALL)


def of_side(hits: list[Hit], label: Label) -> list[Hit]:
    """The cues that spoke for a label."""
    return [hit for hit in hits if (hit.cues.category in PROMOTIONAL) == (label is Label.PROMOTIONAL)]


def _cue_features(found: list[Hit], hits: list[Hit]) -> frozenset[str]:
    label = label_of(hits)
    said = {f"cue: {hit.cues.reason}" for hit in hits}
    said.update([f"context: {hit.cues.reason}" for hit in found if hit.cues.disarms])
    said |= {f"cues say: {label}", f"cues say: {category_of(of_side(hits, label))}"}
    return frozenset(said)
