"""How fast a client submits, and what it does when it is told to wait, refused, or not answered."""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from typing import Final

from harness.audit.check import Check, Finding, Severity, bad, bad_if, good, odd, odd_if
from harness.audit.recording import Recording
from harness.audit.submissions import Submission
from harness.audit.wire_pdu import WirePdu
from simulator.smpp.consts import VENDOR_STATUSES, CommandStatus, status_name
from simulator.smpp.states import Role

WINDOW: Final = 10
"""What 3.4 advises not to exceed."""
FLOOD: Final = 100
FORGOTTEN: Final = 60.0
"""Seconds after which an unanswered request is outstanding no more."""
PAUSE: Final = 1.0
LEAST_PAUSE: Final = 0.2
"""Seconds of a pause that deserves the name, and below which there is none."""
AGAIN: Final = 120.0
"""Seconds in which a message that had to wait should have come again; gateways resend after a minute."""
STUBBORN: Final = 300.0
"""Seconds within which the same message to the same recipient is a retry."""
WAITED: Final = 10.0

_PERMANENT: Final = frozenset(
    {
        CommandStatus.ESME_RINVMSGLEN,
        CommandStatus.ESME_RINVPRTFLG,
        CommandStatus.ESME_RINVREGDLVFLG,
        CommandStatus.ESME_RINVSRCADR,
        CommandStatus.ESME_RINVDSTADR,
        CommandStatus.ESME_RINVSERTYP,
        CommandStatus.ESME_RINVNUMDESTS,
        CommandStatus.ESME_RINVESMCLASS,
        CommandStatus.ESME_RINVSRCTON,
        CommandStatus.ESME_RINVSRCNPI,
        CommandStatus.ESME_RINVDSTTON,
        CommandStatus.ESME_RINVDSTNPI,
        CommandStatus.ESME_RINVREPFLAG,
        CommandStatus.ESME_RINVSCHED,
        CommandStatus.ESME_RINVEXPIRY,
        CommandStatus.ESME_RX_P_APPN,
        CommandStatus.ESME_RX_R_APPN,
        CommandStatus.ESME_RINVTLVSTREAM,
        CommandStatus.ESME_RTLVNOTALLWD,
        CommandStatus.ESME_RINVTLVLEN,
        CommandStatus.ESME_RMISSINGTLV,
        CommandStatus.ESME_RINVTLVVAL,
        CommandStatus.ESME_RPROHIBITED,
        CommandStatus.ESME_RSERTYPDENIED,
        CommandStatus.ESME_RINVDCS,
        *VENDOR_STATUSES,
    }
)
"""What says of a message that it will be refused again; a vendor's statuses tell its own rules."""
_WAIT: Final = frozenset({CommandStatus.ESME_RTHROTTLED, CommandStatus.ESME_RMSGQFUL})


def _window(recording: Recording) -> Iterator[Finding]:
    for session in recording.sessions:
        waiting: dict[int, WirePdu] = {}
        most: tuple[int, WirePdu] | None = None
        for pdu in session.pdus:
            request = recording.request_of(pdu)
            if request is not None:
                waiting.pop(request.number, None)
            if recording.submission_of(pdu) is None:
                continue
            waiting = {number: each for number, each in waiting.items() if pdu.at - each.at < FORGOTTEN}
            waiting[pdu.number] = pdu
            if most is None or len(waiting) > most[0]:
                most = len(waiting), pdu
        if most is not None:
            size, pdu = most
            why = f"{size} submits were unanswered at once"
            yield good(pdu) if size <= WINDOW else odd(why, pdu) if size <= FLOOD else bad(why, pdu)


def _backs_off(status: CommandStatus, recording: Recording) -> Iterator[Finding]:
    """The pause between the last such answer and the next submit of the same client."""
    told: dict[str, WirePdu] = {}
    for pdu in recording.pdus:
        client = recording.session_of(pdu).system_id
        if pdu.sender is Role.MC and pdu.command_status == status and pdu.is_response:
            told[client] = pdu
        elif recording.submission_of(pdu) is not None and client in told:
            answer = told.pop(client)
            pause = pdu.at - answer.at
            why = f"the next submit {pause:.2f} s after {status_name(status)}"
            if pause >= PAUSE:
                yield good(answer, pdu)
            else:
                yield odd(why, answer, pdu) if pause >= LEAST_PAUSE else bad(why, answer, pdu)


def _sends_again(recording: Recording) -> Iterator[Finding]:
    later = _by_identity(recording)
    for message, answer in _answered(recording, _WAIT):
        again = next((each for each in later[message.identity] if each.wire.number > answer.number), None)
        if again is not None:
            yield good(message.wire, answer, again.wire)
        elif recording.ended - answer.at >= AGAIN:
            yield odd(f"not sent again in {recording.ended - answer.at:.0f} s", message.wire, answer)


def _accepts_refusals(recording: Recording) -> Iterator[Finding]:
    later = _by_identity(recording)
    for message, answer in _answered(recording, _PERMANENT):
        again = [
            each.wire
            for each in later[message.identity]
            if each.wire.number > answer.number and each.wire.at - answer.at < STUBBORN
        ]
        if again:
            why = f"again after {again[0].at - answer.at:.1f} s, although {status_name(answer.command_status)}"
            yield bad(why, message.wire, answer, again[0])
        elif recording.ended - answer.at >= WAITED:
            yield good(message.wire, answer)


