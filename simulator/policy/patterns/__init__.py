"""Patterns of shared service lines: whether a text fits one, why not, and whether one can be approved."""

from simulator.policy.patterns.book import Fit, PatternBook
from simulator.policy.patterns.matching import Matcher
from simulator.policy.patterns.review import Finding, review

__all__ = ["Finding", "Fit", "Matcher", "PatternBook", "review"]
