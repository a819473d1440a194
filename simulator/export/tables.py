"""The exported tables: every column once, as name, SQL over the store, and kind. A new column is one line here."""

import json
from typing import Final

from simulator.export.table import Column, Holds, Kind, Table
from simulator.smpp.consts import MessageState, status_name


def _state_name(state: int) -> str:
    return MessageState(state).name


def _evidence(spans: str) -> str:
    """The store's [[start, end, quote, reason], ...] with names."""
    named = [dict(zip(("start", "end", "quote", "reason"), span, strict=True)) for span in json.loads(spans)]
    return json.dumps(named, ensure_ascii=False)


def _facts(pairs: str) -> str:
    """The store's [[name, value], ...] as one object."""
    return json.dumps(dict(json.loads(pairs)), ensure_ascii=False)


MESSAGES: Final = Table(
    "messages",
    (
        Column("number", "m.number", Kind.INTEGER),
        Column("message_id", "m.message_id", Kind.TEXT),
        Column("received_at", "m.received_at", Kind.MOMENT),
        Column("account", "m.account", Kind.TEXT),
        Column("source", "m.source", Kind.TEXT, Holds.WORDS, unless="line"),
        Column("line", "m.line", Kind.TEXT),
        Column("line_type", "m.line_type", Kind.TEXT),
        Column("destination", "m.destination", Kind.TEXT, Holds.NUMBER),
        Column("recipient", "m.recipient", Kind.TEXT, Holds.NUMBER),
        Column("operator", "m.operator", Kind.TEXT),
        Column("text", "m.text", Kind.TEXT, Holds.TEXT),
        Column("data_coding", "m.data_coding", Kind.INTEGER),
        Column("service_type", "m.service_type", Kind.TEXT),
        Column("source_ton", "m.source_ton", Kind.INTEGER),
        Column("source_npi", "m.source_npi", Kind.INTEGER),
        Column("destination_ton", "m.destination_ton", Kind.INTEGER),
        Column("destination_npi", "m.destination_npi", Kind.INTEGER),
        Column("reference", "m.reference", Kind.INTEGER),
        Column("total", "m.total", Kind.INTEGER),
        Column("part", "m.part", Kind.INTEGER),
        Column("registered_delivery", "m.registered_delivery", Kind.INTEGER),
        Column("command_status", "m.command_status", Kind.TEXT, shape=status_name),
        Column("state", "m.state", Kind.TEXT, shape=_state_name),
        Column("err", "m.err", Kind.TEXT),
        Column("done_at", "m.done_at", Kind.MOMENT),
        Column("scheduled_for", "m.scheduled_for", Kind.MOMENT),
        Column("valid_until", "m.valid_until", Kind.MOMENT),
        Column("attempts", "m.attempts", Kind.INTEGER),
        Column("cost", "m.cost", Kind.INTEGER),
        Column("refunded_at", "m.refunded_at", Kind.MOMENT),
        Column("verdict", "m.verdict", Kind.INTEGER),
        Column("outcome", "v.outcome", Kind.TEXT),
        Column("rule", "v.rule", Kind.TEXT),
        Column("clause", "v.clause", Kind.TEXT),
        Column("violation", "v.violation", Kind.FLAG),
        Column("label", "json_extract(v.content, '$[0]')", Kind.TEXT),
        Column("category", "json_extract(v.content, '$[1]')", Kind.TEXT),
        Column("until", "v.until", Kind.MOMENT),
    ),
    source="messages m LEFT JOIN verdicts v ON v.id = m.verdict",
    number="m.number",
    made="received_at",
    unsettled="done_at IS NULL OR verdict IS NULL",
)

VERDICTS: Final = Table(
    "verdicts",
    (
        Column("number", "v.id", Kind.INTEGER),
        Column("outcome", "v.outcome", Kind.TEXT),
        Column("rule", "v.rule", Kind.TEXT),
        Column("clause", "v.clause", Kind.TEXT),
        Column("violation", "v.violation", Kind.FLAG),
        Column("label", "json_extract(v.content, '$[0]')", Kind.TEXT),
        Column("category", "json_extract(v.content, '$[1]')", Kind.TEXT),
        Column("evidence", "json_extract(v.content, '$[2]')", Kind.JSON, Holds.TEXT, shape=_evidence),
        Column("until", "v.until", Kind.MOMENT),
    ),
    source="verdicts v",
    number="v.id",
)

TRACES: Final = Table(
    "traces",
    (
        Column("verdict", "v.id", Kind.INTEGER),
        Column("step", "t.key + 1", Kind.INTEGER),
        Column("rule", "json_extract(t.value, '$[0]')", Kind.TEXT),
        Column("outcome", "json_extract(t.value, '$[1]')", Kind.TEXT),
        Column("clause", "json_extract(t.value, '$[2]')", Kind.TEXT),
        Column("facts", "json_extract(t.value, '$[3]')", Kind.JSON, Holds.TEXT, shape=_facts),
    ),
    source="verdicts v, json_each(v.trace) t",
    number="v.id",
    key=("verdict", "step"),
)

