"""Whether a client keeps the operator's rules, and heeds what it is told of them.

The operator's own verdicts decide. A source that does not know them, such as a capture, gives no occasion.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from typing import Final, NamedTuple

from harness.audit.check import Check, Finding, Judge, Severity, bad, good
from harness.audit.recording import Recording
from harness.audit.submissions import Submission
from harness.audit.traces import Judgement
from harness.audit.wire_pdu import WirePdu
from simulator.messages import Fate, Outcome

STUBBORN: Final = 600.0
"""Seconds within which the same message is a retry, whatever has changed meanwhile."""
HEEDED: Final = 10.0

_OPT_OUT: Final = ("promotion-to-blacklisted", "service-advertising-to-blacklisted", "stopped-header")
_IN_TIME: Final = frozenset({"promotion-outside-hours", "blackout", "daily-cap", "empty-balance"})
"""What ends by itself: a retry is only too early."""


class Judged(NamedTuple):
    """A message, its answer, and what the operator decided."""

    message: Submission
    answer: WirePdu
    judgement: Judgement


def _judged(recording: Recording) -> Iterator[Judged]:
    for answer in recording.pdus:
        request = recording.request_of(answer) if answer.judgement else None
        message = recording.submission_of(request) if request else None
        if message is not None and answer.judgement is not None:
            yield Judged(message, answer, answer.judgement)


def _keeps(*rules: str, looks_at_all: bool = False) -> Judge:
    """Judges by rules. Those that look at every message pass wherever no earlier one refused."""
    return partial(_kept, rules, looks_at_all)


def _kept(rules: tuple[str, ...], looks_at_all: bool, recording: Recording) -> Iterator[Finding]:  # noqa: FBT001 - `_keeps` names it
    for message, answer, judgement in _judged(recording):
        if judgement.rule in rules:
            yield bad(_why(judgement), message.wire, answer)
            continue
        has_looked = any(judgement.trace.get(rule) == Outcome.PASSED for rule in rules)
        if has_looked or (looks_at_all and judgement.outcome == Fate.ACCEPTED):
            yield good(message.wire, answer)


def _why(judgement: Judgement) -> str:
    return f"rule {judgement.rule}, clause {judgement.clause}: {judgement.outcome}"


def _respects_opt_out(recording: Recording) -> Iterator[Finding]:
    """The first refusal tells a client that the subscriber does not want it; the second is its own fault."""
    told: dict[tuple[str, str], Judged] = {}
    again: set[tuple[str, str]] = set()
    for judged in _judged(recording):
        if judged.judgement.rule not in _OPT_OUT:
            continue
        for destination in judged.message.destinations:
            pair = judged.message.source, destination
            first = told.setdefault(pair, judged)
            if first is not judged and first.answer.number < judged.message.wire.number:
                again.add(pair)
                why = f"to {destination} again, {_why(judged.judgement)}"
                yield bad(why, first.message.wire, first.answer, judged.message.wire)
    for pair, judged in told.items():
        if pair not in again and recording.ended - judged.answer.at >= HEEDED:
            yield good(judged.message.wire, judged.answer)


def _heeds(recording: Recording) -> Iterator[Finding]:
    refusals: dict[tuple[object, ...], list[Judged]] = defaultdict(list)
    for judged in _judged(recording):
        if judged.judgement.outcome == Fate.REFUSED:
            refusals[judged.message.identity].append(judged)
    for refused in (each for alike in refusals.values() for each in alike):
        again = [
            each
            for each in refusals[refused.message.identity]
            if each.message.wire.number > refused.answer.number
            and each.judgement.rule == refused.judgement.rule
            and each.message.wire.at - refused.answer.at < STUBBORN
        ]
        if again:
            too_early = "too early " if refused.judgement.rule in _IN_TIME else ""
            why = f"sent again {too_early}in spite of {_why(refused.judgement)}"
            yield bad(why, refused.message.wire, refused.answer, again[0].message.wire)
        elif recording.ended - refused.answer.at >= HEEDED:
            yield good(refused.message.wire, refused.answer)


CHECKS: Final = (
    Check(
        "respects-opt-out",
        "Sends no more to a subscriber for whom it was told of the blacklist or of a stopped header.",
        "rules promotion-to-blacklisted, service-advertising-to-blacklisted, stopped-header",
        Severity.CRITICAL,
        "Take the recipient off the list when the refusal comes, for that line or for all promotional ones.",
        _respects_opt_out,
    ),
    Check(
        "no-advertising-on-service-lines",
        "Sends no promotional text from a service line.",
        "rules service-advertising, service-advertising-to-blacklisted, undeclared-purpose",
        Severity.CRITICAL,
        "Send offers, contests, congratulations and condolences from a promotional line; a service line is closed.",
        _keeps("service-advertising", "service-advertising-to-blacklisted", "undeclared-purpose"),
    ),
    Check(
        "says-how-to-opt-out",
        "Ends a promotional text with «لغو۱۱».",
        "rule missing-footer",
        Severity.CRITICAL,
        "Add the footer where the line is promotional, before the text is cut into parts.",
        _keeps("missing-footer"),
    ),
    Check(
        "keeps-the-hours",
        "Sends promotional texts within the hours, and not in a blackout.",
        "rules promotion-outside-hours, blackout",
        Severity.MAJOR,
        "Hold a campaign back until the window opens, in Tehran's time.",
        _keeps("promotion-outside-hours", "blackout"),
    ),
    Check(
        "fits-approved-patterns",
        "Sends on a shared service line only what fits an approved pattern.",
        "rule unapproved-pattern",
        Severity.MAJOR,
        "Make the text of the pattern and its variables, and nothing else.",
        _keeps("unapproved-pattern"),
    ),
    Check(
        "uses-its-own-lines",
        "Sends from lines that are registered to its account, open, and routed to the recipient.",
        "rules unregistered-line, closed-line, unverified-owner, blocked-route",
        Severity.MAJOR,
        "Let people choose among the lines of the account only.",
        _keeps("unregistered-line", "closed-line", "unverified-owner", "blocked-route", looks_at_all=True),
    ),
    Check(
        "writes-to-whom-it-may",
        "Sends to mobile numbers that the line may reach.",
        "rules invalid-recipient, undeclared-recipient, several-recipients",
        Severity.MAJOR,
        "Check numbers before they are sent to, and keep the list that the line was registered for.",
        _keeps("invalid-recipient", "undeclared-recipient", "several-recipients", looks_at_all=True),
    ),
    Check(
        "sends-nothing-forbidden",
        "Sends no forbidden matter, filtered word or link, and says who it is.",
        "rules forbidden-matter, filtered-word, link, unidentified-sender, missing-salutation, too-many-parts",
        Severity.MAJOR,
        "Show people the rule and the clause before they send: `khatban explain` does.",
        _keeps(
            "forbidden-matter",
            "filtered-word",
            "link",
            "unidentified-sender",
            "missing-salutation",
            "too-many-parts",
            looks_at_all=True,
        ),
    ),
    Check(
        "keeps-its-quota",
        "Sends no more than its line and its balance permit, and nothing twice.",
        "rules daily-cap, duplicate, empty-balance",
        Severity.MAJOR,
        "Count what a line has sent today; ask for the balance before a campaign.",
        _keeps("daily-cap", "empty-balance", "duplicate"),
    ),
    Check(
        "heeds-refusals",
        "Does not send again what a rule has refused.",
        "every rule of the operator",
        Severity.CRITICAL,
        "Hand the refusal on to whoever wrote the message, with its reason; a retry is another violation.",
        _heeds,
    ),
)
