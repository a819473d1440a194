"""What only a real socket can show: a reset against an end in order, a window that closes, a peer that says nothing."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import trio

from simulator.center.operator import Operator
from simulator.serving.delivery_loop import deliver
from simulator.serving.server import Door, serve_connection
from tests.center.test_operator import make_operator
from tests.esme import QUIET
from tests.smpp.helpers import octets
from tests.trouble.wire import Wire, accepted, enquire_link, enquire_link_resp, round_works, submit


class Place:
    """An operator on a loopback port."""

    def __init__(self, operator: Operator, port: int) -> None:
        self.operator = operator
        self._port = port
        self._streams: list[trio.SocketStream] = []

    async def connect(self) -> Wire:
        stream = await trio.open_tcp_stream("127.0.0.1", self._port)
        self._streams.append(stream)
        return Wire(stream)

    async def bound(self) -> Wire:
        wire = await self.connect()
        await wire.bind()
        return wire

    async def heals(self) -> None:
        """Without the fault, a new connection works; the old ones are closed, so that receipts go to it."""
        await self.leave()
        while list(self.operator.binds):
            await trio.lowlevel.checkpoint()
        self.operator.faults.switch_off_all()
        with trio.fail_after(20):
            await round_works(await self.bound())

    async def leave(self) -> None:
        for stream in self._streams:
            await stream.aclose()


@asynccontextmanager
async def place(**fault: Any) -> AsyncIterator[Place]:
    operator = make_operator(faults=[fault], profile={"delivery": {"latency": {"shape": "constant", "seconds": 0.01}}})
    listeners = await trio.open_tcp_listeners(0, host="127.0.0.1")
    door = Door(operator, QUIET)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(deliver, operator)
        nursery.start_soon(trio.serve_listeners, lambda stream: serve_connection(door, stream), listeners)
        with trio.fail_after(30):
            here = Place(operator, listeners[0].socket.getsockname()[1])
            try:
                yield here
            finally:
                await here.leave()
        nursery.cancel_scope.cancel()


async def test_a_reset_is_a_reset() -> None:
    async with place(name="reset") as here:
        wire = await here.bound()
        await wire.send(submit(2))
        with pytest.raises(trio.BrokenResourceError) as caught:
            await wire.stream.receive_some()
        assert isinstance(caught.value.__cause__, ConnectionResetError)
        await here.heals()


async def test_a_reset_as_soon_as_the_connection_is_there() -> None:
    async with place(name="closed-at-accept", by_reset=True) as here:
        wire = await here.connect()
        with pytest.raises(trio.BrokenResourceError):
            await wire.stream.receive_some()
        await here.heals()


@pytest.mark.parametrize("name", ["closed-without-unbind", "flapping-bind"])
async def test_an_end_in_order_is_no_reset(name: str) -> None:
    async with place(name=name) as here:
        wire = await here.bound()
        if name == "closed-without-unbind":
            await wire.send(submit(2))
            assert await wire.frame() == accepted(2)
        await wire.ended()
        await here.heals()


async def test_a_half_open_connection_takes_octets_and_says_nothing() -> None:
    async with place(name="half-open") as here:
        wire = await here.bound()
        await wire.send(submit(2))
        assert await wire.frame() == accepted(2)
        for number in range(3, 203):
            await wire.send(enquire_link(number))
        assert await wire.is_quiet(0.2)
        await here.heals()


async def test_a_client_s_window_closes_and_opens_again() -> None:
    many = [enquire_link(number) for number in range(3, 200_003)]
    async with place(name="stalled-reads", seconds=1.0) as here:
        wire = await here.bound()
        assert isinstance(wire.stream, trio.SocketStream)
        wire.stream.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65_536)
        await wire.send(submit(2))
        assert await wire.frame() == accepted(2)
        with trio.move_on_after(0.4) as blocked:
            await wire.send(*many)
        assert blocked.cancelled_caught, "three megabytes did not fit"
        assert (await wire.frames(3))[-1] == enquire_link_resp(5), "it reads on when the stall is over"
        await here.heals()


async def test_split_writes_arrive_apart() -> None:
    async with place(name="split-writes", size=9, pause=0.2) as here:
        wire = await here.bound()
        await wire.send(submit(2))
        assert [len(await wire.chunk()) for _ in range(3)] == [9, 9, 9]
        await here.heals()


async def test_merged_writes_arrive_together() -> None:
    async with place(name="merged-writes", seconds=0.1) as here:
        wire = await here.bound()
        await wire.send(submit(2))
        await wire.send(enquire_link(3))
        answers = accepted(2), enquire_link_resp(3)
        assert await wire.chunk() in (b"".join(answers), b"".join(reversed(answers))), "enquire_link may be quicker"
        await here.heals()


async def test_a_web_server_s_greeting_on_the_port() -> None:
    async with place(name="text-banner", text="HTTP/1.1 400 Bad Request\r\n\r\n") as here:
        wire = await here.connect()
        assert await wire.exactly(28) == b"HTTP/1.1 400 Bad Request\r\n\r\n"
        await here.heals()


async def test_an_insane_command_length_can_be_nothing_but_the_end() -> None:
    async with place(name="command-length", length=4, end_after=0.0) as here:
        wire = await here.bound()
        await wire.send(submit(2))
        assert await wire.exactly(27) == octets("00000004") + accepted(2)[4:]
        await wire.ended()
        await here.heals()
