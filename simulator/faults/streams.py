"""The same octets by other writes and reads: split, merged, stalled, slow."""

from typing import Literal

from pydantic import Field

from simulator.fault import Fault, Occasion, Outgoing, Reach, Seconds
from simulator.instructions import Hold, Instructions, ReadSlowly, Send, StopReading, Trickle


class _OnOccasion(Fault):
    """A fault that the PDUs of one kind set off."""

    on: Occasion = "submit_sm_resp"

    def reach(self) -> Reach:
        """A message is known to its own PDUs only."""
        return Reach.MESSAGE if self.on in ("submit_sm_resp", "deliver_sm") else Reach.SESSION

    def on_send(self, outgoing: Outgoing, _turn: int, /) -> Instructions | None:
        """Waits for the occasion."""
        return self.carried(outgoing.octets) if outgoing.occasion == self.on else None

    def carried(self, octets: bytes) -> Instructions:
        """What is done with the PDU."""
        raise NotImplementedError


class SplitWrites(_OnOccasion):
    """A PDU is written in pieces of `size` octets, each a write of its own, `pause` seconds apart."""

    threads = "AberrantSMPP#20; ajankovic/smpp#8; naz#135"
    name: Literal["split-writes"] = "split-writes"
    size: int = Field(default=1, ge=1)
    pause: Seconds = 0.005

    def carried(self, octets: bytes) -> Instructions:
        """Cuts it up."""
        pieces = (octets[at : at + self.size] for at in range(0, len(octets), self.size))
        return (Trickle(tuple(pieces), self.pause),)


class MergedWrites(_OnOccasion):
    """Nothing is written for a while; then all that gathered comes in one write, several PDUs at once."""

    threads = "AberrantSMPP#20; ajankovic/smpp#8; naz#135"
    name: Literal["merged-writes"] = "merged-writes"
    seconds: Seconds = 0.5

    def carried(self, octets: bytes) -> Instructions:
        """Begins to gather."""
        return Hold(self.seconds), Send(octets)


class StalledWrite(_OnOccasion):
    """A PDU stops in its middle, and nothing else comes, for some seconds."""

    threads = "cloudhopper#77 #82 #114; OpenSmpp/opensmpp#32"
    name: Literal["stalled-write"] = "stalled-write"
    at: int = Field(default=10, ge=1)
    seconds: Seconds = 5.0

    def carried(self, octets: bytes) -> Instructions:
        """Cuts it in two."""
        return (Trickle((octets[: self.at], octets[self.at :]), self.seconds),)


class StalledReads(_OnOccasion):
    """The operator reads nothing for some seconds: the client's window closes, its writes block."""

    threads = "cloudhopper#77 #82 #114; RestComm/cloudhopper-smpp#20; OpenSmpp/opensmpp#32"
    name: Literal["stalled-reads"] = "stalled-reads"
    seconds: Seconds = 10.0

    def carried(self, octets: bytes) -> Instructions:
        """Stops reading behind the PDU."""
        return Send(octets), StopReading(self.seconds)


class SlowReads(_OnOccasion):
    """The operator reads a few octets at a time, for some seconds."""

    threads = "cloudhopper#77 #82 #114"
    name: Literal["slow-reads"] = "slow-reads"
    octets: int = Field(default=16, ge=1)
    interval: Seconds = 0.1
    seconds: Seconds = 10.0

    def carried(self, octets: bytes) -> Instructions:
        """Slows down behind the PDU."""
        return Send(octets), ReadSlowly(self.octets, self.interval, self.seconds)


FAULTS: tuple[type[Fault], ...] = (SplitWrites, MergedWrites, StalledWrite, StalledReads, SlowReads)
"""In the order of the documentation."""
