"""What a client answers, and how it takes what it did not expect."""

from collections.abc import Iterator
from typing import Final

from harness.audit.check import Check, Finding, Severity, bad, bad_if, good, odd_if, timely
from harness.audit.leaving import STAYS, has_left, was_ended_by_client
from harness.audit.recording import Recording
from harness.audit.wire_pdu import WirePdu
from simulator.smpp.consts import RESPONSE_BIT, CommandId, CommandStatus, status_name
from simulator.smpp.pdus import (
    PDU_TYPES,
    DataSm,
    DataSmResp,
    DeliverSm,
    DeliverSmResp,
    GenericNack,
    SubmitSm,
    SubmitSmResp,
)
from simulator.smpp.states import Role
from simulator.smpp.tlv_table import TLVS

SOON: Final = 5.0
LATE: Final = 30.0
"""Seconds for a deliver_sm; operators deliver again after 30 to 60."""
_STANDARD: Final = frozenset(map(int, CommandStatus))
_OF_RECEIVER: Final = frozenset(
    {
        CommandStatus.ESME_ROK,
        CommandStatus.ESME_RX_T_APPN,
        CommandStatus.ESME_RX_P_APPN,
        CommandStatus.ESME_RX_R_APPN,
        CommandStatus.ESME_RMSGQFUL,
        CommandStatus.ESME_RTHROTTLED,
        CommandStatus.ESME_RSYSERR,
    }
)
"""What deliver_sm_resp says of itself: taken, not now, never."""


def _answers_deliver_sm(recording: Recording) -> Iterator[Finding]:
    for request in recording.sent(Role.MC, DeliverSm, DataSm):
        answer = recording.answer_to(request)
        seconds = answer.at - request.at if answer else None
        evidence = (request, answer) if answer else (request,)
        yield from timely(seconds, recording.watched(request), SOON, LATE, *evidence)


def _says_why(recording: Recording) -> Iterator[Finding]:
    for answer in recording.sent(Role.ESME, DeliverSmResp, DataSmResp):
        status = answer.command_status
        if status not in _STANDARD:
            yield bad(f"{answer.command} with status 0x{status:08X}, which the standard does not name", answer)
        else:
            why = None if status in _OF_RECEIVER else f"{answer.command} with {status_name(status)}"
            yield odd_if(why, answer)


def _empty_message_id(recording: Recording) -> Iterator[Finding]:
    for answer in recording.sent(Role.ESME, DeliverSmResp):
        if isinstance(answer.pdu, DeliverSmResp):
            said = answer.pdu.message_id
            yield odd_if(f"message_id {said!r}, which is unused here" if said else None, answer)


def _answers_something(recording: Recording) -> Iterator[Finding]:
    for response in recording.pdus:
        if response.sender is not Role.ESME or not response.is_response or recording.missed_before(response):
            continue
        if response.command_id == CommandId.GENERIC_NACK and response.sequence_number == 0:
            continue  # of a PDU whose header could not be read
        if recording.request_of(response) is not None:
            yield good(response)
        else:
            yield bad(_why_unrequested(recording, response), response)


def _why_unrequested(recording: Recording, response: WirePdu) -> str:
    earlier = [
        pdu
        for pdu in recording.session_of(response).pdus
        if pdu.number < response.number and pdu.sender is Role.MC and pdu.sequence_number == response.sequence_number
    ]
    asked = [pdu for pdu in earlier if not pdu.is_response]
    if any(pdu.command_id | RESPONSE_BIT == response.command_id for pdu in asked):
        return f"{response.command} to what was answered before"
    if asked:
        return f"{response.command} to a {asked[-1].command}"
    return f"{response.command} with {response.sequence_number}, which no request of the operator bears"


def _status_of_requests(recording: Recording) -> Iterator[Finding]:
    for session in recording.sessions:
        for request in session.requests(Role.ESME):
            status = request.command_status
            yield bad_if(f"{request.command} with command_status 0x{status:08X}" if status else None, request)


def _nacks_unknown(recording: Recording) -> Iterator[Finding]:
    for request in recording.pdus:
        if request.sender is not Role.MC or request.is_response or request.command_id in PDU_TYPES:
            continue
        answer = recording.answer_to(request)
        if answer is None:
            # What the operator says behind it may come before the client has read it: it need not be the last.
            if recording.watched(request) >= SOON or was_ended_by_client(recording, request):
                yield bad("not answered", request)
        elif answer.command_id != CommandId.GENERIC_NACK:
            yield bad(f"answered by {answer.command}", request, answer)
        else:
            is_said = answer.command_status == CommandStatus.ESME_RINVCMDID
            yield odd_if(None if is_said else f"with {status_name(answer.command_status)}", request, answer)


def _lets_nack_be(recording: Recording) -> Iterator[Finding]:
    """A generic_nack ends a request. Nothing answers it, and the session goes on."""
    for nack in recording.sent(Role.MC, GenericNack):
        session = recording.session_of(nack)
        replies = [
            pdu
            for pdu in session.pdus
            if pdu.number > nack.number
            and pdu.sender is Role.ESME
            and pdu.is_response
            and pdu.sequence_number == nack.sequence_number
            and recording.request_of(pdu) is None
        ]
        if replies:
            yield bad(f"{replies[0].command} to a generic_nack", nack, replies[0])
        elif has_left(recording, nack):
            yield bad("the client ended the session", nack)
        elif recording.watched(nack) >= STAYS:
            yield good(nack)


