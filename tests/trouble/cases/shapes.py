"""simulator/trouble/faults/shapes.py as an ESME sees it."""

import trio

from tests.smpp.helpers import octets
from tests.trouble.cases.case import Bite, Case
from tests.trouble.cases.receipts import HEAD, TEXT, TLVS, submitted
from tests.trouble.wire import Wire, World, accepted, sized, submit


def appended(more: str) -> Bite:
    async def bite(world: World) -> Wire:
        wire = await world.bound()
        await wire.send(submit(2))
        assert await wire.frame() == sized(accepted(2) + octets(more))
        return wire

    return bite


def receipt(body: bytes) -> Bite:
    async def bite(world: World) -> Wire:
        wire = await submitted(world)
        frame = await wire.frame()
        assert frame == sized(octets("00000000 00000005 00000000 00000001") + body)
        await wire.acknowledge(frame)
        return wire

    return bite


async def command_length(world: World) -> None:
    wire = await world.bound()
    await wire.send(submit(2))
    assert await wire.exactly(27) == octets("ffffffff") + accepted(2)[4:]
    before = trio.current_time()
    await wire.ended()
    assert trio.current_time() - before == 1


async def unknown_command(world: World) -> Wire:
    wire = await world.bound()
    await wire.send(submit(2))
    assert await wire.frame() == octets("00000014 00010200 00000000 7e000001", "deadbeef")
    assert await wire.frame() == accepted(2)
    await wire.send(octets("00000010 80000000 00000003 7e000001"))
    return wire


CASES = {
    "unknown-tlv": Case(appended("1401 0003 de00ad")),
    "congestion-state": Case(appended("0428 0001 5a")),
    "trailing-octets": Case(appended("ffff")),
    "truncated-tlv": Case(appended("0423 0008 0000")),
    "surplus-nul": Case(receipt(HEAD + bytes([len(TEXT)]) + TEXT + b"\0" + TLVS)),
    "wrong-sm-length": Case(receipt(HEAD + bytes([len(TEXT) + 1]) + TEXT + TLVS)),
    "command-length": Case(command_length),
    "unknown-command": Case(unknown_command),
}
