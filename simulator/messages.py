"""The frozen values that travel through the operator: what was said of a text, what was decided, and why.

This file owns the words; it knows no rule, no line and no wire format.
"""

import math
from enum import StrEnum
from functools import partial
from typing import Final, NamedTuple

from simulator.smpp.consts import MessageState
from simulator.smpp.receipts import TEXT_SIZE


class Label(StrEnum):
    """What a text is for."""

    SERVICE = "service"
    PROMOTIONAL = "promotional"


class Category(StrEnum):
    """The finer kind of a text; the first ten are promotional, the others service."""

    ADVERTISEMENT = "advertisement"
    DISCOUNT = "discount"
    LOTTERY_CONTEST = "lottery_contest"
    WINNER_ANNOUNCEMENT = "winner_announcement"
    CONGRATULATION = "congratulation"
    CONDOLENCE = "condolence"
    OCCASION = "occasion"
    EVENT_INVITATION = "event_invitation"
    SALES_OFFER = "sales_offer"
    LOYALTY_POINTS_UPSELL = "loyalty_points_upsell"

    OTP = "otp"
    BANK_TRANSACTION = "bank_transaction"
    ORDER_STATUS = "order_status"
    SHIPMENT_TRACKING = "shipment_tracking"
    ACCOUNT_INFO = "account_info"
    TICKET_REPLY = "ticket_reply"
    APPOINTMENT_REMINDER = "appointment_reminder"
    CLASS_SCHEDULE = "class_schedule"
    INSURANCE_EXPIRY = "insurance_expiry"
    BILL_DUE = "bill_due"
    UTILITY_OUTAGE = "utility_outage"
    MEMBERSHIP_EXPIRY_NOTICE = "membership_expiry_notice"
    GOVERNMENT_NOTICE = "government_notice"
    SURVEY_AFTER_SERVICE = "survey_after_service"
    DELIVERY_ATTEMPT = "delivery_attempt"
    REFUND_NOTICE = "refund_notice"
    EMERGENCY_ALERT = "emergency_alert"
    OTHER = "other"


PROMOTIONAL_CATEGORIES: Final = frozenset(tuple(Category)[:10])
"""The kinds of what no service line may carry."""


class Evidence(NamedTuple):
    """A span of the original text that spoke for a label: `text[start:end] == quote`."""

    start: int
    end: int
    quote: str
    reason: str


class Content(NamedTuple):
    """What the classifier says of a text.

    `certainty` is the share of the odds that are the label's, in whole per cent, so that texts that differ little have
    one verdict; None where nothing was weighed. An offer must be likelier than not by far to be called one, so that of
    a service text it may be below 50.
    """

    label: Label
    category: Category
    evidence: tuple[Evidence, ...] = ()
    certainty: int | None = None


class Outcome(StrEnum):
    """What one rule said of one message."""

    PASSED = "passed"
    """The rule looked and found nothing against the message."""
    EXEMPT = "exempt"
    """A clause frees this message from the rule."""
    COUNTED = "counted"
    """A violation that this operator lets through and counts."""
    REFUSED = "refused"


class TraceStep(NamedTuple):
    """One rule's outcome, the clause that it stands on, and the facts that it looked at."""

    rule: str
    outcome: Outcome
    clause: str | None
    facts: tuple[tuple[str, str], ...]


class Fate(StrEnum):
    """What became of a submitted message at the operator's door."""

    ACCEPTED = "accepted"
    REFUSED = "refused"


class Verdict(NamedTuple):
    """The fate of a message at the operator; made only by `accepted` and `refused`, so that none lacks its reason."""

    outcome: Fate
    rule: str | None
    clause: str | None
    violation: bool
    content: Content | None
    trace: tuple[TraceStep, ...]
    until: float | None = None
    """Of a refusal: when it ends by itself, POSIX seconds on the operator's clock."""

    @property
    def is_accepted(self) -> bool:
        """True when the operator takes the message on."""
        return self.outcome is Fate.ACCEPTED


def accepted(content: Content | None, trace: tuple[TraceStep, ...]) -> Verdict:
    """An acceptance; a counted violation in the trace is carried over with its rule and clause."""
    counted = Outcome.COUNTED
    for step in trace:
        if step[1] is counted:  # by place and by a local name: this runs over every rule of every message
            return Verdict(Fate.ACCEPTED, step.rule, step.clause, violation=True, content=content, trace=trace)
    return Verdict(Fate.ACCEPTED, None, None, violation=False, content=content, trace=trace)


