"""The answer that never ends: events as they come, and a word from time to time while there are none."""

from collections.abc import Collection
from typing import Final

import trio
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from simulator.admin.events.broadcaster import Broadcaster
from simulator.admin.events.event import HEARTBEAT
from simulator.admin.events.reader import Reader

HEARTBEAT_INTERVAL: Final = 15.0
"""Seconds of silence after which something is sent, lest a proxy, or we, take a dead connection for a quiet one."""

_RETRY: Final = b"retry: 1000\n\n"
"""Milliseconds after which a browser connects again."""


class EventStream(Response):
    """Events of some names until the reader leaves, or the operator ends."""

    media_type = "text/event-stream"

    def __init__(self, broadcaster: Broadcaster, names: Collection[str], last_id: str | None) -> None:
        super().__init__()
        del self.headers["content-length"]
        self.headers["x-accel-buffering"] = "no"  # a proxy such as nginx would gather some kilobytes first
        self._broadcaster = broadcaster
        self._names = names
        self._last_id = last_id

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        """Sends until the reader leaves."""
        with self._broadcaster.listening(self._names, self._last_id) as reader:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self._broadcaster.look)
                nursery.start_soon(self._send, reader, send)
                while (await receive())["type"] != "http.disconnect":
                    pass
                nursery.cancel_scope.cancel()

    async def _send(self, reader: Reader, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        octets = _RETRY
        while True:
            await send({"type": "http.response.body", "body": octets, "more_body": True})
            octets = HEARTBEAT
            with trio.move_on_after(HEARTBEAT_INTERVAL):
                octets = await reader.next()
