"""How a client begins and ends its sessions: binds, unbinds, connections."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from harness.audit.check import Check, Finding, Severity, bad, bad_if, good, odd, odd_if, timely
from harness.audit.recording import Recording, Session
from harness.audit.wire_pdu import WirePdu
from simulator.smpp.consts import V33, V34, V50, CommandStatus, status_name
from simulator.smpp.pdus import BindFields, EnquireLink, SubmitMulti, SubmitSm, Unbind, UnbindResp
from simulator.smpp.states import Role, SessionState, may_send

BIND_SOON: Final = 5.0
BIND_LATE: Final = 10.0
"""Seconds from the connection to the bind; deployed session_init timers begin at ten."""
UNBIND_SOON: Final = 1.0
UNBIND_LATE: Final = 1.5
"""Seconds for unbind_resp, which needs no thought; operators close after two."""
SETTLED: Final = 10.0
"""Seconds after which an unanswered submit will not be answered any more."""
ON_ITS_WAY: Final = 0.5
"""Seconds for which a client may not have read an unbind yet."""
FEW: Final = 2
"""Messages of a session that was hardly worth its bind."""
SESSIONS_TO_TELL: Final = 3
HURRY: Final = 60.0
"""Seconds within which several such sessions begin."""


def _bind_in_time(recording: Recording) -> Iterator[Finding]:
    for session in recording.sessions:
        if session.opened is None:
            continue
        bind = next((pdu for pdu in session.requests(Role.ESME) if isinstance(pdu.pdu, BindFields)), None)
        watched = (recording.ended if session.ended is None else session.ended) - session.opened
        if bind is not None:
            yield from timely(bind.at - session.opened, watched, BIND_SOON, BIND_LATE, bind)
        elif watched >= BIND_LATE:
            yield bad(f"session {session.number}: no bind in {watched:.0f} s", *session.pdus[:1])


def _state_permits(recording: Recording) -> Iterator[Finding]:
    for request in _requests(recording):
        if request.state is None or isinstance(request.pdu, BindFields) or request.state is SessionState.CLOSED:
            continue
        if may_send(Role.ESME, request.state, request.command_id, request.version):
            yield good(request)
        else:
            yield bad(f"{request.command} in state {request.state.value}", request)


def _one_bind(recording: Recording) -> Iterator[Finding]:
    for request in recording.sent(Role.ESME, BindFields):
        if request.state is not None:
            is_bound = request.state not in (SessionState.OPEN, SessionState.OUTBOUND)
            yield bad_if("a bind on a session that is bound" if is_bound else None, request)


def _waits_for_bind(recording: Recording) -> Iterator[Finding]:
    for session in recording.sessions:
        waiting: WirePdu | None = None
        for pdu in session.pdus:
            if pdu.sender is Role.ESME and isinstance(pdu.pdu, BindFields):
                waiting = pdu
            elif waiting and recording.answer_to(waiting) is pdu:
                yield good(waiting, pdu)
                waiting = None
            elif waiting and pdu.sender is Role.ESME and not pdu.is_response and not isinstance(pdu.pdu, EnquireLink):
                yield bad(f"{pdu.command} before the bind was answered", waiting, pdu)
                waiting = None


def _known_version(recording: Recording) -> Iterator[Finding]:
    for request in recording.sent(Role.ESME, BindFields):
        pdu = request.pdu
        if not isinstance(pdu, BindFields):
            continue
        said = f"interface_version 0x{pdu.interface_version:02X}"
        if pdu.interface_version in (V34, V50):
            yield good(request)
        elif pdu.interface_version <= V33:
            yield odd(f"{said} is 3.3 or older: no TLVs, and message_ids of eight characters", request)
        else:
            yield bad(f"{said} is reserved", request)


def _unbinds_first(recording: Recording) -> Iterator[Finding]:
    for session in recording.sessions:
        unbind = _unbind(session)
        if unbind:
            yield good(unbind)
        elif session.ended_by is Role.ESME and session.bind and not _operator_unbound(session):
            yield bad("the client closed a bound session without an unbind", session.pdus[-1])


def _reads_unbind_resp(recording: Recording) -> Iterator[Finding]:
    for session in recording.sessions:
        unbind = _unbind(session)
        if unbind is None or session.ended is None:
            continue
        answer = recording.answer_to(unbind)
        if answer is None and session.ended_by is Role.ESME:
            yield odd("closed before unbind_resp came", unbind)
        elif answer is not None:
            yield good(unbind, answer)


def _settled_at_unbind(recording: Recording) -> Iterator[Finding]:
    for session in recording.sessions:
        unbind = _unbind(session)
        if unbind is None:
            continue
        open_ones = [
            request
            for request in session.requests(Role.ESME)
            if isinstance(request.pdu, SubmitSm | SubmitMulti) and request.number < unbind.number
            if (answer := recording.answer_to(request)) is None or answer.number > unbind.number
        ]
        # What was left unanswered for long will not be answered any more: nothing is lost by not waiting for it.
        young = [request for request in open_ones if unbind.at - request.at < SETTLED]
        why = f"{len(young)} submits were unanswered at the unbind" if young else None
        yield odd_if(why, *young[:3], unbind)


def _silent_after_unbind(recording: Recording) -> Iterator[Finding]:
    for session in recording.sessions:
        unbind = _unbind(session)
        if unbind is None:
            continue
        later = [each for each in session.requests(Role.ESME) if each.number > unbind.number]
        why = f"{later[0].command} behind the unbind" if later else None
        yield bad_if(why, unbind, *later[:1])


def _answers_unbind(recording: Recording) -> Iterator[Finding]:
    for request in recording.sent(Role.MC, Unbind):
        answer, session = recording.answer_to(request), recording.session_of(request)
        if answer is not None:
            yield from timely(answer.at - request.at, 0.0, UNBIND_SOON, UNBIND_LATE, request, answer)
        elif session.ended is not None and session.ended_by is Role.ESME:
            yield odd("the client closed instead of answering", request)
        else:
            yield from timely(None, recording.watched(request), UNBIND_SOON, UNBIND_LATE, request)


def _stops_at_unbind(recording: Recording) -> Iterator[Finding]:
    for unbind in recording.sent(Role.MC, Unbind):
        later = [
            each
            for each in recording.session_of(unbind).requests(Role.ESME)
            if each.number > unbind.number and each.at - unbind.at > ON_ITS_WAY and not isinstance(each.pdu, Unbind)
        ]
        if later or recording.answer_to(unbind) or recording.watched(unbind) > ON_ITS_WAY:
            yield bad_if(f"{len(later)} requests behind the operator's unbind" if later else None, unbind, *later[:2])


def _many_messages_a_bind(recording: Recording) -> Iterator[Finding]:
    by_client: dict[str, list[Session]] = defaultdict(list)
    for session in recording.sessions:
        if session.bind and _submits(session):
            by_client[session.system_id].append(session)
    for sessions in by_client.values():
        if sum(map(_submits, sessions)) < SESSIONS_TO_TELL:
            continue
        short = [each for each in sessions if _has_left(each) and _submits(each) <= FEW]
        binds = [each.bind for each in short if each.bind]
        hurried = [each for each in zip(binds, binds[SESSIONS_TO_TELL - 1 :], strict=False) if _within(*each, HURRY)]
        for first, last in hurried[:1]:
            yield bad(f"{len(short)} sessions of at most {FEW} messages", first, last)
        if not hurried:
            yield good(*[each.bind for each in sessions[:1] if each.bind])


def _sane_bind_retries(recording: Recording) -> Iterator[Finding]:
    """Credentials that were refused do not become right by being sent again at once."""
    refusals = (CommandStatus.ESME_RINVPASWD, CommandStatus.ESME_RINVSYSID, CommandStatus.ESME_RBINDFAIL)
    binds = list(recording.sent(Role.ESME, BindFields))
    for refused, again in pairwise(binds):
        answer = recording.answer_to(refused)
        if answer is None or answer.command_status not in refusals:
            continue
        if refused.octets[16:] != again.octets[16:]:
            continue
        wait = again.at - answer.at
        status = status_name(answer.command_status)
        if wait < 1:
            yield bad(f"again after {wait:.2f} s, although {status}", refused, answer, again)
        else:
            yield odd_if(f"again after {wait:.1f} s, although {status}" if wait < 5 else None, refused, answer, again)


def _requests(recording: Recording) -> Iterator[WirePdu]:
    return (pdu for pdu in recording.pdus if pdu.sender is Role.ESME and not pdu.is_response)


def _unbind(session: Session) -> WirePdu | None:
    return next((pdu for pdu in session.requests(Role.ESME) if isinstance(pdu.pdu, Unbind)), None)


def _has_left(session: Session) -> bool:
    return session.ended is not None and (session.ended_by is Role.ESME or _unbind(session) is not None)


def _operator_unbound(session: Session) -> bool:
    return any(pdu.sender is Role.MC and isinstance(pdu.pdu, Unbind | UnbindResp) for pdu in session.pdus)


def _submits(session: Session) -> int:
    return sum(isinstance(pdu.pdu, SubmitSm | SubmitMulti) for pdu in session.pdus if pdu.sender is Role.ESME)


def _within(first: WirePdu, last: WirePdu, seconds: float) -> bool:
    return last.at - first.at <= seconds


CHECKS: Final = (
    Check(
        "binds-in-time",
        "Binds soon after it has connected.",
        "3.4 7.2; 5.0 2.7",
        Severity.MAJOR,
        "Send the bind as soon as the connection stands; operators close connections on which nobody binds.",
        _bind_in_time,
    ),
    Check(
        "waits-for-bind-response",
        "Asks for nothing until its bind is answered.",
        "3.4 2.2; 5.0 2.2",
        Severity.MAJOR,
        "Begin to submit in the handler of bind_resp, and only if its command_status is ESME_ROK.",
        _waits_for_bind,
    ),
    Check(
        "asks-what-its-state-permits",
        "Sends only what the state of its session permits.",
        "3.4 2.3; 5.0 2.4",
        Severity.MAJOR,
        "Submit on a transmitter or transceiver that is bound; a receiver only receives.",
        _state_permits,
    ),
    Check(
        "binds-once-a-connection",
        "Does not bind on a session that is bound.",
        "3.4 5.1.3 (ESME_RALYBND); 5.0 4.7.6",
        Severity.MAJOR,
        "Keep the state of the session; open another connection for another bind.",
        _one_bind,
    ),
    Check(
        "keeps-its-session",
        "Sends many messages over one bind, not one each.",
        "5.0 2.2, 2.6.5",
        Severity.CRITICAL,
        "Hold the session open and keep it alive by enquire_link; a bind for each message is slow, and soon refused.",
        _many_messages_a_bind,
    ),
    Check(
        "says-a-known-version",
        "Says interface_version 3.4 or 5.0 in its bind.",
        "3.4 5.2.4; 5.0 4.7.13",
        Severity.MINOR,
        "Set interface_version to 0x34 or 0x50.",
        _known_version,
    ),
    Check(
        "accepts-a-refused-bind",
        "Does not hurry to bind again with credentials that were refused.",
        "5.0 2.8.1",
        Severity.MAJOR,
        "Wait at least five seconds, and longer each time; tell a person that the credentials are wrong.",
        _sane_bind_retries,
    ),
    Check(
        "unbinds-before-closing",
        "Unbinds before it closes.",
        "3.4 4.2; 5.0 4.1.1.8",
        Severity.MAJOR,
        "Send unbind and wait for unbind_resp, then close: what the operator has on its way to you is then not lost.",
        _unbinds_first,
    ),
    Check(
        "waits-for-unbind-response",
        "Reads the answer to its unbind before it closes.",
        "3.4 4.2; 5.0 4.1.1.9",
        Severity.MINOR,
        "Keep reading, and answering deliver_sm, until unbind_resp or the end of the connection comes.",
        _reads_unbind_resp,
    ),
    Check(
        "awaits-its-answers-before-unbind",
        "Unbinds when its submits are answered.",
        "5.0 2.6.3",
        Severity.MAJOR,
        "Stop submitting, wait for the answers that are due, then unbind: requests of an ended session are void.",
        _settled_at_unbind,
    ),
    Check(
        "asks-nothing-behind-its-unbind",
        "Asks for nothing after its unbind.",
        "3.4 4.2; 5.0 2.3.5",
        Severity.MAJOR,
        "Take no more messages from the queue once the unbind is sent.",
        _silent_after_unbind,
    ),
    Check(
        "answers-unbind",
        "Answers the operator's unbind.",
        "3.4 4.2.2; 5.0 4.1.1.9",
        Severity.MAJOR,
        "Answer by unbind_resp, close, and connect again after some seconds.",
        _answers_unbind,
    ),
    Check(
        "stops-at-the-operators-unbind",
        "Asks for nothing after the operator's unbind.",
        "3.4 4.2; 5.0 2.3.5",
        Severity.MAJOR,
        "Take the unbind for the end of the session: what is sent behind it is not answered.",
        _stops_at_unbind,
    ),
)
