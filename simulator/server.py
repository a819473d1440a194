"""The SMPP door: one connection of an ESME, between its socket and its session.

A connection is two tasks. The reader feeds the session and acts on what it reports. The writer is the only one that
sends: woken, it runs in the next event-loop turn, commits for all that the last turn brought, and writes what the
session holds; so nothing leaves a socket that is not in the store, and one commit serves every connection of a turn.

Whatever goes wrong in one connection ends that connection only.
"""

import logging
import math

import trio

from simulator.binds import Bind
from simulator.operator import Operator
from simulator.smpp.consts import V34, V50, CommandStatus, TlvTag
from simulator.smpp.events import Closed, Event, Malformed, Request, Response, ResponseTimedOut
from simulator.smpp.pdus import (
    BindFields,
    BindReceiver,
    BindReceiverResp,
    BindTransceiver,
    BindTransceiverResp,
    BindTransmitter,
    BindTransmitterResp,
    DeliverSm,
    SubmitSm,
    SubmitSmResp,
    Unbind,
    response_type,
)
from simulator.smpp.session import Role, Session, SessionLimits
from simulator.smpp.tlvs import Tlv

SYSTEM_ID = "khatban"
READ_SIZE = 65_536
MAX_UNSENT = 1 << 20
"""Octets of answers that may wait for a peer which does not read; beyond them nothing more is read from it."""
GOODBYE_SECONDS = 2.0
"""How long a connection that ends may take for its last octets, and an ESME to answer our unbind."""

_BIND_RESPONSES: dict[type[BindFields], type[BindReceiverResp | BindTransmitterResp | BindTransceiverResp]] = {
    BindReceiver: BindReceiverResp,
    BindTransmitter: BindTransmitterResp,
    BindTransceiver: BindTransceiverResp,
}

_log = logging.getLogger("khatban.smpp")


async def serve_connection(operator: Operator, stream: trio.abc.Stream, limits: SessionLimits) -> None:
    """Serves one connection to its end; no failure of it leaves this function."""
    connection = Connection(operator, stream, limits)
    try:
        await connection.run()
    except* (trio.BrokenResourceError, trio.ClosedResourceError):
        _log.info("%s: the peer went away", connection.name)
    except* Exception:
        _log.exception("%s: ended by a fault of ours", connection.name)


class Connection:
    """One accepted connection."""

    def __init__(self, operator: Operator, stream: trio.abc.Stream, limits: SessionLimits) -> None:
        self._operator = operator
        self._stream = stream
        self._session = Session(Role.MC, limits, trio.current_time())
        self._bind: Bind | None = None
        self._wake = trio.Event()
        self._sent = trio.Event()
        self._is_over = False
        self._last_call = math.inf
        self._reading = trio.CancelScope()

    @property
    def name(self) -> str:
        """Who is on it, for the log."""
        return self._session.system_id or "an unbound connection"

    async def run(self) -> None:
        """Serves the connection to its end."""
        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self._write)
                await self._read()
                self.wake()
                nursery.cancel_scope.deadline = trio.current_time() + GOODBYE_SECONDS
        finally:
            if self._bind is not None:
                self._operator.session_ended(self._bind)
            await trio.aclose_forcefully(self._stream)

    def wake(self) -> None:
        """Has the writer send, in the next turn, what the session holds."""
        self._wake.set()

    def drop(self) -> None:
        """Unbinds the session; the connection ends when the ESME has answered, or after a short while."""
        if self._session.state.is_bound:
            self._session.send_request(Unbind(), trio.current_time())
        self._last_call = trio.current_time() + GOODBYE_SECONDS
        self.wake()

    async def _write(self) -> None:
        while not (self._is_over and not self._session.unsent):
            await self._wake.wait()
            self._wake = trio.Event()
            self._operator.commit()
            if data := self._session.data_to_send():
                self._reading.deadline = self._deadline()
                await self._stream.send_all(data)
                self._sent.set()
                self._sent = trio.Event()

    async def _read(self) -> None:
        while not self._is_over:
            data = await self._receive()
            for event in self._events(data, trio.current_time()):
                self._handle(event)
            self.wake()
            while self._session.unsent > MAX_UNSENT and not self._is_over:
                await self._sent.wait()

    def _deadline(self) -> float:
        deadline = self._session.deadline()
        return self._last_call if deadline is None else min(deadline, self._last_call)

    async def _receive(self) -> bytes | None:
        """What the peer sent; empty at its end; None when a timer ran out first."""
        with trio.CancelScope(deadline=self._deadline()) as self._reading:
            return bytes(await self._stream.receive_some(READ_SIZE))
        return None

    def _events(self, data: bytes | None, now: float) -> list[Event]:
        if data is None:
            return [Closed("no answer to unbind")] if now >= self._last_call else self._session.handle_deadline(now)
        return self._session.receive_data(data, now) if data else self._session.receive_eof(now)

    def _handle(self, event: Event) -> None:
        match event:
            case Request(sequence_number, SubmitSm() as pdu):
                self._submit(sequence_number, pdu)
            case Request(sequence_number, BindFields() as pdu):
                self._authenticate(sequence_number, pdu)
            case Request(sequence_number, pdu) if response := response_type(type(pdu)):
                self._session.send_response(sequence_number, response(), CommandStatus.ESME_RINVCMDID)
            case Response(DeliverSm(), sequence_number, command_status):
                self._receipt_answered(sequence_number, command_status)
            case ResponseTimedOut(DeliverSm(), sequence_number):
                self._receipt_answered(sequence_number, CommandStatus.ESME_RX_T_APPN)
            case Malformed(error):
                _log.info("%s: %s", self.name, error)
            case Closed(reason):
                _log.info("%s: %s", self.name, reason)
                self._is_over = True

    def _submit(self, sequence_number: int, pdu: SubmitSm) -> None:
        if self._bind is None:
            raise RuntimeError("the session let a submit_sm through before a bind")
        answer = self._operator.submit(self._bind, pdu)
        tlvs = _reason_tlvs(answer.reason) if answer.reason and self._session.interface_version >= V50 else ()
        self._session.send_response(sequence_number, SubmitSmResp(answer.message_id, tlvs), answer.command_status)

    def _authenticate(self, sequence_number: int, pdu: BindFields) -> None:
        status = self._operator.authenticate(pdu.system_id, pdu.password)
        response = _BIND_RESPONSES[type(pdu)]
        if status != CommandStatus.ESME_ROK:
            self._session.send_response(sequence_number, response(), status)
            return
        version = (Tlv(TlvTag.SC_INTERFACE_VERSION, bytes([V50])),) if pdu.interface_version >= V34 else ()
        self._session.send_response(sequence_number, response(SYSTEM_ID, version))
        self._bind = Bind(pdu.system_id, self._session, self.wake, self.drop)
        self._operator.bound(self._bind)

    def _receipt_answered(self, sequence_number: int, command_status: int) -> None:
        if self._bind is not None:
            self._operator.receipt_answered(self._bind, sequence_number, command_status)


def _reason_tlvs(reason: str) -> tuple[Tlv, ...]:
    """Why a message was refused, for peers at 5.0; earlier ones know no TLV in a submit_sm_resp (3.4, 4.4.2)."""
    return (Tlv(TlvTag.ADDITIONAL_STATUS_INFO_TEXT, reason.encode("ascii") + b"\0"),)
