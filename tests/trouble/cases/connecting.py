"""simulator/trouble/faults/connecting.py as an ESME sees it."""

import pytest
import trio

from tests.smpp.helpers import octets
from tests.trouble.cases.case import Case
from tests.trouble.wire import Wire, World


async def text_banner(world: World) -> Wire:
    wire = world.connect()
    assert await wire.exactly(11) == b"220 ready\r\n"
    await wire.bind()
    return wire


async def closed_at_accept(world: World) -> None:
    await world.connect().ended()


async def tls_cut(world: World) -> None:
    stream = world.connect_by_tls()
    with pytest.raises(trio.BrokenResourceError):
        await stream.do_handshake()


async def tls_plaintext(world: World) -> None:
    bare = world.connect_to_tls()
    await bare.send(octets("16 0301 0001 00"))
    assert await bare.exactly(16) == octets("00000010 80000000 00000002 00000000")
    await bare.ended()


CASES = {
    "text-banner": Case(text_banner),
    "closed-at-accept": Case(closed_at_accept),
    "tls-cut": Case(tls_cut),
    "tls-plaintext": Case(tls_plaintext),
}
