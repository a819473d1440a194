"""What can be asked of the store's messages, changes and violations, and the SQL condition that it becomes."""

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.messages import Fate


@dataclass(frozen=True, slots=True)
class MessageQuery:
    """A filter over messages: every field that is not None must fit.

    `line` is the registered line's number or the originator as written; `to` the recipient in any stored form; `state`
    a message_state; `text` a part of the text; `since` and `until` POSIX seconds on the operator's clock, half-open.
    """

    line: str | None = None
    to: str | None = None
    account: str | None = None
    outcome: Fate | None = None
    rule: str | None = None
    state: int | None = None
    text: str | None = None
    since: float | None = None
    until: float | None = None
    limit: int = 100
    offset: int = 0


@dataclass(frozen=True, slots=True)
class ChangeQuery:
    """A filter over the changes of the registers: every field that is not None must fit.

    `text` is a part of the change's JSON, such as a line's number; `since` and `until` are as in `MessageQuery`.
    """

    kind: str | None = None
    origin: str | None = None
    text: str | None = None
    since: float | None = None
    until: float | None = None
    limit: int = 100
    offset: int = 0


@dataclass(frozen=True, slots=True)
class ViolationQuery:
    """A filter over violations: every field that is not None must fit. `since` and `until` are as in `MessageQuery`."""

    line: str | None = None
    account: str | None = None
    rule: str | None = None
    clause: str | None = None
    since: float | None = None
    until: float | None = None
    limit: int = 100
    offset: int = 0


@dataclass(frozen=True, slots=True)
class MoQuery:
    """A filter over the subscribers' messages: every field that is not None must fit.

    `subscriber` is a number in normal form; `since` and `until` are as in `MessageQuery`.
    """

    subscriber: str | None = None
    line: str | None = None
    account: str | None = None
    text: str | None = None
    since: float | None = None
    until: float | None = None
    limit: int = 100
    offset: int = 0


_CONDITIONS = {
    "line": "(m.line = ? OR m.source = ?)",
    "to": "(m.recipient = ? OR m.destination = ?)",
    "account": "m.account = ?",
    "outcome": "v.outcome = ?",
    "rule": "v.rule = ?",
    "state": "m.state = ?",
    "text": "instr(m.text, ?) > 0",
    "since": "m.received_at >= ?",
    "until": "m.received_at < ?",
}
_CHANGE_CONDITIONS = {
    "kind": "kind = ?",
    "origin": "origin = ?",
    "text": "instr(body, ?) > 0",
    "since": "at >= ?",
    "until": "at < ?",
}
_VIOLATION_CONDITIONS = {
    "line": "o.line = ?",
    "account": "m.account = ?",
    "rule": "o.rule = ?",
    "clause": "o.clause = ?",
    "since": "o.at >= ?",
    "until": "o.at < ?",
}


_MO_CONDITIONS = {
    "subscriber": "subscriber = ?",
    "line": "line = ?",
    "account": "account = ?",
    "text": "instr(text, ?) > 0",
    "since": "made_at >= ?",
    "until": "made_at < ?",
}


def where_mo(query: MoQuery) -> tuple[str, list[object]]:
    """The SQL condition (with `WHERE`, or empty) over mo_messages, and its values."""
    return _where(query, _MO_CONDITIONS)


def where_clause(query: MessageQuery) -> tuple[str, list[object]]:
    """The SQL condition (with `WHERE`, or empty) over messages m and verdicts v, and its values."""
    return _where(query, _CONDITIONS)


def where_change(query: ChangeQuery) -> tuple[str, list[object]]:
    """The SQL condition (with `WHERE`, or empty) over changes, and its values."""
    return _where(query, _CHANGE_CONDITIONS)


def where_violation(query: ViolationQuery) -> tuple[str, list[object]]:
    """The SQL condition (with `WHERE`, or empty) over violations o and messages m, and its values."""
    return _where(query, _VIOLATION_CONDITIONS)


def _where(
    query: MessageQuery | ChangeQuery | MoQuery | ViolationQuery, known: Mapping[str, str]
) -> tuple[str, list[object]]:
    conditions: list[str] = []
    values: list[object] = []
    for field, condition in known.items():
        value = getattr(query, field)
        if value is not None:
            conditions.append(condition)
            values += [value] * condition.count("?")
    return (f"WHERE {' AND '.join(conditions)}" if conditions else ""), values
