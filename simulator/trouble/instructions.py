"""What a fault may have a connection do: plain values, carried out by `connection_faults`.

A fault decides and the shell acts: whoever returns these waits for nothing, reads no clock and knows no socket.
"""

from typing import NamedTuple


class Send(NamedTuple):
    """Write octets, `after` seconds from now; what is sent in between does not wait for them."""

    octets: bytes
    after: float = 0.0


class SendBare(NamedTuple):
    """Write octets past TLS, where the connection has it; only when a connection is accepted."""

    octets: bytes


class AwaitOctets(NamedTuple):
    """Wait for the peer's first octets, past TLS, and drop them; only when a connection is accepted."""


class Trickle(NamedTuple):
    """Write each piece by itself, `pause` seconds apart; all else waits until the last one is out."""

    pieces: tuple[bytes, ...]
    pause: float


class Hold(NamedTuple):
    """Write nothing for some seconds, then everything that has gathered in one write."""

    seconds: float


class StopReading(NamedTuple):
    """Read nothing for some seconds: the peer sees its window close."""

    seconds: float


class ReadSlowly(NamedTuple):
    """Read at most `octets` each `interval` seconds, for `seconds`."""

    octets: int
    interval: float
    seconds: float


class GoSilent(NamedTuple):
    """Never write again, and drop what comes, until the peer has closed or some seconds have passed."""

    seconds: float


class End(NamedTuple):
    """End the connection, `after` seconds from now: in order (FIN), or by a reset (RST)."""

    is_reset: bool = False
    after: float = 0.0


class Acknowledge(NamedTuple):
    """Take the deliver_sm at hand for answered, so that it does not come again."""


class ForgetReceipt(NamedTuple):
    """Send no receipt of this message: its ESME has had one already."""

    message_id: str


Instruction = (
    Send
    | SendBare
    | AwaitOctets
    | Trickle
    | Hold
    | StopReading
    | ReadSlowly
    | GoSilent
    | End
    | Acknowledge
    | ForgetReceipt
)
"""Any of them."""

Instructions = tuple[Instruction, ...]
"""What is done in place of sending a PDU as it is; nothing at all means that the PDU is lost."""
