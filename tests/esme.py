"""An ESME for tests: our own session in the ESME's role, over any trio stream, in the operator's event loop."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import trio

from simulator.center.operator import Operator
from simulator.delivery.binds import Caller
from simulator.registry.accounts import BindType
from simulator.serving.server import Door, serve_connection
from simulator.smpp.events import Closed, Event, Request, Response
from simulator.smpp.pdus import BindTransceiver, DeliverSm, DeliverSmResp, Pdu, SubmitSm, Unbind
from simulator.smpp.session import Role, Session, SessionLimits
from simulator.smpp.text import encode_text
from simulator.wire_log import ConnectionLog

NOBODY = Caller(BindType.TRANSCEIVER, None, is_tls=False, bound_at=0.0)
"""Who made a bind that no connection stands behind."""
QUIET = SessionLimits(session_init=None, enquire_link=None, response_timeout=None, window_out=1000)


class Esme:
    """Sends requests and waits for events; answers deliver_sm by itself unless told not to."""

    def __init__(self, stream: trio.abc.Stream, *, acknowledges: bool = True) -> None:
        self.session = Session(Role.ESME, QUIET, trio.current_time())
        self.stream = stream
        self.acknowledges = acknowledges
        self.events: list[Event] = []
        self.octets = bytearray()
        """All that came, as it came."""

    async def send(self, *pdus: Pdu) -> list[int]:
        """Sends requests in one write; their sequence numbers."""
        numbers = [self.session.send_request(pdu, trio.current_time()) for pdu in pdus]
        await self.flush()
        return numbers

    async def flush(self) -> None:
        if data := self.session.data_to_send():
            await self.stream.send_all(data)

    async def next(self, kind: type[Event] | None = None) -> Event:
        """The next event, or the next of a kind; others before it wait."""
        while True:
            for event in self.events:
                if kind is None or isinstance(event, kind):
                    self.events.remove(event)
                    return event
            await self.receive()

    async def receive(self) -> None:
        data = await self.stream.receive_some(65536)
        self.octets += data
        now = trio.current_time()
        events = self.session.receive_data(bytes(data), now) if data else self.session.receive_eof(now)
        self.events += events
        for event in events:
            if self.acknowledges and isinstance(event, Request) and isinstance(event.pdu, DeliverSm):
                self.session.send_response(event.sequence_number, DeliverSmResp())
        await self.flush()

    async def response(self) -> Response:
        event = await self.next(Response)
        assert isinstance(event, Response)
        return event

    async def receipt(self) -> DeliverSm:
        event = await self.next(Request)
        assert isinstance(event, Request)
        assert isinstance(event.pdu, DeliverSm)
        return event.pdu

    async def bind(self, system_id: str = "panel", password: str = "panel", kind: type = BindTransceiver) -> Response:
        await self.send(kind(system_id=system_id, password=password))
        return await self.response()

    async def submit(self, source: str, to: str, text: str, *, registered_delivery: int = 1) -> Response:
        await self.send(message(source, to, text, registered_delivery=registered_delivery))
        return await self.response()

    async def unbind(self) -> None:
        await self.send(Unbind())
        await self.next(Closed)


def message(source: str, to: str, text: str, *, registered_delivery: int = 1) -> SubmitSm:
    data_coding, octets = encode_text(text)
    return SubmitSm(
        source_addr=source,
        destination_addr=to,
        data_coding=data_coding,
        short_message=octets,
        registered_delivery=registered_delivery,
    )


@asynccontextmanager
async def connected(
    operator: Operator, *, acknowledges: bool = True, log: ConnectionLog | None = None
) -> AsyncIterator[Esme]:
    """An ESME connected to an operator through memory; both ends run in this event loop."""
    near, far = trio.testing.memory_stream_pair()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(serve_connection, Door(operator, QUIET), far, log)
        esme = Esme(near, acknowledges=acknowledges)
        yield esme
        await near.aclose()
