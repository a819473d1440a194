"""Chance that can be had again: what is drawn for a message depends on the run's seed and on the message alone.

So it is the same after a restart, and whatever else the operator did meanwhile.
"""

from typing import Final

_MASK: Final = (1 << 64) - 1


def draw(seed: int, number: int, nth: int = 0) -> float:
    """A number from 0 up to 1 for a thing of that number; `nth` for the first, second... draw for the same thing.

    The mixing is that of SplitMix64 (Steele, Lea and Flood 2014).
    """
    mixed = (seed * 0x9E3779B97F4A7C15 + number * 0xD1342543DE82EF95 + (nth + 1) * 0xA0761D6478BD642F) & _MASK
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
    return ((mixed ^ (mixed >> 31)) >> 11) / (1 << 53)
