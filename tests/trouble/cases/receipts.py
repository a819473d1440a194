"""simulator/trouble/faults/receipt_dialects.py and receipt_order.py as an ESME sees them."""

import pytest
import trio

from tests.center.test_operator import ADVERT, LISTED
from tests.smpp.helpers import octets
from tests.trouble.cases.case import Case
from tests.trouble.wire import Wire, World, accepted, refused, submit

# A deliver_sm as 3.4, 4.6.1 lays it out: from the subscriber to the line, esm_class 4, all else zero, up to sm_length.
ENDS = octets("00 00 00") + b"989129990001\0" + octets("00 00") + b"3000200020\0"
HEAD = ENDS + octets("04 00 00 00 00 00 00 00 00")
TLVS = octets("001e 000b") + b"0000000001\0" + octets("0427 0001 02")
TEXT = (
    b"id:0000000001 sub:001 dlvrd:001 submit date:2611221200 done date:2611221200 stat:DELIVRD err:000"
    b" text:????? ??? ?? ????? ?"
)


def deliver_sm(sequence_number: int, text: bytes, tlvs: bytes = TLVS, head: bytes = HEAD) -> bytes:
    body = head + bytes([len(text)]) + text + tlvs
    return octets(f"{16 + len(body):08x}", "00000005 00000000", f"{sequence_number:08x}") + body


async def submitted(world: World) -> Wire:
    wire = await world.bound()
    await wire.send(submit(2, registered_delivery=1))
    assert await wire.frame() == accepted(2)
    return wire


async def dialect(world: World) -> Wire:
    wire = await submitted(world)
    frame = await wire.frame()
    assert frame == deliver_sm(1, TEXT.replace(b"sub:001 ", b""))
    await wire.acknowledge(frame)
    return wire


async def as_data_sm(world: World) -> Wire:
    wire = await submitted(world)
    body = ENDS + octets("04 00 00") + TLVS + octets("0424", f"{len(TEXT):04x}") + TEXT
    assert await wire.frame() == octets(f"{16 + len(body):08x}", "00000103 00000000 00000001") + body
    await wire.send(octets("00000011 80000103 00000000 00000001 00"))
    assert await wire.is_quiet(3600), "it counts as answered"
    return wire


async def receipt_id(world: World) -> Wire:
    wire = await submitted(world)
    text = TEXT.replace(b"id:0000000001", b"id:00000001")
    frame = await wire.frame()
    assert frame == deliver_sm(1, text, octets("001e 0009") + b"00000001\0" + octets("0427 0001 02"))
    await wire.acknowledge(frame)
    return wire


async def before_response(world: World) -> Wire:
    wire = await world.bound()
    await wire.send(submit(2, registered_delivery=1))
    text = b"id:0000000001 sub:001 dlvrd:001 submit date:0000000000 done date:0000000000 stat:DELIVRD err:000 text:"
    frame = await wire.frame()
    assert frame == deliver_sm(0x7E000001, text)
    assert await wire.frame() == accepted(2)
    await wire.acknowledge(frame)
    assert await wire.is_quiet(3600), "it is the only one"
    return wire


async def for_refused(world: World) -> Wire:
    wire = await world.bound()
    await wire.send(submit(2, to=LISTED, text=ADVERT))
    assert await wire.frame() == refused(2, 0x404)
    text = b"id:REFUSED-2 sub:001 dlvrd:000 submit date:0000000000 done date:0000000000 stat:REJECTD err:000 text:"
    tlvs = octets("001e 000a") + b"REFUSED-2\0" + octets("0427 0001 08")
    frame = await wire.frame()
    assert frame == deliver_sm(0x7E000001, text, tlvs, HEAD.replace(b"989129990001", b"989121110001"))
    await wire.acknowledge(frame)
    return wire


async def duplicate(world: World) -> Wire:
    wire = await submitted(world)
    frames = await wire.frames(2)
    assert frames == [deliver_sm(1, TEXT), deliver_sm(0x7E000001, TEXT)]
    for frame in frames:
        await wire.acknowledge(frame)
    return wire


async def contradictory(world: World) -> Wire:
    wire = await submitted(world)
    frames = await wire.frames(2)
    opposite = TEXT.replace(b"DELIVRD", b"UNDELIV")
    assert frames == [deliver_sm(1, TEXT), deliver_sm(0x7E000001, opposite, TLVS[:-1] + b"\x05")]
    for frame in frames:
        await wire.acknowledge(frame)
    return wire


async def intermediate(world: World) -> Wire:
    wire = await submitted(world)
    frames = await wire.frames(2)
    head = HEAD.replace(b"\x04", b"\x20")
    early = deliver_sm(0x7E000001, TEXT.replace(b"DELIVRD", b"ENROUTE"), TLVS[:-1] + b"\x01", head)
    assert frames == [early, deliver_sm(1, TEXT)]
    await wire.acknowledge(frames[1])
    return wire


async def out_of_order(world: World) -> Wire:
    wire = await world.bound()
    await wire.send(submit(2, registered_delivery=1), submit(3, registered_delivery=1))
    assert await wire.frames(2) == [accepted(2, 1), accepted(3, 2)]
    numbers = [int.from_bytes((await wire.frame())[12:16], "big") for _ in range(2)]
    assert numbers == [2, 1]
    return wire


async def late(world: World) -> Wire:
    wire = await submitted(world)
    before = trio.current_time()
    assert await wire.frame() == deliver_sm(1, TEXT)
    assert 60.9 <= trio.current_time() - before <= 61.1
    return wire


async def lost(world: World) -> Wire:
    wire = await submitted(world)
    assert await wire.is_quiet(86_400)
    entry = world.operator.inquiries.entry("0000000001")
    assert entry is not None
    assert entry.receipts[0].acknowledged_at is not None
    return wire


async def redelivered(world: World) -> Wire:
    wire = await submitted(world)
    first = await wire.frame()
    await wire.acknowledge(first)
    before = trio.current_time()
    assert [first, *await wire.frames(2)] == [deliver_sm(1, TEXT)] * 3
    assert trio.current_time() - before == pytest.approx(2)
    return wire


CASES = {
    "receipt-dialect": Case(dialect),
    "receipt-as-data-sm": Case(as_data_sm),
    "receipt-id": Case(receipt_id, {"form": "hex-padded"}),
    "receipt-before-response": Case(before_response),
    "receipt-for-refused": Case(for_refused),
    "duplicate-receipt": Case(duplicate),
    "contradictory-receipt": Case(contradictory),
    "intermediate-receipt": Case(intermediate),
    "receipts-out-of-order": Case(out_of_order, bites=2),
    "late-receipt": Case(late),
    "receipt-lost": Case(lost),
    "redelivered": Case(redelivered),
}
