"""simulator/trouble/faults/refusals.py as an ESME sees it."""

from simulator.smpp.consts import CommandStatus
from simulator.store import MessageQuery
from tests.smpp.helpers import octets
from tests.trouble.cases.case import Bite, Case
from tests.trouble.wire import Wire, World, accepted, refused, submit


def refusing(status: int) -> Bite:
    async def bite(world: World) -> Wire:
        wire = await world.bound()
        await wire.send(submit(2, registered_delivery=1))
        assert await wire.frame() == refused(2, status)
        assert await wire.is_quiet(60), "no receipt follows"
        assert world.operator.inquiries.count(MessageQuery()) == 0
        return wire

    return bite


async def window_overrun(world: World) -> Wire:
    wire = await world.bound()
    await wire.send(submit(2), submit(3), submit(4, to="989129990002"))
    assert await wire.frames(3) == [accepted(2), refused(3, 0x45), refused(4, 0x45)]
    return wire


async def error_with_body(world: World) -> Wire:
    wire = await world.bound()
    await wire.send(submit(2))
    assert await wire.frame() == octets("00000018 80000004 00000045 00000002", "4641554c542d3100")
    return wire


async def generic_nack(world: World) -> Wire:
    wire = await world.bound()
    await wire.send(submit(2))
    assert await wire.frame() == octets("00000010 80000000 00000008 00000002")
    return wire


CASES = {
    "throttled": Case(refusing(0x58)),
    "queue-full": Case(refusing(0x14)),
    "vendor-status": Case(refusing(0x5A)),
    "system-failure": Case(refusing(CommandStatus.ESME_RSYSERR)),
    "window-overrun": Case(window_overrun, bites=2),
    "error-with-body": Case(error_with_body),
    "generic-nack": Case(generic_nack),
}
