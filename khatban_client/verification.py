"""Expected messages held against what came: what a test asks, and what the operator answers."""

from datetime import datetime
from typing import Any, TypedDict

from khatban_client.messages import Fate
from khatban_client.value import Value


class Expectation(TypedDict, total=False):
    """Messages that should have come, the parts of a text as one; what is left out may be anything."""

    line: str
    to: str
    account: str
    verdict: Fate
    rule: str
    clause: str
    label: str
    category: str
    state: str
    """Of all parts."""
    err: str
    command_status: str
    text: str
    """A part of the text."""
    text_is: str
    """The whole text."""
    pattern: str
    """The text with variables, as patterns of shared lines mark them."""
    count: int
    """Exactly so many; at least one where nothing is said."""
    at_least: int
    at_most: int


class Difference(Value):
    """A field in which a message is otherwise than expected; `note` says where a text differs, or why."""

    field: str
    expected: Any
    actual: Any
    note: str | None


class Came(Value):
    """A message that came, in short; the parts of a text are one."""

    ids: tuple[str, ...]
    received_at: datetime
    account: str
    line: str
    to: str
    text: str
    verdict: Fate | None
    rule: str | None
    state: str


class NearMiss(Value):
    """A message that does not fit, and why not."""

    message: Came
    differences: tuple[Difference, ...]


class Result(Value):
    """What became of one expectation: how many messages fit, what is wrong, and what came nearest."""

    expected: dict[str, Any]
    met: bool
    found: int
    ids: tuple[str, ...]
    why: str | None
    nearest: tuple[NearMiss, ...]


class Report(Value):
    """Whether all is as expected; `results` in their order, `unexpected` where nothing else may come."""

    met: bool
    looked_at: int
    results: tuple[Result, ...]
    unexpected: tuple[Came, ...]
    unexpected_count: int