def refused(
    *, violation: bool, content: Content | None, trace: tuple[TraceStep, ...], until: float | None = None
) -> Verdict:
    """A refusal; its rule and clause are those of the trace's last step.

    Raises:
        ValueError: The last step is no refusal, or names no rule or clause (invariant 4).
    """
    if not trace or trace[-1].outcome is not Outcome.REFUSED or not trace[-1].rule or not trace[-1].clause:
        msg = f"a refusal names its rule and clause, and this one does not: {trace[-1:]}"
        raise ValueError(msg)
    return Verdict(Fate.REFUSED, trace[-1].rule, trace[-1].clause, violation, content, trace, until)


class Part(NamedTuple):
    """Which part of a longer text a message is: the parts' shared reference, their number, and which one this is."""

    reference: int
    total: int
    number: int


class Addressing(NamedTuple):
    """What an ESME wrote around the addresses of a message; its receipts give it back, exchanged."""

    service_type: str = ""
    source_ton: int = 0
    source_npi: int = 0
    destination_ton: int = 0
    destination_npi: int = 0


class Message(NamedTuple):
    """One submitted message as the operator keeps it, accepted or refused."""

    number: int
    """The operator's running number."""
    message_id: str
    """The message_id that the ESME was told, empty if none; the destinations of one submit_multi share it."""
    received_at: float
    """POSIX seconds on the operator's clock."""
    account: str
    source: str
    """The originator exactly as the ESME wrote it."""
    line: str | None
    """The registered line's number, where the originator is one."""
    line_type: str | None
    destination: str
    """The recipient exactly as the ESME wrote it."""
    recipient: str | None
    """The recipient in normal form, 98 and ten digits, where it is a mobile number."""
    operator: str | None
    text: str
    data_coding: int
    addressing: Addressing
    part: Part | None
    registered_delivery: int
    command_status: int
    state: int
    """message_state (SMPP 3.4, 5.2.28)."""
    err: str
    """The err that a receipt bears; "000" where nothing failed."""
    done_at: float | None
    """When it reached its final state, POSIX seconds on the operator's clock; None while it is on its way."""
    verdict: Verdict | None
    """None only for a part that waits for the others of its text."""
    scheduled_for: float | None = None
    """Not to be delivered before then (schedule_delivery_time)."""
    valid_until: float = math.inf
    """Not to be delivered after that (validity_period, or what the operator grants)."""
    attempts: int = 0
    """How often the handset was tried in vain."""
    due: float | None = None
    """When it goes on: a release, an attempt to deliver, or its end; None where nothing is due by itself."""
    cost: int = 0
    """What its account was charged, in rials."""
    refunded_at: float | None = None
    """When that was given back."""

    @property
    def is_under_way(self) -> bool:
        """Whether it has not ended."""
        return self.state in UNDER_WAY

    # `_replace` goes by names, through every field: four times the price of these, which every message pays.

    def moved(
        self, verdict: Verdict | None, state: int, err: str, done_at: float | None, due: float | None
    ) -> "Message":
        """The message in another state, with the verdict that it has now, and when it goes on."""
        return _message((*self[:16], state, err, done_at, verdict, *self[20:23], due, *self[24:]))

    def with_verdict(self, verdict: Verdict | None) -> "Message":
        """The message with another verdict, and all else as it is."""
        return _message((*self[:19], verdict, *self[20:]))

    @property
    def reported(self) -> "Reported":
        """What its receipts say of it."""
        return Reported(self[1], self[2], self[4], self[7], self[10][:TEXT_SIZE], self[12])


class Reported(NamedTuple):
    """What a receipt says of its message: a million of them may wait, and a message takes thrice the room."""

    message_id: str
    received_at: float
    source: str
    destination: str
    text: str
    """As much of it as a receipt repeats."""
    addressing: Addressing


_message = partial(tuple.__new__, Message)
UNDER_WAY = (MessageState.ENROUTE, MessageState.SCHEDULED, MessageState.UNKNOWN)


class ReceiptKind(StrEnum):
    """What a message to an ESME reports on one of its own (esm_class, SMPP 5.0, 4.7.12)."""

    FINAL = "final"
    """A delivery receipt: the message's end."""
    INTERMEDIATE = "intermediate"
    """An intermediate notification: the first attempt failed."""
    DELIVERY_ACK = "delivery-ack"
    """The SME's delivery acknowledgement: the handset has it."""
    MANUAL_ACK = "manual-ack"
    """The SME's manual acknowledgement: the subscriber has read it."""


class ReceiptRecord(NamedTuple):
    """A delivery receipt: what it says, and what became of it."""

    number: int
    message: int
    account: str
    kind: ReceiptKind
    state: int
    err: str
    network_error: int | None
    """The GSM code of network_error_code, if the network gave one."""
    made_at: float
    sent_at: float | None = None
    """When it was sent last."""
    attempts: int = 0
    """How often it was sent."""
    acknowledged_at: float | None = None
    given_up_at: float | None = None
    """When it was sent for the last time in vain."""

    def sent(self, at: float) -> "ReceiptRecord":
        """The record when it is sent once more."""
        return _receipt((*self[:8], at, self[9] + 1, *self[10:]))


