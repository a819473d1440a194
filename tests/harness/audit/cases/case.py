"""What a case is: a conversation, and what one check says of it."""

from collections.abc import Callable
from typing import NamedTuple

from harness.audit.check import Outcome
from tests.harness.audit.talk import Talk

PASS, WARN, FAIL, NOT_SEEN = Outcome.PASS, Outcome.WARN, Outcome.FAIL, Outcome.NOT_SEEN


class Case(NamedTuple):
    """`play` says what is seen; the check of that id ends with the outcome."""

    check: str
    outcome: Outcome
    shows: str
    play: Callable[[Talk], Talk]