RECEIPTS: Final = Table(
    "receipts",
    (
        Column("number", "r.number", Kind.INTEGER),
        Column("message", "r.message", Kind.INTEGER),
        Column("account", "r.account", Kind.TEXT),
        Column("kind", "r.kind", Kind.TEXT),
        Column("state", "r.state", Kind.TEXT, shape=_state_name),
        Column("err", "r.err", Kind.TEXT),
        Column("network_error", "r.network_error", Kind.INTEGER),
        Column("made_at", "r.made_at", Kind.MOMENT),
        Column("sent_at", "r.sent_at", Kind.MOMENT),
        Column("attempts", "r.attempts", Kind.INTEGER),
        Column("acknowledged_at", "r.acknowledged_at", Kind.MOMENT),
        Column("given_up_at", "r.given_up_at", Kind.MOMENT),
    ),
    source="receipts r",
    number="r.number",
    unsettled="acknowledged_at IS NULL AND given_up_at IS NULL",
)

TURNS: Final = Table(
    "turns",
    (
        Column("number", "t.number", Kind.INTEGER),
        Column("message", "t.message", Kind.INTEGER),
        Column("at", "t.at", Kind.MOMENT),
        Column("kind", "t.kind", Kind.TEXT),
        Column("state", "t.state", Kind.TEXT, shape=_state_name),
        Column("err", "t.err", Kind.TEXT),
        Column("network_error", "t.network_error", Kind.INTEGER),
        Column("until", "t.until", Kind.MOMENT),
    ),
    source="turns t",
    number="t.number",
)

MO_MESSAGES: Final = Table(
    "mo_messages",
    (
        Column("number", "s.number", Kind.INTEGER),
        Column("account", "s.account", Kind.TEXT),
        Column("line", "s.line", Kind.TEXT),
        Column("subscriber", "s.subscriber", Kind.TEXT, Holds.NUMBER),
        Column("text", "s.text", Kind.TEXT, Holds.TEXT),
        Column("data_coding", "s.data_coding", Kind.INTEGER),
        Column("reference", "s.reference", Kind.INTEGER),
        Column("total", "s.total", Kind.INTEGER),
        Column("part", "s.part", Kind.INTEGER),
        Column("made_at", "s.made_at", Kind.MOMENT),
        Column("sent_at", "s.sent_at", Kind.MOMENT),
        Column("attempts", "s.attempts", Kind.INTEGER),
        Column("acknowledged_at", "s.acknowledged_at", Kind.MOMENT),
        Column("given_up_at", "s.given_up_at", Kind.MOMENT),
    ),
    source="mo_messages s",
    number="s.number",
    made="made_at",
    unsettled="acknowledged_at IS NULL AND given_up_at IS NULL",
)

VIOLATIONS: Final = Table(
    "violations",
    (
        Column("message", "o.message", Kind.INTEGER),
        Column("line", "o.line", Kind.TEXT),
        Column("at", "o.at", Kind.MOMENT),
        Column("rule", "o.rule", Kind.TEXT),
        Column("clause", "o.clause", Kind.TEXT),
        Column("slate", "o.slate", Kind.INTEGER),
    ),
    source="violations o",
    number="o.rowid",
    key=("message", "rule", "at"),
    is_numbered=False,
)

CHANGES: Final = Table(
    "changes",
    (
        Column("number", "c.number", Kind.INTEGER),
        Column("at", "c.at", Kind.MOMENT),
        Column("origin", "c.origin", Kind.TEXT),
        Column("kind", "c.kind", Kind.TEXT),
        # A packed set is megabytes that say nothing to a reader, and numbers that no mask could find.
        Column("change", "json_remove(c.body, '$.packed')", Kind.JSON, Holds.WORDS),
    ),
    source="changes c",
    number="c.number",
    made="at",
)

MUTATIONS: Final = Table(
    "mutations",
    (
        Column("number", "u.number", Kind.INTEGER),
        Column("at", "u.at", Kind.MOMENT),
        Column("wall", "u.wall", Kind.MOMENT),
        Column("method", "u.method", Kind.TEXT),
        Column("path", "u.path", Kind.TEXT, Holds.WORDS),
        Column("client", "u.client", Kind.TEXT),
        Column("origin", "u.origin", Kind.TEXT),
        Column("agent", "u.agent", Kind.TEXT),
        Column("body", "u.body", Kind.JSON, Holds.WORDS),
        Column("status", "u.status", Kind.INTEGER),
        Column("outcome", "u.outcome", Kind.TEXT, Holds.WORDS),
        Column("changes", "u.changes", Kind.JSON),
    ),
    source="mutations u",
    number="u.number",
    made="at",
)

TABLES: Final = (MESSAGES, VERDICTS, TRACES, RECEIPTS, TURNS, MO_MESSAGES, VIOLATIONS, CHANGES, MUTATIONS)
TABLES_BY_NAME: Final = {table.name: table for table in TABLES}
