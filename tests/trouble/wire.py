"""An ESME that looks at octets: it writes PDUs, and reads the message centre's stream PDU by PDU, believing nothing."""

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import trio
import trio.testing
import trustme

from simulator.center.operator import Operator
from simulator.serving.delivery_loop import deliver
from simulator.serving.server import Door, serve_connection
from simulator.smpp.codec import encode
from simulator.smpp.limits import SessionLimits
from simulator.smpp.pdus import BindTransceiver, DeliverSmResp, Pdu
from tests.center.test_operator import DEDICATED, FREE, ORDER, make_operator
from tests.esme import QUIET, message
from tests.smpp.helpers import octets

BOUND = octets("00000020 80000009 00000000 00000001", "6b68617462616e 00", "0210 0001 50")
"""bind_transceiver_resp: system_id `khatban`, sc_interface_version 5.0; command_length 29 is set by `sized`."""


def sized(frame: bytes) -> bytes:
    """The frame with the command_length that it has."""
    return len(frame).to_bytes(4, "big") + frame[4:]


def accepted(sequence_number: int, number: int = 1) -> bytes:
    """The submit_sm_resp of the operator's n-th message, from the layout of 3.4, 4.4.2."""
    return octets("0000001b 80000004 00000000", f"{sequence_number:08x}") + b"%010d\0" % number


def refused(sequence_number: int, status: int) -> bytes:
    """A submit_sm_resp with an error, and one NUL for the message_id."""
    return octets("00000011 80000004", f"{status:08x}", f"{sequence_number:08x}", "00")


def enquire_link(sequence_number: int) -> bytes:
    return octets("00000010 00000015 00000000", f"{sequence_number:08x}")


def enquire_link_resp(sequence_number: int, status: int = 0) -> bytes:
    return octets("00000010 80000015", f"{status:08x}", f"{sequence_number:08x}")


def unbind(sequence_number: int) -> bytes:
    return octets("00000010 00000006 00000000", f"{sequence_number:08x}")


def unbind_resp(sequence_number: int) -> bytes:
    return octets("00000010 80000006 00000000", f"{sequence_number:08x}")


def submit(sequence_number: int = 2, *, to: str = FREE, registered_delivery: int = 0, text: str = ORDER) -> bytes:
    return encode(message(DEDICATED, to, text, registered_delivery=registered_delivery), sequence_number)


class Wire:
    """One connection to the operator."""

    def __init__(self, stream: trio.abc.Stream) -> None:
        self.stream = stream
        self._buffer = b""

    async def send(self, *frames: bytes) -> None:
        await self.stream.send_all(b"".join(frames))

    async def acknowledge(self, deliver_sm: bytes) -> None:
        await self.send(encode(DeliverSmResp(), int.from_bytes(deliver_sm[12:16], "big")))

    async def frame(self) -> bytes:
        """The next PDU by its command_length."""
        head = await self.exactly(4)
        return head + await self.exactly(int.from_bytes(head, "big") - 4)

    async def frames(self, count: int) -> list[bytes]:
        return [await self.frame() for _ in range(count)]

    async def exactly(self, size: int) -> bytes:
        while len(self._buffer) < size:
            more = bytes(await self.stream.receive_some(65536))
            assert more, f"the connection ended behind {self._buffer.hex()}"
            self._buffer += more
        taken, self._buffer = self._buffer[:size], self._buffer[size:]
        return taken

    async def chunk(self) -> bytes:
        """What one read gives."""
        assert not self._buffer
        return bytes(await self.stream.receive_some(65536))

    async def ended(self) -> None:
        """The connection's end comes, and nothing before it."""
        assert self._buffer == b""
        assert await self.stream.receive_some(65536) == b""

    async def is_quiet(self, seconds: float) -> bool:
        """Whether nothing at all comes for so long."""
        if self._buffer:
            return False
        with trio.move_on_after(seconds):
            self._buffer += await self.stream.receive_some(65536)
            return False
        return True

    async def bind(self, version: int = 0x34) -> bytes:
        bind = BindTransceiver(system_id="panel", password="panel", interface_version=version)
        await self.send(encode(bind, 1))
        answer = await self.frame()
        assert answer == sized(BOUND)
        return answer

    async def send_pdu(self, pdu: Pdu, sequence_number: int) -> None:
        await self.send(encode(pdu, sequence_number))


class World:
    """An operator in this event loop, to which connections are made."""

    def __init__(self, operator: Operator, nursery: trio.Nursery, limits: SessionLimits) -> None:
        self.operator = operator
        self._limits = limits
        self._nursery = nursery
        self._authority = trustme.CA()
        self._streams: list[trio.abc.Stream] = []

    def connect(self, on_written: Callable[[Wire], Awaitable[None]] | None = None) -> Wire:
        """A new connection; when a write of the operator's has arrived, `on_written` runs before that write returns."""
        near, far = trio.testing.memory_stream_pair()
        wire = Wire(near)
        if on_written is not None:
            pump = far.send_stream.send_all_hook
            assert pump is not None

            async def arrive() -> None:
                await pump()
                await on_written(wire)

            far.send_stream.send_all_hook = arrive
        self._streams.append(near)
        self._serve(far)
        return wire

    def connect_to_tls(self) -> Wire:
        """The bare octets of a connection to the door behind TLS."""
        near, far = trio.testing.memory_stream_pair()
        self._streams.append(near)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._authority.issue_cert("localhost").configure_cert(context)
        self._serve(trio.SSLStream(far, context, server_side=True))
        return Wire(near)

    def connect_by_tls(self) -> "trio.SSLStream[trio.abc.Stream]":
        context = ssl.create_default_context()
        self._authority.configure_trust(context)
        return trio.SSLStream(self.connect_to_tls().stream, context, server_hostname="localhost")

    def _serve(self, stream: trio.abc.Stream) -> None:
        self._nursery.start_soon(serve_connection, Door(self.operator, self._limits), stream)

    async def leave(self) -> None:
        """Closes every connection from the ESME's side, so that receipts go to new ones."""
        for stream in self._streams:
            await stream.aclose()
        self._streams.clear()
        await trio.testing.wait_all_tasks_blocked()

    async def bound(self) -> Wire:
        wire = self.connect()
        await wire.bind()
        return wire


@asynccontextmanager
async def world(*faults: dict[str, Any], limits: SessionLimits = QUIET, **table: Any) -> AsyncIterator[World]:
    """An operator with faults; what is left of its connections is cut at the end."""
    operator = make_operator(faults=list(faults), **table)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(deliver, operator)
        yield World(operator, nursery, limits)
        nursery.cancel_scope.cancel()


async def round_works(wire: Wire, *, sequence_number: int = 900) -> None:
    """A submit is accepted and its receipt comes; what the fault has left on the wire before that is passed over."""
    await wire.send(submit(sequence_number, registered_delivery=1))
    said = b""
    with trio.fail_after(7200):
        while not said:
            frame = await wire.frame()
            if frame[4:16] == octets("80000004 00000000", f"{sequence_number:08x}"):
                said = frame[16:-1]
        while True:
            frame = await wire.frame()
            if frame[4:8] == octets("00000005"):
                await wire.acknowledge(frame)
                if b"id:" + said + b" " in frame and b"stat:DELIVRD" in frame:
                    break
