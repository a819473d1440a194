"""Streamed bodies: how many, and how long."""

from collections.abc import MutableMapping
from typing import Any

import pytest
import trio
import trio.testing

from simulator.admin.bodies import MAX_UPLOADS, BodyLimit, BodyLimits
from simulator.admin.streaming import IMPORT_PATH, UPLOAD_SECONDS

pytestmark = pytest.mark.virtual_time

SCOPE = {"type": "http", "path": IMPORT_PATH, "method": "POST", "headers": []}


async def read_all(_scope: Any, receive: Any, send: Any) -> None:
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


class Client:
    """Sends an octet now and then, and keeps the status of the answer."""

    def __init__(self, pause: float, octets: float) -> None:
        self.status: int | None = None
        self._pause = pause
        self._left = octets

    async def receive(self) -> dict[str, Any]:
        if self._left:
            await trio.sleep(self._pause)
        self._left -= 1
        return {"type": "http.request", "body": b"x", "more_body": self._left > 0}

    async def send(self, message: MutableMapping[str, Any]) -> None:
        self.status = message.get("status", self.status)

    async def upload(self, to: BodyLimit) -> None:
        await to(SCOPE, self.receive, self.send)


async def test_a_streamed_body_that_trickles_for_ever_is_ended() -> None:
    client = Client(pause=9, octets=float("inf"))
    await client.upload(BodyLimit(read_all, BodyLimits()))
    assert client.status == 408
    assert trio.current_time() == UPLOAD_SECONDS


async def test_so_many_streamed_bodies_come_in_at_once() -> None:
    limit = BodyLimit(read_all, BodyLimits())
    clients = [Client(pause=1, octets=3) for _ in range(MAX_UPLOADS + 1)]
    async with trio.open_nursery() as nursery:
        for client in clients:
            nursery.start_soon(client.upload, limit)
            await trio.testing.wait_all_tasks_blocked()
    assert [client.status for client in clients] == [200] * MAX_UPLOADS + [503]
    late = Client(pause=1, octets=3)
    await late.upload(limit)
    assert late.status == 200
