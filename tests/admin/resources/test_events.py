"""Listening to events over HTTP."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

import pytest
import trio

from simulator.admin.events import broadcaster
from tests.admin.api import ADVERT, DEDICATED, FREE, LISTED, ORDER, PROMOTIONAL, Api, running_api
from tests.admin.loopback import call, request

EVENTS = "/api/v1/events"


class Told(NamedTuple):
    name: str
    id: str
    data: Any


class Listener:
    """Reads an event stream as a browser does."""

    def __init__(self, stream: trio.SocketStream) -> None:
        self._stream = stream
        self.octets = b""
        self._read = 0

    async def until(self, part: bytes) -> None:
        while part not in self.octets:
            received = await self._stream.receive_some()
            assert received, self.octets
            self.octets += received

    async def next(self, name: str | None = None) -> Told:
        """The next event, or the next of that name."""
        while True:
            while (end := self.octets.find(b"\n\n", self._read)) < 0:
                received = await self._stream.receive_some()
                assert received, "the stream has ended"
                self.octets += received
            block, self._read = self.octets[self._read : end], end + 2
            fields = dict(line.partition(b": ")[::2] for line in block.split(b"\n"))
            if b"data" in fields and (name is None or fields[b"event"].decode() == name):
                data = json.loads(fields[b"data"].partition(b"\r\n")[0])
                return Told(fields[b"event"].decode(), fields.get(b"id", b"").decode(), data)


@asynccontextmanager
async def listening(api: Api, query: str = "", last_id: str | None = None) -> AsyncIterator[Listener]:
    headers = {} if last_id is None else {"last-event-id": last_id}
    async with await trio.open_tcp_stream("127.0.0.1", api.port) as stream:
        await stream.send_all(request("GET", f"{EVENTS}{query}", headers=headers))
        listener = Listener(stream)
        await listener.until(b"retry: ")
        yield listener


async def test_a_message_is_told_when_it_comes_and_again_when_it_has_arrived() -> None:
    async with running_api() as api, listening(api, "?names=messages") as listener:
        assert b"content-type: text/event-stream" in listener.octets
        await api.esme.submit(DEDICATED, FREE, ORDER)
        [row] = (await listener.next()).data["messages"]
        assert row == {
            "id": "0000000001",
            "at": row["at"],
            "account": "panel",
            "line": DEDICATED,
            "to": FREE,
            "text": ORDER,
            "part": None,
            "parts": None,
            "verdict": "accepted",
            "rule": None,
            "state": "ENROUTE",
        }
        api.operator.jump(api.operator.clock.now() + 60)
        api.operator.advance()
        api.operator.commit()
        [row] = (await listener.next()).data["messages"]
        assert (row["id"], row["state"]) == ("0000000001", "DELIVERED")


async def test_what_is_altered_over_http_is_told() -> None:
    async with running_api() as api, listening(api) as listener:
        change = {"kind": "suspend-line", "line": DEDICATED, "reason": "complaints"}
        await api.post("/api/v1/changes", change)
        [told] = (await listener.next("changes")).data["changes"]
        assert (told["id"], told["origin"], told["change"]) == (1, "http", change)
        await api.post("/api/v1/faults", {"name": "throttled"})
        assert (await listener.next("faults")).data == {"on": [{"id": 1, "name": "throttled"}]}
        await api.post("/api/v1/clock/jump", {"by": 5})
        assert (await listener.next("clock")).data["speed"] == 1.0
        await api.post("/api/v1/mo", {"from": FREE, "to": DEDICATED, "text": "سلام"})
        [told] = (await listener.next("mo")).data["messages"]
        assert (told["from"], told["to"], told["text"]) == (FREE, DEDICATED, "سلام")


async def test_sessions_and_a_reset_are_told() -> None:
    async with running_api() as api, listening(api, "?names=reset,sessions") as listener:
        await api.post("/api/v1/reset", {"clock": {"start": "2026-11-23T08:00:00+03:30", "speed": 0}})
        told = await listener.next()
        assert (told.name, told.data) == ("reset", {"now": "2026-11-23T08:00:00.000+03:30", "speed": 0})
        assert (await listener.next()).data == {"total": 0, "accounts": {}}


async def test_messages_that_are_deleted_are_told() -> None:
    async with running_api() as api, listening(api, "?names=deleted") as listener:
        for _ in range(2):
            await api.esme.submit(PROMOTIONAL, LISTED, ADVERT)
        await call(api.port, "DELETE", "/api/v1/messages?verdict=refused")
        assert (await listener.next()).data == {"messages": 2}


async def test_who_comes_back_is_told_what_was_missed() -> None:
    async with running_api() as api:
        async with listening(api, "?names=changes") as listener:
            await api.post("/api/v1/changes", {"kind": "suspend-line", "line": DEDICATED, "reason": "a"})
            seen = (await listener.next()).id
        await api.post("/api/v1/changes", {"kind": "resume-line", "line": DEDICATED})
        async with listening(api, "?names=changes", seen) as listener:
            [told] = (await listener.next()).data["changes"]
            assert told["change"]["kind"] == "resume-line"


@pytest.mark.parametrize("last_id", ["-", "never-1", "خط", "0-99999999999999999999"])
async def test_who_comes_back_too_late_is_told_so(last_id: str) -> None:
    async with running_api() as api, listening(api, last_id=last_id.encode().decode("latin-1")) as listener:
        assert await listener.next() == ("skipped", "", {"events": None})


async def test_an_event_that_is_not_there_is_named() -> None:
    async with running_api() as api:
        reply = await api.get(f"{EVENTS}?names=messages,mesages")
        assert reply.status == 422
        [error] = reply.json()["errors"]
        assert error == {"path": "query.names", "message": "there is no event 'mesages'; did you mean 'messages'?"}


async def test_more_listeners_than_may_be_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broadcaster, "MAX_READERS", 1)
    async with running_api() as api:
        async with listening(api):
            reply = await api.get(EVENTS)
            assert (reply.status, reply.json()["detail"]) == (503, "too many listen already")
        with trio.fail_after(5):
            while (await api.get(f"{EVENTS}?names=none")).status != 422:  # until the server has seen him leave
                pass
            async with listening(api):
                pass


async def test_a_stream_ends_with_the_operator() -> None:
    async with running_api() as api:
        stream = await trio.open_tcp_stream("127.0.0.1", api.port)
        await stream.send_all(request("GET", EVENTS))
        assert await stream.receive_some(1)
    with trio.fail_after(5):
        async with stream:
            while await stream.receive_some():
                pass
