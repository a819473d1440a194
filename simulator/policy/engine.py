"""The engine: gathers what the registers say of a message, asks every rule in order, and makes the verdict."""

import datetime
from collections.abc import Callable, Hashable
from functools import lru_cache, partial

from simulator.lines import Line
from simulator.messages import Content, Message, Outcome, Sending, TraceStep, Verdict, accepted, refused
from simulator.numbering import TEHRAN, MobileOperator, normal_mobile
from simulator.policy.content import classify
from simulator.policy.patterns import Fit, PatternBook
from simulator.policy.rule import PASSED, Carried, Rule, Submission
from simulator.policy.rules import RULES
from simulator.policy.text_facts import TextFacts, TextReader
from simulator.policy.traffic import Traffic
from simulator.registers import Registers

Facts = tuple[tuple[str, str], ...]

_EVIDENCE_SHOWN = 3
_NO_PATTERNS = Fit(None, ())
"""What is said of a text on a line that needs none."""
_NOTHING_KNOWN = Carried()
_REFUSED = Outcome.REFUSED
_step = partial(tuple.__new__, TraceStep)
"""Of the four values of a step: made often, and a NamedTuple's own constructor takes three times as long."""
_submission = partial(tuple.__new__, Submission)
"""Of all values of a submission, in their order; likewise."""
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
        self._cases: dict[tuple[Hashable, ...], tuple[Verdict, Line]] = {}
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
        registers, line, recipient = self._registers, self._lines.find(source), normal_mobile(destination)
        operator = registers.numbers.ruling(recipient) if recipient else None
        content, content_facts, text_facts = self._read(text)
        needs_pattern = line is not None and line.carries_patterns_only
        fit = self._patterns.fit(account, line, text) if line and needs_pattern else _NO_PATTERNS
        cost, balance = (0, None) if self._is_free else self._price(account, line, operator, text_facts, carried)
        second, parts, sent_today, sent_before = int(now), carried.parts or 1, 0, None
        if self.traffic.is_on and line and recipient:
            parts = carried.parts or text_facts.parts
            sent_today = self.traffic.sent_today(line.number, second)
            sent_before = self.traffic.sent_before(line.number, recipient, text, second, carried.number)
        facts: tuple[object, ...] = (
            account,
            source,
            line,
            destination,
            recipient,
            operator,
            recipient is not None and operator is not None and registers.blacklist.bars(recipient, operator, now),
            line is not None and recipient is not None and registers.header_stops.is_stopped(recipient, line, now),
            text,
            content,
            content_facts,
            text_facts,
            fit.pattern,
            fit.facts,
            needs_pattern and line is not None and self._patterns.shares(account, line),
            self._local if second == self._second else self._local_time(second),
            second,
            carried.number,
            carried.recipients,
            _is_declared(line, recipient),
            parts,
            sent_today,
            cost,
            balance,
            sent_before,
        )
        return _submission(facts)

    def _price(
        self, account: str, line: Line | None, operator: MobileOperator | None, text: TextFacts, carried: Carried
    ) -> tuple[int, int | None]:
        """What a message costs, and what its account has."""
        balance = self._registers.purses.balance(account)
        if line is None or carried.is_paid:
            return 0, balance
        parts = carried.parts or text.parts
        return self._registers.profile.tariff.cost(line.number, operator, parts, is_persian=text.is_persian), balance

    def replacement(self, message: Message, text: str, now: float, *, is_counted: bool) -> Submission:
        """The facts of a text that takes the place of another; a message that was counted is not counted again."""
        submission = self.submission(
            message.account, message.source, message.destination, text, now, Carried(message.number, is_paid=True)
        )
        return submission._replace(parts=0, sent_today=0) if is_counted else submission

    def note(self, submission: Submission) -> Sending | None:
        """Notes that a message sets out; what the store is to keep of it, if the profile asks for anything."""
        return self.traffic.note(submission)

    def _local_time(self, second: int) -> datetime.datetime:
        """Tehran's time; a second brings thousands of messages, so it is worked out once."""
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
        """The verdict on a message. Messages of one second that rules see alike share it: a campaign is judged once.

        What rules do not look at is left out of the comparison: the recipient itself, unless it is no number of a
        subscriber, how its address was written, and the message's number. A test holds the rules to that.
        """
        line = submission.line
        if line is None or submission.recipient is None:
            return self._judge(submission)
        if submission.at != self._cases_at or len(self._cases) >= _CASES_REMEMBERED:
            self._cases_at = submission.at
            self._cases.clear()
        case = (
            id(line),
            submission.text,
            submission.account,
            submission.source,
            *submission[5:8],  # operator, blacklisted, header_stopped
            *submission[12:15],  # pattern, pattern_facts, shares_line
            *submission[18:],  # recipients, is_declared, parts, sent_today, cost, balance, sent_before
        )
        known = self._cases.get(case)
        if known is None:
            known = self._cases[case] = self._judge(submission), line
        return known[0]

    def _judge(self, submission: Submission) -> Verdict:
        """Asks the rules in order, up to the first that refuses."""
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


def _is_declared(line: Line | None, recipient: str | None) -> bool | None:
    """Whether a line was registered for a recipient; None where it was registered for no one in particular."""
    if line is None or recipient is None or line.recipients is None:
        return None
    return recipient in line.recipients


def _read(reader: TextReader, text: str) -> tuple[Content, Facts, TextFacts]:
    """What a text is, what a trace says of that, and what rules may ask of the text besides."""
    content = classify(text)
    evidence = "، ".join(span.quote for span in content.evidence[:_EVIDENCE_SHOWN])
    facts = (("label", str(content.label)), ("category", str(content.category)))
    return content, (*facts, ("evidence", evidence)) if evidence else facts, reader.read(text)
