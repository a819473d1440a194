"""Which operation of the operator answers which request of a bound ESME, and by what response.

One function a request, in a table by the PDU's class; a test holds the table to what an ESME may send.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from simulator.center.message_center import SubmitAnswer
from simulator.center.operator import Operator
from simulator.center.submissions import UnknownListError, from_data_sm
from simulator.delivery.binds import Bind
from simulator.messages import Verdict
from simulator.policy.vendor_codes import vendors_show
from simulator.smpp.consts import V34, V50, CommandStatus, TlvTag
from simulator.smpp.pdus import (
    BroadcastSm,
    CancelBroadcastSm,
    CancelBroadcastSmResp,
    CancelSm,
    CancelSmResp,
    DataSm,
    DataSmResp,
    Pdu,
    QueryBroadcastSm,
    QuerySm,
    QuerySmResp,
    ReplaceSm,
    ReplaceSmResp,
    SubmitMulti,
    SubmitMultiResp,
    SubmitSm,
    SubmitSmResp,
    UnsuccessSme,
    response_type,
)
from simulator.smpp.tlvs import Tlv

_REASON_OCTETS = 256
"""additional_status_info_text holds so many, with the zero at its end (3.4, 5.3.2.11)."""


class Answer(NamedTuple):
    """A response, its command_status, and the verdict that it tells, if it tells one."""

    pdu: Pdu
    command_status: int = CommandStatus.ESME_ROK
    verdict: Verdict | None = None


def _submit_sm(operator: Operator, bind: Bind, pdu: SubmitSm, octets: bytes) -> Answer:
    answer = operator.submit(bind, pdu, octets)
    status, message_id, verdict = answer
    return Answer(SubmitSmResp(message_id, _reason(bind, answer, V50) if status else ()), status, verdict)


def _data_sm(operator: Operator, bind: Bind, pdu: DataSm, octets: bytes) -> Answer:
    answer = operator.submit(bind, from_data_sm(pdu), octets)
    return Answer(DataSmResp(answer.message_id, _reason(bind, answer, V34)), answer.command_status, answer.verdict)


def _submit_multi(operator: Operator, bind: Bind, pdu: SubmitMulti, octets: bytes) -> Answer:
    try:
        submitted = operator.submit_multi(bind, pdu, octets)
    except UnknownListError:
        return Answer(SubmitMultiResp(), CommandStatus.ESME_RINVDLNAME)
    refused = tuple(
        UnsuccessSme(one.dest_addr_ton, one.dest_addr_npi, one.destination_addr, answer.command_status)
        for one, answer in submitted
        if answer.command_status != CommandStatus.ESME_ROK
    )
    told = next((answer.message_id for _, answer in submitted if answer.message_id), "")
    # Nobody accepted is a failure of the whole; otherwise unsuccess_sme tells who was not (5.0, 4.2.3.2).
    return Answer(SubmitMultiResp(told, refused), CommandStatus.ESME_ROK if told else CommandStatus.ESME_RSUBMITFAIL)


def _query_sm(operator: Operator, bind: Bind, pdu: QuerySm, _octets: bytes) -> Answer:
    status, message = operator.query(bind, pdu)
    if message is None:
        return Answer(QuerySmResp(pdu.message_id), status)
    final_date = "" if message.done_at is None else operator.smpp_time(message.done_at)
    error = int(message.err) & 0xFF if not message.is_under_way else 0
    return Answer(QuerySmResp(message.message_id, final_date, message.state, error), status)


def _cancel_sm(operator: Operator, bind: Bind, pdu: CancelSm, _octets: bytes) -> Answer:
    return Answer(CancelSmResp(), operator.cancel(bind, pdu))


def _replace_sm(operator: Operator, bind: Bind, pdu: ReplaceSm, _octets: bytes) -> Answer:
    return Answer(ReplaceSmResp(), operator.replace(bind, pdu))


def _broadcast_sm(operator: Operator, bind: Bind, pdu: BroadcastSm, _octets: bytes) -> Answer:
    return Answer(*operator.broadcast(bind, pdu))


def _query_broadcast_sm(operator: Operator, bind: Bind, pdu: QueryBroadcastSm, _octets: bytes) -> Answer:
    return Answer(*operator.query_broadcast(bind, pdu))


def _cancel_broadcast_sm(operator: Operator, bind: Bind, pdu: CancelBroadcastSm, _octets: bytes) -> Answer:
    return Answer(CancelBroadcastSmResp(), operator.cancel_broadcast(bind, pdu))


ANSWERS: Final[Mapping[type[Pdu], Callable[[Operator, Bind, Any, bytes], Answer]]] = MappingProxyType(
    {
        SubmitSm: _submit_sm,
        DataSm: _data_sm,
        SubmitMulti: _submit_multi,
        QuerySm: _query_sm,
        CancelSm: _cancel_sm,
        ReplaceSm: _replace_sm,
        BroadcastSm: _broadcast_sm,
        QueryBroadcastSm: _query_broadcast_sm,
        CancelBroadcastSm: _cancel_broadcast_sm,
    }
)
"""What a bound ESME may ask for, besides what the session answers by itself; each takes the PDU and its octets."""

SUBMISSIONS: Final = frozenset({SubmitSm, DataSm, SubmitMulti, BroadcastSm})
"""The requests that count for an account's throughput and window."""

QUESTIONS: Final = frozenset({QuerySm, QueryBroadcastSm})
"""The requests that alter nothing."""


def refusal_unwritten(operator: Operator, kind: type[Pdu]) -> int:
    """The command_status for a request that cannot be written down."""
    return operator.storage_status if kind in SUBMISSIONS else CommandStatus.ESME_RSYSERR


def empty_answer(pdu: Pdu) -> Pdu:
    """The response of a request that says nothing but its command_status."""
    response = response_type(type(pdu))
    if response is None:
        raise RuntimeError(f"{type(pdu).__name__} has no response")
    return response()


def _reason(bind: Bind, answer: SubmitAnswer, since: int) -> tuple[Tlv, ...]:
    """Why a message was refused, for peers at a version that has the TLV in this response.

    That is 3.4 of data_sm_resp (4.7.2), and 5.0 of submit_sm_resp (4.2.5), which in 3.4 has none (4.4.2).
    """
    verdict = answer.verdict
    if verdict is None or answer.command_status == CommandStatus.ESME_ROK or bind.session.interface_version < since:
        return ()
    reason = f"{verdict.rule}: {verdict.clause}"
    vendors = vendors_show(verdict.rule or "", "submit")
    if vendors and len(whole := f"{reason} ({vendors})") < _REASON_OCTETS:
        reason = whole
    return (Tlv(TlvTag.ADDITIONAL_STATUS_INFO_TEXT, reason.encode("ascii") + b"\0"),)
