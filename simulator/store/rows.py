"""Rows of the store as the values that they were; what many rows have in common is one object."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from sys import intern
from typing import Any

from simulator.messages import (
    Addressing,
    Category,
    Content,
    Evidence,
    Fate,
    Label,
    Message,
    MoMessage,
    Offence,
    Outcome,
    Part,
    ReceiptKind,
    ReceiptRecord,
    Reported,
    TraceStep,
    Turn,
    TurnKind,
    Verdict,
    Violation,
)
from simulator.slim import Slimming
from simulator.smpp.receipts import TEXT_SIZE

_VERDICTS_REMEMBERED = 4_096
_COLUMNS = (
    *("number", "message_id", "received_at", "account", "source", "line", "line_type", "destination", "recipient"),
    *("operator", "text", "data_coding", "service_type", "source_ton", "source_npi", "destination_ton"),
    *("destination_npi", "reference", "total", "part", "registered_delivery", "command_status", "state", "err"),
    *("done_at", "verdict", "scheduled_for", "valid_until", "attempts", "due", "cost", "refunded_at"),
)
MESSAGE = ", ".join(f"m.{column}" for column in _COLUMNS)
"""The columns of messages m that a message is made of: all but its request's octets, which few ask for."""
REPORTED = (
    f"m.message_id, m.received_at, m.source, m.destination, substr(m.text, 1, {TEXT_SIZE}), m.service_type,"
    " m.source_ton, m.source_npi, m.destination_ton, m.destination_npi"
)
"""The columns of messages m that their receipts tell."""
GROUNDS = "v.outcome, v.rule, v.clause, v.violation, v.until"
"""The columns of verdicts v that `Rows.slim_message` reads besides."""


class Rows:
    """Makes messages of their rows, and reads each verdict once."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._verdicts: dict[int, Verdict] = {}
        self._grounds: dict[int, tuple[str, str | None]] = {}
        self._slimming = Slimming()

    def messages(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[Message]:
        """The messages of some rows of `MESSAGE`."""
        return map(self.message, rows)

    def message(self, row: tuple[Any, ...]) -> Message:
        """A message from its row of `MESSAGE`."""
        return self._message(row, None if row[25] is None else self._verdict(row[25]))

    def slim_message(self, row: tuple[Any, ...]) -> Message:
        """A message as it is kept in memory (`simulator.slim`), from the columns of `MESSAGE` and `GROUNDS`.

        A part keeps its whole verdict: by that it is known which parts belong together.
        """
        if row[25] is None or row[17] is not None:
            return self.message(row[: len(_COLUMNS)])
        outcome, rule, clause, violation, until = row[len(_COLUMNS) :]
        verdict = self._slimming.verdict(Fate(outcome), rule, clause, bool(violation), until)
        return self._message(row[: len(_COLUMNS)], verdict)

    def reported_message(self, row: tuple[Any, ...]) -> Message:
        """A message for its receipts, from its row of `MESSAGE`: without its verdict, which no receipt tells."""
        return self._message(row, None)

    def reported(self, row: tuple[Any, ...]) -> Reported:
        """What a message's receipts say of it, from its row of `REPORTED`."""
        message_id, received_at, source, destination, text = row[:5]
        addressing = self._slimming.addressing(Addressing._make(row[5:]))
        return Reported(message_id, received_at, intern(source), destination, text, addressing)

    def _message(self, row: tuple[Any, ...], verdict: Verdict | None) -> Message:
        number, message_id, received_at, account, source, line, line_type, destination, recipient, operator = row[:10]
        return Message._make(
            (
                number,
                message_id,
                received_at,
                intern(account),
                intern(source),
                line and intern(line),
                line_type and intern(line_type),
                destination,
                destination if recipient == destination else recipient,
                operator and intern(operator),
                *row[10:12],
                self._slimming.addressing(Addressing._make(row[12:17])),
                None if row[17] is None else Part(*row[17:20]),
                *row[20:23],
                intern(row[23]),
                row[24],
                verdict,
                *row[26:],
            )
        )

    def forget_verdicts(self) -> None:
        """Reads them anew when they are asked for: some were deleted."""
        self._verdicts.clear()
        self._grounds.clear()

    def grounds(self, number: int) -> tuple[str, str | None]:
        """The outcome and the rule of a verdict."""
        known = self._grounds.get(number)
        if known is None:
            if len(self._grounds) >= _VERDICTS_REMEMBERED:
                self._grounds.clear()
            row = self._db.execute("SELECT outcome, rule FROM verdicts WHERE id = ?", (number,)).fetchone()
            known = self._grounds[number] = row[0], row[1]
        return known

    def _verdict(self, number: int) -> Verdict:
        known = self._verdicts.get(number)
        if known is None:
            if len(self._verdicts) >= _VERDICTS_REMEMBERED:
                self._verdicts.clear()
            row = self._db.execute("SELECT * FROM verdicts WHERE id = ?", (number,)).fetchone()
            known = self._verdicts[number] = _verdict_of(row)
        return known


def mo_of(row: tuple[Any, ...]) -> MoMessage:
    """A subscriber's message from its row."""
    part = None if row[6] is None else Part(*row[6:9])
    return MoMessage._make((*row[:6], part, *row[9:]))


def receipt_of(row: tuple[Any, ...]) -> ReceiptRecord:
    """A receipt from its row."""
    return ReceiptRecord._make((*row[:2], intern(row[2]), ReceiptKind(row[3]), row[4], intern(row[5]), *row[6:]))


def turn_of(row: tuple[Any, ...]) -> Turn:
    """A turn from its row."""
    return Turn._make((*row[1:3], TurnKind(row[3]), *row[4:]))


def offence_of(row: tuple[Any, ...]) -> Offence:
    """A violation from its row, with the columns of its message and verdict."""
    content = _content(row[12])
    category = None if content is None else str(content.category)
    return Offence._make((row[0], Violation._make(row[1:7]), *row[7:11], row[11] or "", category))


def _verdict_of(row: tuple[Any, ...]) -> Verdict:
    _, outcome, rule, clause, violation, content, trace, until = row
    steps = tuple(
        TraceStep(name, Outcome(result), cited, tuple((key, value) for key, value in facts))
        for name, result, cited, facts in json.loads(trace)
    )
    return Verdict(Fate(outcome), rule, clause, bool(violation), _content(content), steps, until)


def _content(text: str | None) -> Content | None:
    if text is None:
        return None
    label, category, evidence, *certainty = json.loads(text)  # older files tell no certainty
    return Content(Label(label), Category(category), tuple(Evidence(*span) for span in evidence), *certainty)
