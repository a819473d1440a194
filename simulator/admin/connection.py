"""One HTTP connection: hypercorn's, cut down to plain HTTP/1.1 and bounded in time.

Hypercorn 0.18 offers every peer HTTP/2, h2c upgrades and websockets, for which the operator has no use; it waits for
ever on a peer that does not read, even when cancelled, and on a reader whose application is gone. This file owns those
differences and knows neither listeners nor the application.
"""

import h11
import trio
from hypercorn.config import Config
from hypercorn.events import Closed
from hypercorn.protocol.h11 import H11Protocol
from hypercorn.trio.task_group import TaskGroup
from hypercorn.trio.tcp_server import TCPServer
from hypercorn.trio.worker_context import WorkerContext
from hypercorn.typing import AppWrapper, ConnectionState
from hypercorn.utils import parse_socket_addr

from simulator.admin.guards import SECURITY_HEADERS
from simulator.admin.problems import PROBLEM_MEDIA_TYPE, encode_json, problem

WRITE_TIMEOUT = 30.0
"""Seconds that a peer may take to make room for one answer."""

LEAVE_TIMEOUT = 5.0
"""Seconds for which a connection's tasks may go on after either side has closed: a peer that has sent its request and
its end of stream still gets its answer, and a task that does not notice the end does not hold the connection."""

REFUSAL_TIMEOUT = 1.0
"""Seconds that a connection over the limit may take to hear that."""

PROTOCOL_ERRORS = {
    400: "this is not an HTTP/1.1 request",
    431: "the header section is too long",
    501: "this transfer coding is not supported",
    503: "too many connections",
    505: "HTTP/1.1 and HTTP/1.0 are spoken here",
}


def error_answer(status_code: int) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """Headers and body of the problem that ends a connection whose request never reached the application."""
    detail = PROTOCOL_ERRORS.get(status_code, "the request cannot be served")
    body = encode_json(problem(status_code, detail).model_dump())
    headers = [
        (b"content-type", PROBLEM_MEDIA_TYPE.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    headers += [(name.encode(), value.encode()) for name, value in SECURITY_HEADERS]
    return headers, body


class BoundedStream:
    """A socket stream whose writes end in time, and which tells when it is closed from this side."""

    def __init__(self, stream: trio.SocketStream, write_timeout: float = WRITE_TIMEOUT) -> None:
        self.socket = stream.socket
        self.closing = trio.Event()
        self._stream = stream
        self._write_timeout = write_timeout

    async def receive_some(self, max_bytes: int | None = None) -> bytes:
        """Up to `max_bytes` octets; empty at the peer's end of stream."""
        return await self._stream.receive_some(max_bytes)

    async def send_all(self, data: bytes) -> None:
        """Send all octets.

        Raises:
            trio.BrokenResourceError: The peer did not read for `write_timeout` seconds; or this side is just closing.
        """
        try:
            with trio.move_on_after(self._write_timeout) as scope:
                await self._stream.send_all(data)
        except trio.BusyResourceError:  # with `send_eof`, for hypercorn lets no two writes meet
            msg = "the connection is being closed"
            raise trio.BrokenResourceError(msg) from None
        if scope.cancelled_caught:
            self.close_now()
            msg = "the peer does not read"
            raise trio.BrokenResourceError(msg)

    async def send_eof(self) -> None:
        """Tell the peer that nothing more will come."""
        await self._stream.send_eof()

    async def aclose(self) -> None:
        """Close the socket; a pending read or write ends with ClosedResourceError."""
        self.closing.set()
        await self._stream.aclose()

    def close_now(self) -> None:
        """Close the socket without a checkpoint, so that it works where everything is cancelled already."""
        self.closing.set()
        self.socket.close()


class Http1Protocol(H11Protocol):
    """HTTP/1.1 without upgrades; an offer to upgrade may be ignored (RFC 9110 section 7.8)."""

    async def _check_protocol(self, event: h11.Request) -> None:
        """Hypercorn switches to HTTP/2 here; we stay."""

    async def _create_stream(self, request: h11.Request) -> None:
        if request.http_version not in {b"1.0", b"1.1"}:
            await self._send_error_response(505)
            await self.send(Closed())
            return
        headers = [(name, value) for name, value in request.headers if name != b"upgrade"]
        plain = h11.Request(
            method=request.method, target=request.target, headers=headers, http_version=request.http_version
        )
        await super()._create_stream(plain)

    async def _send_error_response(self, status_code: int) -> None:
        headers, body = error_answer(status_code)
        await self._send_h11_event(h11.Response(status_code=status_code, headers=headers))
        await self._send_h11_event(h11.Data(data=body))
        await self._send_h11_event(h11.EndOfMessage())


class Connection(TCPServer):
    """Hypercorn's connection over a `BoundedStream`, speaking `Http1Protocol` only."""

    def __init__(self, app: AppWrapper, config: Config, stream: BoundedStream, leave_timeout: float) -> None:
        # Hypercorn's annotation asks for TLS although its code takes any stream with these methods.
        super().__init__(app, config, WorkerContext(None), {}, stream)  # type: ignore[arg-type]
        self._bounded = stream
        self._leave_timeout = leave_timeout

    async def run(self) -> None:
        """Serve requests until either side closes, and then until all tasks have ended or `leave_timeout` is over.

        Raises:
            Exception: Whatever malformed requests can make hypercorn raise; the caller guards.
        """
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._end_in_time, nursery.cancel_scope)
            await self._converse(nursery.cancel_scope)
            nursery.cancel_scope.cancel()

    async def _converse(self, scope: trio.CancelScope) -> None:
        socket = self._bounded.socket
        client = parse_socket_addr(socket.family, socket.getpeername())
        server = parse_socket_addr(socket.family, socket.getsockname())
        try:
            async with TaskGroup() as tasks:
                self._task_group = tasks
                self.protocol = Http1Protocol(  # type: ignore[assignment] # hypercorn's wrapper would offer HTTP/2
                    self.app, self.config, self.context, tasks, ConnectionState({}), False, client, server,  # noqa: FBT003
                    self.protocol_send,
                )  # fmt: skip # the parameters of hypercorn, in its order
                await self.idle_task.restart(tasks, self._idle_timeout)
                await self._read_data()
                scope.deadline = trio.current_time() + self._leave_timeout
                # Without this the socket of a peer that left stays open until the idle time is over.
                await self.idle_task.stop()
        finally:
            await self._close()

    async def _end_in_time(self, scope: trio.CancelScope) -> None:
        try:
            # Hypercorn's reader may be waiting for an application that is gone, and not see that we closed.
            await self._bounded.closing.wait()
            scope.deadline = trio.current_time() + self._leave_timeout
            await trio.sleep_forever()
        finally:
            # Hypercorn shields its writes from cancellation: only a closed socket ends them.
            self._bounded.close_now()


async def refuse(stream: trio.SocketStream) -> None:
    """Answer 503 to a connection over the limit, whatever it asks."""
    headers, body = error_answer(503)
    head = b"HTTP/1.1 503 Service Unavailable\r\n" + b"".join(b"%s: %s\r\n" % pair for pair in headers)
    with trio.move_on_after(REFUSAL_TIMEOUT):
        await stream.send_all(head + b"\r\n" + body)
        await stream.send_eof()
        # A request that lies unread would turn our close into a reset, which may overtake the answer.
        while await stream.receive_some():
            pass
