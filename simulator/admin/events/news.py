"""What is new at an operator, as the events that tell it: each is read and formed once, whoever listens."""

import json
from collections.abc import Callable, Collection, Iterator
from typing import Any, Final, NamedTuple, TypeVar

from simulator.admin.events.notes import Notes
from simulator.admin.moments import tehran_moment
from simulator.center.operator import Operator
from simulator.messages import JournalEntry, MoMessage, message_id
from simulator.smpp.consts import MessageState
from simulator.store import Brief, BriefQuery, ChangeQuery, MoQuery, Query

EVENTS: Final = ("messages", "deleted", "sessions", "changes", "mo", "faults", "clock", "reset")
"""What may be listened to (docs/events.md)."""

MAX_BATCH: Final = 100
"""Entries that one event tells at most: the latest; of the others, how many they were."""
MAX_CHANGE: Final = 2_000
"""Characters of a change that are told with it."""

_Row = TypeVar("_Row")


def _message_row(brief: Brief) -> dict[str, Any]:
    """As /api/v1/messages has it, but in short."""
    return {
        "id": message_id(brief.number),
        "at": _moment(brief.received_at),
        "account": brief.account,
        "line": brief.line,
        "to": brief.to,
        "text": brief.text,
        "part": brief.part,
        "parts": brief.parts,
        "verdict": brief.outcome,
        "rule": brief.rule,
        "state": MessageState(brief.state).name,
    }


def _mo_row(message: MoMessage) -> dict[str, Any]:
    return {
        "id": message.number,
        "at": _moment(message.made_at),
        "from": message.subscriber,
        "to": message.line,
        "account": message.account,
        "text": message.text,
        "attempts": message.attempts,
        "acknowledged": message.acknowledged_at is not None,
    }


def _change_row(entry: JournalEntry) -> dict[str, Any]:
    change = json.loads(entry.body) if len(entry.body) <= MAX_CHANGE else {"kind": entry.kind}
    return {"id": entry.number, "at": _moment(entry.at), "origin": entry.origin, "change": change}


def _moment(posix: float) -> str:
    return tehran_moment(posix).isoformat(timespec="milliseconds")


class _Standing(NamedTuple):
    """What is not in the store, to be held against what it was."""

    resets: int
    deletions: int
    sessions: int
    faults: tuple[int, ...]

    @classmethod
    def of(cls, operator: Operator) -> "_Standing":
        on = tuple(switched.id for switched in operator.faults_on())
        return cls(operator.resets, operator.deletions, operator.binds.turnover, on)


class News:
    """Looks for what is new since it looked last, or began."""

    def __init__(self, operator: Operator) -> None:
        self.notes = Notes()
        self._operator = operator
        self._standing = _Standing.of(operator)

    def look(self) -> Iterator[tuple[str, Any]]:
        """The names and contents of the events that tell what is new."""
        notes, self.notes = self.notes, Notes()
        before, self._standing = self._standing, _Standing.of(self._operator)
        operator, now = self._operator, self._standing
        if now.resets != before.resets:
            yield "reset", _clock(operator)
        elif notes.is_clock_set:
            yield "clock", _clock(operator)
        if now.deletions != before.deletions:
            yield "deleted", {"messages": now.deletions - before.deletions}
        if now.sessions != before.sessions:
            accounts = operator.binds.counts()
            yield "sessions", {"total": sum(accounts.values()), "accounts": accounts}
        if now.faults != before.faults:
            on = [{"id": switched.id, "name": switched.fault.name} for switched in operator.faults_on()]
            yield "faults", {"on": on}
        if notes.changes:
            yield "changes", _batch(operator, "changes", ChangeQuery, notes.changes, _change_row)
        if notes.mo:
            yield "mo", _batch(operator, "messages", MoQuery, notes.mo, _mo_row)
        if notes.messages:
            yield "messages", _batch(operator, "messages", BriefQuery, notes.messages, _message_row)


def _clock(operator: Operator) -> dict[str, Any]:
    return {"now": _moment(operator.clock.now()), "speed": operator.clock.speed}


def _batch(
    operator: Operator,
    key: str,
    kind: type[Query[_Row]],
    noted: Collection[int],
    form: Callable[[_Row], dict[str, Any]],
) -> dict[str, Any]:
    """The latest of what was noted, and how many others there were."""
    latest = sorted(noted)[-MAX_BATCH:]
    rows = operator.inquiries.numbered(kind, latest)
    return {key: [form(row) for row in rows], "skipped": len(noted) - len(latest)}
