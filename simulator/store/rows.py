"""Rows of the store as the values that they were."""

import json
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
    TraceStep,
    Verdict,
    Violation,
)


def message_of(row: tuple[Any, ...]) -> Message:
    """A message from its row: the columns of `messages`, then those of its verdict after the id."""
    part = None if row[17] is None else Part(*row[17:20])
    verdict = None if row[25] is None else _verdict(row[30:])
    return Message._make((*row[:12], Addressing(*row[12:17]), part, *row[20:25], verdict, *row[26:30]))


def mo_of(row: tuple[Any, ...]) -> MoMessage:
    """A subscriber's message from its row."""
    part = None if row[6] is None else Part(*row[6:9])
    return MoMessage._make((*row[:6], part, *row[9:]))


def receipt_of(row: tuple[Any, ...]) -> ReceiptRecord:
    """A receipt from its row."""
    return ReceiptRecord._make((*row[:3], ReceiptKind(row[3]), *row[4:]))


def offence_of(row: tuple[Any, ...]) -> Offence:
    """A violation from its row, with the columns of its message and verdict."""
    content = _content(row[12])
    category = None if content is None else str(content.category)
    return Offence._make((row[0], Violation._make(row[1:7]), *row[7:11], row[11] or "", category))


def _verdict(row: tuple[Any, ...]) -> Verdict:
    outcome, rule, clause, violation, content, trace, until = row
    steps = tuple(
        TraceStep(name, Outcome(result), cited, tuple((key, value) for key, value in facts))
        for name, result, cited, facts in json.loads(trace)
    )
    return Verdict(Fate(outcome), rule, clause, bool(violation), _content(content), steps, until)


def _content(text: str | None) -> Content | None:
    if text is None:
        return None
    label, category, evidence = json.loads(text)
    return Content(Label(label), Category(category), tuple(Evidence(*span) for span in evidence))
