"""simulator/trouble/faults/binds.py as an ESME sees it."""

import trio

from simulator.smpp.codec import encode
from simulator.smpp.pdus import BindTransceiver
from tests.smpp.helpers import octets
from tests.trouble.cases.case import Case
from tests.trouble.wire import BOUND, Wire, World, sized, unbind, unbind_resp

BIND = encode(BindTransceiver(system_id="panel", password="panel"), 1)


def bind_refused(status: int) -> bytes:
    return octets("00000011 80000009", f"{status:08x}", "00000001 00")


async def refused(world: World) -> Wire:
    wire = world.connect()
    await wire.send(BIND)
    assert await wire.frame() == bind_refused(0x0D)
    return wire


async def still_bound(world: World) -> None:
    first = await world.bound()
    await first.send(unbind(2))
    assert await first.frame() == unbind_resp(2)
    await first.ended()
    second = world.connect()
    await second.send(BIND)
    assert await second.frame() == bind_refused(5)
    await trio.sleep(31)
    await second.bind()


async def late(world: World) -> Wire:
    wire = world.connect()
    before = trio.current_time()
    await wire.bind()
    assert trio.current_time() - before == 5
    return wire


async def unanswered(world: World) -> None:
    wire = world.connect()
    before = trio.current_time()
    await wire.send(BIND)
    await wire.ended()
    assert trio.current_time() - before == 60


async def flapping(world: World) -> None:
    wire = await world.bound()
    before = trio.current_time()
    await wire.ended()
    assert abs(trio.current_time() - before - 0.2) < 1e-6


async def no_version(world: World) -> Wire:
    wire = world.connect()
    await wire.send(BIND)
    assert await wire.frame() == sized(BOUND[:-5])
    return wire


CASES = {
    "bind-refused": Case(refused),
    "still-bound": Case(still_bound),
    "bind-late": Case(late),
    "bind-unanswered": Case(unanswered),
    "flapping-bind": Case(flapping),
    "interface-version": Case(no_version),
}
