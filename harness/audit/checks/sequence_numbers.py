"""The sequence numbers that a client gives to its requests."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from harness.audit.check import Check, Finding, Severity, bad, bad_if, good, odd_if
from harness.audit.recording import Recording
from harness.audit.wire_pdu import WirePdu
from simulator.smpp.consts import MAX_SEQUENCE_NUMBER
from simulator.smpp.states import Role


def _begins_at_one(recording: Recording) -> Iterator[Finding]:
    for session in recording.sessions:
        requests = session.requests(Role.ESME)
        if session.is_whole and requests:
            first = requests[0]
            why = f"the first request bears {first.sequence_number}" if first.sequence_number != 1 else None
            yield odd_if(why, first)


def _in_range(recording: Recording) -> Iterator[Finding]:
    for session in recording.sessions:
        for request in session.requests(Role.ESME):
            is_in = 1 <= request.sequence_number <= MAX_SEQUENCE_NUMBER
            yield bad_if(None if is_in else f"0x{request.sequence_number:08X}", request)


def _unique(recording: Recording) -> Iterator[Finding]:
    """Among the requests that are unanswered: a number that was answered may come again, after two thousand million."""
    for session in recording.sessions:
        open_ones: dict[int, WirePdu] = {}
        for pdu in session.pdus:
            answered = recording.request_of(pdu)
            if answered is not None and open_ones.get(answered.sequence_number) is answered:
                del open_ones[answered.sequence_number]
            if pdu.sender is not Role.ESME or pdu.is_response:
                continue
            before = open_ones.get(pdu.sequence_number)
            if before is not None:
                yield bad(f"{pdu.sequence_number} again, while its first request is unanswered", before, pdu)
            else:
                yield good(pdu)
            open_ones[pdu.sequence_number] = pdu


def _grows(recording: Recording) -> Iterator[Finding]:
    for before, after in _neighbours(recording):
        has_wrapped = before.sequence_number == MAX_SEQUENCE_NUMBER and after.sequence_number == 1
        if after.sequence_number > before.sequence_number or has_wrapped:
            yield good(after)
        else:
            yield bad(f"{after.sequence_number} behind {before.sequence_number}", before, after)


def _without_gaps(recording: Recording) -> Iterator[Finding]:
    for before, after in _neighbours(recording):
        gap = after.sequence_number - before.sequence_number
        yield odd_if(f"{after.sequence_number} behind {before.sequence_number}" if gap > 1 else None, before, after)


def _neighbours(recording: Recording) -> Iterator[tuple[WirePdu, WirePdu]]:
    for session in recording.sessions:
        for before, after in pairwise(session.requests(Role.ESME)):
            if not any(before.number < loss.before <= after.number for loss in session.losses):
                yield before, after


CHECKS: Final = (
    Check(
        "numbers-in-range",
        "Its sequence numbers are within 1 and 0x7FFFFFFF.",
        "3.4 5.1.4; 5.0 4.7.24",
        Severity.MAJOR,
        "Count from 1, and go on with 1 behind 0x7FFFFFFF; 0 is for a generic_nack whose request cannot be read.",
        _in_range,
    ),
    Check(
        "numbers-unique",
        "No two of its unanswered requests bear the same sequence number.",
        "3.4 5.1.4; 5.0 2.6.1",
        Severity.CRITICAL,
        "Use one counter for a session, shared by all threads and by enquire_link and unbind too.",
        _unique,
    ),
    Check(
        "numbers-grow",
        "Its sequence numbers grow with each request.",
        "5.0 2.6.2",
        Severity.MAJOR,
        "Take the next number of one counter under the same lock that writes to the socket.",
        _grows,
    ),
    Check(
        "numbers-begin-at-one",
        "Its first request of a session bears 1.",
        "5.0 2.6.1, 2.6.3",
        Severity.MINOR,
        "Begin the counter anew with each session.",
        _begins_at_one,
    ),
    Check(
        "numbers-without-gaps",
        "Each of its requests bears the number behind the one before.",
        "5.0 2.6.2",
        Severity.MINOR,
        "Count requests only; an answer bears the number of what it answers and takes none of yours.",
        _without_gaps,
    ),
)