def _waits_for_answers(recording: Recording) -> Iterator[Finding]:
    """What is sent again while its answer may still come arrives twice."""
    later = _by_identity(recording)
    for message in recording.submissions:
        answer = recording.answer_to(message.wire)
        waited = min(answer.at - message.wire.at if answer else recording.watched(message.wire), WAITED)
        if waited < PAUSE:
            continue
        again = [
            each.wire
            for each in later[message.identity]
            if message.wire.number < each.wire.number and each.wire.at - message.wire.at < waited
        ]
        why = f"again after {again[0].at - message.wire.at:.1f} s, while unanswered" if again else None
        yield odd_if(why, message.wire, *again[:1])


def _saves_unanswered(recording: Recording) -> Iterator[Finding]:
    """What was unanswered when the operator ended the session is sent again on the next."""
    later = _by_identity(recording)
    for session in recording.sessions:
        if session.ended is None or session.ended_by is Role.ESME or session.losses:
            continue
        returned = [each for each in recording.sessions if each.bind and each.bind.at > session.ended]
        for pdu in session.pdus:
            message = recording.submission_of(pdu)
            if message is None or recording.answer_to(pdu) is not None or not returned:
                continue
            again = [each.wire for each in later[message.identity] if each.wire.at > session.ended]
            if again:
                yield good(pdu, again[0])
            elif recording.ended - session.ended >= AGAIN:
                yield odd("unanswered when the session ended, and not sent again", pdu)


def _does_not_pile_up(recording: Recording) -> Iterator[Finding]:
    """An operator that answers late is not to be sent ever more."""
    for session in recording.sessions:
        slow = [
            pdu
            for pdu in session.pdus
            if recording.submission_of(pdu) and (answer := recording.answer_to(pdu)) and answer.at - pdu.at > PAUSE
        ]
        for pdu in slow[:1]:
            answer = recording.answer_to(pdu)
            behind = [
                each
                for each in session.pdus
                if answer and pdu.number < each.number < answer.number and recording.submission_of(each) is not None
            ]
            yield bad_if(
                f"{len(behind)} more submits while one waited {answer.at - pdu.at:.1f} s"
                if answer and len(behind) > FLOOD
                else None,
                pdu,
                *behind[-1:],
            )


def _by_identity(recording: Recording) -> dict[tuple[object, ...], list[Submission]]:
    found: dict[tuple[object, ...], list[Submission]] = defaultdict(list)
    for message in recording.submissions:
        found[message.identity].append(message)
    return found


def _answered(recording: Recording, statuses: frozenset[int]) -> Iterator[tuple[Submission, WirePdu]]:
    for message in recording.submissions:
        answer = recording.answer_to(message.wire)
        if answer is not None and answer.command_status in statuses:
            yield message, answer


CHECKS: Final = (
    Check(
        "keeps-a-window",
        "Has at most ten submits unanswered at once.",
        "3.4 2.5; 5.0 2.6.4",
        Severity.MAJOR,
        "Count what is unanswered, and wait at the window's edge; ask the operator how wide it may be.",
        _window,
    ),
    Check(
        "does-not-pile-up",
        "Sends no flood of submits to an operator that answers late.",
        "5.0 2.9",
        Severity.MAJOR,
        "Let the window be the brake: with it full, send nothing until an answer comes.",
        _does_not_pile_up,
    ),
    Check(
        "backs-off-when-throttled",
        "Pauses after ESME_RTHROTTLED.",
        "3.4 5.1.3; 5.0 2.9",
        Severity.CRITICAL,
        "Stop for a second, then send more slowly; who goes on is throttled for longer, or closed.",
        partial(_backs_off, CommandStatus.ESME_RTHROTTLED),
    ),
    Check(
        "backs-off-when-queue-is-full",
        "Pauses after ESME_RMSGQFUL.",
        "3.4 5.1.3; 5.0 2.9",
        Severity.CRITICAL,
        "Treat it as ESME_RTHROTTLED: the operator's queue needs time to empty.",
        partial(_backs_off, CommandStatus.ESME_RMSGQFUL),
    ),
    Check(
        "sends-again-what-had-to-wait",
        "Sends a message again that was throttled or met a full queue.",
        "3.4 5.1.3; 5.0 4.7.6",
        Severity.MAJOR,
        "Put the message back at the head of the queue; such an answer is no refusal.",
        _sends_again,
    ),
    Check(
        "accepts-refusals",
        "Does not send a message again that was refused for good.",
        "3.4 5.1.3; 5.0 2.8.2",
        Severity.CRITICAL,
        'Tell statuses that say "later" from those that say "no"; hand a refusal on to whoever wrote the message.',
        _accepts_refusals,
    ),
    Check(
        "waits-for-late-answers",
        "Does not send a message again while its answer may still come.",
        "3.4 7.2; 5.0 2.7",
        Severity.MAJOR,
        "Wait for as long as the response timer runs, 30 seconds and more; a second copy is delivered and paid for.",
        _waits_for_answers,
    ),
    Check(
        "saves-what-was-unanswered",
        "Sends again, on its next session, what was unanswered when the operator ended the last.",
        "5.0 2.6.3",
        Severity.MAJOR,
        "Keep a message until it is answered; requests of an ended session are void.",
        _saves_unanswered,
    ),
)
