"""What was submitted to the operator, what it decided and why, as it tells it: frozen values."""

from datetime import datetime
from typing import Any, Literal

from khatban_client.reasons import reason_of
from khatban_client.value import Value

Fate = Literal["accepted", "refused"]


class Evidence(Value):
    """A span of the text that spoke for its label: `text[start:end] == quote`."""

    start: int
    end: int
    quote: str
    reason: str


class Content(Value):
    """What the text was taken for: `service` or `promotional`, and the finer kind."""

    label: str
    category: str
    evidence: tuple[Evidence, ...] = ()
    certainty: int | None = None
    """How much of the odds the label has, in per cent; None where nothing was weighed."""


class TraceStep(Value):
    """One rule's outcome (`passed`, `exempt`, `counted`, `refused`), the clause it stands on, what it looked at."""

    rule: str
    outcome: str
    clause: str | None
    facts: dict[str, str]


class Verdict(Value):
    """What was decided, by which rule under which clause, and every rule that was asked, in order."""

    outcome: Fate
    rule: str | None
    clause: str | None
    violation: bool
    """Whether the message counts as an offence of its line."""
    content: Content | None
    trace: tuple[TraceStep, ...]

    @property
    def accepted(self) -> bool:
        """Whether the operator took the message on."""
        return self.outcome == "accepted"

    @property
    def reason(self) -> str:
        """In a line: by which rule under which clause, and what the text was taken for."""
        return reason_of(self.model_dump())


class Part(Value):
    """Which part of a longer text a message is; `number` from 1."""

    reference: int
    total: int
    number: int


class Receipt(Value):
    """A delivery receipt: its message_state, and when it was sent, acknowledged, or given up."""

    kind: str
    state: str
    err: str
    network_error: int | None
    sent_at: datetime | None
    attempts: int
    acknowledged_at: datetime | None
    given_up_at: datetime | None


class Message(Value):
    """One submit_sm as the operator keeps it; of a long text, one part.

    Attributes:
        id: The message_id; a refused submit_sm was not told it.
        line: The registered line; where there is none, the originator as it was written.
        source, destination: Originator and recipient as they were written.
        to: 98 and ten digits where it is a mobile number.
        command_status: Of the submit_sm_resp, by its name or as `0x00000404`.
        state: The message_state by its name: `ENROUTE`, `DELIVERED`, `UNDELIVERABLE`, `REJECTED`...
        cost: What its account was charged, in rials.
        verdict: None for a part that waits for the others of its text.
    """

    id: str
    received_at: datetime
    account: str
    line: str
    line_type: str | None
    source: str
    to: str
    destination: str
    operator: str | None
    text: str
    data_coding: int
    part: Part | None
    registered_delivery: int
    command_status: str
    state: str
    err: str
    scheduled_for: datetime | None
    valid_until: datetime
    attempts: int
    cost: int
    refunded_at: datetime | None
    done_at: datetime | None
    verdict: Verdict | None
    receipts: tuple[Receipt, ...]

    @property
    def accepted(self) -> bool:
        """Whether the operator took it on; a part that waits for the others is not yet."""
        return self.verdict is not None and self.verdict.accepted

    @property
    def reason(self) -> str:
        """Why it was taken on or refused, in a line."""
        return "waits for the other parts of its text" if self.verdict is None else self.verdict.reason


class Happening(Value):
    """One moment of a message's history: what happened, for programs and in words, and its state from then on."""

    at: datetime
    event: str
    state: str
    err: str
    network_error: int | None
    note: str


class TextPart(Value):
    """A part of the text that a message is a part of; `number` from 1."""

    id: str
    number: int
    state: str
    text: str


class MessageStory(Message):
    """A message, what befell it from its submission on, and all parts that came of its text; none of a whole."""

    history: tuple[Happening, ...]
    parts: tuple[TextPart, ...]


class Tlv(Value):
    """A TLV of a PDU; its value is a number, a text, or octets as hexadecimal digits."""

    tag: str
    name: str
    value: int | str | None


class Pdu(Value):
    """The request that brought a message, as it came: its octets as hexadecimal digits, its fields by their names."""

    name: str
    octets: str
    sequence_number: int
    command_status: str
    fields: dict[str, Any]
    tlvs: tuple[Tlv, ...]


class Kept(Value):
    """Messages that were not deleted because they are not finished: why, how many, and the ids of the first few."""

    why: str
    says: str
    messages: int
    ids: tuple[str, ...]


class Deletion(Value):
    """What became of messages that were to be deleted."""

    deleted: int
    kept: tuple[Kept, ...]


class Answer(Value):
    """How a refusal is told: at submit, by a receipt, silently, or held until the message may pass."""

    style: str
    command_status: str
    state: str
    err: str


class Explanation(Value):
    """What would become of a message that is not sent, and what the operator's registers say of it."""

    at: datetime
    line: str
    line_type: str | None
    account: str
    to: str
    operator: str | None
    blacklisted: bool
    header_stopped: bool
    pattern: str | None
    verdict: Verdict
    answer: Answer | None
