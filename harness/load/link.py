"""What a connection of a load test is, whichever client makes it (`fast_link`, `smpplib_link`)."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import NamedTuple

from harness.load.conversation import Conversation
from harness.load.plan import Binds
from harness.load.traffic import Submit
from simulator.smpp.receipts import parse_receipt

CONNECT_PATIENCE = 10.0
UNBIND_PATIENCE = 2.0

Clock = Callable[[], float]
"""Seconds since the load began."""


class LinkError(Exception):
    """A connection could not be made or bound, or has ended; says why."""


class Address(NamedTuple):
    """Where an SMPP door is."""

    host: str
    port: int

    @classmethod
    def of(cls, address: str) -> "Address":
        """From `host:port`, as the plan has checked it."""
        host, _, port = address.rpartition(":")
        return cls(host.strip("[]"), int(port))


def receipted_id(tlv: str, text: bytes) -> str | None:
    """The message_id of a receipt: from its receipted_message_id, else from its text; None if neither has one."""
    try:
        return tlv or parse_receipt(text).message_id
    except ValueError:
        return None


class Link(ABC):
    """One connection. It writes what it sends and receives into a conversation.

    Args:
        address: the SMPP door.
        binds: how it binds.
        conversation: its accounts.
        clock: tells the time.
    """

    def __init__(self, address: Address, binds: Binds, conversation: Conversation, clock: Clock) -> None:
        self._address = address
        self._binds = binds
        self._conversation = conversation
        self._clock = clock

    @property
    def room(self) -> int:
        """How many more submit_sm the window takes."""
        return max(0, self._binds.window - self._conversation.outstanding)

    @abstractmethod
    def open(self) -> None:
        """Connects, and binds as a transceiver.

        Raises:
            LinkError: it failed; nothing is left open.
        """

    @abstractmethod
    def submit(self, submit: Submit, due: float) -> None:
        """Sends a submit_sm that was due at a moment; it may go with the next `wait`.

        Raises:
            LinkError: the connection has ended.
        """

    @abstractmethod
    def wait(self, seconds: float) -> None:
        """Takes in what comes; returns when something did, at the latest after so many seconds.

        Raises:
            LinkError: the connection has ended.
        """

    @abstractmethod
    def close(self, *, unbind: bool) -> None:
        """Ends the connection, in order or without a word; never fails."""
