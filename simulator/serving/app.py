"""The composition root: every operator of a run in one nursery, from start to clean end."""

import gc
import logging
import signal
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import trio

from simulator.changing.journal import begin_journal, read_back
from simulator.serving.config import Config, OperatorConfig, registers_of
from simulator.serving.running import Ports, RunningOperator
from simulator.serving.starting import ReadyFile
from simulator.store import CommitError, Store, StoreError, held

_log = logging.getLogger("khatban")


async def serve(
    config: Config,
    *,
    seed: int,
    announce: Callable[[Sequence[RunningOperator]], None],
    ready_file: Path | None = None,
) -> None:
    """Runs operators until SIGTERM or Ctrl-C, then unbinds the sessions, writes down what is left, and returns.

    Raises:
        StoreError: A store's file cannot be used.
        StartError: A port or a file cannot be opened, or a certificate cannot be used.
    """
    _tame_the_collector()
    async with AsyncExitStack() as opened:
        operators = await _open(opened, config, seed)
        ready = ReadyFile(ready_file) if ready_file else None
        if ready:
            opened.callback(ready.remove)
        # Before anyone is told that the operators run: who has been told may stop them at once.
        signals = opened.enter_context(trio.open_signal_receiver(signal.SIGINT, signal.SIGTERM))
        async with trio.open_nursery() as nursery:
            for operator in operators:
                await operator.start(nursery)
            if ready:
                ready.say({operator.name: operator.addresses for operator in operators})
            announce(operators)
            for operator in operators:
                nursery.start_soon(operator.serve_http)
            await _first(signals)
            if ready:
                ready.remove()
            async with trio.open_nursery() as closing:
                for operator in operators:
                    closing.start_soon(operator.close)
            nursery.cancel_scope.cancel()


async def _open(opened: AsyncExitStack, config: Config, seed: int) -> list[RunningOperator]:
    """Opens all ports, then all files, and brings the registers back; nothing is served yet."""
    ports = [await Ports.open(opened, operator) for operator in config.operators]
    stores = [_open_store(opened, operator) for operator in config.operators]
    registers = registers_of(config.operators, config.blacklists, seed)
    try:
        read_back(zip(stores, registers, strict=True))
        running = [
            RunningOperator(opened, *each, seed)
            for each in zip(config.operators, ports, stores, registers, strict=True)
        ]
    except sqlite3.DatabaseError as error:
        names = ", ".join(str(operator.files.store) for operator in config.operators if operator.files.store)
        raise StoreError(f"{names}: damaged: {error}") from error
    gc.freeze()  # what was read back lasts: not to be looked through again and again
    return running


def _open_store(opened: AsyncExitStack, operator: OperatorConfig) -> Store:
    """The operator's store, which is closed, and given free after that, when `opened` is."""
    settings, path = operator.server, operator.files.store
    store = Store(
        path,
        durability=settings.durability,
        retention=operator.retention.value,
        is_checked=settings.check_store,
    )
    try:
        opened.enter_context(held(path))
    except StoreError:
        store.close()
        raise
    opened.callback(_close, store)
    begin_journal(store, operator.journal)
    return store


def _close(store: Store) -> None:
    try:
        store.close()
    except CommitError as error:
        _log.error("the last of what happened could not be written: %s", error)


async def _first(signals: AsyncIterator[int]) -> None:
    async for number in signals:
        _log.info("stopping on %s", signal.Signals(number).name)
        return


def _tame_the_collector() -> None:
    """Has Python look for reference cycles rarely.

    What the operator keeps is trees; to look through them all took a third of a message's time (52 against 34
    microseconds when it was first measured). What is there by now are modules, which last: they are not looked through.
    """
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    gc.enable()
