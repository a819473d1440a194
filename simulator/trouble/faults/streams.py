"""The same octets by other writes and reads: split, merged, stalled, slow."""

from typing import Literal

from pydantic import Field

from simulator.trouble import fault_threads
from simulator.trouble.fault import Fault, OccasionFault, Seconds
from simulator.trouble.fault_moments import Outgoing
from simulator.trouble.instructions import Hold, Instructions, ReadSlowly, Send, StopReading, Trickle


class SplitWrites(OccasionFault):
    """A PDU is written in pieces of `size` octets, each a write of its own, `pause` seconds apart."""

    threads = fault_threads.WRITES
    name: Literal["split-writes"] = "split-writes"
    size: int = Field(default=1, ge=1)
    pause: Seconds = 0.005

    def at_occasion(self, outgoing: Outgoing, /) -> Instructions:
        """Cuts it up."""
        octets = outgoing.octets
        pieces = (octets[at : at + self.size] for at in range(0, len(octets), self.size))
        return (Trickle(tuple(pieces), self.pause),)


class MergedWrites(OccasionFault):
    """Nothing is written for a while; then all that gathered comes in one write, several PDUs at once."""

    threads = fault_threads.WRITES
    name: Literal["merged-writes"] = "merged-writes"
    seconds: Seconds = 0.5

    def at_occasion(self, outgoing: Outgoing, /) -> Instructions:
        """Begins to gather."""
        return Hold(self.seconds), Send(outgoing.octets)


class StalledWrite(OccasionFault):
    """A PDU stops in its middle, and nothing else comes, for some seconds."""

    threads = fault_threads.STALLS
    name: Literal["stalled-write"] = "stalled-write"
    at: int = Field(default=10, ge=1)
    seconds: Seconds = 5.0

    def at_occasion(self, outgoing: Outgoing, /) -> Instructions:
        """Cuts it in two."""
        octets = outgoing.octets
        return (Trickle((octets[: self.at], octets[self.at :]), self.seconds),)


class StalledReads(OccasionFault):
    """The operator reads nothing for some seconds: the client's window closes, its writes block."""

    threads = fault_threads.STALLS
    name: Literal["stalled-reads"] = "stalled-reads"
    seconds: Seconds = 10.0

    def at_occasion(self, outgoing: Outgoing, /) -> Instructions:
        """Stops reading behind the PDU."""
        return Send(outgoing.octets), StopReading(self.seconds)


class SlowReads(OccasionFault):
    """The operator reads a few octets at a time, for some seconds."""

    threads = fault_threads.STALLS
    name: Literal["slow-reads"] = "slow-reads"
    octets: int = Field(default=16, ge=1)
    interval: Seconds = 0.1
    seconds: Seconds = 10.0

    def at_occasion(self, outgoing: Outgoing, /) -> Instructions:
        """Slows down behind the PDU."""
        return Send(outgoing.octets), ReadSlowly(self.octets, self.interval, self.seconds)


FAULTS: tuple[type[Fault], ...] = (SplitWrites, MergedWrites, StalledWrite, StalledReads, SlowReads)
"""In the order of the documentation."""
