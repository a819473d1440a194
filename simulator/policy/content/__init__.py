"""What a text says: Persian text normalised, and classified as service or promotional."""

from simulator.policy.content.classify import classify
from simulator.policy.content.normalise import Normalised, normalise

__all__ = ["Normalised", "classify", "normalise"]
