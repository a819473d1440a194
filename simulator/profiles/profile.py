"""A profile: how this operator answers what the rules find. Rules say that and why; the profile says how it is told.

No Iranian operator publishes its SMPP behaviour: every command_status, receipt state and err in the shipped profiles is
this project's own choice ("assumed"), kept in one place so that a user can set what his aggregator does.
"""

import datetime
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator

from simulator.messages import Verdict
from simulator.numbers.numbering import MobileOperator, by_longest_prefix
from simulator.profiles.latency import Latency, Uniform
from simulator.profiles.optout_settings import (
    BlacklistSettings,
    HeaderStopSettings,
    MoReplies,
    PortabilitySettings,
    ShortCode,
)
from simulator.profiles.receipt_dialects import DialectName
from simulator.profiles.rule_settings import (
    Blackout,
    DailyCap,
    DeclaredPurposes,
    DeclaredRecipients,
    Duplicates,
    FilteredWords,
    Footer,
    ForbiddenMatter,
    Links,
    Parts,
    PatternCalls,
    Prefix,
    Salutation,
    SenderName,
    VerifiedOwners,
)
from simulator.profiles.service_terms import ServiceTerms
from simulator.profiles.tariff import Tariff
from simulator.smpp.consts import CommandStatus, MessageState, status_name
from simulator.smpp.text import Alphabet
from simulator.time.calendar import Office


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _read_status(value: Any) -> Any:
    """A command_status by its name, or as a number in decimal or 0x notation."""
    if not isinstance(value, str):
        return value
    if value in CommandStatus.__members__:
        return int(CommandStatus[value])
    try:
        return int(value, 0)
    except ValueError:
        msg = f"{value!r} is neither a command_status name such as ESME_RSUBMITFAIL nor a number such as 0x401"
        raise ValueError(msg) from None


def _read_state(value: Any) -> Any:
    return MessageState[value] if isinstance(value, str) and value in MessageState.__members__ else value


Status = Annotated[int, BeforeValidator(_read_status), Field(ge=1, le=0xFFFFFFFF)]
NamedStatus = Annotated[Status, PlainSerializer(status_name, return_type=str, when_used="json")]
State = Annotated[MessageState, BeforeValidator(_read_state), PlainSerializer(lambda state: state.name)]

DefaultAlphabet = Literal[Alphabet.GSM, Alphabet.GSM_PACKED, Alphabet.LATIN1, Alphabet.ASCII, Alphabet.UCS2]


class Style(StrEnum):
    """When the ESME learns of a refusal."""

    SUBMIT = "submit"
    """In the submit_sm_resp, by command_status."""
    RECEIPT = "receipt"
    """The message is accepted, and a receipt reports the failure later."""
    SILENT = "silent"
    """The message is accepted, and nothing is heard of it again."""
    HOLD = "hold"
    """The message is accepted and kept until it may pass; only for rules whose refusals end by themselves."""


class Answer(_Value):
    """How one refusal is told."""

    style: Style = Style.SUBMIT
    command_status: NamedStatus = int(CommandStatus.ESME_RSUBMITFAIL)
    state: State = MessageState.REJECTED
    err: str = Field(default="000", pattern=r"^[0-9]{3}$")
    refund: bool = True
    """Whether what the message cost is given back."""


class RuleAnswer(Answer):
    """How a rule's refusals are told, and where lines of a prefix are told otherwise."""

    by_prefix: dict[Annotated[str, Field(pattern=r"^[0-9]+$")], Answer] = {}

    def for_line(self, number: str) -> Answer:
        """The answer to a line: that of the longest prefix which it bears, or the rule's own."""
        return by_longest_prefix(self.by_prefix, number, self)


class Window(_Value):
    """Hours of the day in Tehran, half-open: open <= t < close."""

    open: datetime.time
    close: datetime.time

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Self:
        if not self.open < self.close:
            msg = f"the window opens at {self.open:%H:%M} and closes at {self.close:%H:%M}: it must open first"
            raise ValueError(msg)
        return self

    @cached_property
    def shown(self) -> str:
        """As a trace shows it."""
        return f"{self.open:%H:%M}-{self.close:%H:%M}"

    def __contains__(self, moment: datetime.time) -> bool:
        return self.open <= moment < self.close


