"""`/patterns`: the texts handed in for shared service lines, and what the staff would object to in each."""

from typing import ClassVar, Literal, TypedDict, Unpack
from urllib.parse import quote

from khatban_client.resource import Resource
from khatban_client.value import Value


class Variable(Value):
    """A place of a pattern that a value stands in: its type, and how many characters and blanks it may hold."""

    name: str
    type: str
    max: int
    blanks: int | None


class Pattern(Value):
    """A pattern of a shared service line.

    Attributes:
        id: The line's number, a colon, and what the pattern is called.
        syntax: How its text marks variables.
        sender: The name by which the text tells who sends it.
        state: `pending`, `approved` or `rejected`.
        reason: Why it was rejected.
    """

    id: str
    line: str
    name: str
    account: str
    text: str
    syntax: str
    variables: tuple[Variable, ...]
    sender: str
    state: str
    reason: str | None


class Finding(Value):
    """One reason why a pattern should not be approved."""

    code: str
    says: str


class ReviewedPattern(Pattern):
    """A pattern, and what stands against it; it may be approved all the same."""

    review: tuple[Finding, ...]


class PatternFilters(TypedDict, total=False):
    """Which patterns; all that are given must fit."""

    account: str
    line: str
    state: Literal["pending", "approved", "rejected"]


class Patterns(Resource):
    """The patterns of an operator. A method that alters gives the change's number in the journal."""

    path: ClassVar[str] = "/patterns"

    def find(self, **filters: Unpack[PatternFilters]) -> list[Pattern]:
        """The patterns that fit, in the order of their handing in."""
        return self._all(Pattern, "patterns", dict(filters))

    def get(self, line: str, name: str) -> ReviewedPattern:
        """A pattern with its review."""
        return self._http.read(ReviewedPattern, f"{self.path}/{quote(f'{line}:{name}', safe='')}")

    def hand_in(self, line: str, name: str, text: str, *, account: str | None = None, sender: str | None = None) -> int:
        """Hands a pattern in; it lets nothing through until it is approved.

        Args:
            line: A shared service line.
            name: What it is called.
            text: With its variables marked, such as `%code%`.
            account: Whose it is; else the line's.
            sender: The name by which the text tells who sends it.
        """
        said = {"line": line, "name": name, "text": text, "account": account, "sender": sender}
        pattern = {key: value for key, value in said.items() if value is not None}
        return self._change("hand-in-pattern", pattern=pattern)

    def approve(self, line: str, name: str) -> int:
        """Approves a pattern: texts that fit it pass from now on."""
        return self._change("approve-pattern", line=line, pattern=name)

    def reject(self, line: str, name: str, reason: str) -> int:
        """Rejects a pattern, also one that was approved: nothing passes by it from now on."""
        return self._change("reject-pattern", line=line, pattern=name, reason=reason)

    def withdraw(self, line: str, name: str) -> int:
        """Takes a pattern back."""
        return self._change("withdraw-pattern", line=line, pattern=name)
