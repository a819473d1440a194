"""What a profile says of how subscribers refuse messages: blacklist, header stops, short codes, portability.

The shipped profiles name the source of each value.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from simulator.numbers.line_plan import LineType
from simulator.numbers.numbering import MobileOperator

_WORD_PIECE = re.compile(r"\d+|[^\W\d_]+")
_PERSIAN_LETTERS = str.maketrans("يىك", "ییک")
_UNSEEN = ("Cf", "Mn", "Me")
"""Categories of Unicode that are no letters of a word: joiners, marks of direction, vowel signs, key caps."""
_LONGEST = 200
"""Characters of a text that are read for a word; nobody writes a longer one."""


def read_word(text: str) -> str:
    """A text as a word of a menu: its words and numbers with one blank between, in Latin digits; blank text is "".

    «لغو ۱۱», «لغو۱۱» and "لغو=11" are all "لغو 11"; digits may be Latin, Persian or Arabic.
    """
    plain = unicodedata.normalize("NFKC", text[:_LONGEST]).translate(_PERSIAN_LETTERS).lower()
    seen = "".join(_latin(letter) for letter in plain if unicodedata.category(letter) not in _UNSEEN)
    return " ".join(_WORD_PIECE.findall(seen))


def _latin(letter: str) -> str:
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter


Word = Annotated[str, AfterValidator(read_word)]
Seconds = Annotated[float, Field(ge=0, le=30 * 86_400)]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class BlacklistSettings(_Value):
    """How the operators keep the blacklist."""

    shared: bool = False
    """Whether there is one list in the country, or one at each operator, which hears only whom it serves."""
    effective_delay: Seconds = 0.0
    """Seconds on the operator's clock after which an opt-out or opt-in counts; lists count at once."""
    enforced_by: tuple[MobileOperator, ...] = tuple(MobileOperator)
    """The operators that hold promotions to listed subscribers back."""


class HeaderStopSettings(_Value):
    """How a subscriber stops one header («لغو ۱۱») and comes back to it."""

    applies_to: tuple[LineType, ...] = (LineType.PROMOTIONAL, LineType.DEDICATED_SERVICE, LineType.SAMANTEL)
    """The types of lines that can be stopped."""
    effective_delay: Seconds = 0.0
    stop: Annotated[tuple[Word, ...], Field(min_length=1)] = ("11", "لغو 11")
    rejoin: Annotated[tuple[Word, ...], Field(min_length=1)] = ("12",)
    passed_on: bool = False
    """Whether the line's account gets these words as well, as any other message of a subscriber."""

    @model_validator(mode="after")
    def _words_differ(self) -> Self:
        _refuse_repeated((*self.stop, *self.rejoin))
        return self


class Follow(StrEnum):
    """Whose rules hold for a ported number: of the operator that serves it, or of the one that has its prefix."""

    SERVING = "serving"
    PREFIX = "prefix"


class PortabilitySettings(_Value):
    """How rules take ported numbers; "prefix" is the mistake of gateways that do not ask who serves a number."""

    follow: Follow = Follow.SERVING


class Meaning(StrEnum):
    """What a text to a short code asks for."""

    BLOCK = "block"
    ALLOW = "allow"
    MENU = "menu"
    ADVERTISING = "advertising"
    """The menu's item that says whether advertising comes, and how that is changed."""
    OTHER = "other"
    """An item of the menu that has nothing to do with advertising."""
    HELP = "help"
    """Nothing that is understood."""


class ShortCode(_Value):
    """A short number to which subscribers send a word: who has it, and what its words mean."""

    operators: tuple[MobileOperator, ...] = tuple(MobileOperator)
    block: Annotated[tuple[Word, ...], Field(min_length=1)]
    allow: Annotated[tuple[Word, ...], Field(min_length=1)]
    menu: tuple[Word, ...] = ()
    advertising: tuple[Word, ...] = ()
    other: tuple[Word, ...] = ()

    @model_validator(mode="after")
    def _words_differ(self) -> Self:
        _refuse_repeated((*self.block, *self.allow, *self.menu, *self.advertising, *self.other))
        return self

    def meaning(self, text: str) -> Meaning:
        """What a text asks for."""
        word = read_word(text)
        words = {
            Meaning.BLOCK: self.block,
            Meaning.ALLOW: self.allow,
            Meaning.MENU: self.menu,
            Meaning.ADVERTISING: self.advertising,
            Meaning.OTHER: self.other,
        }
        return next((meaning for meaning, known in words.items() if word in known), Meaning.HELP)


def _refuse_repeated(words: Iterable[str]) -> None:
    repeated = [word for word, times in Counter(words).items() if times > 1]
    if repeated:
        msg = f"a word means one thing only; {', '.join(map(repr, repeated))} occurs more than once"
        raise ValueError(msg)


class MoReplies(_Value):
    """What the operator writes back to a subscriber.

    `{code}` and `{header}` stand for the number that was written to; `{block}`, `{allow}`, `{stop}` and `{rejoin}` for
    the first of its words for that.
    """

    blocked: str = "دریافت پیامک تبلیغاتی برای شما قطع شد. برای وصل، {allow} را به {code} بفرستید."
    allowed: str = "دریافت پیامک تبلیغاتی برای شما وصل شد. برای قطع، {block} را به {code} بفرستید."
    help: str = "برای قطع پیامک تبلیغاتی {block} و برای وصل آن {allow} را به {code} بفرستید."
    menu: str = "۱ سرویس‌های فعال\n۲ قطع سرویس‌های محتوایی\n۳ پیامک تبلیغاتی\n۴ گزارش خط مزاحم"
    advertising_on: str = "پیامک تبلیغاتی برای شما وصل است. برای قطع، {block} را به {code} بفرستید."
    advertising_off: str = "پیامک تبلیغاتی برای شما قطع است. برای وصل، {allow} را به {code} بفرستید."
    other: str = "این گزینه اکنون در دسترس نیست."
    stopped: str = "از این پس پیامکی از {header} دریافت نمی‌کنید. برای عضویت دوباره {rejoin} را بفرستید."
    rejoined: str = "از این پس پیامک‌های {header} را دریافت می‌کنید. برای لغو {stop} را بفرستید."