class AdvertisingAction(StrEnum):
    """What happens to an advertisement on a service line whose recipient has not opted out."""

    REFUSE = "refuse"
    COUNT = "count"


class ServiceAdvertising(_Value):
    """Advertising on service lines."""

    action: AdvertisingAction = AdvertisingAction.REFUSE


class Sanctions(_Value):
    """What a line's violations lead to; those since its last reinstatement count."""

    warning: int | None = Field(default=None, ge=1)
    """At so many violations the line's owner is warned; never if None."""
    suspension: int | None = Field(default=None, ge=1)
    """From so many violations on each suspends the line; none does if None."""
    suspension_days: float = Field(default=7.0, ge=0.001, le=3660)
    """So long such a suspension lasts."""
    strikes: int = Field(default=3, ge=1)
    """So many violations close the line."""

    @model_validator(mode="after")
    def _grow_harder(self) -> Self:
        steps = [step for step in (self.warning, self.suspension, self.strikes) if step is not None]
        if steps != sorted(steps):
            msg = "a warning comes no later than a suspension, and that no later than the closure (strikes)"
            raise ValueError(msg)
        return self


class DeliveryMode(StrEnum):
    """What brings an accepted message to its handset."""

    IMMEDIATE = "immediate"
    """Nothing holds it up: it is there right behind its response."""
    TIMED = "timed"
    """It takes the time that `latency` says."""
    MANUAL = "manual"
    """A person or a test moves it; by itself it only expires."""


class Retry(_Value):
    """When a handset that could not be reached is tried again, in seconds on the operator's clock."""

    first: float = Field(default=60.0, gt=0, le=86_400)
    factor: float = Field(default=2.0, ge=1, le=10)
    """Every wait is so many times as long as the one before."""
    longest: float = Field(default=3600.0, gt=0, le=604_800)

    def after(self, attempts: int) -> float:
        """How long to wait after so many attempts in vain."""
        return float(min(self.first * self.factor ** min(attempts - 1, 64), self.longest))


class Delivery(_Value):
    """What follows acceptance; all times in seconds on the operator's clock."""

    mode: DeliveryMode = DeliveryMode.TIMED
    latency: Latency = Uniform(low=0.9, high=1.1)
    """From acceptance to the first attempt to deliver."""
    retry: Retry = Retry()
    validity: float = Field(default=172_800.0, gt=0, le=31_536_000)
    """For how long a message is tried whose validity_period is not given."""
    longest_validity: float = Field(default=604_800.0, gt=0, le=31_536_000)
    """A validity_period beyond it is cut to it."""
    assembly_timeout: float = Field(default=60.0, gt=0, le=86_400)
    """For how long parts wait for the rest of their text; then what came is judged alone."""
    assembly_limit: int = Field(default=10_000, ge=1)
    """So many parts of one account wait at most; beyond it the oldest text is judged as it is."""


class ReceiptCarrier(StrEnum):
    """The PDU in which receipts come."""

    DELIVER_SM = "deliver_sm"
    DATA_SM = "data_sm"


class ReceiptTarget(StrEnum):
    """To which of an account's binds a receipt goes."""

    ANY = "any"
    """To all that may receive, in turn."""
    SUBMITTER = "submitter"
    """To the one that submitted the message, while it is bound and may receive; else to any."""


class Receipts(_Value):
    """How receipts are sent; times in seconds on the operator's clock."""

    carrier: ReceiptCarrier = ReceiptCarrier.DELIVER_SM
    """An ESME at 3.3 gets deliver_sm in any case; it knows no data_sm."""
    to: ReceiptTarget = ReceiptTarget.ANY
    dialect: DialectName | None = None
    """How their text and TLVs are written; as 3.4 Appendix B where nothing is said."""
    retry: float = Field(default=10.0, gt=0, le=86_400)
    """After this, a receipt is sent again that met a temporary error, or silence."""
    attempts: int = Field(default=10, ge=1, le=1_000_000)
    """So often a receipt is sent at most."""
    manual_ack_after: float | None = Field(default=None, ge=0, le=31_536_000)
    """When subscribers read what they got, for those who ask for it; None for never by themselves."""


