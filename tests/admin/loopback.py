"""Both ends of an HTTP connection in one event loop, without fixed ports and without an HTTP client in the way."""

import functools
import json
import socket
import struct
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

import h11
import trio
from starlette.types import ASGIApp, Receive, Scope, Send

from simulator.admin.access import OPEN, Access
from simulator.admin.meters import HttpMeter
from simulator.admin.server import Limits, serve_http


async def tiny_app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers any request with 200, its method and the length of its body; `/crash` raises."""
    if scope["path"] == "/crash":
        msg = "the application crashed"
        raise LookupError(msg)
    size = 0
    while True:
        message = await receive()
        size += len(message.get("body", b""))
        if not message.get("more_body", False):
            break
    body = f"{scope['method']} {size}".encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
    await send({"type": "http.response.body", "body": body})


@asynccontextmanager
async def serving(
    app: ASGIApp = tiny_app, limits: Limits | None = None, access: Access = OPEN, meter: HttpMeter | None = None
) -> AsyncIterator[int]:
    """Serve in this task's nursery and give the port; whatever the server raises fails the test."""
    listeners = await trio.open_tcp_listeners(0, host="127.0.0.1")
    port: int = listeners[0].socket.getsockname()[1]
    async with trio.open_nursery() as nursery:
        await nursery.start(functools.partial(serve_http, app, listeners, access=access, meter=meter, limits=limits))
        yield port
        nursery.cancel_scope.cancel()


async def read_all(stream: trio.SocketStream) -> bytes:
    """Everything until the peer closes, politely or not."""
    received = bytearray()
    try:
        async for chunk in stream:
            received += chunk
    except trio.BrokenResourceError:
        pass
    return bytes(received)


async def exchange(port: int, *chunks: bytes, half_close: bool = False, reset: bool = False) -> bytes:
    """Send octets on a connection of their own, and give back all that came until the server closed it.

    Args:
        port: Of the server.
        chunks: Sent one after the other, so that the server sees them apart.
        half_close: Send an end of stream after the last chunk.
        reset: Leave at once, by a reset instead of an end of stream; nothing is given back.
    """
    stream = await trio.open_tcp_stream("127.0.0.1", port)
    async with stream:
        try:
            for chunk in chunks:
                await stream.send_all(chunk)
                await trio.lowlevel.checkpoint()
            if half_close:
                await stream.send_eof()
        except trio.BrokenResourceError:
            pass  # the server had seen enough; what it answered may still be there
        if reset:
            stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return b""
        return await read_all(stream)


class Reply(NamedTuple):
    """One parsed answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


def request(method: str, target: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> bytes:
    """The octets of a request that asks the server to close after it."""
    fields = {"host": "operator.localhost", "connection": "close", **(headers or {})}
    if body:
        fields.setdefault("content-length", str(len(body)))
    head = f"{method} {target} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return head.encode() + b"\r\n" + body


def parse(octets: bytes, method: str = "GET") -> Reply:
    """The one answer in what a server sent."""
    client = h11.Connection(h11.CLIENT)
    client.send(h11.Request(method=method, target="/", headers=[("host", "operator.localhost")]))
    client.send(h11.EndOfMessage())
    client.receive_data(octets)
    client.receive_data(b"")
    status, headers, body = 0, {}, b""
    while not isinstance(event := client.next_event(), h11.EndOfMessage):
        if isinstance(event, h11.Response):
            status, headers = event.status_code, {name.decode(): value.decode() for name, value in event.headers}
        elif isinstance(event, h11.Data):
            body += bytes(event.data)
    return Reply(status, headers, body)


async def call(
    port: int, method: str, target: str, body: bytes = b"", headers: Mapping[str, str] | None = None
) -> Reply:
    """One request on a connection of its own."""
    return parse(await exchange(port, request(method, target, body, headers)), method)
