"""The JSON that a report relies on: the operator's API form of a message, and its catalogue of rules and clauses.

`harness.results` checks that a run directory is whole; this file checks what stands in its messages and its catalogue,
key by key, so that a section can trust its data frames. Keys that a report does not use are let through: the operator's
API may grow without breaking the reports of older runs.
"""

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, field_validator

Octet = Annotated[int, Field(ge=0, le=255)]
"""A field of one octet, as data_coding and registered_delivery are in a submit_sm (SMPP 3.4, 4.4.1)."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Part(_Record):
    """Which part of a long message this is: `number` of `total`, both from 1."""

    reference: int
    total: int
    number: int


class Evidence(_Record):
    """A span of the text that spoke for its content label."""

    start: int
    end: int
    quote: str
    reason: str


class Content(_Record):
    """What the classifier said of the text."""

    label: str
    category: str
    evidence: tuple[Evidence, ...] = ()
    certainty: Annotated[int, Field(ge=0, le=100)] | None = None


class TraceStep(_Record):
    """What one rule said of the message, and the facts that it looked at."""

    rule: str
    outcome: Literal["passed", "exempt", "counted", "refused"]
    clause: str | None = None
    facts: dict[str, Any] = Field(default_factory=dict)


class Verdict(_Record):
    """Accepted, or refused by which rule under which clause; `violation` counts against the line."""

    outcome: Literal["accepted", "refused"]
    rule: str | None
    clause: str | None
    violation: bool
    content: Content | None
    trace: tuple[TraceStep, ...]


class Receipt(_Record):
    """One receipt or notification: the state it told, the network error code, when it went out and was acknowledged."""

    kind: str = "final"
    state: str
    err: str | int | None = None
    sent_at: AwareDatetime | None = None
    acknowledged_at: AwareDatetime | None = None


class Message(_Record):
    """One line of `messages.jsonl`."""

    id: str
    scenario: str
    received_at: AwareDatetime
    account: str
    line: str
    line_type: str | None
    to: str
    operator: str | None
    text: str
    data_coding: Octet
    part: Part | None
    registered_delivery: Octet
    command_status: str
    state: str
    verdict: Verdict | None
    """Null for a part of a long message that still waits for the others."""
    receipts: tuple[Receipt, ...]


class Change(_Record):
    """One line of `changes.jsonl`."""

    scenario: str
    told_by: str
    at: AwareDatetime
    origin: str
    change: dict[str, Any]

    @field_validator("change")
    @classmethod
    def _has_a_kind(cls, change: dict[str, Any]) -> dict[str, Any]:
        if not change.get("kind"):
            msg = "a change has a kind"
            raise ValueError(msg)
        return change


class Violation(_Record):
    """One line of `violations.jsonl`."""

    scenario: str
    told_by: str
    at: AwareDatetime
    line: str
    rule: str
    clause: str
    counts: bool
    """Whether no reinstatement came after it."""


class Setting(_Record):
    """One value of the operator's profile, and what it stands on."""

    path: str
    value: Any
    basis: str


class Profile(_Record):
    """The operator's profile in the catalogue."""

    settings: tuple[Setting, ...] = ()


class Rule(_Record):
    """One rule of the catalogue."""

    id: str
    title: str
    rationale: str
    clauses: tuple[str, ...]


class Clause(_Record):
    """One clause of the catalogue: the sentence that a rule enforces, in our own words, and how sure we are of it."""

    id: str
    document: str
    section: str | None = None
    statement_en: str
    statement_fa: str
    since: str | None = None
    confidence: str | None = None
