"""Peers of SMPP who connect and do not bind, or send without end and read nothing: they harm nobody but themselves."""

import contextlib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
import trio
import trio.testing
import trustme

from simulator.center.operator import Operator
from simulator.serving.lobby import Lobby
from simulator.serving.server import MAX_UNSENT, Door, serve_connection
from simulator.smpp.codec import encode
from simulator.smpp.pdus import BindTransceiver, EnquireLink
from simulator.smpp.session import SessionLimits
from tests.center.test_operator import DEDICATED, FREE, ORDER, make_operator
from tests.esme import QUIET, Esme
from tests.serving.test_app import accepts, operator, tls_files

BIND = encode(BindTransceiver(system_id="panel", password="panel"), 1)


class Hall:
    """A door of an operator through which connections come by memory."""

    def __init__(self, nursery: trio.Nursery, door: Door) -> None:
        self._nursery = nursery
        self._door = door

    def connect(self) -> trio.abc.Stream:
        near, far = trio.testing.memory_stream_pair()
        self._nursery.start_soon(serve_connection, self._door, far)
        return near


@asynccontextmanager
async def hall(
    limits: SessionLimits = QUIET, lobby: Lobby | None = None, of: Operator | None = None
) -> AsyncIterator[Hall]:
    async with trio.open_nursery() as nursery:
        yield Hall(nursery, Door(of or make_operator(), limits, None, lobby or Lobby()))
        nursery.cancel_scope.cancel()


async def drip(stream: trio.abc.Stream, octets: bytes, seconds: float) -> None:
    """Sends an octet now and then."""
    with contextlib.suppress(trio.BrokenResourceError, trio.ClosedResourceError):
        for octet in octets:
            await stream.send_all(bytes([octet]))
            await trio.sleep(seconds)


async def end_of(stream: trio.abc.Stream) -> float:
    """When a peer sees that the connection is over."""
    with contextlib.suppress(trio.BrokenResourceError):
        while await stream.receive_some(65_536):
            pass
    return trio.current_time()


@pytest.mark.virtual_time
async def test_who_binds_octet_by_octet_has_as_long_as_one_who_says_nothing() -> None:
    limits = SessionLimits(session_init=30.0, enquire_link=None, response_timeout=None)
    async with hall(limits) as door:
        began = trio.current_time()
        slow, silent = door.connect(), door.connect()
        async with trio.open_nursery() as nursery:
            nursery.start_soon(drip, slow, BIND, 10.0)
            assert await end_of(silent) - began == pytest.approx(30.0, abs=0.1)
            assert await end_of(slow) - began == pytest.approx(30.0, abs=0.1)
            nursery.cancel_scope.cancel()


@pytest.mark.virtual_time
async def test_a_flood_of_the_unbound_keeps_nobody_out_and_ends_no_session() -> None:
    async with hall(lobby=Lobby(connections=100, unbound=10)) as door:
        bound = Esme(door.connect())
        await bound.bind()
        flood = []
        for _ in range(50):
            flood.append(door.connect())
            await trio.testing.wait_all_tasks_blocked()
        assert await end_of(flood[0]) == trio.current_time()
        late = Esme(door.connect())
        assert (await late.bind()).command_status == 0
        for esme in (bound, late):
            assert (await esme.submit(DEDICATED, FREE, ORDER)).command_status == 0


@pytest.mark.virtual_time
async def test_more_connections_than_there_may_be_are_closed_and_the_others_go_on() -> None:
    served = make_operator()
    async with hall(lobby=Lobby(connections=3), of=served) as door:
        sessions = [Esme(door.connect()) for _ in range(3)]
        for esme in sessions:
            await esme.bind()
        await end_of(door.connect())
        assert served.tally.connections == 3
        for esme in sessions:
            assert (await esme.submit(DEDICATED, FREE, ORDER)).command_status == 0
        await sessions[0].unbind()
        await trio.testing.wait_all_tasks_blocked()
        assert (await Esme(door.connect()).bind()).command_status == 0


@pytest.mark.virtual_time
async def test_who_asks_without_end_and_reads_no_answer_is_not_read_any_more() -> None:
    send, receive = trio.testing.memory_stream_one_way_pair()
    unread: list[bytes] = []

    class Deaf(trio.abc.Stream):
        """The operator's side: octets come, and what it sends is never taken."""

        async def send_all(self, data: bytes | bytearray | memoryview) -> None:
            unread.append(bytes(data))
            await trio.sleep_forever()

        async def wait_send_all_might_not_block(self) -> None:
            await trio.sleep_forever()

        async def receive_some(self, max_bytes: int | None = None) -> bytes:
            return bytes(await receive.receive_some(max_bytes))

        async def aclose(self) -> None:
            await receive.aclose()

    async with trio.open_nursery() as nursery:
        nursery.start_soon(serve_connection, Door(make_operator(), QUIET), Deaf())
        await send.send_all(BIND)
        await trio.testing.wait_all_tasks_blocked()
        enquiries = encode(EnquireLink(), 7) * 10_000
        taken = 0
        for _ in range(40):
            await send.send_all(enquiries)
            await trio.testing.wait_all_tasks_blocked()
            taken += len(enquiries)
        left = await receive.receive_some()
        assert len(unread) == 1
        assert taken - len(left) <= MAX_UNSENT + 2 * 65_536
        nursery.cancel_scope.cancel()


async def test_a_flood_on_a_real_port() -> None:
    with trio.fail_after(30):
        async with AsyncExitStack() as opened, operator(max_connections=60, max_unbound=5) as addresses:
            first = Esme(await opened.enter_async_context(await trio.open_tcp_stream(*addresses.smpp)))
            await first.bind()
            for _ in range(200):
                await opened.enter_async_context(await trio.open_tcp_stream(*addresses.smpp))
            await accepts(await trio.open_tcp_stream(*addresses.smpp))
            assert (await first.submit(DEDICATED, FREE, ORDER)).command_status == 0


async def test_who_never_shakes_hands_on_the_tls_port_is_cut(tmp_path: Path) -> None:
    with trio.fail_after(30):
        async with operator(session_init=0.2, **tls_files(tmp_path, trustme.CA())) as addresses:
            assert addresses.smpps is not None
            async with await trio.open_tcp_stream(*addresses.smpps) as silent:
                await end_of(silent)
