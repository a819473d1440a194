"""The plan of line numbers: which prefixes there are, who gives them out, in which lengths, and what they are born as.

The digits say no more than this: the same prefix carries promotional and service lines, so a line's type is an
attribute of its registration. Sources are the market's public pages; `mark` says how many agree.
"""

import re
from enum import StrEnum
from typing import Final, Literal, NamedTuple

MAX_DIGITS: Final = 15
MAX_LETTERS: Final = 11
"""An alphanumeric originator fills at most 11 septets (3GPP TS 23.040, 9.1.2.5)."""


class LineType(StrEnum):
    """What a line was registered for. Every line is promotional until the operator makes it a service line."""

    __hash__ = str.__hash__  # an enumeration's own is written in Python, and the store asks it of every message

    PROMOTIONAL = "promotional"
    DEDICATED_SERVICE = "dedicated_service"
    SHARED_SERVICE = "shared_service"
    SAMANTEL = "samantel"


class OwnerKind(StrEnum):
    """A company or body that is registered, or a person."""

    LEGAL = "legal"
    NATURAL = "natural"


class Use(StrEnum):
    """Whether a line is its owner's alone, or a panel's which many send from."""

    DEDICATED = "dedicated"
    SHARED = "shared"


class LineKind(NamedTuple):
    """One row of the plan."""

    name: str
    """What the kind is called: its prefix, or what the line is."""
    form: re.Pattern[str]
    """What the registered number looks like."""
    aggregator: str
    """Who gives the numbers out; no mobile operator does."""
    lengths: frozenset[int]
    """Total lengths on sale, in digits or characters; empty where none are published."""
    on_request: frozenset[int]
    """Lengths that are given besides, when asked for."""
    born: LineType
    """What a line of this kind is when it is given out."""
    service: bool
    """Whether it may be made a service line."""
    natural_owners: bool
    """Whether a natural person may hold a dedicated service line of this kind."""
    receives: bool
    """Whether subscribers can write to it, where it is its owner's alone."""
    mark: Literal["several", "single", "seed", "inferred"]
    """How many sources agree: several, one, the article from which the project was made, or none."""


_AREA_CODES = "11|13|17|21|23|24|25|26|28|31|34|35|38|41|44|45|51|54|56|58|61|66|71|74|76|77|81|83|84|86|87"
"""Of the provinces, without the zero (national numbering plan since 2014)."""


_SENDER_NAME = r"[A-Za-z](?:[A-Za-z0-9 &._-]{0,9}[A-Za-z0-9&._-])?"
"""A name begins with a letter, so that a slip in a number is told as one."""


def _lengths(*ranges: int | tuple[int, int]) -> frozenset[int]:
    pairs = ((entry, entry) if isinstance(entry, int) else entry for entry in ranges)
    return frozenset(length for first, last in pairs for length in range(first, last + 1))


_Mark = Literal["several", "single", "seed", "inferred"]


def _prefix(
    prefix: str,
    aggregator: str,
    lengths: frozenset[int],
    mark: _Mark,
    *,
    on_request: frozenset[int] = frozenset(),
    born: LineType = LineType.PROMOTIONAL,
    natural_owners: bool = False,
) -> LineKind:
    """A prefix of bulk lines: all may become service lines and receive."""
    return LineKind(
        name=prefix,
        form=re.compile(rf"{prefix}[0-9]*"),
        aggregator=aggregator,
        lengths=lengths,
        on_request=on_request,
        born=born,
        service=True,
        natural_owners=natural_owners,
        receives=True,
        mark=mark,
    )


def _other(
    name: str, form: str, lengths: frozenset[int], mark: _Mark, *, service: bool = True, receives: bool = True
) -> LineKind:
    """A kind that no aggregator gives out."""
    return LineKind(
        name=name,
        form=re.compile(form),
        aggregator="",
        lengths=lengths,
        on_request=frozenset(),
        born=LineType.PROMOTIONAL,
        service=service,
        natural_owners=False,
        receives=receives,
        mark=mark,
    )


KINDS: Final = (
    _prefix("1000", "Rahyab Rayaneh Gostar", _lengths((6, 14)), "several"),
    _prefix("2000", "Atiye Dade Pardaz", _lengths((6, 12)), "several"),
    _prefix("3000", "Magfa", _lengths(8, 9, 10, 12, 14), "several", on_request=_lengths((4, 7))),
    _prefix("5000", "Armaghan", _lengths((6, 15)), "single"),
    _prefix("9000", "", _lengths(), "single", born=LineType.DEDICATED_SERVICE, natural_owners=True),
    _prefix("9999", "Samantel", _lengths(10), "seed", born=LineType.SAMANTEL),
    _other("SIM card", r"09[0-9]*", _lengths(11), "single", service=False),
    _other("fixed line", rf"0(?:{_AREA_CODES})[0-9]*", _lengths((8, 11)), "several"),
    _other("service code", r"[1-9][0-9]{2,3}", _lengths(3, 4), "several"),
    _other("alphanumeric", _SENDER_NAME, _lengths((1, MAX_LETTERS)), "single", receives=False),
    _other("other number", r"[0-9]+", _lengths(), "inferred"),
)
"""In the order in which they are tried; the last takes every number that none before it does."""


def line_kind(number: str) -> LineKind:
    """The kind of a number as it would be registered.

    Raises:
        ValueError: It is neither 3 to 15 digits, nor a sender's name of up to 11 characters that begins with a letter.
    """
    kind = next((kind for kind in KINDS if kind.form.fullmatch(number)), None)
    if kind is None or not (3 if number.isdigit() else 1) <= len(number) <= MAX_DIGITS:
        msg = (
            f"a line is 3 to {MAX_DIGITS} digits, or a name of at most {MAX_LETTERS} characters: a Latin letter, then"
            " letters, digits, spaces and &._-"
        )
        raise ValueError(msg)
    return kind
