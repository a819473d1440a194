"""What a text is for: the words and the cues of a text, weighed by what was learned.

This file owns the decision and the evidence. The label is the side that is likelier in sum, the category the likeliest
of that side, so the label always follows the category. A text without a word to speak of is service, `other`. In a few
words the model hears too little: there an offer that the cues hear is an offer.
"""

from functools import cache
from math import exp

from simulator.messages import Category, Content, Evidence, Label
from simulator.policy.content.model import DOUBT, Model, load
from simulator.policy.content.normalise import Normalised
from simulator.policy.content.opinion import PROMOTIONAL, label_of
from simulator.policy.content.reading import Reading, of_side, read

_CATEGORIES = tuple(Category)
_OFFERS = len(PROMOTIONAL)  # the promotional categories are the first
_FEW_WORDS = 2
_SHORT = 4  # tokens; in the folds this changes nothing, at 6 and above service suffers
_NAMED = 3  # how many words are quoted when no cue spoke
_AUDIBLE = 1.0  # how much of a score makes a word worth quoting


def classify(text: str) -> Content:
    """Say whether a text is service or promotional, of which category, and by which words.

    Args:
        text: the whole text of a message as it was sent, parts put together.

    Returns:
        Label, category, and as evidence the spans of `text` that spoke for the label: the cues that were found, or
        the words that weigh most when there are none; nothing when nothing spoke. And how certain the label is.
    """
    reading = read(text)
    if len(reading.tokens) < _FEW_WORDS and not reading.hits:
        return Content(Label.SERVICE, Category.OTHER)
    category, certainty = _category(reading)
    label = Label.PROMOTIONAL if category in PROMOTIONAL else Label.SERVICE
    spoken = of_side(reading.hits, label)
    normalised = reading.normalised
    if spoken:
        evidence = tuple(_evidence(text, normalised, hit.start, hit.end, hit.cues.reason) for hit in spoken)
    else:
        evidence = _words(text, reading, category)
    return Content(label, category, evidence, certainty)


@cache
def _model() -> Model:
    """Read when the first text comes: the trainer imports this package before there are weights."""
    return load()


def _category(reading: Reading) -> tuple[Category, int]:
    """The category, and the share of the odds that its side has, in per cent."""
    scores = _model().scores(reading.words, reading.last, reading.marks, reading.cues)
    odds = [*map(exp, scores)]
    offer_heard = len(reading.tokens) <= _SHORT and label_of(reading.hits) is Label.PROMOTIONAL
    offer, service = sum(odds[:_OFFERS]), sum(odds[_OFFERS:])
    offered = offer_heard or offer > DOUBT * service
    first, last = (0, _OFFERS) if offered else (_OFFERS, len(odds))
    certainty = round(100 * (offer if offered else service) / (offer + service))
    return _CATEGORIES[odds.index(max(odds[first:last]), first)], certainty


def _words(text: str, reading: Reading, category: Category) -> tuple[Evidence, ...]:
    """The words that speak loudest for a category, in the order of the text."""
    place = _CATEGORIES.index(category)
    loudness = _model().loudness
    weighed = [(loudness(token, place), start, end) for token, start, end in reading.tokens]
    loud = sorted((one for one in weighed if one[0] >= _AUDIBLE), key=lambda one: -one[0])[:_NAMED]
    return tuple(
        _evidence(text, reading.normalised, start, end, "a word of such messages")
        for _, start, end in sorted(loud, key=lambda one: one[1])
    )


def _evidence(text: str, normalised: Normalised, start: int, end: int, reason: str) -> Evidence:
    first, last = normalised.span(start, end)
    return Evidence(first, last, text[first:last], reason)
