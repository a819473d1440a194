"""simulator/trouble/faults/responses.py as an ESME sees it."""

import trio

from tests.center.test_operator import ADVERT, LISTED
from tests.smpp.helpers import octets
from tests.trouble.cases.case import Case
from tests.trouble.wire import Wire, World, accepted, enquire_link, enquire_link_resp, submit


async def no_response(world: World) -> Wire:
    wire = await world.bound()
    await wire.send(submit(2), enquire_link(3))
    assert await wire.frame() == enquire_link_resp(3)
    assert await wire.is_quiet(3600)
    return wire


async def late_response(world: World) -> Wire:
    wire = await world.bound()
    before = trio.current_time()
    await wire.send(submit(2))
    await trio.sleep(1)
    await wire.send(enquire_link(3))
    assert await wire.frame() == enquire_link_resp(3), "other answers overtake it"
    assert trio.current_time() - before == 1
    assert await wire.frame() == accepted(2)
    assert trio.current_time() - before == 5
    return wire


async def duplicate_response(world: World) -> Wire:
    wire = await world.bound()
    await wire.send(submit(2))
    assert await wire.frames(2) == [accepted(2), accepted(2)]
    assert await wire.is_quiet(3600)
    return wire


async def out_of_order(world: World) -> Wire:
    wire = await world.bound()
    await wire.send(submit(2), submit(3))
    assert await wire.frames(2) == [accepted(3, 2), accepted(2, 1)]
    return wire


async def wrong_sequence_number(world: World) -> Wire:
    wire = await world.bound()
    await wire.send(submit(2))
    assert await wire.frame() == accepted(0x40000002)
    return wire


async def ok_without_body(world: World) -> Wire:
    wire = await world.bound()
    await wire.send(submit(2))
    assert await wire.frame() == octets("00000010 80000004 00000000 00000002")
    return wire


async def error_without_body(world: World) -> Wire:
    wire = await world.bound()
    await wire.send(submit(2, to=LISTED, text=ADVERT))
    assert await wire.frame() == octets("00000010 80000004 00000404 00000002")
    return wire


async def foreign_message_id(world: World) -> Wire:
    wire = await world.bound()
    await wire.send(submit(2))
    assert await wire.frame() == octets("00000019 80000004 00000000 00000002") + b"00000001\0"
    return wire


CASES = {
    "no-response": Case(no_response),
    "late-response": Case(late_response),
    "duplicate-response": Case(duplicate_response),
    "responses-out-of-order": Case(out_of_order, bites=2),
    "wrong-sequence-number": Case(wrong_sequence_number),
    "ok-without-body": Case(ok_without_body),
    "error-without-body": Case(error_without_body),
    "foreign-message-id": Case(foreign_message_id, {"form": "hex-padded"}),
}
