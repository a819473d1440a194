"""The engine: gathers what the registers say of a message, asks every rule in order, and makes the verdict."""

import datetime
from collections.abc import Callable, Hashable
from functools import lru_cache, partial
from typing import NamedTuple

from simulator.messages import Content, Outcome, Sending, TraceStep, Verdict, accepted, refused
from simulator.numbers.numbering import TEHRAN, MobileOperator, normal_mobile
from simulator.policy.content import classify
from simulator.policy.patterns import Fit, PatternBook
from simulator.policy.rule import PASSED, Carried, Rule, Submission
from simulator.policy.rules import RULES
from simulator.policy.text_facts import TextFacts, TextReader
from simulator.policy.traffic import Traffic
from simulator.registry.lines import Line
from simulator.registry.registers import Registers
from simulator.slim import Slimming

Facts = tuple[tuple[str, str], ...]

_EVIDENCE_SHOWN = 3
_NO_PATTERNS = Fit(None, ())
"""What is said of a text on a line that needs none."""
_NOTHING_KNOWN = Carried()
_REFUSED = Outcome.REFUSED


class _Seen(NamedTuple):
    """What the registers say of one message, as `Submission` has it."""

    line: Line | None
    recipient: str | None
    operator: MobileOperator | None
    is_barred: bool
    is_stopped: bool
    fit: Fit
    shares_line: bool
    is_declared: bool | None
    parts: int
    sent_today: int
    cost: int
    balance: int | None
    sent_before: int | None


class Judged(NamedTuple):
    """A verdict, and what whoever asked for it has to know of the message."""

    verdict: Verdict
    slim: Verdict
    """The same as it is kept in memory (`simulator.slim`)."""
    line: Line | None
    recipient: str | None
    operator: MobileOperator | None
    cost: int
    """In rials; nothing if it was paid before."""
    sending: Sending | None
    """What is to be remembered when the message sets out, if the profile asks for anything."""


# Made for every message; a NamedTuple's own constructor takes three times as long.
_step = partial(tuple.__new__, TraceStep)
_seen = partial(tuple.__new__, _Seen)
_judged = partial(tuple.__new__, Judged)
_CASES_REMEMBERED = 4_096
_TEXTS_REMEMBERED = 16_384
"""Classified texts kept: a campaign repeats one text, so nearly every message of it costs no classification."""


