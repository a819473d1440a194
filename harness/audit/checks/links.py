"""How a client keeps a link alive, notices that it is dead, and comes back."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from harness.audit.check import Check, Finding, Severity, bad, good, odd, timely
from harness.audit.recording import Recording, Session
from harness.audit.wire_pdu import WirePdu
from simulator.smpp.pdus import BindFields, EnquireLink
from simulator.smpp.states import Role

ANSWER_SOON: Final = 5.0
ANSWER_LATE: Final = 10.0
"""Seconds in which an enquire_link is to be answered; the specifications name none."""
TOO_OFTEN: Final = 1.0
OFTEN: Final = 5.0
"""Seconds between two enquire_link of a client."""
IDLE: Final = 90.0
"""Seconds of silence after which a client should have asked."""
DEAD: Final = 60.0
"""Seconds after which an enquire_link without answer means that the link is dead."""
HASTE: Final = 1.0
RECONNECT: Final = 5.0
"""Seconds between attempts to connect: what 5.0 suggests, and what is a storm."""
COME_BACK: Final = 60.0


def _answers_enquire_link(recording: Recording) -> Iterator[Finding]:
    for request in recording.sent(Role.MC, EnquireLink):
        answer = recording.answer_to(request)
        seconds = answer.at - request.at if answer else None
        evidence = (request, answer) if answer else (request,)
        yield from timely(seconds, recording.watched(request), ANSWER_SOON, ANSWER_LATE, *evidence)


def _asks_seldom(recording: Recording) -> Iterator[Finding]:
    for session in recording.sessions:
        asked = _own_enquire_links(session)
        for before, after in pairwise(asked):
            seconds = after.at - before.at
            if seconds < TOO_OFTEN:
                yield bad(f"{seconds:.2f} s after the one before", before, after)
            elif seconds < OFTEN:
                yield odd(f"{seconds:.1f} s after the one before", before, after)
            else:
                yield good(before, after)


def _asks_when_idle(recording: Recording) -> Iterator[Finding]:
    for session in recording.sessions:
        if session.bind is None:
            continue
        end = recording.ended if session.ended is None else session.ended
        requests = [pdu for pdu in session.requests(Role.ESME) if pdu.number >= session.bind.number]
        asked = [pdu for pdu in requests if isinstance(pdu.pdu, EnquireLink)]
        times = [*(pdu.at for pdu in requests), end]
        silence = max(after - before for before, after in pairwise(times))
        if silence > IDLE:
            yield odd(f"{silence:.0f} s without a request of the client", *requests[-1:])
        elif asked:
            yield good(asked[0])


def _gives_up_dead_link(recording: Recording) -> Iterator[Finding]:
    for session in recording.sessions:
        last = next((pdu for pdu in reversed(_own_enquire_links(session)) if recording.answer_to(pdu) is None), None)
        if last is None or any(pdu.sender is Role.MC and pdu.number > last.number for pdu in session.pdus):
            continue
        if session.ended is not None and session.ended_by is Role.ESME:
            yield from timely(session.ended - last.at, 0.0, DEAD, DEAD, last)
        elif recording.watched(last) >= DEAD:
            yield bad(f"still there {recording.watched(last):.0f} s after an enquire_link without answer", last)


def _comes_back(recording: Recording) -> Iterator[Finding]:
    for session in recording.sessions:
        if session.bind is None or session.ended is None or session.ended_by is Role.ESME or _left(session):
            continue
        again = next((each for each in recording.sessions if _begins_after(each, session.ended)), None)
        waited = recording.ended - session.ended
        if again is not None and again.opened is not None:
            yield from timely(again.opened - session.ended, 0.0, COME_BACK, COME_BACK, *session.pdus[-1:])
        elif waited >= COME_BACK:
            yield odd(f"not back {waited:.0f} s after the operator ended its session", *session.pdus[-1:])


def _waits_to_reconnect(recording: Recording) -> Iterator[Finding]:
    """The first attempt after a session that was bound may be at once; one after a failed attempt may not."""
    for session in recording.sessions:
        if session.ended is None or not _failed(recording, session):
            continue
        follower = next((each for each in recording.sessions if _begins_after(each, session.ended)), None)
        if follower is None or follower.opened is None:
            continue
        wait = follower.opened - session.ended
        evidence = (*session.pdus[-1:], *follower.pdus[:1])
        why = f"connected again {wait:.2f} s after an attempt that had failed"
        if wait >= RECONNECT or session.bind is not None:
            yield good(*evidence)
        else:
            yield bad(why, *evidence) if wait < HASTE else odd(why, *evidence)


def _own_enquire_links(session: Session) -> list[WirePdu]:
    return [pdu for pdu in session.requests(Role.ESME) if isinstance(pdu.pdu, EnquireLink)]


def _left(session: Session) -> bool:
    """Whether the client had said that it goes."""
    return any(pdu.command == "unbind" for pdu in session.requests(Role.ESME))


def _failed(recording: Recording, session: Session) -> bool:
    """Whether a session ended although its client had not wanted it."""
    if session.ended is None or _left(session):
        return False
    binds = [pdu for pdu in session.requests(Role.ESME) if isinstance(pdu.pdu, BindFields)]
    is_refused = any((answer := recording.answer_to(bind)) and answer.command_status for bind in binds)
    return is_refused or session.ended_by is not Role.ESME


def _begins_after(session: Session, moment: float) -> bool:
    return session.opened is not None and session.opened >= moment


CHECKS: Final = (
    Check(
        "answers-enquire-link",
        "Answers enquire_link within five seconds.",
        "3.4 4.11.2, 7.2; 5.0 4.1.2.2",
        Severity.CRITICAL,
        "Answer in the reader, not behind the queue of messages; an operator ends sessions that do not answer.",
        _answers_enquire_link,
    ),
    Check(
        "asks-enquire-link-when-idle",
        "Asks by enquire_link whether the operator is there, when nothing else is said.",
        "3.4 2.9, 7.2; 5.0 2.7",
        Severity.MAJOR,
        "Send enquire_link after 30 to 60 seconds of silence: firewalls forget idle connections without a word.",
        _asks_when_idle,
    ),
    Check(
        "asks-enquire-link-seldom",
        "Does not send enquire_link more often than every five seconds.",
        "3.4 7.2; 5.0 2.7",
        Severity.MINOR,
        "Ask after silence only, every 30 to 60 seconds; operators count it as traffic.",
        _asks_seldom,
    ),
    Check(
        "gives-up-a-dead-link",
        "Ends a session on which its enquire_link is not answered.",
        "3.4 7.2; 5.0 2.7",
        Severity.CRITICAL,
        "Close the connection when an enquire_link is not answered in time, and connect anew.",
        _gives_up_dead_link,
    ),
    Check(
        "comes-back",
        "Connects again after the operator ended its session.",
        "5.0 2.8.1",
        Severity.CRITICAL,
        "Keep trying, at intervals, until somebody stops the client; alarm a person meanwhile.",
        _comes_back,
    ),
    Check(
        "reconnects-with-back-off",
        "Waits between attempts to connect, longer after a failed one.",
        "5.0 2.8.1",
        Severity.MAJOR,
        "Wait about five seconds, then longer each time up to a minute, with some chance in it.",
        _waits_to_reconnect,
    ),
)
