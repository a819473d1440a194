"""simulator/trouble/faults/endings.py as an ESME sees it; what only a socket can show is in test_on_sockets."""

import trio

from tests.trouble.cases.case import Case
from tests.trouble.wire import World, accepted, enquire_link, submit, unbind


async def reset(world: World) -> None:
    wire = await world.bound()
    await wire.send(submit(2))
    await wire.ended()


async def closed(world: World) -> None:
    wire = await world.bound()
    await wire.send(submit(2))
    assert await wire.frame() == accepted(2)
    await wire.ended()


async def unbind_and_close(world: World) -> None:
    wire = await world.bound()
    await wire.send(submit(2))
    assert await wire.frames(2) == [accepted(2), unbind(0x7E000001)]
    await wire.ended()


async def cut_in_pdu(world: World) -> None:
    wire = await world.bound()
    await wire.send(submit(2))
    assert await wire.exactly(10) == accepted(2)[:10]
    await wire.ended()


async def unbind_resp_lost(world: World) -> None:
    wire = await world.bound()
    await wire.send(unbind(2))
    await wire.ended()


async def half_open(world: World) -> None:
    wire = await world.bound()
    before = trio.current_time()
    await wire.send(submit(2))
    assert await wire.frame() == accepted(2)
    await wire.send(enquire_link(3), submit(4), unbind(5))
    await wire.ended()
    assert trio.current_time() - before == 3600


CASES = {
    "reset": Case(reset),
    "closed-without-unbind": Case(closed),
    "unbind-and-close": Case(unbind_and_close),
    "cut-in-pdu": Case(cut_in_pdu),
    "unbind-resp-lost": Case(unbind_resp_lost),
    "half-open": Case(half_open),
}
