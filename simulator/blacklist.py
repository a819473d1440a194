"""The blacklist: subscribers who opted out of advertising, as a bitmap (ten million numbers in a few megabytes)."""

import re
from collections.abc import Iterable

from pyroaring import BitMap

from simulator.numbering import normal_mobile

_OFFSET = 989_000_000_000
"""Every Iranian mobile number is 989 and nine digits; what follows the offset fits the bitmap's 32 bits."""

_RANGE = re.compile(r"^\s*([^\s-]+)\s*-\s*([^\s-]+)\s*$")


class Blacklist:
    """A set of subscriber numbers in normal form (98 and ten digits)."""

    def __init__(self, entries: Iterable[str] = ()) -> None:
        """Takes numbers and inclusive ranges `FIRST-LAST`, each in any form that `normal_mobile` reads.

        Raises:
            ValueError: An entry is neither; the message quotes it.
        """
        self._bits = BitMap()
        for entry in entries:
            first, last = parse_entry(entry)
            self._bits.add_range(first, last + 1)

    def __contains__(self, normal: str) -> bool:
        return int(normal) - _OFFSET in self._bits

    def __len__(self) -> int:
        return len(self._bits)


def parse_entry(entry: str) -> tuple[int, int]:
    """The first and last bit of a number or an inclusive range `FIRST-LAST`.

    Raises:
        ValueError: It is neither; the message quotes it.
    """
    if entry.strip().startswith("-") or entry.strip().endswith("-"):
        msg = f"{entry!r} is not an Iranian mobile number, nor a range FIRST-LAST of them"
        raise ValueError(msg)
    match = _RANGE.match(entry)
    first, last = (match[1], match[2]) if match else (entry, entry)
    low, high = normal_mobile(first), normal_mobile(last)
    if low is None or high is None:
        msg = f"{(last if low else first)!r} is not an Iranian mobile number"
        raise ValueError(msg)
    if int(low) > int(high):
        msg = f"range {entry!r} ends before it begins"
        raise ValueError(msg)
    return int(low) - _OFFSET, int(high) - _OFFSET
