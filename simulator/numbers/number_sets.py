"""Sets of Iranian mobile numbers as bitmaps: ten million spread numbers take about 20 MB, a range next to nothing.

A number in normal form (98 and ten digits) is 989 and nine digits more; those nine are its bit, which fits 32 bits.
"""

import base64
import binascii
import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from pyroaring import BitMap

from simulator.numbers.numbering import OPERATOR_OF_PREFIX, MobileOperator, normal_mobile

OFFSET: Final = 989_000_000_000
"""Bit 0. Look-ups subtract it themselves: a call would cost as much as the rest of the look-up."""
LAST_BIT: Final = 999_999_999

_DASHES = str.maketrans("‐‑‒–—―−", "-" * 7, "\u00a0\u200b\u200c\u200d\u202a\u202b\u202c\ufeff")
"""Dashes of every kind as one, and nothing of what has no width or does not break."""


def bit_of(normal: str) -> int:
    """The bit of a number in normal form."""
    return int(normal) - OFFSET


def number_of_bit(bit: int) -> str:
    """The number in normal form whose bit it is."""
    return str(OFFSET + bit)


def parse_entry(entry: str) -> tuple[int, int]:
    """The first and last bit of a number or an inclusive range `FIRST-LAST`.

    Both are read in any form that `normal_mobile` reads, dashes and spaces within a number included.

    Raises:
        ValueError: It is neither; the message quotes it.
    """
    written = entry.translate(_DASHES).strip()
    if (number := normal_mobile(written)) is not None and written.strip("-") == written:
        return bit_of(number), bit_of(number)
    bounds = [
        (first, last)
        for dash in re.finditer("-", written)
        if (first := normal_mobile(written[: dash.start()].strip()))
        and (last := normal_mobile(written[dash.end() :].strip()))
    ]
    if not bounds:
        raise ValueError(_what_is_wrong(entry, written))
    first, last = bounds[0]
    if first > last:
        msg = f"range {entry!r} ends before it begins"
        raise ValueError(msg)
    return bit_of(first), bit_of(last)


def _what_is_wrong(entry: str, written: str) -> str:
    """Names the half of a range that is no number; where neither is one, the whole."""
    halves = [half.strip() for half in written.split("-")]
    if len(halves) == 2 and all(halves):
        bad = [half for half in halves if normal_mobile(half) is None]
        if len(bad) == 1:
            return f"{bad[0]!r} is not an Iranian mobile number"
    return f"{entry!r} is not an Iranian mobile number, nor a range FIRST-LAST of them"


def numbers_in(entries: Iterable[str]) -> BitMap:
    """The numbers of entries as `parse_entry` reads them.

    Raises:
        ValueError: An entry is none.
    """
    bits = BitMap()
    for first, last in map(parse_entry, entries):
        bits.add_range(first, last + 1)
    return bits


@cache
def numbers_of(operator: MobileOperator) -> BitMap:
    """Every number that bears an operator's prefix. Not to be changed."""
    bits = BitMap()
    # A longer prefix is taken out of the shorter one that it begins with.
    for prefix in sorted(OPERATOR_OF_PREFIX, key=len):
        first = int(prefix.ljust(10, "0")) - 9_000_000_000
        last = int(prefix.ljust(10, "9")) - 9_000_000_000
        if OPERATOR_OF_PREFIX[prefix] is operator:
            bits.add_range(first, last + 1)
        else:
            bits.remove_range(first, last + 1)
    bits.run_optimize()
    return bits


@cache
def assigned_numbers() -> BitMap:
    """Every number that bears some operator's prefix. Not to be changed."""
    return BitMap.union(*(numbers_of(operator) for operator in MobileOperator))


def pack(bits: BitMap) -> str:
    """A set as text: the portable serialisation of roaring bitmaps (RoaringFormatSpec), in base64."""
    return base64.b64encode(bits.serialize()).decode("ascii")


def unpack(text: str) -> BitMap:
    """The set that `pack` made a text of.

    Raises:
        ValueError: It is no such text.
    """
    try:
        bits = BitMap.deserialize(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError, IndexError) as error:
        msg = "this is no packed set of numbers"
        raise ValueError(msg) from error
    if bits and bits.max() > LAST_BIT:
        msg = "the packed set holds what are no Iranian mobile numbers"
        raise ValueError(msg)
    return bits
