"""The composition root: one nursery with the SMPP door, the HTTP door and the deliveries, from start to clean end."""

import datetime
import gc
import json
import logging
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import trio

from simulator.admin.app import create_app
from simulator.admin.server import serve_http
from simulator.config import ServerSettings
from simulator.delivery import deliver
from simulator.operator import Operator
from simulator.server import GOODBYE_SECONDS, serve_connection
from simulator.smpp.session import SessionLimits
from simulator.store import Store
from simulator.wire_log import ConnectionLog, Endpoint, LogFile, WireLog
from simulator.world import World

_log = logging.getLogger("khatban")

Address = tuple[str, int]


@dataclass(frozen=True)
class Addresses:
    """Where the operator listens."""

    smpp: Address
    http: Address


@dataclass(frozen=True)
class Files:
    """What a run may write; what has no path is not written."""

    store: Path | None = None
    """Keeps the messages; they are in memory without it."""
    ready_file: Path | None = None
    wire_log: Path | None = None
    """Takes every PDU as a JSON line."""
    pcap: Path | None = None
    """Takes every octet as a capture."""


class StartError(Exception):
    """The operator cannot start; the message says why."""


async def serve(
    world: World,
    settings: ServerSettings,
    *,
    seed: int,
    files: Files,
    announce: Callable[[Addresses], None],
) -> None:
    """Runs an operator until SIGTERM or Ctrl-C, then unbinds the sessions, writes down what is left, and returns.

    Raises:
        StoreError: The store's file cannot be used.
        StartError: A port, or a file of the wire log, cannot be opened.
    """
    _tame_the_collector()
    smpp = await _listen(settings.host, settings.port)
    http = await _listen(settings.host, settings.http_port)
    operator = Operator(world, Store(files.store), seed=seed, real=trio.current_time, wall=_wall_clock)
    with closing(operator), _wire_log(files, operator) as log:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(deliver, operator)
            await nursery.start(serve_http, create_app(operator), http)
            doors = await nursery.start(_serve_smpp, operator, smpp, _limits(settings), log)
            addresses = Addresses(_address(smpp), _address(http))
            operator.ready = True
            with _ready_file(files.ready_file, addresses):
                announce(addresses)
                await _until_told_to_stop()
            operator.ready = False
            await _close_doors(operator, doors)
            nursery.cancel_scope.cancel()


@dataclass
class _Doors:
    """The SMPP side as the shutdown sees it: the scope that accepts, and whether any connection is left."""

    accepting: trio.CancelScope
    connections: trio.Nursery


async def _serve_smpp(
    operator: Operator,
    listeners: list[trio.SocketListener],
    limits: SessionLimits,
    log: WireLog | None,
    *,
    task_status: trio.TaskStatus[_Doors] = trio.TASK_STATUS_IGNORED,
) -> None:
    handler = partial(_handle, operator, limits, log)
    async with trio.open_nursery() as connections:
        with trio.CancelScope() as accepting:
            task_status.started(_Doors(accepting, connections))
            await trio.serve_listeners(handler, listeners, handler_nursery=connections)


async def _handle(operator: Operator, limits: SessionLimits, log: WireLog | None, stream: trio.SocketStream) -> None:
    await serve_connection(operator, stream, limits, _connection_log(log, stream.socket, limits.max_pdu))


def _connection_log(log: WireLog | None, socket: trio.socket.SocketType, max_pdu: int) -> ConnectionLog | None:
    if log is None:
        return None
    try:
        peer, local = (Endpoint(*address[:2]) for address in (socket.getpeername(), socket.getsockname()))
    except OSError:  # the peer has gone already; there is nothing to log
        return None
    return log.connection(peer, local, max_pdu)


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


async def _listen(host: str, port: int) -> list[trio.SocketListener]:
    try:
        return await trio.open_tcp_listeners(port, host=host, backlog=1024)
    except OSError as error:
        msg = f"cannot listen on {host} port {port}: {error.strerror or error}"
        raise StartError(msg) from error


def _address(listeners: list[trio.SocketListener]) -> Address:
    host, port = listeners[0].socket.getsockname()[:2]
    return str(host), int(port)


@contextmanager
def _wire_log(files: Files, operator: Operator) -> Iterator[WireLog | None]:
    if files.wire_log is None and files.pcap is None:
        yield None
        return

    def now() -> float:
        return operator.clock.now()  # asked each time: a reset replaces the clock

    with closing(WireLog(_open_log_file(files.wire_log), _open_log_file(files.pcap), now)) as log:
        yield log


def _open_log_file(path: Path | None) -> LogFile | None:
    if path is None:
        return None
    try:
        return LogFile(path)
    except OSError as error:
        msg = f"cannot write {path}: {error.strerror}"
        raise StartError(msg) from error


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


@contextmanager
def _ready_file(path: Path | None, addresses: Addresses) -> Iterator[None]:
    """Says in a file, while the operator is ready, where it listens; whole or not at all."""
    if path is None:
        yield
        return
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_text(json.dumps({"smpp": addresses.smpp, "http": addresses.http}) + "\n", "utf-8")
    draft.replace(path)
    try:
        yield
    finally:
        with suppress(FileNotFoundError):
            path.unlink()