class BindAnswers(_Value):
    """How a bind is refused. 5.0 wants ESME_RBINDFAIL for wrong credentials; most servers name the field."""

    unknown_system_id: NamedStatus = int(CommandStatus.ESME_RINVSYSID)
    wrong_password: NamedStatus = int(CommandStatus.ESME_RINVPASWD)
    forbidden: NamedStatus = int(CommandStatus.ESME_RBINDFAIL)
    """A kind of bind, or an address, that the account may not use."""
    too_many: NamedStatus = int(CommandStatus.ESME_RALYBND)


class OverloadAnswers(_Value):
    """How an ESME is told that it sends too fast, or more than can be kept."""

    throughput: NamedStatus = int(CommandStatus.ESME_RTHROTTLED)
    window: NamedStatus = int(CommandStatus.ESME_RMSGQFUL)
    storage: NamedStatus = int(CommandStatus.ESME_RMSGQFUL)
    """There is no room left to keep a message. ESME_RSYSERR is what the standard has for it, but clients in use give a
    message up on that, and submit it again after this (docs/store.md)."""


class Profile(_Value):
    """One operator's manners."""

    name: str
    title: str
    basis: dict[str, str] = {}
    """What each value stands on, by its path (see `profile_file`); a value that is absent is a default."""
    hours: dict[MobileOperator, Window] = {}
    """Promotional hours by the recipient's operator; an operator that is absent takes promotions at any hour."""
    answers: dict[str, RuleAnswer] = {}
    """By rule id; a rule that is absent is told by ESME_RSUBMITFAIL in the submit_sm_resp."""
    flat_status: NamedStatus | None = None
    """The command_status of every refusal at submit, whatever the rule: some providers tell all of them alike."""
    service_advertising: ServiceAdvertising = ServiceAdvertising()
    parts: Parts = Parts()
    forbidden_matter: ForbiddenMatter = ForbiddenMatter()
    filtered_words: FilteredWords = FilteredWords()
    links: Links = Links()
    sender_name: SenderName = SenderName()
    salutation: Salutation = Salutation()
    footer: Footer = Footer()
    verified_owners: VerifiedOwners = VerifiedOwners()
    blocked_routes: dict[MobileOperator, tuple[Prefix, ...]] = {}
    """By the recipient's operator: the lines that it takes nothing from, by the beginning of their numbers."""
    declared_recipients: DeclaredRecipients = DeclaredRecipients()
    declared_purposes: DeclaredPurposes = DeclaredPurposes()
    pattern_calls: PatternCalls = PatternCalls()
    blackouts: tuple[Blackout, ...] = ()
    daily_cap: DailyCap = DailyCap()
    duplicates: Duplicates = Duplicates()
    blacklist: BlacklistSettings = BlacklistSettings()
    header_stops: HeaderStopSettings = HeaderStopSettings()
    portability: PortabilitySettings = PortabilitySettings()
    short_codes: dict[Annotated[str, Field(pattern=r"^[0-9]{3,6}$")], ShortCode] = {}
    """The numbers to which subscribers write, by themselves."""
    mo_replies: MoReplies = MoReplies()
    sanctions: Sanctions = Sanctions()
    office: Office = Office()
    """When the staff work who decide on requests."""
    provisioning: ServiceTerms = ServiceTerms()
    """On which terms lines become service lines."""
    default_messages: dict[Annotated[int, Field(ge=1, le=254)], str] = {}
    """The texts that sm_default_msg_id stands for."""
    tariff: Tariff = Tariff()
    delivery: Delivery = Delivery()
    receipts: Receipts = Receipts()
    binds: BindAnswers = BindAnswers()
    overload: OverloadAnswers = OverloadAnswers()
    default_alphabet: DefaultAlphabet = Alphabet.GSM
    """What data_coding 0 stands for in what ESMEs send."""

    def answer_of(self, verdict: Verdict, line: str) -> Answer | None:
        """How a verdict is told to an ESME that sent from `line`; None for an acceptance."""
        if verdict.is_accepted or verdict.rule is None:
            return None
        return self.answer_to(verdict.rule, line)

    def answer_to(self, rule: str, line: str) -> Answer:
        """How a refusal by `rule` is told to an ESME that sent from `line`."""
        answer = self.answers.get(rule, _DEFAULT_ANSWER).for_line(line)
        if self.flat_status is None:
            return answer
        return answer.model_copy(update={"command_status": self.flat_status})


_DEFAULT_ANSWER = RuleAnswer()
