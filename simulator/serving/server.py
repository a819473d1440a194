"""The SMPP door: one connection of an ESME, between its socket and its session.

A connection is two tasks. The reader feeds the session and acts on what it reports. The writer is the only one that
sends: woken, it runs in the next event-loop turn, commits for all that the last turn brought, and writes what the
session holds; so nothing leaves a socket that is not in the store, and one commit serves every connection of a turn.
If the commit fails, what the sessions hold is taken back (`taking_back`) before they are asked for it.

Whatever goes wrong in one connection ends that connection only.
"""

import logging
import math
from dataclasses import dataclass, field
from functools import partial

import trio

from simulator.center.operator import Operator
from simulator.delivery.binds import Bind, Caller
from simulator.registry.accounts import BindAttempt, BindType
from simulator.serving.connection_faults import ConnectionFaults, below_tls
from simulator.serving.lobby import Lobby
from simulator.serving.requests import ANSWERS, QUESTIONS, SUBMISSIONS, empty_answer, refusal_unwritten
from simulator.serving.taking_back import take_back
from simulator.smpp.consts import V34, V50, CommandStatus, TlvTag
from simulator.smpp.events import Closed, Event, Malformed, Overrun, Request, Response, ResponseTimedOut
from simulator.smpp.pdus import (
    BindFields,
    BindReceiver,
    BindReceiverResp,
    BindTransceiver,
    BindTransceiverResp,
    BindTransmitter,
    BindTransmitterResp,
    DataSm,
    DeliverSm,
    Outbind,
    Pdu,
    SubmitSm,
    Unbind,
)
from simulator.smpp.session import Role, Session, SessionLimits
from simulator.smpp.tlvs import Tlv
from simulator.trouble.fault_moments import Peer
from simulator.wire_log import ConnectionLog

SYSTEM_ID = "khatban"
MAX_UNSENT = 1 << 20
"""Octets of answers that may wait for a peer which does not read; beyond them nothing more is read from it."""
GOODBYE_SECONDS = 2.0
"""How long a connection that ends may take for its last octets, and an ESME to answer our unbind."""

_BINDS: dict[type[BindFields], tuple[BindType, type[BindReceiverResp | BindTransmitterResp | BindTransceiverResp]]] = {
    BindReceiver: (BindType.RECEIVER, BindReceiverResp),
    BindTransmitter: (BindType.TRANSMITTER, BindTransmitterResp),
    BindTransceiver: (BindType.TRANSCEIVER, BindTransceiverResp),
}

_log = logging.getLogger("khatban.smpp")


@dataclass(frozen=True)
class Door:
    """What the connections of one operator share."""

    operator: Operator
    limits: SessionLimits
    congestion: int | None = None
    """The congestion_state to tell, 0 to 100."""
    lobby: Lobby = field(default_factory=Lobby)


async def serve_connection(
    door: Door, stream: trio.abc.Stream, log: ConnectionLog | None = None, outbind: Outbind | None = None
) -> None:
    """Serves one connection to its end; no failure of it leaves this function.

    `log` takes what goes over it; `outbind` is what an ESME is told that the operator has called.
    """
    connection = Connection(door, stream, log)
    if not door.lobby.enter(connection):
        _log.info("too many connections: one more was closed")
        if log is not None:
            log.ended()
        await trio.aclose_forcefully(stream)
        return
    tally = door.operator.tally
    tally.connections += 1
    try:
        await connection.run(outbind)
    except* (trio.BrokenResourceError, trio.ClosedResourceError):
        _log.info("%s: the peer went away", connection.name)
    except* Exception:
        _log.exception("%s: ended by a fault of ours", connection.name)
    finally:
        tally.connections -= 1
        door.lobby.leave(connection)


