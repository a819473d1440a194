"""The operator's patterns, by line and account: which one a text fits, and if none, why the nearest did not."""

from functools import lru_cache
from typing import NamedTuple

from simulator.policy.patterns.matching import Matcher
from simulator.policy.patterns.reading import Reading
from simulator.registry.lines import Line
from simulator.registry.pattern import Pattern, PatternState
from simulator.registry.pattern_shelf import PatternShelf

Facts = tuple[tuple[str, str], ...]

_FITS_REMEMBERED = 4_096
"""Texts whose pattern is known: a retry, or one text to many, is not held against the patterns again."""


class Fit(NamedTuple):
    """What the patterns of a line say of an account's text; `facts` are for the trace."""

    pattern: str | None
    """The name of the approved pattern that the text fits."""
    facts: Facts


class _Entry(NamedTuple):
    pattern: Pattern
    matcher: Matcher


_Entries = dict[tuple[str, str], list[_Entry]]
"""By line and account."""


class PatternBook:
    """The patterns of all lines, made ready for matching anew whenever one of them changed."""

    def __init__(self, shelf: PatternShelf) -> None:
        self._shelf = shelf
        self._read_at = -1
        self._approved: _Entries = {}
        self._others: _Entries = {}
        self._fits = lru_cache(_FITS_REMEMBERED)(self._fit)

    def _keep_up(self) -> None:
        if self._read_at == self._shelf.version:
            return
        self._read_at = self._shelf.version
        self._approved, self._others = {}, {}
        self._fits.cache_clear()
        for pattern in self._shelf:
            entries = self._approved if pattern.state is PatternState.APPROVED else self._others
            entry = _Entry(pattern, Matcher(pattern.template()))
            entries.setdefault((pattern.line, pattern.account), []).append(entry)

    def shares(self, account: str, line: Line) -> bool:
        """Whether an account that does not hold the line has an approved pattern on it, and so may send from it."""
        self._keep_up()
        return line.carries_patterns_only and (line.number, account) in self._approved

    def fit(self, account: str, line: Line, text: str) -> Fit:
        """The first approved pattern of the account on the line that the text fits."""
        self._keep_up()
        return self._fits(account, account == line.account, line.number, text)

    def _fit(self, account: str, is_holder: bool, line: str, text: str) -> Fit:  # noqa: FBT001 - lru_cache is quick by place
        reading = Reading(text)
        approved = self._of(self._approved, account, line, is_holder)
        for pattern, matcher in approved:
            if matcher.fits(reading):
                return Fit(pattern.name, (("fits", pattern.name),))
        return Fit(
            None,
            (
                ("fits", "no approved pattern"),
                *_why(reading, approved, self._of(self._others, account, line, is_holder)),
            ),
        )

    @staticmethod
    def _of(entries: _Entries, account: str, line: str, is_holder: bool) -> list[_Entry]:  # noqa: FBT001 - as in _fit
        """The account's patterns; one that names no account is the line's holder's."""
        own = entries.get((line, account), [])
        return own + entries.get((line, ""), []) if is_holder else own


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