class PolicyEngine:
    """The rules over one operator's registers, and the memory of texts already read and of messages that set out."""

    def __init__(self, registers: Registers, rules: tuple[Rule, ...] = RULES) -> None:
        self._registers = registers
        self._lines = registers.lines
        self._patterns = PatternBook(registers.patterns)
        self._judges = tuple((number, rule.id, rule.judge) for number, rule in enumerate(rules))
        self._all_passed = [TraceStep(rule.id, *PASSED[:3]) for rule in rules]
        self._slimming = Slimming()
        self._cases: dict[tuple[Hashable, ...], tuple[Verdict, Verdict, Line | None]] = {}
        """What was decided in this second, by all that decided it; the line is kept, so that its id stays its own."""
        self._cases_at = 0
        self._second = 0
        self._local = datetime.datetime.fromtimestamp(0, TEHRAN)
        self.take_profile()

    def take_profile(self) -> None:
        """The profile is another: texts are read anew for it, and what set out is to be put into `traffic` again."""
        profile = self._registers.profile
        read = partial(_read, TextReader(profile))
        self._read: Callable[[str], tuple[Content, Facts, TextFacts]] = lru_cache(_TEXTS_REMEMBERED)(read)
        self._is_free = profile.tariff.is_free
        self.traffic = Traffic(profile.daily_cap, profile.duplicates)
        self._cases.clear()

    def submission(
        self, account: str, source: str, destination: str, text: str, now: float, carried: Carried = _NOTHING_KNOWN
    ) -> Submission:
        """The facts that rules look at, for a message that arrives at `now` (POSIX seconds, operator's clock)."""
        seen = self._look(account, source, destination, text, now, carried)
        return self._submission(account, source, destination, text, int(now), carried, seen)

    def judge(
        self, account: str, source: str, destination: str, text: str, now: float, carried: Carried = _NOTHING_KNOWN
    ) -> Judged:
        """Judges a message that arrives at `now`. Those of one second that rules see alike are judged once.

        What rules do not look at is left out of the comparison: the recipient itself, unless it is no number of a
        subscriber, how its address was written, and the message's number. A test holds the rules to that.
        """
        second = int(now)
        if second != self._cases_at or len(self._cases) >= _CASES_REMEMBERED:
            self._cases_at = second
            self._cases.clear()
        seen = self._look(account, source, destination, text, now, carried)
        line, recipient = seen[:2]
        case = (id(line), text, account, source, carried.recipients, *seen[2:])
        known = self._cases.get(case) if recipient is not None else None
        if known is None:
            verdict = self.evaluate(self._submission(account, source, destination, text, second, carried, seen))
            known = verdict, self._slimming.slim_verdict(verdict), line
            if line is not None and recipient is not None:
                self._cases[case] = known
        sending = None
        if self.traffic.is_on and line is not None and recipient is not None:
            sending = self.traffic.sending(carried.number, second, line, recipient, seen.parts, text)
        return _judged((known[0], known[1], line, recipient, seen[2], seen.cost, sending))

    def _look(self, account: str, source: str, destination: str, text: str, now: float, carried: Carried) -> _Seen:
        """What the registers say of a message."""
        registers, line = self._registers, self._lines.find(source)
        recipient, operator = registers.numbers.recipient(destination)
        is_barred = is_stopped = shares_line = False
        is_declared, fit = None, _NO_PATTERNS
        parts, sent_today, cost, balance, sent_before = carried.parts or 1, 0, 0, None, None
        if recipient is not None and operator is not None:
            is_barred = registers.blacklist.bars(recipient, operator, now)
        if line is not None:
            if recipient is not None:
                is_stopped = registers.header_stops.is_stopped(recipient, line, now)
                if line.recipients is not None:
                    is_declared = recipient in line.recipients
            if line.carries_patterns_only:
                fit, shares_line = self._patterns.fit(account, line, text), self._patterns.shares(account, line)
        if not self._is_free:
            cost, balance = self._price(account, line, operator, text, carried)
        if self.traffic.is_on and line is not None and recipient is not None:
            parts = carried.parts or self._read(text)[2].parts
            sent_today = self.traffic.sent_today(line.number, int(now))
            sent_before = self.traffic.sent_before(line.number, recipient, text, int(now), carried.number)
        if carried.is_counted:
            parts = sent_today = 0
        return _seen(
            (
                line,
                recipient,
                operator,
                is_barred,
                is_stopped,
                fit,
                shares_line,
                is_declared,
                parts,
                sent_today,
                cost,
                balance,
                sent_before,
            )
        )

    def _submission(
        self, account: str, source: str, destination: str, text: str, second: int, carried: Carried, seen: _Seen
    ) -> Submission:
        content, content_facts, text_facts = self._read(text)
        return Submission(
            account=account,
            source=source,
            line=seen.line,
            destination=destination,
            recipient=seen.recipient,
            operator=seen.operator,
            blacklisted=seen.is_barred,
            header_stopped=seen.is_stopped,
            text=text,
            content=content,
            content_facts=content_facts,
            text_facts=text_facts,
            pattern=seen.fit.pattern,
            pattern_facts=seen.fit.facts,
            shares_line=seen.shares_line,
            local=self._local_time(second),
            at=second,
            number=carried.number,
            recipients=carried.recipients,
            is_declared=seen.is_declared,
            parts=seen.parts,
            sent_today=seen.sent_today,
            cost=seen.cost,
            balance=seen.balance,
            sent_before=seen.sent_before,
        )

    def _price(
        self, account: str, line: Line | None, operator: MobileOperator | None, text: str, carried: Carried
    ) -> tuple[int, int | None]:
        """What a message costs, and what its account has."""
        balance = self._registers.purses.balance(account)
        if line is None or carried.is_paid:
            return 0, balance
        facts = self._read(text)[2]
        parts = carried.parts or facts.parts
        return self._registers.profile.tariff.cost(line.number, operator, parts, is_persian=facts.is_persian), balance

    def _local_time(self, second: int) -> datetime.datetime:
        """Tehran's time; a second brings thousands of messages, so it is worked out once."""
        if second != self._second:
            self._second, self._local = second, datetime.datetime.fromtimestamp(second, TEHRAN)
        return self._local

    def line_number(self, written: str) -> str | None:
        """The number of the registered line that an originator names, in whatever form it is written."""
        line = self._lines.find(written)
        return line.number if line else None

    def same_recipient(self, written: str, other: str) -> bool:
        """Whether two addresses name one subscriber, in whatever form they are written."""
        return written == other or (normal_mobile(written) or written) == (normal_mobile(other) or other)

    def evaluate(self, submission: Submission) -> Verdict:
        """The verdict on a message: the rules in order, up to the first that refuses."""
        trace = self._all_passed.copy()  # nearly every rule says so of nearly every message
        profile = self._registers.profile
        for number, name, judge in self._judges:
            finding = judge(submission, profile)
            if finding is PASSED:
                continue
            outcome, clause, facts, violation, until = finding
            trace[number] = _step((name, outcome, clause, facts))
            if outcome is _REFUSED:
                seen = tuple(trace[: number + 1])
                return refused(violation=violation, content=submission.content, trace=seen, until=until)
        return accepted(submission.content, tuple(trace))


def _read(reader: TextReader, text: str) -> tuple[Content, Facts, TextFacts]:
    """What a text is, what a trace says of that, and what rules may ask of the text besides."""
    content = classify(text)
    evidence = "، ".join(span.quote for span in content.evidence[:_EVIDENCE_SHOWN])
    facts = (("label", str(content.label)), ("category", str(content.category)))
    return content, (*facts, ("evidence", evidence)) if evidence else facts, reader.read(text)