_receipt = partial(tuple.__new__, ReceiptRecord)


class MoMessage(NamedTuple):
    """A subscriber's message, or one part of it, on its way to the account that holds the line."""

    number: int
    account: str
    line: str
    subscriber: str
    """In normal form, 98 and ten digits."""
    text: str
    """What this part says."""
    data_coding: int
    part: Part | None
    octets: bytes
    """What deliver_sm carries, with its UDH."""
    made_at: float
    """When the subscriber sent it, POSIX seconds on the operator's clock."""
    sent_at: float | None = None
    attempts: int = 0
    acknowledged_at: float | None = None
    given_up_at: float | None = None


class Violation(NamedTuple):
    """A line's offence against the rules for service lines."""

    line: str
    message: int
    at: float
    rule: str
    clause: str
    slate: int = 0
    """How often the line had been reinstated before: only the violations on its present slate count against it."""


class Offence(NamedTuple):
    """A violation with what is known of its message."""

    number: int
    """From 1, in the order in which they were recorded."""
    violation: Violation
    message_id: str
    """What the ESME was told; empty if nothing."""
    account: str
    recipient: str
    """In normal form, or as it was written."""
    text: str
    outcome: str
    """Whether the message was refused, or let through and counted."""
    category: str | None


class TurnKind(StrEnum):
    """What may befall a message between its submission and its end, other than to be delivered."""

    HELD = "held"
    """It is kept back until the rule that is against it lets it pass."""
    RELEASED = "released"
    """Its time has come: it was judged anew."""
    JUDGED_INCOMPLETE = "judged-incomplete"
    """The rest of its text did not come; what there was of it was judged."""
    ATTEMPT_FAILED = "attempt-failed"
    """Its handset was tried in vain, and will be tried again."""
    PUT_FORWARD = "put-forward"
    """Its handset has changed, so the next attempt is made at once."""
    REPLACED = "replaced"
    """Its account gave it another text by replace_sm."""
    CALLED_BACK = "called-back"
    """Its account took it back, by cancel_sm or by a message that takes its place."""
    MOVED = "moved"
    """Somebody brought it into another state by hand."""


class Turn(NamedTuple):
    """One such turn; what merely follows from a message's own values is none."""

    message: int
    at: float
    """POSIX seconds on the operator's clock."""
    kind: TurnKind
    state: int
    """The message_state that it is in from then on."""
    err: str = "000"
    network_error: int | None = None
    """The GSM code, if the network gave one."""
    until: float | None = None
    """When it goes on, if that is decided."""


class ClockSetting(NamedTuple):
    """How the operator's clock was set: at this time of day it showed that, and ran on so many times as fast."""

    wall: float
    shown: float
    speed: float


class Sending(NamedTuple):
    """What is remembered of an accepted message for the rules on daily caps and duplicates, as far as they ask."""

    message: int
    at: int
    """When it set out, POSIX seconds on the operator's clock."""
    line: str
    parts: int
    """How many short messages it was; 0 where nobody counts them, or they were counted before."""
    text: int
    """Stands for the line, the recipient and the normal form of the text; 0 where nobody compares them."""


class Mutation(NamedTuple):
    """One request over HTTP that may have altered something, and what became of it."""

    number: int
    """From 1, in the order of the answers."""
    at: float
    """POSIX seconds on the operator's clock."""
    wall: float
    """The same on the real one."""
    method: str
    path: str
    client: str
    """The address that it came from."""
    origin: str
    """Who the client says that it is (X-Khatban-Origin); empty if it says nothing."""
    agent: str
    """Its User-Agent."""
    body: str | None
    """What was asked, as JSON, without secrets and cut where it is long; None without a body."""
    status: int
    """The HTTP status of the answer."""
    outcome: str
    """Why it was refused; empty if it was not."""
    changes: str
    """The numbers in the journal of what it changed, as a JSON list."""


class JournalEntry(NamedTuple):
    """One change of the registers, as the store keeps it."""

    number: int
    """From 1, in the order in which the changes were made."""
    at: float
    """POSIX seconds on the operator's clock."""
    origin: str
    kind: str
    body: str
    """The change as a JSON object."""


def message_id(number: int, digits: int = 10) -> str:
    """A message_id on the wire: ten decimal digits, the width that receipts of SMPP 3.4 Appendix B give it.

    An ESME at 3.3 takes no more than eight; for it the numbers begin anew after a hundred million messages.
    """
    return f"{number:010d}" if digits == 10 else f"{number % 10**digits:0{digits}d}"


def number_of(message_id: str) -> int | None:
    """The number that a message_id was made of; None for what cannot be one of ours, or no store could hold."""
    is_number = message_id.isascii() and message_id.isdigit() and len(message_id) <= 18
    return int(message_id) if is_number else None
