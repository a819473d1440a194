"""What a client program of `clients/` is asked, and what it tells of its conversation with the operator.

It is asked by one JSON object on its standard input: `host`, `port`, `system_id`, `password`, and `messages`, each with
`source`, `destination` and `text`. It binds as a transceiver, submits every message (in parts where it is long, each
asking for a receipt), waits for all answers and for the receipt of every accepted part, unbinds, waits for the end of
the connection, and ends. Its standard output is one JSON object a line, the events below by their field `event`.
"""

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from simulator.smpp.receipts import Receipt, parse_receipt
from tests.e2e.operator import DEDICATED_LINE, PASSWORD, PATIENCE, SUBSCRIBER, SYSTEM_ID, Operator


@dataclass(frozen=True)
class Wanted:
    """A message that a client is asked to send."""

    text: str
    destination: str = SUBSCRIBER
    source: str = DEDICATED_LINE


@dataclass(frozen=True)
class Bound:
    """The answer to the bind."""

    command_status: int
    system_id: str


@dataclass(frozen=True)
class Response:
    """The submit_sm_resp to one part; messages count from 0, parts from 1."""

    message: int
    part: int
    command_status: int
    message_id: str


@dataclass(frozen=True)
class Delivered:
    """A deliver_sm with a receipt: the TLVs receipted_message_id and message_state, and its text."""

    message_id: str
    state: int
    text: str

    @property
    def said(self) -> Receipt:
        """What the text says."""
        return parse_receipt(self.text)


@dataclass(frozen=True)
class Unbound:
    """What came after our unbind."""

    command: str
    command_status: int


@dataclass(frozen=True)
class Closed:
    """The operator closed the connection."""


Event = Bound | Response | Delivered | Unbound | Closed

_EVENTS: Mapping[str, type[Event]] = {
    "bound": Bound,
    "response": Response,
    "receipt": Delivered,
    "unbound": Unbound,
    "closed": Closed,
}


@dataclass(frozen=True)
class Conversation:
    """A client's events in their order."""

    events: tuple[Event, ...]

    @classmethod
    def read(cls, lines: str) -> Self:
        """The conversation that a program told."""
        tables: list[dict[str, Any]] = [json.loads(line) for line in lines.splitlines()]
        return cls(tuple(_EVENTS[table.pop("event")](**table) for table in tables))

    def responses(self, message: int = 0) -> list[Response]:
        """The answers to a message's parts, in the order of the parts."""
        found = [event for event in self.events if isinstance(event, Response) and event.message == message]
        return sorted(found, key=lambda response: response.part)

    @property
    def receipts(self) -> list[Delivered]:
        """All receipts, in the order of their coming."""
        return [event for event in self.events if isinstance(event, Delivered)]


def converse(command: Sequence[str], operator: Operator, *messages: Wanted, password: str = PASSWORD) -> Conversation:
    """Runs a client program to its end."""
    host, port = operator.smpp
    job = {
        "host": host,
        "port": port,
        "system_id": SYSTEM_ID,
        "password": password,
        "messages": [asdict(message) for message in messages],
    }
    ended = subprocess.run(
        command, input=json.dumps(job), capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return Conversation.read(ended.stdout)
