"""The SMPP doors: sockets that listen, plain and behind TLS, and the connections that came through them."""

import errno
import logging
import ssl
from contextlib import AsyncExitStack
from functools import partial

import trio

from simulator.center.operator import Call
from simulator.serving.accepting import accept_all
from simulator.serving.config import TlsSettings
from simulator.serving.server import GOODBYE_SECONDS, SYSTEM_ID, Door, serve_connection
from simulator.serving.starting import Address, StartError
from simulator.smpp.pdus import Outbind
from simulator.wire_log import ConnectionLog, Endpoint, WireLog

BACKLOG = 1024
"""Connections that may wait to be accepted: a thousand ESMEs may come at once."""
CALL_SECONDS = 10.0
"""How long an ESME that is called may take to answer the connection."""

_log = logging.getLogger("khatban.smpp")


async def listen(opened: AsyncExitStack, host: str, port: int) -> list[trio.SocketListener]:
    """Listens on a port (0 for any free one); closed when `opened` is.

    Raises:
        StartError: The port cannot be opened.
    """
    try:
        listeners = await trio.open_tcp_listeners(port, host=host, backlog=BACKLOG)
    except OSError as error:
        advice = "; --port and --http-port choose others, 0 any free one" if error.errno == errno.EADDRINUSE else ""
        msg = f"cannot listen on {host} port {port}: {error.strerror or error}{advice}"
        raise StartError(msg) from error
    for listener in listeners:
        await opened.enter_async_context(listener)
    return listeners


def address_of(listeners: list[trio.SocketListener]) -> Address:
    """The address on which the first of some listeners listens."""
    host, port = listeners[0].socket.getsockname()[:2]
    return str(host), int(port)


def tls_context(tls: TlsSettings) -> ssl.SSLContext:
    """How the door behind TLS proves itself.

    Raises:
        StartError: The certificate or the key cannot be used.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(tls.certificate, tls.key)
    except OSError as error:  # ssl.SSLError is one
        msg = f"cannot use the certificate {tls.certificate} with the key {tls.key}: {error.strerror or error}"
        raise StartError(msg) from error
    return context


class Doors:
    """The SMPP side of an operator, from its opening to the end of its last connection."""

    def __init__(self, door: Door, log: WireLog | None) -> None:
        self._door = door
        self._log = log
        self._accepting = trio.CancelScope()
        self._connections: trio.Nursery | None = None

    async def serve(
        self,
        plain: list[trio.SocketListener],
        behind_tls: list[trio.SocketListener],
        context: ssl.SSLContext | None,
        *,
        task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED,
    ) -> None:
        """Accepts connections until `close`, and serves them until they end."""
        async with trio.open_nursery() as self._connections:
            with self._accepting:
                async with trio.open_nursery() as accepting:
                    accepting.start_soon(self._call_out, self._connections)
                    for listener in plain:
                        accepting.start_soon(accept_all, listener, self._serve_plain, self._connections)
                    if context is not None:
                        serve = partial(self._serve_behind_tls, context)
                        for listener in behind_tls:
                            accepting.start_soon(accept_all, listener, serve, self._connections)
                    task_status.started()

    async def _serve_plain(self, stream: trio.SocketStream) -> None:
        await serve_connection(self._door, stream, self._connection_log(stream))

    async def _serve_behind_tls(self, context: ssl.SSLContext, stream: trio.SocketStream) -> None:
        log = self._connection_log(stream)
        await serve_connection(self._door, trio.SSLStream(stream, context, server_side=True), log)

    async def _call_out(self, connections: trio.Nursery) -> None:
        """Calls the ESMEs that the operator is asked to call."""
        async for call in self._door.operator.calls:
            connections.start_soon(self._call, call)

    async def _call(self, call: Call) -> None:
        try:
            with trio.fail_after(CALL_SECONDS):
                stream = await trio.open_tcp_stream(call.host, call.port)
        except (OSError, trio.TooSlowError) as error:
            _log.warning("no ESME at %s port %d: %s", call.host, call.port, error)
            return
        outbind = Outbind(system_id=SYSTEM_ID, password=call.password)
        await serve_connection(self._door, stream, self._connection_log(stream), outbind)

    def _connection_log(self, stream: trio.SocketStream) -> ConnectionLog | None:
        if self._log is None:
            return None
        socket = stream.socket
        try:
            peer, local = (Endpoint(*address[:2]) for address in (socket.getpeername(), socket.getsockname()))
        except OSError:  # the peer has gone already; there is nothing to log
            return None
        return self._log.connection(peer, local, self._door.limits.max_pdu)

    async def close(self) -> None:
        """Takes no more connections, unbinds the sessions, and gives them a moment to answer."""
        self._accepting.cancel()
        self._door.operator.unbind_all()
        with trio.move_on_after(GOODBYE_SECONDS + 0.5):
            while self._connections and self._connections.child_tasks:  # noqa: ASYNC110 - a nursery tells nobody of its end
                await trio.sleep(0.01)
