"""What a session tells its shell. A read can bring many events; they are in the order of the octets."""

from typing import NamedTuple

from simulator.smpp.errors import PduError
from simulator.smpp.pdus import Pdu


class Request(NamedTuple):
    """The peer asks; the shell answers with `Session.send_response(sequence_number, ...)`.

    The sequence_number is the peer's, and not necessarily unique among its unanswered requests.
    """

    sequence_number: int
    pdu: Pdu
    octets: bytes
    """The PDU as it came, header included."""


class Overrun(NamedTuple):
    """A request like any other, but beyond the window that the peer has (`SessionLimits.window_in`).

    The shell answers it, as its operator answers a window that is overrun.
    """

    sequence_number: int
    pdu: Pdu


class Notice(NamedTuple):
    """The peer tells something that nothing answers: outbind or alert_notification."""

    sequence_number: int
    pdu: Pdu


class Response(NamedTuple):
    """The peer answered a request of ours, with its own response or with a generic_nack.

    `pdu` is None where the response's body cannot be read; a `Malformed` with the reason comes before it.
    """

    request: Pdu
    sequence_number: int
    command_status: int
    pdu: Pdu | None


class UnexpectedResponse(NamedTuple):
    """A response to nothing that is outstanding: late, repeated, of the wrong kind, or unknown (then `pdu` is None).

    Nothing answers it and nothing changes by it.
    """

    command_id: int
    command_status: int
    sequence_number: int
    pdu: Pdu | None


class ResponseTimedOut(NamedTuple):
    """No answer came within the response time; the request is no longer outstanding, a later answer is unexpected."""

    request: Pdu
    sequence_number: int


class Malformed(NamedTuple):
    """A PDU that the session refused by itself: a broken field, a reserved value, an unknown or misplaced command.

    A request has been answered already, a response is never answered. For the log.
    """

    error: PduError


class Closed(NamedTuple):
    """The session is over; always the last event.

    The shell answers the requests that came before it, flushes `data_to_send()` and closes the socket. What is still
    unanswered is void.
    """

    reason: str


Event = Request | Overrun | Notice | Response | UnexpectedResponse | ResponseTimedOut | Malformed | Closed
"""Anything that a session tells."""
