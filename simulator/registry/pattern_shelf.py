"""The patterns as they stand: registered, and approved or rejected since."""

from collections.abc import Iterable, Iterator

from simulator.registry.pattern import Pattern

Name = tuple[str, str]
"""The line's number, and what the pattern is called on it."""


class PatternShelf:
    """The patterns of all lines."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._patterns: dict[Name, Pattern] = {(pattern.line, pattern.name): pattern for pattern in patterns}
        self.version = 0
        """Another number after every change."""

    def get(self, name: Name) -> Pattern | None:
        """A pattern, if there is one of that name."""
        return self._patterns.get(name)

    def put(self, pattern: Pattern) -> None:
        """Adds a pattern, or puts it in the place of the one of its name."""
        self._patterns[pattern.line, pattern.name] = pattern
        self.version += 1

    def remove(self, name: Name) -> None:
        """Takes a pattern out."""
        del self._patterns[name]
        self.version += 1

    def __iter__(self) -> Iterator[Pattern]:
        return iter(self._patterns.values())
