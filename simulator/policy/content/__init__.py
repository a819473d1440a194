"""What a text says: Persian text normalised, and classified as service or promotional."""

from simulator.policy.content.classify import classify
from simulator.policy.content.normalise import Normalised, normalise
from simulator.policy.content.reading import label_by_cues

__all__ = ["Normalised", "classify", "label_by_cues", "normalise"]