def _bears_unknown_tlvs(recording: Recording) -> Iterator[Finding]:
    for pdu in recording.sent(Role.MC):
        unknown = [tlv.tag for tlv in getattr(pdu.pdu, "tlvs", ()) if tlv.tag not in TLVS]
        if unknown:
            yield from _stays(recording, pdu, f"a TLV 0x{unknown[0]:04X}")


def _bears_vendor_status(recording: Recording) -> Iterator[Finding]:
    for pdu in recording.sent(Role.MC, SubmitSmResp):
        if pdu.command_status not in _STANDARD:
            yield from _stays(recording, pdu, f"status 0x{pdu.command_status:08X}")


def _bears_any_order(recording: Recording) -> Iterator[Finding]:
    """Answers that overtake each other, and requests of the operator between a request and its answer."""
    for session in recording.sessions:
        waiting: list[WirePdu] = []
        for pdu in session.pdus:
            if pdu.sender is Role.ESME and isinstance(pdu.pdu, SubmitSm):
                waiting.append(pdu)
            elif pdu.sender is Role.MC and isinstance(pdu.pdu, DeliverSm) and waiting:
                yield from _stays(recording, pdu, "a deliver_sm between submit_sm and its answer")
            request = recording.request_of(pdu)
            if request is not None and request in waiting:
                if request is not waiting[0]:
                    yield from _stays(recording, pdu, "an answer that came before those to earlier requests")
                waiting.remove(request)


def _stays(recording: Recording, pdu: WirePdu, what: str) -> Iterator[Finding]:
    if has_left(recording, pdu):
        yield bad(f"the client ended the session at {what}", pdu)
    elif recording.watched(pdu) >= STAYS:
        yield good(pdu)


CHECKS: Final = (
    Check(
        "answers-deliver-sm",
        "Answers deliver_sm and data_sm within five seconds.",
        "3.4 4.6.2; 5.0 4.3.1.2",
        Severity.CRITICAL,
        "Answer when the message is written down, before it is worked on; what is not answered comes again, or never.",
        _answers_deliver_sm,
    ),
    Check(
        "answers-what-was-asked",
        "Its responses answer requests, each once, by the matching command and sequence number.",
        "3.4 2.6.1, 5.1.4; 5.0 2.6.1",
        Severity.CRITICAL,
        "Copy sequence_number from the request, set bit 31 of its command_id, and answer nothing else.",
        _answers_something,
    ),
    Check(
        "refuses-by-fitting-status",
        "Says in deliver_sm_resp that it took the message, or why not, by a status for that.",
        "3.4 5.1.3; 5.0 2.8.2",
        Severity.MAJOR,
        "ESME_RX_T_APPN to get it again, ESME_RX_P_APPN or ESME_RX_R_APPN never to get it again, else ESME_ROK.",
        _says_why,
    ),
    Check(
        "leaves-message-id-empty",
        "Leaves message_id of deliver_sm_resp empty.",
        "3.4 4.6.2; 5.0 4.3.1.2",
        Severity.MINOR,
        "One NUL, and nothing else.",
        _empty_message_id,
    ),
    Check(
        "asks-with-status-zero",
        "Its requests bear command_status 0.",
        "3.4 3.2.1; 5.0 3.2.1.3",
        Severity.MINOR,
        "A status belongs to a response.",
        _status_of_requests,
    ),
    Check(
        "nacks-unknown-commands",
        "Answers a command that it does not know by generic_nack with ESME_RINVCMDID.",
        "3.4 4.3; 5.0 2.8.2",
        Severity.MAJOR,
        "Read command_length octets, answer generic_nack with the sequence number, and go on.",
        _nacks_unknown,
    ),
    Check(
        "bears-generic-nack",
        "Takes a generic_nack for the end of that request, and goes on.",
        "3.4 4.3; 5.0 4.1.4",
        Severity.MAJOR,
        "Look up the request by its sequence number and mark it as failed; never answer a generic_nack.",
        _lets_nack_be,
    ),
    Check(
        "bears-unknown-tlvs",
        "Passes over TLVs that it does not know.",
        "3.4 3.3; 5.0 2.11.1",
        Severity.CRITICAL,
        "Read tag and length, skip the value; operators add TLVs of their own, and of later versions.",
        _bears_unknown_tlvs,
    ),
    Check(
        "bears-vendor-statuses",
        "Lives with a command_status that the standard does not name.",
        "3.4 5.1.3 (0x400 to 0x4FF); 5.0 4.7.6",
        Severity.CRITICAL,
        "Treat an unknown status as a refusal of that message, and show its number.",
        _bears_vendor_status,
    ),
    Check(
        "bears-any-order",
        "Lives with answers out of order, and with deliver_sm between a request and its answer.",
        "3.4 2.7; 5.0 2.6.4",
        Severity.CRITICAL,
        "Find a request by sequence_number, not by its turn; dispatch each PDU by its command_id.",
        _bears_any_order,
    ),
)
