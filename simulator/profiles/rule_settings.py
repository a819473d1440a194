"""What a profile says of single rules: a small model for each, whose defaults leave the rule off."""

import datetime
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from simulator.messages import Category
from simulator.numbers.line_plan import LineType
from simulator.numbers.numbering import MobileOperator, by_longest_prefix, in_tehran

Prefix = Annotated[str, Field(pattern=r"^[0-9]+$")]
"""The first digits of a line's number."""
LineTypes = tuple[LineType, ...]
Word = Annotated[str, Field(min_length=1, max_length=100)]


Code = Annotated[str, Field(pattern=r"^[0-9]+$")]


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Parts(_Settings):
    """How long a text may be, counted in the short messages that carry it."""

    limit: int | None = Field(default=None, ge=1, le=255)
    """So many parts at most; any number if None."""
    reference_bits: Literal[8, 16] = 8
    """Of the reference that the parts share: with 8 bits a part holds 67 Persian characters, with 16 bits 66."""


class Matter(StrEnum):
    """What the terms of panels forbid on every line, as far as a machine sees it."""

    CARD_NUMBER = "card_number"
    """The number of a bank card: 16 digits whose check digit is right."""
    PAYMENT_LINK = "payment_link"
    GAMBLING = "gambling"


class ForbiddenMatter(_Settings):
    """What no line may carry."""

    matters: tuple[Matter, ...] = ()
    """Which of them this operator looks for."""
    payment_hosts: tuple[Annotated[str, Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)*$")], ...] = (
        "shaparak.ir",
        "zarinpal.com",
        "zarinp.al",
        "idpay.ir",
        "payping.ir",
        "zibal.ir",
        "pay",
        "ipg",
        "payment",
    )
    """Where one pays: a domain with everything below it, or a single label that stands anywhere in a host."""
    gambling_words: tuple[Word, ...] = (
        "قمار", "قماربازی", "شرط بندی", "کازینو", "پوکر", "بازی انفجار", "casino", "poker", "betting",
    )  # fmt: skip


class WordMatch(StrEnum):
    """How a filter finds its words."""

    WORD = "word"
    """As whole words."""
    SUBSTRING = "substring"
    """Anywhere: «برند» is found in «برندگان»."""


class FilteredWords(_Settings):
    """The words for which an operator takes messages out of the traffic. No operator publishes his list."""

    match: WordMatch | None = None
    """How they are looked for; not at all if None."""
    words: tuple[Word, ...] = ("برنده", "برند", "برندگان", "تقاطع", "۲۴", "ساعت")
    """The default is the one list that was ever told, by a panel's notice of 2015. Digits may be of any script."""
    lines: LineTypes = tuple(LineType)
    """On which lines."""
    operators: tuple[MobileOperator, ...] = ()
    """On the way to whose subscribers; to everybody's if empty."""


class LinkPolicy(StrEnum):
    """Which links a line may send."""

    ALLOW = "allow"
    REGISTERED = "registered"
    """Those that lead to the line's registered domains."""
    DENY = "deny"


class LinkDetector(StrEnum):
    """What a filter takes for a link."""

    STRICT_URL = "strict_url"
    """What begins with a scheme or with www."""
    DOMAIN_LIKE = "domain_like"
    """Also a bare domain: a known ending, or a path behind it."""
    ANY_DOT = "any_dot"
    """Every word that has a dot anywhere, were it the full stop of a sentence: such filters are in use."""


class Links(_Settings):
    """Links in texts."""

    policy: dict[LineType, LinkPolicy] = {}
    """By type of line; a type that is absent may send any."""
    detector: LinkDetector = LinkDetector.DOMAIN_LIKE


class SenderName(_Settings):
    """Whether a text must say who sends it."""

    required_on: LineTypes = ()


class Salutation(_Settings):
    """Whether a service text must begin by addressing the customer."""

    required_on: tuple[Prefix, ...] = ()
    """The prefixes of the service lines on which it must."""


