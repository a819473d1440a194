"""What a rule is: one thing that is forbidden, why, and the clauses that it stands on.

A rule says *that* a message is refused and *why*; how the ESME is told is the profile's matter (`simulator.profile`).
A rule that does not concern a message, or finds nothing against it, answers `PASSED`.
"""

import datetime
from collections.abc import Callable
from typing import NamedTuple

from simulator.lines import Line
from simulator.messages import Content, Outcome
from simulator.numbering import MobileOperator
from simulator.profile import Profile


class Submission(NamedTuple):
    """All that rules may look at: one message, with what the operator's registers say of it."""

    account: str
    source: str
    """The originator as the ESME wrote it."""
    line: Line | None
    """The registered line that `source` names."""
    destination: str
    """The recipient as the ESME wrote it."""
    recipient: str | None
    """The recipient in normal form, if it is an Iranian mobile number."""
    operator: MobileOperator | None
    blacklisted: bool
    text: str
    """The whole text: parts are joined before they are judged."""
    content: Content
    content_facts: tuple[tuple[str, str], ...]
    """What a trace says of the content: label, category and the strongest evidence."""
    pattern: str | None
    """The name of an approved pattern of the line that the text fits."""
    pattern_facts: tuple[tuple[str, str], ...]
    """What a trace says of that: the pattern, or why the nearest one does not fit; nothing on other lines."""
    shares_line: bool
    """Whether an account that does not hold the line has an approved pattern on it."""
    local: datetime.datetime
    """The operator's time in Tehran."""


class Finding(NamedTuple):
    """One rule's answer about one message; `facts` are what it looked at, as (name, value) pairs."""

    outcome: Outcome
    clause: str | None = None
    facts: tuple[tuple[str, str], ...] = ()
    violation: bool = False
    """Whether the line has offended, which its ledger counts."""


PASSED = Finding(Outcome.PASSED)


class Rule(NamedTuple):
    """A rule. Its `id` names what is forbidden, so that it reads well after "allow"."""

    id: str
    title: str
    rationale: str
    clauses: tuple[str, ...]
    """Every clause that the rule may cite, in a refusal or an exemption."""
    judge: Callable[[Submission, Profile], Finding]


def refusal(clause: str, **facts: str) -> Finding:
    """A finding that refuses the message under `clause`."""
    return Finding(Outcome.REFUSED, clause, tuple(facts.items()))


def exemption(clause: str, **facts: str) -> Finding:
    """A finding that frees the message from the rule under `clause`."""
    return Finding(Outcome.EXEMPT, clause, tuple(facts.items()))


def passed(**facts: str) -> Finding:
    """Nothing against the message, with the facts that showed it."""
    return Finding(Outcome.PASSED, None, tuple(facts.items()))
