"""What an event is, and the octets by which it is told: server-sent events (WHATWG HTML, section 9.2)."""

from typing import Any, NamedTuple

from simulator.admin.problems import encode_json

HEARTBEAT = b":\n\n"
"""A comment: says nothing, but that the operator is there."""


class Event(NamedTuple):
    """One event, ready to be sent to any number of readers."""

    name: str
    number: int
    """From 1, without gaps, as long as anybody listens."""
    frame: bytes


def frame_of(name: str, data: Any, event_id: str | None = None) -> bytes:
    """An event's octets; one without an id leaves the reader's last one as it is."""
    # JSON written compactly holds no line break, so that its one line is one line of the event.
    marked = b"" if event_id is None else b"id: %s\n" % event_id.encode()
    return b"event: %s\n%sdata: %s\n\n" % (name.encode(), marked, encode_json(data))
