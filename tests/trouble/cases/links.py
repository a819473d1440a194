"""simulator/trouble/faults/links.py as an ESME sees it."""

import trio

from tests.trouble.cases.case import Case
from tests.trouble.wire import Wire, World, accepted, enquire_link, enquire_link_resp, submit


async def unanswered(world: World) -> Wire:
    wire = await world.bound()
    await wire.send(enquire_link(2), submit(3))
    assert await wire.frame() == accepted(3)
    assert await wire.is_quiet(3600)
    return wire


async def late(world: World) -> Wire:
    wire = await world.bound()
    before = trio.current_time()
    await wire.send(enquire_link(2), submit(3))
    assert await wire.frames(2) == [accepted(3), enquire_link_resp(2)]
    assert trio.current_time() - before == 10
    return wire


async def refused(world: World) -> Wire:
    wire = await world.bound()
    await wire.send(enquire_link(2))
    assert await wire.frame() == enquire_link_resp(2, 4)
    return wire


async def before_bind(world: World) -> Wire:
    wire = world.connect()
    assert await wire.frame() == enquire_link(1)
    await wire.send(enquire_link_resp(1))
    await wire.bind()
    return wire


CASES = {
    "enquire-link-unanswered": Case(unanswered),
    "enquire-link-late": Case(late),
    "enquire-link-refused": Case(refused),
    "enquire-link-before-bind": Case(before_bind),
}
