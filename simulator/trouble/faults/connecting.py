"""New connections that go wrong before SMPP begins: a banner, an end at once, TLS that is cut off or is none."""

from typing import Literal

from pydantic import Field

from simulator.trouble import fault_threads
from simulator.trouble.fault import ConnectionFault, Fault
from simulator.trouble.fault_moments import Accepted
from simulator.trouble.instructions import AwaitOctets, End, Instructions, SendBare


class TextBanner(ConnectionFault):
    """A line of text comes before any SMPP, as from another service on the port; the connection stays open."""

    threads = fault_threads.STRAY_OCTETS
    name: Literal["text-banner"] = "text-banner"
    text: str = Field(default="220 ready\r\n", min_length=1, max_length=1000)

    def at_accept(self, accepted: Accepted, /) -> Instructions | None:
        """Greets."""
        return None if accepted.is_tls else (SendBare(self.text.encode("utf-8")),)


class ClosedAtAccept(ConnectionFault):
    """A connection is closed, or reset, as soon as it is there."""

    name: Literal["closed-at-accept"] = "closed-at-accept"
    by_reset: bool = False

    def at_accept(self, _accepted: Accepted, /) -> Instructions | None:
        """Ends at once."""
        return (End(is_reset=self.by_reset),)


class TlsCut(ConnectionFault):
    """The connection is closed in the TLS handshake, behind the client's first octets."""

    threads = fault_threads.TLS
    name: Literal["tls-cut"] = "tls-cut"

    def at_accept(self, accepted: Accepted, /) -> Instructions | None:
        """Waits for the handshake's beginning."""
        return (AwaitOctets(), End()) if accepted.is_tls else None


class TlsPlaintext(ConnectionFault):
    """A client that begins TLS is answered in the clear, by a generic_nack."""

    threads = fault_threads.TLS
    name: Literal["tls-plaintext"] = "tls-plaintext"

    def at_accept(self, accepted: Accepted, /) -> Instructions | None:
        """Answers in the clear."""
        nack = bytes.fromhex("00000010 80000000 00000002 00000000")
        return (AwaitOctets(), SendBare(nack), End()) if accepted.is_tls else None


FAULTS: tuple[type[Fault], ...] = (TextBanner, ClosedAtAccept, TlsCut, TlsPlaintext)
"""In the order of the documentation."""
