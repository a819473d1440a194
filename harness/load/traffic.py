"""The messages that a bind submits, drawn from the plan's mix: same seed, same messages in the same order."""

import random
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final, Generic, NamedTuple, TypeVar

from harness.load.plan import Encoding, Kind, Language, Line, Traffic
from harness.load.texts import text_of
from simulator.smpp.consts import ESM_UDHI
from simulator.smpp.text import UCS2, is_gsm, split_text
from simulator.smpp.text.gsm import Languages, encode_gsm
from simulator.smpp.udh import Concatenation, ReferenceKind, concatenation_udh

_LATIN1: Final = 3
_TEXTS_KEPT: Final = 10_000

T = TypeVar("T")


class Submit(NamedTuple):
    """One submit_sm, as far as the plan decides it."""

    source: str
    destination: str
    data_coding: int
    esm_class: int
    octets: bytes
    receipt: bool
    is_last: bool = True
    """Whether no more parts of its text follow."""


class _Weighted(Generic[T]):
    """A choice by weights."""

    def __init__(self, values: Sequence[T], weights: Sequence[float]) -> None:
        self._values = values
        self._bounds = list(accumulate(weights))

    @classmethod
    def of(cls, mix: Mapping[T, float]) -> "_Weighted[T]":
        return cls(list(mix), list(mix.values()))

    def draw(self, rng: random.Random) -> T:
        return self._values[bisect(self._bounds, rng.random() * self._bounds[-1], hi=len(self._values) - 1)]


class Mix:
    """What a plan says is submitted.

    Args:
        traffic: the plan's table.
        seed: of the texts, the same for all binds: they share their campaigns.
    """

    def __init__(self, traffic: Traffic, seed: int) -> None:
        self._traffic = traffic
        self._seed = seed
        self._lines = _Weighted(traffic.lines, [line.weight for line in traffic.lines])
        self._languages = _Weighted.of(traffic.languages)
        self._encodings = _Weighted.of(traffic.encodings)
        self._parts = _Weighted.of(traffic.parts)
        self._recipients = _range(traffic.recipients)
        self._blacklisted = _range(traffic.blacklisted_numbers)
        self._pieces = lru_cache(_TEXTS_KEPT)(self._make_pieces)

    def submits(self, bind: str) -> Iterator[Submit]:
        """Without end, what one bind submits; the parts of a text follow each other, and go to one recipient."""
        rng = random.Random(f"{self._seed}/{bind}")  # noqa: S311 - a load is to be repeatable
        reference = rng.randrange(256)
        while True:
            line = self._lines.draw(rng)
            data_coding, pieces = self._pieces(line, rng.randrange(self._traffic.distinct_texts))
            black = rng.random() < self._traffic.blacklisted
            destination = str(rng.randint(*(self._blacklisted if black else self._recipients)))
            receipt = rng.random() < self._traffic.receipts
            if len(pieces) == 1:
                yield Submit(line.number, destination, data_coding, 0, pieces[0], receipt)
                continue
            reference = (reference + 1) % 256
            for number, octets in enumerate(pieces, start=1):
                header = concatenation_udh(Concatenation(reference, len(pieces), number, ReferenceKind.UDH_8))
                is_last = number == len(pieces)
                yield Submit(line.number, destination, data_coding, ESM_UDHI, header + octets, receipt, is_last)

    def _make_pieces(self, line: Line, number: int) -> tuple[int, tuple[bytes, ...]]:
        """The data_coding and the octets of each part of a line's text."""
        rng = random.Random(f"{self._seed}/{line.number}/{number}")  # noqa: S311 - as above
        if not isinstance(line.texts, Kind):
            text = line.texts[number % len(line.texts)]
            return _encoded(text, Encoding.GSM if is_gsm(text) else Encoding.UCS2)
        language = Language.FA if line.texts is Kind.OTP else self._languages.draw(rng)
        encoding = Encoding.UCS2 if language is Language.FA else self._encodings.draw(rng)
        return _encoded(text_of(line.texts, language, self._parts.draw(rng), rng, encoding), encoding)


def _encoded(text: str, encoding: Encoding) -> tuple[int, tuple[bytes, ...]]:
    pieces = split_text(text, is_utf16=encoding is not Encoding.GSM)
    if encoding is Encoding.UCS2:
        return UCS2, tuple(piece.encode("utf-16-be") for piece in pieces)
    if encoding is Encoding.LATIN1:
        return _LATIN1, tuple(piece.encode("latin-1") for piece in pieces)
    return 0, tuple(encode_gsm(piece, Languages()) or b"" for piece in pieces)


def _range(numbers: str) -> tuple[int, int]:
    first, last = numbers.split("-")
    return int(first), int(last)
