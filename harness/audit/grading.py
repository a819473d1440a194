"""What the outcomes of the checks are worth together: a score, and a grade from A to F.

The formula is published (docs/audit.md): each check that had an occasion weighs by its severity; PASS earns all of its
weight, WARN half, FAIL nothing. The score is what was earned, out of 100. Critical failures bound the grade, whatever
the score. Where too little was seen there is no grade.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from harness.audit.check import Outcome, Severity

WEIGHTS: Final[Mapping[Severity, int]] = MappingProxyType({Severity.CRITICAL: 5, Severity.MAJOR: 3, Severity.MINOR: 1})
CREDITS: Final[Mapping[Outcome, float]] = MappingProxyType({Outcome.PASS: 1.0, Outcome.WARN: 0.5, Outcome.FAIL: 0.0})
GRADES: Final = (("A", 95.0), ("B", 88.0), ("C", 78.0), ("D", 65.0), ("E", 50.0), ("F", 0.0))
"""Each grade with the least score that earns it."""
BEST_WITH_CRITICAL: Final = ("A", "B", "C", "D")
"""The best grade with none, one, two, and more critical failures."""
LEAST_SEEN: Final = 20
"""Checks that must have had an occasion."""


def score(outcomes: Iterable[tuple[Severity, Outcome]]) -> float | None:
    """What was earned, 0 to 100, to one place; None where no check had an occasion."""
    seen = [(WEIGHTS[severity], CREDITS[outcome]) for severity, outcome in outcomes if outcome in CREDITS]
    possible = sum(weight for weight, _ in seen)
    return round(100 * sum(weight * credit for weight, credit in seen) / possible, 1) if possible else None


def grade(outcomes: Iterable[tuple[Severity, Outcome]]) -> str | None:
    """The grade; None where fewer than `LEAST_SEEN` checks had an occasion."""
    known = [(severity, outcome) for severity, outcome in outcomes if outcome in CREDITS]
    earned = score(known)
    if earned is None or len(known) < LEAST_SEEN:
        return None
    letters = [letter for letter, _ in GRADES]
    by_score = next(number for number, (_, least) in enumerate(GRADES) if earned >= least)
    critical = sum(severity is Severity.CRITICAL and outcome is Outcome.FAIL for severity, outcome in known)
    bound = BEST_WITH_CRITICAL[min(critical, len(BEST_WITH_CRITICAL) - 1)]
    return letters[max(by_score, letters.index(bound))]
