"""Carries out, on one connection, what the faults on the board say: delays, holds, cuts, silences.

The writer of the connection hands over every PDU while any fault is on, and remains the only one that writes; what is
due later wakes it through `next_due`.
"""

import heapq
import math
import socket
import struct
from collections import Counter, defaultdict, deque
from collections.abc import Callable

import trio

from simulator.center.operator import Operator
from simulator.smpp.consts import CommandId
from simulator.smpp.pdus import SubmitSm
from simulator.trouble.fault_moments import Accepted, Numbers, Outgoing, Peer, Refusal, Submitted
from simulator.trouble.instructions import (
    Acknowledge,
    AwaitOctets,
    End,
    ForgetReceipt,
    GoSilent,
    Hold,
    Instruction,
    ReadSlowly,
    Send,
    SendBare,
    StopReading,
    Trickle,
)
from simulator.trouble.wire_octets import header_of
from simulator.wire_log import ConnectionLog

_READ_SIZE = 65_536
_ACCEPT_SECONDS = 2.0
"""How long a fault may wait for the first octets of a new connection."""


class ConnectionFaults:
    """The faults of one connection; nothing of it costs more than a look at `is_active` while no fault is on.

    Attributes:
        next_due: When something that was put off is to be written, or done.
        is_over: The connection is to end now.
        hinders_reading: Reading goes through `receive`.
    """

    def __init__(
        self,
        operator: Operator,
        stream: trio.abc.Stream,
        log: ConnectionLog | None,
        *,
        on_hindered: Callable[[], None],
    ) -> None:
        """`on_hindered` is called when a read that is under way is to begin anew: before the peer can answer."""
        self.next_due = math.inf
        self.is_over = False
        self.hinders_reading = False
        self._operator = operator
        self._stream = stream
        self._log = log
        self._on_hindered = on_hindered
        self._numbers = Numbers()
        self._requests: dict[int, deque[SubmitSm]] = defaultdict(deque)
        self._there: Counter[str] = Counter()
        self._later: list[tuple[float, int, Send | End]] = []
        self._counter = 0
        self._put_off = 0
        self._gathered = bytearray()
        self._held_until = -math.inf
        self._acknowledged: list[int] = []
        self._slowness = ReadSlowly(_READ_SIZE, 0.0, 0.0)
        self._read_from = self._slow_until = self._silent_until = -math.inf

    @property
    def is_active(self) -> bool:
        """Whether PDUs have to pass here on their way out."""
        return self._operator.faults.is_on or self.next_due < math.inf or bool(self._requests) or self.is_silent

    @property
    def is_holding(self) -> bool:
        """Whether octets are gathered here that are to be written yet."""
        return bool(self._gathered)

    @property
    def unsent(self) -> int:
        """How many octets wait here."""
        return len(self._gathered) + self._put_off

    @property
    def is_silent(self) -> bool:
        """Whether the connection is but a socket that nobody serves; then `outlast_silence` reads it."""
        return self._silent_until > -math.inf

    # Before the session

    async def accept(self) -> None:
        """A connection was accepted."""
        carrier = below_tls(self._stream)
        accepted = Accepted(is_tls=carrier is not self._stream)
        instructions = self._operator.faults.at_accept(accepted, trio.current_time())
        with trio.move_on_after(_ACCEPT_SECONDS):
            for instruction in instructions or ():
                await self._begin(instruction, carrier)

    async def _begin(self, instruction: Instruction, carrier: trio.abc.Stream) -> None:
        match instruction:
            case SendBare(octets):
                await self._send(carrier, octets)
            case AwaitOctets():
                await carrier.receive_some(_READ_SIZE)
            case _:
                await self._do(instruction)
                await self._flush()

    # Requests on their way in

    def refusal(self, account: str, sequence_number: int, pdu: SubmitSm) -> Refusal | None:
        """How a submit_sm is turned away; one that is not is remembered until its response goes out."""
        unanswered = self._there.total() + 1
        submitted = Submitted(account, pdu, sequence_number, unanswered, self._there[pdu.destination_addr] + 1)
        refusal = self._operator.faults.on_submit(submitted, trio.current_time())
        if refusal is None:
            self._requests[sequence_number].append(pdu)
            self._there[pdu.destination_addr] += 1
        return refusal

    # PDUs on their way out

    async def write(self, frames: list[bytes], peer: Peer) -> list[int]:
        """Writes PDUs as the faults have it, and what was put off until now.

        Returns:
            The sequence numbers of deliver_sm that count as answered.
        """
        now = trio.current_time()
        await self._do_what_is_due(now)
        for frame in frames:
            if self.is_over or self.is_silent:
                break
            outgoing = Outgoing(frame, peer, self._request_of(frame), self._numbers)
            instructions = self._operator.faults.on_send(outgoing, now)
            for instruction in (Send(frame),) if instructions is None else instructions:
                if isinstance(instruction, Acknowledge):
                    self._acknowledged.append(outgoing.header.sequence_number)
                else:
                    await self._do(instruction)
        await self._flush()
        answered, self._acknowledged = self._acknowledged, []
        return answered

    def _request_of(self, frame: bytes) -> SubmitSm | None:
        header = header_of(frame)
        waiting = self._requests.get(header.sequence_number)
        if not waiting or header.command_id != CommandId.SUBMIT_SM_RESP:
            return None
        request = waiting.popleft()
        if not waiting:
            del self._requests[header.sequence_number]
        self._there[request.destination_addr] -= 1
        if not self._there[request.destination_addr]:
            del self._there[request.destination_addr]
        return request

    async def _do_what_is_due(self, now: float) -> None:
        while self._later and self._later[0][0] <= now:
            _, _, instruction = heapq.heappop(self._later)
            self._put_off -= _size(instruction)
            await self._do(instruction._replace(after=0.0))

    async def _do(self, instruction: Instruction) -> None:
        now = trio.current_time()
        match instruction:
            case Send(_, after) | End(_, after) if after > 0:
                self._counter += 1
                self._put_off += _size(instruction)
                heapq.heappush(self._later, (now + after, self._counter, instruction))
            case Send(octets):
                self._gathered += octets
            case Trickle(pieces, pause):
                await self._trickle(pieces, pause)
            case Hold(seconds):
                self._held_until = max(self._held_until, now + seconds)
            case StopReading(seconds):
                self._read_from = now + seconds
                self._hinder_reading()
            case ReadSlowly(_, _, seconds):
                self._slowness, self._slow_until = instruction, now + seconds
                self._hinder_reading()
            case GoSilent(seconds):
                await self._write_out()
                self._silent_until = now + seconds
                self._hinder_reading()
            case End(is_reset):
                await self._end(is_reset=is_reset)
            case ForgetReceipt() | Acknowledge() | SendBare() | AwaitOctets():
                pass  # the board's, the writer's, and those of the accept

    def _hinder_reading(self) -> None:
        self.hinders_reading = True
        self._on_hindered()

    async def _trickle(self, pieces: tuple[bytes, ...], pause: float) -> None:
        await self._write_out()
        for index, piece in enumerate(pieces):
            if index:
                await trio.sleep(pause)
            await self._send(self._stream, piece)

    async def _flush(self) -> None:
        if self._held_until <= trio.current_time():
            await self._write_out()
        held_until = self._held_until if self._gathered else math.inf
        self.next_due = min(self._later[0][0] if self._later else math.inf, held_until)
        if self.is_silent:
            self.next_due = math.inf

    async def _write_out(self) -> None:
        if self._gathered:
            octets, self._gathered = bytes(self._gathered), bytearray()
            await self._send(self._stream, octets)

    async def _send(self, stream: trio.abc.Stream, octets: bytes) -> None:
        if self._log is not None:
            self._log.sent(octets)
        await stream.send_all(octets)

    async def _end(self, *, is_reset: bool) -> None:
        carrier = below_tls(self._stream)
        if is_reset:
            self._gathered.clear()
            if isinstance(carrier, trio.SocketStream):
                carrier.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        else:
            await self._write_out()
            if isinstance(carrier, trio.abc.HalfCloseableStream):
                await carrier.send_eof()
        self.is_over = True

    # Reading

    async def receive(self) -> bytes:
        """What the peer sent, as late and as little as the faults have it."""
        await trio.sleep_until(self._read_from)
        if trio.current_time() >= self._slow_until:
            self.hinders_reading = False
            return bytes(await self._stream.receive_some(_READ_SIZE))
        await trio.sleep(self._slowness.interval)
        return bytes(await self._stream.receive_some(self._slowness.octets))

    async def outlast_silence(self) -> bytes:
        """Drops what comes until the peer has closed or the silence is over: its end, for the reader."""
        with trio.move_on_at(self._silent_until):
            while await self._stream.receive_some(_READ_SIZE):
                pass
        return b""


def _size(instruction: Send | End) -> int:
    return len(instruction.octets) if isinstance(instruction, Send) else 0


def below_tls(stream: trio.abc.Stream) -> trio.abc.Stream:
    """The stream below TLS, where there is one."""
    return stream.transport_stream if isinstance(stream, trio.SSLStream) else stream
