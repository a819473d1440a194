"""simulator/trouble/faults/incoming.py as an ESME sees it."""

from tests.smpp.helpers import octets
from tests.trouble.cases.case import Bite, Case
from tests.trouble.cases.receipts import ENDS
from tests.trouble.wire import Wire, World, accepted, submit


def made(index: int, text: bytes, *, esm_class: int = 0, tlvs: bytes = b"") -> bytes:
    """The n-th deliver_sm that a fault made: 3.4, 4.6.1."""
    body = ENDS + bytes([esm_class]) + bytes(8) + bytes([len(text)]) + text + tlvs
    return octets(f"{16 + len(body):08x}", "00000005 00000000", f"{0x7E000000 + index:08x}") + body


def before_the_response(*frames: bytes) -> Bite:
    async def bite(world: World) -> Wire:
        wire = await world.bound()
        await wire.send(submit(2))
        assert await wire.frames(len(frames) + 1) == [*frames, accepted(2)]
        for frame in frames:
            await wire.acknowledge(frame)
        return wire

    return bite


def udh8(number: int) -> bytes:
    return octets("05 00 03 5a 03", f"{number:02x}")


CASES = {
    "interleaved-deliver-sm": Case(before_the_response(made(1, b"interleaved"))),
    "empty-text": Case(before_the_response(made(1, b""))),
    "big-payload": Case(before_the_response(made(1, b"", tlvs=octets("0424 4000") + b"x" * 16_384))),
    "odd-octets": Case(before_the_response(made(1, octets("00021b6524405b7f80ff1b")))),
    "concatenated-mo": Case(
        before_the_response(
            made(1, udh8(3) + b"three", esm_class=0x40),
            made(2, udh8(1) + b"one ", esm_class=0x40),
            made(3, udh8(2) + b"two ", esm_class=0x40),
        )
    ),
}
