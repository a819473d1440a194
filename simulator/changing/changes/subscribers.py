"""Changes of subscribers: how their handsets are found."""

from typing import Literal

from simulator.changing.change import Change
from simulator.registry.registers import Registers
from simulator.registry.subscribers import Handsets


class SetHandsets(Change):
    """The handsets of a number or a range are found in another state from now on."""

    kind: Literal["set-handsets"] = "set-handsets"
    handsets: Handsets

    def apply(self, registers: Registers, at: float) -> None:
        """Says how they are found."""
        del at
        registers.subscribers.put(self.handsets)


CHANGES = (SetHandsets,)
