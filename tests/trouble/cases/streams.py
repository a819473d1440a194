"""simulator/trouble/faults/streams.py as an ESME sees it; stalled reads on a real socket are in test_on_sockets."""

import trio

from tests.trouble.cases.case import Case
from tests.trouble.wire import Wire, World, accepted, enquire_link, enquire_link_resp, submit


async def split_writes(world: World) -> Wire:
    wire = await world.bound()
    before = trio.current_time()
    await wire.send(submit(2))
    answer = accepted(2)
    assert [await wire.chunk() for _ in answer] == [bytes([octet]) for octet in answer]
    assert abs(trio.current_time() - before - 26 * 0.005) < 1e-6
    return wire


async def merged_writes(world: World) -> Wire:
    wire = await world.bound()
    await wire.send(submit(2))
    await trio.sleep(0.1)
    await wire.send(enquire_link(3))
    await trio.sleep(0.1)
    await wire.send(enquire_link(4))
    assert await wire.chunk() == accepted(2) + enquire_link_resp(3) + enquire_link_resp(4)
    return wire


async def stalled_write(world: World) -> Wire:
    wire = await world.bound()
    await wire.send(submit(2))
    assert await wire.chunk() == accepted(2)[:10]
    before = trio.current_time()
    await wire.send(enquire_link(3))
    assert await wire.chunk() == accepted(2)[10:]
    assert trio.current_time() - before == 5
    assert await wire.frame() == enquire_link_resp(3)
    return wire


async def stalled_reads(world: World) -> Wire:
    wire = await world.bound()
    await wire.send(submit(2))
    assert await wire.frame() == accepted(2)
    before = trio.current_time()
    await trio.testing.wait_all_tasks_blocked()
    await wire.send(enquire_link(3))
    assert await wire.frame() == enquire_link_resp(3)
    assert abs(trio.current_time() - before - 10) < 1e-6
    return wire


async def slow_reads(world: World) -> Wire:
    wire = await world.bound()
    await wire.send(submit(2))
    assert await wire.frame() == accepted(2)
    before = trio.current_time()
    await trio.testing.wait_all_tasks_blocked()
    await wire.send(*(enquire_link(number) for number in range(3, 13)))
    assert await wire.frames(10) == [enquire_link_resp(number) for number in range(3, 13)]
    assert abs(trio.current_time() - before - 1) < 0.11, "16 octets each tenth of a second"
    return wire


CASES = {
    "split-writes": Case(split_writes),
    "merged-writes": Case(merged_writes),
    "stalled-write": Case(stalled_write),
    "stalled-reads": Case(stalled_reads),
    "slow-reads": Case(slow_reads),
}
