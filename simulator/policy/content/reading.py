"""What is known of a text before anything is weighed: its tokens, its cues, and the features of both.

This file owns how the cues' opinion is told to the model; classifier and trainer read a text by it, so that what is
learned is what is asked.
"""

from typing import NamedTuple

from simulator.messages import Label
from simulator.policy.content.cues import ALL
from simulator.policy.content.features import features, tokens
from simulator.policy.content.lexicon import Hit, Lexicon
from simulator.policy.content.normalise import Normalised, normalise
from simulator.policy.content.opinion import PROMOTIONAL, category_of, label_of, undisarmed

_LEXICON = Lexicon(ALL)


class Reading(NamedTuple):
    """A text as the model gets it.

    Attributes:
        normalised: the text in its one spelling.
        tokens: its words and shapes, with their places in the normalised text.
        hits: the cues that no context disarmed.
        words: the features of its tokens.
        cues: the features of its cues; their names begin with a sign, those of words never do with these.
    """

    normalised: Normalised
    tokens: list[tuple[str, int, int]]
    hits: list[Hit]
    words: set[str]
    cues: set[str]


def read(text: str) -> Reading:
    """Read a text as it was sent."""
    normalised = normalise(text)
    found = list(_LEXICON.find(normalised.text))
    hits = undisarmed(found)
    tokenised = tokens(normalised.text)
    return Reading(
        normalised, tokenised, hits, features(shape for shape, _, _ in tokenised), _cue_features(found, hits)
    )


def label_by_cues(text: str) -> Label:
    """What the cues alone say of a text; for a fragment, of which the words of whole messages teach nothing."""
    return label_of(undisarmed(_LEXICON.find(normalise(text).text)))


def of_side(hits: list[Hit], label: Label) -> list[Hit]:
    """The cues that spoke for a label."""
    return [hit for hit in hits if (hit.cues.category in PROMOTIONAL) == (label is Label.PROMOTIONAL)]


def _cue_features(found: list[Hit], hits: list[Hit]) -> set[str]:
    label = label_of(hits)
    said = {f"cue: {hit.cues.reason}" for hit in hits}
    said.update([f"context: {hit.cues.reason}" for hit in found if hit.cues.disarms])
    said |= {f"cues say: {label}", f"cues say: {category_of(of_side(hits, label))}"}
    return said
