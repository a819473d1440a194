"""The composition root: one nursery with the SMPP door, the HTTP door and the deliveries, from start to clean end."""

import datetime
import gc
import json
import logging
import os
import signal
import ssl
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import trio

from simulator.admin.app import create_app
from simulator.admin.server import serve_http
from simulator.config import ServerSettings, TlsSettings
from simulator.delivery import deliver
from simulator.operator import Operator
from simulator.server import GOODBYE_SECONDS, Door, serve_connection
from simulator.smpp.session import SessionLimits
from simulator.store import Store
from simulator.world import World

_log = logging.getLogger("khatban")

Address = tuple[str, int]


@dataclass(frozen=True)
class Addresses:
    """Where the operator listens."""

    smpp: Address
    http: Address
    smpps: Address | None
    """SMPP behind TLS, where that is configured."""

    def as_json(self) -> str:
        """One JSON object: `{"smpp": [host, port], "http": [host, port]}`, and `smpps` likewise if it is there."""
        doors = {"smpp": self.smpp, "http": self.http, "smpps": self.smpps}
        return json.dumps({name: address for name, address in doors.items() if address})


class StartError(Exception):
    """The operator cannot start; the message says why."""


async def serve(
    world: World,
    settings: ServerSettings,
    *,
    seed: int,
    store: Path | None,
    ready_file: Path | None,
    announce: Callable[[Addresses], None],
) -> None:
    """Runs an operator until SIGTERM or Ctrl-C, then unbinds the sessions, writes down what is left, and returns.

    Raises:
        StoreError: The store's file cannot be used.
        StartError: A port cannot be opened, or the certificate cannot be used.
    """
    _tame_the_collector()
    context = _tls_context(settings.tls) if settings.tls else None
    async with AsyncExitStack() as opened:
        smpp = await _listen(opened, settings.host, settings.port)
        smpps = await _listen(opened, settings.host, settings.tls.port) if settings.tls else []
        http = await _listen(opened, settings.host, settings.http_port)
        operator = Operator(world, Store(store), seed=seed, real=trio.current_time, wall=_wall_clock)
        opened.callback(operator.close)
        ready = _ReadyFile(ready_file) if ready_file else None
        if ready:
            opened.callback(ready.remove)
        async with trio.open_nursery() as nursery:
            nursery.start_soon(deliver, operator)
            await nursery.start(serve_http, create_app(operator), http)
            doors = await nursery.start(_serve_smpp, Door(operator, _limits(settings)), smpp, smpps, context)
            addresses = Addresses(_address(smpp), _address(http), _address(smpps) if smpps else None)
            operator.ready = True
            if ready:
                ready.say(addresses)
            announce(addresses)
            await _until_told_to_stop()
            operator.ready = False
            if ready:
                ready.remove()
            await _close_doors(operator, doors)
            nursery.cancel_scope.cancel()


@dataclass
class _Doors:
    """The SMPP side as the shutdown sees it: the scope that accepts, and whether any connection is left."""

    accepting: trio.CancelScope
    connections: trio.Nursery


async def _serve_smpp(
    door: Door,
    plain: list[trio.SocketListener],
    behind_tls: list[trio.SocketListener],
    context: ssl.SSLContext | None,
    *,
    task_status: trio.TaskStatus[_Doors] = trio.TASK_STATUS_IGNORED,
) -> None:
    async def serve_plain(stream: trio.SocketStream) -> None:
        await serve_connection(door, stream)

    async def serve_behind_tls(stream: trio.SocketStream) -> None:
        if context is not None:
            await serve_connection(door, trio.SSLStream(stream, context, server_side=True))

    async with trio.open_nursery() as connections, trio.open_nursery() as accepting:
        task_status.started(_Doors(accepting.cancel_scope, connections))
        accept = partial(trio.serve_listeners, handler_nursery=connections)
        accepting.start_soon(accept, serve_plain, plain)
        if behind_tls:
            accepting.start_soon(accept, serve_behind_tls, behind_tls)


async def _close_doors(operator: Operator, doors: _Doors) -> None:
    """Takes no more connections, unbinds the sessions, and gives them a moment to answer."""
    doors.accepting.cancel()
    operator.drop_all()
    with trio.move_on_after(GOODBYE_SECONDS + 0.5):
        while doors.connections.child_tasks:  # noqa: ASYNC110 - a nursery has no event for its last child
            await trio.sleep(0.01)


async def _until_told_to_stop() -> None:
    with trio.open_signal_receiver(signal.SIGINT, signal.SIGTERM) as signals:
        async for number in signals:
            _log.info("stopping on %s", signal.Signals(number).name)
            return


async def _listen(opened: AsyncExitStack, host: str, port: int) -> list[trio.SocketListener]:
    try:
        listeners = await trio.open_tcp_listeners(port, host=host, backlog=1024)
    except OSError as error:
        msg = f"cannot listen on {host} port {port}: {error.strerror or error}"
        raise StartError(msg) from error
    for listener in listeners:
        await opened.enter_async_context(listener)
    return listeners


def _tls_context(tls: TlsSettings) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(tls.certificate, tls.key)
    except OSError as error:  # ssl.SSLError is one
        msg = f"cannot use the certificate {tls.certificate} with the key {tls.key}: {error.strerror or error}"
        raise StartError(msg) from error
    return context


def _address(listeners: list[trio.SocketListener]) -> Address:
    host, port = listeners[0].socket.getsockname()[:2]
    return str(host), int(port)


def _limits(settings: ServerSettings) -> SessionLimits:
    return SessionLimits(
        session_init=settings.session_init,
        enquire_link=settings.enquire_link,
        inactivity=settings.inactivity,
        response_timeout=settings.response_timeout,
        window_out=settings.window_out,
    )


def _tame_the_collector() -> None:
    """Has Python look for reference cycles rarely.

    What the operator keeps is trees; to look through them all took a third of a message's time (52 against 34
    microseconds when it was first measured).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def _wall_clock() -> float:
    return datetime.datetime.now(datetime.UTC).timestamp()


class _ReadyFile:
    """A file that says where the operator listens, from when it is ready until it ends; whole or not at all."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._draft = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            self._draft.touch()
        except OSError as error:
            msg = f"cannot write the ready file {path}: {error.strerror}"
            raise StartError(msg) from error

    def say(self, addresses: Addresses) -> None:
        """The operator is ready."""
        self._draft.write_text(addresses.as_json() + "\n", "utf-8")
        self._draft.replace(self._path)

    def remove(self) -> None:
        """The operator is not ready, or not any more."""
        self._draft.unlink(missing_ok=True)
        self._path.unlink(missing_ok=True)
