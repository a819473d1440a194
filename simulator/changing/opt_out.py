"""What a subscriber's message (MO) asks the operator for: a word to a short code, or 11 and 12 to a line.

The words are the profile's (`profiles.optout_settings`). Nothing is changed here: what is asked for becomes a change.
"""

from enum import StrEnum
from typing import NamedTuple

from simulator.changing.change import Change
from simulator.changing.changes.blacklist import OptIn, OptOut, RejoinHeader, StopHeader
from simulator.numbers.numbering import fold_digits
from simulator.profiles.optout_settings import Meaning, ShortCode, read_word
from simulator.registry.lines import Line
from simulator.registry.registers import Registers


class MoOutcome(StrEnum):
    """What became of a subscriber's message."""

    CHANGED = "changed"
    """It changed what may be sent to him."""
    ANSWERED = "answered"
    """A short code answered, and nothing was changed."""
    FOR_ACCOUNT = "for-account"
    """It is for the account that holds the line, or that has its first word as a keyword."""
    LINE_TAKES_NONE = "line-takes-none"
    """Nobody can write to the line."""
    UNKNOWN_DESTINATION = "unknown-destination"
    """The operator that serves him has no such short code, and there is no such line."""


class MoReading(NamedTuple):
    """A subscriber's message as the operator understands it."""

    outcome: MoOutcome
    change: Change | None = None
    reply: str | None = None
    """What is written back to him, from the number that he wrote to."""
    passed_to: tuple[Line, str] | None = None
    """The line and the account to which the message goes."""


def read_mo(registers: Registers, subscriber: str, destination: str, text: str, now: float) -> MoReading:
    """What a message of a subscriber, in normal form, to a short code or a line asks for."""
    number = fold_digits(destination)
    code = registers.profile.short_codes.get(number)
    if code is not None and registers.numbers.serving(subscriber) in code.operators:
        return _read_to_code(registers, subscriber, number, code, code.meaning(text), now)
    line = registers.lines.find(destination)
    if line is None:
        return MoReading(MoOutcome.UNKNOWN_DESTINATION)
    return _read_to_line(registers, subscriber, line, text)


def _read_to_code(
    registers: Registers, subscriber: str, number: str, code: ShortCode, meaning: Meaning, now: float
) -> MoReading:
    replies = registers.profile.mo_replies
    change: Change | None = None
    if meaning is Meaning.BLOCK:
        change, reply = OptOut(number=subscriber), replies.blocked
    elif meaning is Meaning.ALLOW:
        change, reply = OptIn(number=subscriber), replies.allowed
    elif meaning is Meaning.ADVERTISING:
        operator = registers.numbers.serving(subscriber)
        listed = registers.blacklist.is_listed(subscriber, operator, now)
        reply = replies.advertising_off if listed else replies.advertising_on
    else:
        reply = {Meaning.MENU: replies.menu, Meaning.OTHER: replies.other}.get(meaning, replies.help)
    filled = _filled(reply, code=number, block=code.block[0], allow=code.allow[0])
    return MoReading(MoOutcome.CHANGED if change else MoOutcome.ANSWERED, change, filled)


def _read_to_line(registers: Registers, subscriber: str, line: Line, text: str) -> MoReading:
    words, replies = registers.header_stops.settings, registers.profile.mo_replies
    word = read_word(text)
    if word not in (*words.stop, *words.rejoin) or not registers.header_stops.can_stop(line):
        return _read_for_account(registers, line, text)
    change: Change
    if word in words.stop:
        change, reply = StopHeader(number=subscriber, line=line.number), replies.stopped
    else:
        change, reply = RejoinHeader(number=subscriber, line=line.number), replies.rejoined
    filled = _filled(reply, header=line.number, stop=words.stop[0], rejoin=words.rejoin[0])
    return MoReading(MoOutcome.CHANGED, change, filled, (line, line.account) if words.passed_on else None)


def _read_for_account(registers: Registers, line: Line, text: str) -> MoReading:
    if not line.takes_mo:
        return MoReading(MoOutcome.LINE_TAKES_NONE)
    keyword = registers.keywords.meant(line.number, text)
    if keyword is None:
        return MoReading(MoOutcome.FOR_ACCOUNT, passed_to=(line, line.account))
    passed_to = (line, keyword.account or line.account)
    return MoReading(MoOutcome.FOR_ACCOUNT, reply=keyword.reply or None, passed_to=passed_to)


def _filled(reply: str, **values: str) -> str:
    """A reply with the values of its placeholders; other braces stay as they are."""
    for name, value in values.items():
        reply = reply.replace(f"{{{name}}}", value)
    return reply