class Footer(_Settings):
    """The words that end a text and say how to stop its line: «لغو ۱۱»."""

    required_on: LineTypes = ()
    not_for: tuple[Category, ...] = (Category.OTP,)
    """The kinds of content that need none, whatever the line."""
    codes: tuple[Code, ...] = ("11",)
    """What may stand behind «لغو»."""
    codes_by_prefix: dict[Prefix, tuple[Code, ...]] = {"9000": ("1", "11")}
    """The same for lines of a prefix; the longest prefix counts."""
    several_recipients_only: bool = False
    """Whether a call to one recipient needs none."""
    optional_on: tuple[Prefix, ...] = ("9000",)
    """The prefixes of lines that may do without."""


class Enforcement(StrEnum):
    """What an operator does about an offence."""

    OFF = "off"
    """It does not look."""
    COUNT = "count"
    """The message passes, and counts as a violation of its line."""
    REFUSE = "refuse"


class VerifiedOwners(_Settings):
    """Lines whose owner must have proved who he is."""

    prefixes: tuple[Prefix, ...] = ()
    since: datetime.date = datetime.date(2019, 3, 6)
    """The day from which it is asked: 15 Esfand 1397."""


class DeclaredRecipients(_Settings):
    """Dedicated service lines that reach only the subscribers for whom they were registered."""

    action: Enforcement = Enforcement.OFF


class DeclaredPurposes(_Settings):
    """Dedicated service lines that carry only the kinds of content for which they were registered."""

    action: Enforcement = Enforcement.OFF


class PatternCalls(_Settings):
    """What one call may ask of a shared service line."""

    most_recipients: int | None = Field(default=None, ge=1)
    """So many recipients a submit_multi may name; None for any number."""


class BlackoutScope(StrEnum):
    """What does not pass in a blackout."""

    PROMOTIONAL = "promotional"
    """Everything from promotional lines."""
    BULK = "bulk"
    """Everything but what shared service lines send, each text to one recipient by an approved pattern."""
    ALL_BUT_CODES = "all_but_codes"
    """Everything but one-time codes, from whatever line."""
    ALL = "all"


class BlackoutCause(StrEnum):
    """Why there is a blackout, which says on what clause it stands."""

    ELECTION = "election"
    CRISIS = "crisis"
    ORDER = "order"
    """Mourning, or whatever else the operator announced."""


Moment = Annotated[datetime.datetime, AfterValidator(in_tehran)]
"""In Tehran's time, which is meant where no offset is written."""


class Blackout(_Settings):
    """A period in which messages do not pass, half-open: since <= t < until."""

    since: Moment
    until: Moment
    scope: BlackoutScope
    cause: BlackoutCause = BlackoutCause.ORDER
    operators: frozenset[MobileOperator] = frozenset()
    """Whose subscribers are not reached; everybody's if empty."""

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if not self.since < self.until:
            msg = f"the blackout begins at {self.since:%Y-%m-%d %H:%M} and ends at {self.until:%Y-%m-%d %H:%M}"
            raise ValueError(f"{msg}: it must begin first")
        return self

    def __contains__(self, moment: datetime.datetime) -> bool:
        return self.since <= moment < self.until


class DailyCap(_Settings):
    """How many short messages a line may send on one day of Tehran; each part of a longer text is one."""

    by_prefix: dict[Prefix, Annotated[int, Field(ge=1)]] = {}
    """By the beginning of the line's number, the longest that fits; SIM cards begin with 09."""
    every_line: int | None = Field(default=None, ge=1)
    """For lines that no prefix fits; None for any number."""

    @property
    def is_on(self) -> bool:
        """Whether any line has a cap."""
        return self.every_line is not None or bool(self.by_prefix)

    def of(self, line: str) -> int | None:
        """The cap of a line, if it has one."""
        return by_longest_prefix(self.by_prefix, line, self.every_line)


class Duplicates(_Settings):
    """The same text from the same line to the same recipient, again."""

    window: int = Field(default=0, ge=0, le=30 * 86_400)
    """Seconds for which a text cannot be repeated; 0 lets everything be repeated."""
    remembered: int = Field(default=1_000_000, ge=1)
    """So many messages are compared with at most, the latest; each takes about 150 octets of memory."""
