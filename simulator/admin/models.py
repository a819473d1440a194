"""The JSON forms of the operator's values, and the one place where these become JSON.

command_status and message_state are told by their names, times as `moments` says. Every form is a function of the
core's value and is documented in OpenAPI by its model.
"""

import datetime
from typing import Any, Self

from pydantic import BaseModel, Field

from simulator.admin.moments import Moment, tehran_moment
from simulator.center.inquiries import Entry, Explanation
from simulator.messages import (
    Category,
    Content,
    Evidence,
    Fate,
    Label,
    Outcome,
    Part,
    ReceiptKind,
    ReceiptRecord,
    TraceStep,
    Verdict,
    message_id,
)
from simulator.numbers.numbering import TEHRAN
from simulator.policy.clauses import Clause
from simulator.policy.rule import Rule
from simulator.policy.vendor_codes import VendorCode, load_vendor_codes
from simulator.profiles.profile import Answer, Style
from simulator.smpp.consts import MessageState, status_name


class PartForm(BaseModel):
    """Which part of a longer text a message is; `total` and `number` from 1."""

    reference: int
    total: int
    number: int

    @classmethod
    def of(cls, part: Part) -> Self:
        """The form of a part."""
        return cls(reference=part.reference, total=part.total, number=part.number)


class EvidenceForm(BaseModel):
    """A span of the text that spoke for its label, in code points: `text[start:end] == quote`."""

    start: int
    end: int
    quote: str
    reason: str

    @classmethod
    def of(cls, evidence: Evidence) -> Self:
        """The form of a span."""
        start, end, quote, reason = evidence
        return cls(start=start, end=end, quote=quote, reason=reason)


class ContentForm(BaseModel):
    """What the classifier says of a text."""

    label: Label
    category: Category
    evidence: list[EvidenceForm]
    certainty: int | None = Field(description="How much of the odds the label has, in per cent; null: not weighed.")

    @classmethod
    def of(cls, content: Content) -> Self:
        """The form of a classification."""
        evidence = [EvidenceForm.of(span) for span in content.evidence]
        return cls(label=content.label, category=content.category, evidence=evidence, certainty=content.certainty)


class TraceStepForm(BaseModel):
    """One rule's outcome, the clause that it stands on, and what it looked at."""

    rule: str
    outcome: Outcome
    clause: str | None
    facts: dict[str, str]

    @classmethod
    def of(cls, step: TraceStep) -> Self:
        """The form of a step."""
        return cls(rule=step.rule, outcome=step.outcome, clause=step.clause, facts=dict(step.facts))


class VerdictForm(BaseModel):
    """What was decided, by which rule under which clause, and every rule that was asked, in order."""

    outcome: Fate
    rule: str | None
    clause: str | None
    violation: bool = Field(description="Whether the message counts as an offence of its line.")
    content: ContentForm | None
    trace: list[TraceStepForm]
    vendors: list[VendorCode] = Field(description="What panels and aggregators show for such a refusal.")

    @classmethod
    def of(cls, verdict: Verdict) -> Self:
        """The form of a verdict."""
        return cls(
            outcome=verdict.outcome,
            rule=verdict.rule,
            clause=verdict.clause,
            violation=verdict.violation,
            content=verdict.content and ContentForm.of(verdict.content),
            trace=[TraceStepForm.of(step) for step in verdict.trace],
            vendors=[] if verdict.is_accepted else list(load_vendor_codes().get(verdict.rule or "", ())),
        )


class ReceiptForm(BaseModel):
    """A delivery receipt, and when it went out and was acknowledged."""

    kind: ReceiptKind
    state: str = Field(examples=["DELIVERED"])
    err: str
    network_error: int | None = Field(description="The GSM code of network_error_code.")
    sent_at: Moment | None = Field(description="When it was sent last.")
    attempts: int = Field(description="How often it was sent.")
    acknowledged_at: Moment | None
    given_up_at: Moment | None = Field(description="When it was sent for the last time in vain.")

    @classmethod
    def of(cls, receipt: ReceiptRecord) -> Self:
        """The form of a receipt."""
        return cls(
            kind=receipt.kind,
            state=MessageState(receipt.state).name,
            err=receipt.err,
            network_error=receipt.network_error,
            sent_at=moment_or_none(receipt.sent_at),
            attempts=receipt.attempts,
            acknowledged_at=moment_or_none(receipt.acknowledged_at),
            given_up_at=moment_or_none(receipt.given_up_at),
        )


def moment_or_none(posix: float | None) -> datetime.datetime | None:
    """POSIX seconds as a time of Tehran, if there are any."""
    return None if posix is None else tehran_moment(posix)


