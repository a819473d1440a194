"""The operator's patterns, by line and account: which one a text fits, and if none, why the nearest did not."""

from collections.abc import Iterable
from typing import NamedTuple

from simulator.lines import Line
from simulator.pattern import Pattern, PatternState
from simulator.policy.patterns.matching import Matcher
from simulator.policy.patterns.reading import Reading

Facts = tuple[tuple[str, str], ...]


class Fit(NamedTuple):
    """What the patterns of a line say of an account's text; `facts` are for the trace."""

    pattern: str | None
    """The name of the approved pattern that the text fits."""
    facts: Facts


class _Entry(NamedTuple):
    pattern: Pattern
    matcher: Matcher


class PatternBook:
    """The patterns of all lines."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._approved: dict[tuple[str, str], list[_Entry]] = {}
        self._others: dict[tuple[str, str], list[_Entry]] = {}
        for pattern in patterns:
            shelf = self._approved if pattern.state is PatternState.APPROVED else self._others
            shelf.setdefault((pattern.line, pattern.account), []).append(_Entry(pattern, Matcher(pattern.template())))

    def shares(self, account: str, line: Line) -> bool:
        """Whether an account that does not hold the line has an approved pattern on it, and so may send from it."""
        return line.carries_patterns_only and (line.number, account) in self._approved

    def fit(self, account: str, line: Line, text: str) -> Fit:
        """The first approved pattern of the account on the line that the text fits."""
        reading = Reading(text)
        approved = self._of(self._approved, account, line)
        for pattern, matcher in approved:
            if matcher.fits(reading):
                return Fit(pattern.name, (("fits", pattern.name),))
        return Fit(
            None, (("fits", "no approved pattern"), *_why(reading, approved, self._of(self._others, account, line)))
        )

    @staticmethod
    def _of(shelf: dict[tuple[str, str], list[_Entry]], account: str, line: Line) -> list[_Entry]:
        """The account's patterns; one that names no account is the line's holder's."""
        own = shelf.get((line.number, account), [])
        return own + shelf.get((line.number, ""), []) if account == line.account else own


def _why(reading: Reading, approved: list[_Entry], others: list[_Entry]) -> Facts:
    """A pattern that was not approved but would fit, or else the approved one that fits nearly."""
    for pattern, matcher in others:
        if matcher.fits(reading):
            reason = f": {pattern.reason}" if pattern.reason else ""
            return ("nearest", pattern.name), ("why", f"the pattern is {pattern.state}{reason}")
    explained = [(matcher.explain(reading), pattern.name) for pattern, matcher in approved]
    if not explained:
        return (("why", "the account has no approved pattern on this line"),)
    explanation, name = max(explained, key=lambda entry: entry[0].nearness)
    return ("nearest", name), ("why", explanation.why)
