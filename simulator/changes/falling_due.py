"""The changes that nobody asks for when they come: what the operator decided earlier, for a moment that has come.

A register tells what is due in its own values; here these become changes, which are journaled as any other.
"""

from simulator.change import Change
from simulator.registers import Registers


def next_due(registers: Registers) -> float | None:
    """When the registers change next by themselves, on the operator's clock."""
    del registers
    return None


def fallen_due(registers: Registers, now: float) -> list[tuple[float, Change]]:
    """What is due at `now`, each with its moment, in order; to be applied before this is asked again."""
    del registers, now
    return []
