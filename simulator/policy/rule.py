"""What a rule is: one thing that is forbidden, why, and the clauses that it stands on.

A rule says *that* a message is refused and *why*; how the ESME is told is the profile's matter (`profiles.profile`).
A rule that does not concern a message, or finds nothing against it, answers `PASSED`.
"""

import datetime
from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple

from simulator.messages import Content, Outcome
from simulator.numbers.numbering import MobileOperator
from simulator.policy.text_facts import TextFacts
from simulator.profiles.profile import Profile
from simulator.profiles.rule_settings import Enforcement
from simulator.registry.lines import Line


class Carried(NamedTuple):
    """What is known of a message besides its addresses and its text."""

    number: int = 0
    """The operator's running number; 0 for a message that is only talked of."""
    recipients: int = 1
    """How many recipients the call named that brought it."""
    parts: int = 0
    """How many parts it came in; 0 if it came whole."""
    is_paid: bool = False
    """Whether it was charged before."""
    is_counted: bool = False
    """Whether its short messages were counted before."""


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
    """The operator whose rules hold for the recipient."""
    blacklisted: bool
    """Whether the recipient is on that operator's blacklist, and the operator holds promotions back for it."""
    header_stopped: bool
    """Whether the recipient has stopped this line («لغو ۱۱»)."""
    text: str
    """The whole text: parts are joined before they are judged."""
    content: Content
    content_facts: tuple[tuple[str, str], ...]
    """What a trace says of the content: label, category and the strongest evidence."""
    text_facts: TextFacts
    """What else there is to know of the text: links, footer, parts and so on."""
    pattern: str | None
    """The name of an approved pattern of the line that the text fits."""
    pattern_facts: tuple[tuple[str, str], ...]
    """What a trace says of that: the pattern, or why the nearest one does not fit; nothing on other lines."""
    shares_line: bool
    """Whether an account that does not hold the line has an approved pattern on it."""
    local: datetime.datetime
    """The operator's time in Tehran, in whole seconds."""
    at: int
    """The same as POSIX seconds."""
    number: int = 0
    """The message's number; 0 for one that is only talked of."""
    recipients: int = 1
    """How many recipients the call named that brought it."""
    is_declared: bool | None = None
    """Whether the line was registered for this recipient; None where it was registered for no one in particular."""
    parts: int = 1
    """How many short messages it is, where the profile counts them."""
    sent_today: int = 0
    """How many the line has sent before on this day in Tehran, where the profile sets it a limit."""
    cost: int = 0
    """What it costs the account, in rials; nothing if it was charged before."""
    balance: int | None = None
    """What the account has; None if it pays later, or if nothing costs anything."""
    sent_before: int | None = None
    """When another message took the text from the line to the recipient, POSIX seconds, if that is in the window."""


class Finding(NamedTuple):
    """One rule's answer about one message; `facts` are what it looked at, as (name, value) pairs."""

    outcome: Outcome
    clause: str | None = None
    facts: tuple[tuple[str, str], ...] = ()
    violation: bool = False
    """Whether the line has offended, which its ledger counts."""
    until: float | None = None
    """When the rule will let the message pass, POSIX seconds, where that is only a matter of time."""


PASSED = Finding(Outcome.PASSED)

_finding = partial(tuple.__new__, Finding)
"""Of the five values of a finding; a NamedTuple's constructor takes three times as long, and these are made often."""
_PASSED, _EXEMPT = Outcome.PASSED, Outcome.EXEMPT


class Sent(NamedTuple):
    """A message of an example; the accounts, lines, patterns and numbers are those of the demo world."""

    source: str
    to: str
    text: str
    at: str = "2026-11-22T12:00"
    """Tehran's time, ISO 8601; a Sunday noon where nothing is said."""
    also_to: tuple[str, ...] = ()
    """Further recipients of the same call, a submit_multi; what is said of the first counts."""


class Example(NamedTuple):
    """A message that shows a rule at work; the tests send it, and the documentation shows it."""

    shows: str
    message: Sent
    is_refused: bool
    """Whether this rule refuses it; what it lets pass, no other rule refuses either."""
    world: Mapping[str, Any] = MappingProxyType({})
    """What differs from the demo world, as in a world file."""
    after: tuple[Sent, ...] = ()
    """What was sent, and accepted, before."""


class Rule(NamedTuple):
    """A rule. Its `id` names what is forbidden, so that it reads well after "allow"."""

    id: str
    title: str
    rationale: str
    clauses: tuple[str, ...]
    """Every clause that the rule may cite, in a refusal or an exemption."""
    judge: Callable[[Submission, Profile], Finding]
    examples: tuple[Example, ...] = ()
    """Messages that it refuses, and messages near to these that it lets pass."""
    passes_in_time: bool = False
    """Whether its refusals say until when, so that a profile may hold messages back instead."""


def refusal(clause: str, **facts: str) -> Finding:
    """A finding that refuses the message under `clause`."""
    return Finding(Outcome.REFUSED, clause, tuple(facts.items()))


def offence(action: Enforcement, clause: str, **facts: str) -> Finding:
    """A finding that the line has offended, which refuses the message or only counts, as the profile says."""
    outcome = Outcome.COUNTED if action is Enforcement.COUNT else Outcome.REFUSED
    return Finding(outcome, clause, tuple(facts.items()), violation=True)


def not_before(until: datetime.datetime, clause: str, **facts: str) -> Finding:
    """A finding that refuses the message under `clause`, but only until then."""
    shown = (("until", f"{until:%Y-%m-%d %H:%M}"),)
    return Finding(Outcome.REFUSED, clause, (*facts.items(), *shown), until=until.timestamp())


def exemption(clause: str, **facts: str) -> Finding:
    """A finding that frees the message from the rule under `clause`."""
    return _finding((_EXEMPT, clause, tuple(facts.items()), False, None))


def passed(**facts: str) -> Finding:
    """Nothing against the message, with the facts that showed it."""
    return _finding((_PASSED, None, tuple(facts.items()), False, None))
