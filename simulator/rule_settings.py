"""What a profile says of single rules: a small model for each, whose defaults leave the rule off."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from simulator.line_plan import LineType
from simulator.messages import Category
from simulator.numbering import MobileOperator

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
    optional_on: tuple[Prefix, ...] = ("9000",)
    """The prefixes of lines that may do without."""
