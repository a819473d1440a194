"""One session of a soak, from its bind to its end, however that comes about."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import trio

from simulator.smpp.errors import SessionError
from simulator.smpp.events import Closed, Event, Request, Response
from simulator.smpp.pdus import (
    BindFields,
    BindReceiver,
    BindTransceiver,
    BindTransmitter,
    DeliverSm,
    DeliverSmResp,
    SubmitSm,
    SubmitSmResp,
    Unbind,
)
from simulator.smpp.receipts import parse_receipt
from simulator.smpp.session import Role, Session, SessionLimits
from tests.soak.books import Books

WINDOW = 50
TICK = 0.1
GOODBYE = 5.0
_LIMITS = SessionLimits(session_init=None, enquire_link=None, response_timeout=None, window_out=1000)
_RECEIPT = 0x04


@dataclass(frozen=True)
class Plan:
    """What a session does: it binds as `kind`, and sends `rate` messages a second for `seconds`."""

    kind: type[BindReceiver | BindTransmitter | BindTransceiver]
    rate: float
    seconds: float


async def converse(address: tuple[str, int], books: Books, plan: Plan, messages: Iterator[SubmitSm]) -> None:
    """A session; returns when it is over, by its own unbind or by a fault of the operator's."""
    with suppress(OSError, trio.BrokenResourceError, trio.ClosedResourceError):
        async with await trio.open_tcp_stream(*address) as stream:
            await _Link(stream, books).run(plan, messages)


class _Link:
    def __init__(self, stream: trio.SocketStream, books: Books) -> None:
        self._stream = stream
        self._books = books
        self._session = Session(Role.ESME, _LIMITS, trio.current_time())
        self._waiting: dict[int, SubmitSm] = {}
        self._number = 0
        self._is_over = False
        self._bound = trio.Event()
        self._sending = trio.Lock()

    async def run(self, plan: Plan, messages: Iterator[SubmitSm]) -> None:
        self._number = self._books.began()
        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self._talk, plan, messages)
                await self._read()
                nursery.cancel_scope.cancel()
        except* (OSError, trio.BrokenResourceError, trio.ClosedResourceError):
            pass
        finally:
            self._books.ended(self._number, len(self._waiting))

    async def _talk(self, plan: Plan, messages: Iterator[SubmitSm]) -> None:
        self._session.send_request(plan.kind(system_id="panel", password="panel"), trio.current_time())
        await self._flush()
        await self._bound.wait()
        end, owed = trio.current_time() + plan.seconds, 0.0
        with suppress(SessionError):  # the operator has unbound
            while trio.current_time() < end:
                owed = min(owed + plan.rate * TICK, WINDOW)
                while owed >= 1 and len(self._waiting) < WINDOW:
                    pdu = next(messages)
                    self._waiting[self._session.send_request(pdu, trio.current_time())] = pdu
                    owed -= 1
                await self._flush()
                await trio.sleep(TICK)
            self._session.send_request(Unbind(), trio.current_time())
        await self._flush()
        with trio.move_on_after(GOODBYE):
            await trio.sleep_forever()
        await trio.aclose_forcefully(self._stream)

    async def _read(self) -> None:
        while not self._is_over:
            data = await self._stream.receive_some(1 << 16)
            now = trio.current_time()
            for event in self._session.receive_data(bytes(data), now) if data else self._session.receive_eof(now):
                self._take(event)
            await self._flush()

    async def _flush(self) -> None:
        async with self._sending:
            if data := self._session.data_to_send():
                await self._stream.send_all(data)

    def _take(self, event: Event) -> None:
        match event:
            case Response(SubmitSm(), number, status, answer):
                asked = self._waiting.pop(number).registered_delivery
                message_id = answer.message_id if isinstance(answer, SubmitSmResp) else ""
                self._books.answered(status, message_id, is_asked=bool(asked))
            case Response(BindFields(), _, status):
                self._is_over = bool(status)
                self._bound.set()
            case Request(number, DeliverSm() as pdu):
                self._books.came(_name(pdu), self._number)
                self._session.send_response(number, DeliverSmResp())
            case Closed():
                self._is_over = True


def _name(pdu: DeliverSm) -> str:
    """What the books know a deliver_sm by: the message_id that it reports on, or what the subscriber wrote."""
    if pdu.esm_class & _RECEIPT:
        return parse_receipt(pdu.short_message).message_id
    return pdu.short_message.decode("ascii")
