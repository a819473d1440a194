"""The composition root: one nursery with the SMPP doors, the HTTP door and the deliveries, from start to clean end."""

import datetime
import gc
import logging
import signal
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, closing
from pathlib import Path

import trio

from simulator.admin.app import create_app
from simulator.admin.server import serve_http
from simulator.config import ServerSettings
from simulator.delivery import deliver, tidy
from simulator.doors import Doors, address_of, listen, tls_context
from simulator.operator import Operator
from simulator.server import Door
from simulator.smpp.session import SessionLimits
from simulator.starting import Addresses, Files, ReadyFile, open_log_file
from simulator.store import KEEP_ALL, Retention, Store, StoreError, held
from simulator.wire_log import WireLog
from simulator.world import World

_log = logging.getLogger("khatban")


async def serve(
    world: World,
    settings: ServerSettings,
    *,
    seed: int,
    files: Files,
    retention: Retention = KEEP_ALL,
    announce: Callable[[Addresses], None],
) -> None:
    """Runs an operator until SIGTERM or Ctrl-C, then unbinds the sessions, writes down what is left, and returns.

    Raises:
        StoreError: The store's file cannot be used.
        StartError: A port or a file cannot be opened, or the certificate cannot be used.
    """
    _tame_the_collector()
    context = tls_context(settings.tls) if settings.tls else None
    async with AsyncExitStack() as opened:
        smpp = await listen(opened, settings.host, settings.port)
        smpps = await listen(opened, settings.host, settings.tls.port) if settings.tls else []
        http = await listen(opened, settings.host, settings.http_port)
        addresses = Addresses(address_of(smpp), address_of(http), address_of(smpps) if smpps else None)
        store = Store(files.store, durability=settings.durability, retention=retention, is_checked=files.checks_store)
        opened.enter_context(held(files.store))
        operator = _read_back(world, store, seed, files.store)
        opened.enter_context(closing(operator))
        log = _open_wire_log(opened, files, operator)
        ready = ReadyFile(files.ready_file) if files.ready_file else None
        if ready:
            opened.callback(ready.remove)
        # Before anyone is told that the operator runs: who has been told may stop it at once.
        signals = opened.enter_context(trio.open_signal_receiver(signal.SIGINT, signal.SIGTERM))
        async with trio.open_nursery() as nursery:
            nursery.start_soon(deliver, operator)
            nursery.start_soon(tidy, operator)
            await nursery.start(serve_http, create_app(operator), http)
            doors = Doors(Door(operator, _limits(settings), settings.congestion), log)
            await nursery.start(doors.serve, smpp, smpps, context)
            operator.ready = True
            if ready:
                ready.say(addresses)
            announce(addresses)
            await _first(signals)
            operator.ready = False
            if ready:
                ready.remove()
            await doors.close()
            nursery.cancel_scope.cancel()


def _read_back(world: World, store: Store, seed: int, path: Path | None) -> Operator:
    """An operator with all that its store holds.

    Raises:
        StoreError: The store cannot be read, or does not fit the world.
    """
    try:
        operator = Operator(world, store, seed=seed, real=trio.current_time, wall=_wall_clock)
    except sqlite3.DatabaseError as error:
        msg = f"{path}: damaged: {error}"
        raise StoreError(msg) from error
    gc.freeze()  # what was read back lasts: not to be looked through again and again
    return operator


async def _first(signals: AsyncIterator[int]) -> None:
    async for number in signals:
        _log.info("stopping on %s", signal.Signals(number).name)
        return


def _open_wire_log(opened: AsyncExitStack, files: Files, operator: Operator) -> WireLog | None:
    if files.wire_log is None and files.pcap is None:
        return None

    def now() -> float:
        return operator.clock.now()  # asked each time: a reset replaces the clock

    log = WireLog(open_log_file(files.wire_log), open_log_file(files.pcap), now)
    return opened.enter_context(closing(log))


def _limits(settings: ServerSettings) -> SessionLimits:
    return SessionLimits(
        session_init=settings.session_init,
        enquire_link=settings.enquire_link,
        inactivity=settings.inactivity,
        response_timeout=settings.response_timeout,
        window_out=settings.window_out,
        strict=settings.strict,
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