class Connection:
    """One accepted connection."""

    def __init__(self, door: Door, stream: trio.abc.Stream, log: ConnectionLog | None) -> None:
        self._operator = door.operator
        self._lobby = door.lobby
        self._stream = stream
        self._wire_log = log
        self._faults = ConnectionFaults(door.operator, stream, log, on_hindered=self._read_anew)
        self._peer = _peer(stream)
        self._pause = 0.0
        self._session = Session(Role.MC, door.limits, trio.current_time())
        self._session.tell_congestion(door.congestion)
        self._bind: Bind | None = None
        self._answered: list[int] = []
        """The sequence numbers of what was answered since the operator's commit of the number `_commits`."""
        self._commits = 0
        self._wake = trio.Event()
        self._sent = trio.Event()
        self._is_over = False
        self._last_call = math.inf
        self._reading = trio.CancelScope()
        self._serving = trio.CancelScope()

    @property
    def name(self) -> str:
        """Who is on it, for the log."""
        return self._session.system_id or "an unbound connection"

    async def run(self, outbind: Outbind | None = None) -> None:
        """Serves the connection to its end; `outbind` is the first word to an ESME that was called."""
        try:
            if self._faults.is_active:
                await self._faults.accept()
                if self._faults.is_over or self._serving.cancel_called:
                    return
            async with trio.open_nursery() as nursery:
                self._serving = nursery.cancel_scope
                nursery.start_soon(self._write)
                if outbind is not None:
                    self._session.send_request(outbind, trio.current_time())
                    self.wake()
                await self._read()
                self.wake()
                nursery.cancel_scope.deadline = trio.current_time() + GOODBYE_SECONDS
        except* trio.BrokenResourceError:
            if self._wire_log is not None:
                self._wire_log.received(b"")  # a reset is the peer's end, as a FIN is
            raise
        finally:
            if self._bind is not None:
                self._operator.session_ended(self._bind)
            if self._wire_log is not None:
                self._wire_log.ended()
            await trio.aclose_forcefully(self._stream)

    def wake(self) -> None:
        """Has the writer send, in the next turn, what the session holds."""
        self._wake.set()

    def unbind(self) -> None:
        """Unbinds the session; the connection ends when the ESME has answered, or after a short while."""
        if self._session.state.is_bound:
            self._session.send_request(Unbind(), trio.current_time())
        if self._faults.is_silent:
            self._serving.cancel()
        self._last_call = trio.current_time() + GOODBYE_SECONDS
        self._reading.deadline = self._deadline()  # the writer would set it, but a fault may have it wait
        self.wake()

    def cut(self) -> None:
        """Ends the connection without a word, as a broken line does."""
        self._serving.cancel()

    def _take_back(self) -> None:
        """Refuses what the store could not be told of."""
        if self._bind is not None:
            answered = frozenset(self._answered) if self._commits == self._operator.commits else frozenset()
            take_back(self._session, self._bind, answered, partial(refusal_unwritten, self._operator))
        self._answered.clear()

    async def _write(self) -> None:
        while not (self._is_over and not self._session.unsent and not self._faults.is_holding):
            await self._woken()
            self._wake = trio.Event()
            self._operator.commit()
            frames = self._session.frames_to_send()
            if self._faults.is_active:
                await self._write_faultily(frames)
                continue
            data = b"".join(frames)
            if self._wire_log is not None:
                self._wire_log.sent(data)
            if data:
                self._reading.deadline = self._deadline()
                await self._stream.send_all(data)
                self._sent.set()
                self._sent = trio.Event()

    async def _woken(self) -> None:
        if self._faults.next_due == math.inf:
            await self._wake.wait()
            return
        with trio.move_on_at(self._faults.next_due):
            await self._wake.wait()

    async def _write_faultily(self, frames: list[bytes]) -> None:
        """Writes as the faults that are on have it."""
        self._reading.deadline = self._deadline()
        can_receive = self._bind is not None and self._bind.can_receive
        peer = Peer(self._session.system_id, self._session.interface_version, can_receive)
        for sequence_number in await self._faults.write(frames, peer):
            self._session.forget_request(sequence_number)
            self._receipt_answered(sequence_number, CommandStatus.ESME_ROK)
        self._sent.set()
        self._sent = trio.Event()
        if self._faults.is_over:
            self._serving.cancel()

    def _read_anew(self) -> None:
        """A read that is under way begins anew, as it is done from now on."""
        self._reading.cancel()

    async def _read(self) -> None:
        while not self._is_over:
            if self._faults.is_silent:
                self._take(await self._faults.outlast_silence())
                continue
            # One scope for many reads: what they put off is seen when it has run out, and is then no deadline any more.
            with trio.CancelScope(deadline=self._deadline()) as self._reading:
                while self._take(await self._receive()):
                    pass
            if self._reading.cancelled_caught:
                self._take(None)
            await self._take_pause()
            while self._session.unsent + self._faults.unsent > MAX_UNSENT and not self._is_over:
                await self._sent.wait()

    def _take(self, data: bytes | None) -> bool:
        """Acts on what the peer sent, or on timers that may have run out; whether to read on at once."""
        if self._wire_log is not None and data is not None:
            self._wire_log.received(data)
        now = trio.current_time()
        for event in self._events(data, now):
            if type(event) is Request and self._bind is not None:
                self._answer(self._bind, *event)
            else:
                self._handle(event)
        if self._bind is not None:
            self._bind.meter.mark(now)
        if not self._pause:
            self.wake()
        return not (self._is_over or self._pause or self._session.unsent + self._faults.unsent > MAX_UNSENT)

    async def _take_pause(self) -> None:
        """Lets a peer wait for its answer that keeps failing to bind."""
        pause, self._pause = self._pause, 0.0
        if pause:
            await trio.sleep(pause)
            self.wake()

    def _deadline(self) -> float:
        deadline = self._session.deadline()
        return self._last_call if deadline is None else min(deadline, self._last_call)

    async def _receive(self) -> bytes:
        """What the peer sent; empty at its end."""
        if self._faults.hinders_reading:
            return await self._faults.receive()
        return bytes(await self._stream.receive_some(self._lobby.read_size))

    def _events(self, data: bytes | None, now: float) -> list[Event]:
        if data is None:
            return [Closed("no answer to unbind")] if now >= self._last_call else self._session.handle_deadline(now)
        return self._session.receive_data(data, now) if data else self._session.receive_eof(now)

    def _handle(self, event: Event) -> None:
        match event:
            case Request(sequence_number, BindFields() as pdu):
                self._admit(sequence_number, pdu)
            case Request(_, pdu):
                raise RuntimeError(f"the session let a {type(pdu).__name__} through before a bind")
            case Overrun(sequence_number, pdu):
                self._session.send_response(sequence_number, empty_answer(pdu), self._operator.window_status)
            case Response(DeliverSm() | DataSm(), sequence_number, command_status):
                self._receipt_answered(sequence_number, command_status)
            case ResponseTimedOut(DeliverSm() | DataSm(), sequence_number):
                self._receipt_answered(sequence_number, CommandStatus.ESME_RX_T_APPN)
            case Malformed(error):
                self._operator.tally.malformed[error.command_status] += 1
                _log.info("%s: %s", self.name, error)
            case Closed(reason):
                _log.info("%s: %s", self.name, reason)
                self._is_over = True

    def _answer(self, bind: Bind, sequence_number: int, pdu: Pdu, octets: bytes) -> None:
        operator, kind = self._operator, type(pdu)
        if isinstance(pdu, SubmitSm) and operator.faults.is_watching(pdu.destination_addr):
            refusal = self._faults.refusal(bind.account, sequence_number, pdu)
            if refusal is not None:
                self._session.send_response(refusal.sequence_number, refusal.pdu, refusal.command_status)
                return
        if operator.is_out_of_order and kind not in QUESTIONS:
            self._session.send_response(sequence_number, empty_answer(pdu), refusal_unwritten(operator, kind))
            return
        if kind in SUBMISSIONS:
            bind.meter.submitted += 1
            overload = operator.overload(bind)
            if overload:
                self._session.send_response(sequence_number, empty_answer(pdu), overload)
                return
        answer = ANSWERS[kind](operator, bind, pdu, octets)
        if self._commits != operator.commits:
            self._commits = operator.commits
            self._answered.clear()
        self._answered.append(sequence_number)
        if self._wire_log is not None:
            self._wire_log.judged(sequence_number, bind.account, answer.verdict)
        self._session.send_response(sequence_number, answer.pdu, answer.command_status)

    def _admit(self, sequence_number: int, pdu: BindFields) -> None:
        bind_type, response = _BINDS[type(pdu)]
        address, port = self._peer or (None, 0)
        if self._operator.faults.is_on:
            refused = self._operator.faults.on_bind(pdu.system_id, trio.current_time())
            if refused is not None:
                self._session.send_response(sequence_number, response(), refused)
                return
        status = self._operator.admit(BindAttempt(bind_type, pdu.system_id, pdu.password, address))
        if status != CommandStatus.ESME_ROK:
            self._pause = self._operator.failed_binds.failed(address or "", trio.current_time())
            self._session.send_response(sequence_number, response(), status)
            return
        self._operator.failed_binds.succeeded(address or "")
        self._lobby.bound(self)
        version = (Tlv(TlvTag.SC_INTERFACE_VERSION, bytes([V50])),) if pdu.interface_version >= V34 else ()
        self._session.send_response(sequence_number, response(SYSTEM_ID, version))
        peer = None if address is None else f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
        is_tls = below_tls(self._stream) is not self._stream
        caller = Caller(bind_type, peer, is_tls, self._operator.clock.now())
        self._bind = Bind(pdu.system_id, self._session, caller, self.wake, self.unbind, self.cut, self._take_back)
        self._session.window_in = self._operator.window_of(self._bind)
        self._operator.bound(self._bind)

    def _receipt_answered(self, sequence_number: int, command_status: int) -> None:
        if self._bind is not None:
            self._operator.receipt_answered(self._bind, sequence_number, command_status)


def _peer(stream: trio.abc.Stream) -> tuple[str, int] | None:
    """IP address and port that a stream comes from; None for one that is no socket, or whose peer has gone already."""
    carrier = below_tls(stream)
    if not isinstance(carrier, trio.SocketStream):
        return None
    try:
        address, port = carrier.socket.getpeername()[:2]
    except OSError:
        return None
    return str(address), int(port)