class MessageForm(BaseModel):
    """One submitted message, accepted or refused, with what became of it."""

    id: str = Field(description="The message_id; a refused submit_sm was not told it.")
    received_at: Moment
    account: str
    line: str = Field(
        description="The registered line's number; where there is none, the originator as it was written."
    )
    line_type: str | None = Field(description="Null where the originator is no registered line.")
    source: str = Field(description="The originator as it was written.")
    to: str = Field(description="98 and ten digits where it is a mobile number, else as it was written.")
    destination: str = Field(description="The recipient as it was written.")
    operator: str | None = Field(description="The operator whose rules hold for the recipient.")
    text: str
    data_coding: int
    part: PartForm | None
    registered_delivery: int
    command_status: str = Field(examples=["ESME_ROK", "0x00000401"])
    state: str = Field(examples=["DELIVERED"])
    err: str = Field(description='The err that a receipt bears; "000" where nothing failed.')
    scheduled_for: Moment | None = Field(description="Not to be delivered before then.")
    valid_until: Moment = Field(description="Not to be delivered after that.")
    attempts: int = Field(description="How often the handset was tried in vain.")
    cost: int = Field(description="What its account was charged, in rials.")
    refunded_at: Moment | None = Field(description="When that was given back.")
    done_at: Moment | None = Field(description="When it reached its final state; null while it is on its way.")
    verdict: VerdictForm | None = Field(description="Null for a part that waits for the others of its text.")
    receipts: list[ReceiptForm]

    @classmethod
    def of(cls, entry: Entry, **more: Any) -> Self:
        """The form of a message with its receipts; `more` are the fields of a form that says more."""
        message = entry.message
        return cls(
            id=message_id(message.number),
            received_at=tehran_moment(message.received_at),
            account=message.account,
            line=message.line or message.source,
            line_type=message.line_type,
            source=message.source,
            to=message.recipient or message.destination,
            destination=message.destination,
            operator=message.operator,
            text=message.text,
            data_coding=message.data_coding,
            part=message.part and PartForm.of(message.part),
            registered_delivery=message.registered_delivery,
            command_status=status_name(message.command_status),
            state=MessageState(message.state).name,
            err=message.err,
            scheduled_for=moment_or_none(message.scheduled_for),
            valid_until=tehran_moment(message.valid_until),
            attempts=message.attempts,
            cost=message.cost,
            refunded_at=moment_or_none(message.refunded_at),
            done_at=moment_or_none(message.done_at),
            verdict=message.verdict and VerdictForm.of(message.verdict),
            receipts=[ReceiptForm.of(receipt) for receipt in entry.receipts],
            **more,
        )


class AnswerForm(BaseModel):
    """How a refusal is told: in the submit_sm_resp, by a later receipt, or not at all."""

    style: Style
    command_status: str
    state: str
    err: str

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """The form of an answer."""
        status, state = status_name(answer.command_status), MessageState(answer.state).name
        return cls(style=answer.style, command_status=status, state=state, err=answer.err)


class ExplanationForm(BaseModel):
    """What would become of a message, and what the operator's registers say of it."""

    at: Moment
    line: str
    line_type: str | None
    account: str = Field(description="The account whose message it would be; empty where the line is not registered.")
    to: str
    operator: str | None
    blacklisted: bool
    header_stopped: bool = Field(description="Whether the recipient stopped this line by 11.")
    pattern: str | None = Field(description="The approved pattern of the line that the text fits.")
    verdict: VerdictForm
    answer: AnswerForm | None = Field(description="How the refusal would be told; null for an acceptance.")

    @classmethod
    def of(cls, explanation: Explanation) -> Self:
        """The form of an explanation."""
        submission = explanation.submission
        line = submission.line
        return cls(
            at=submission.local.astimezone(TEHRAN),
            line=line.number if line else submission.source,
            line_type=line and line.type,
            account=submission.account,
            to=submission.recipient or submission.destination,
            operator=submission.operator,
            blacklisted=submission.blacklisted,
            header_stopped=submission.header_stopped,
            pattern=submission.pattern,
            verdict=VerdictForm.of(explanation.verdict),
            answer=explanation.answer and AnswerForm.of(explanation.answer),
        )


class RuleForm(BaseModel):
    """One thing that is forbidden, why, and the clauses that it may cite."""

    id: str
    title: str
    rationale: str
    clauses: list[str]

    @classmethod
    def of(cls, rule: Rule) -> Self:
        """The form of a rule."""
        return cls(id=rule.id, title=rule.title, rationale=rule.rationale, clauses=list(rule.clauses))


class CatalogueForm(BaseModel):
    """The rules in the order in which they judge, and the clauses that they stand on."""

    rules: list[RuleForm]
    clauses: list[Clause]
