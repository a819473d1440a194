"""Serves an ASGI application over given listeners, so that no peer can do more than lose its own connection.

Hypercorn 0.18 lets some malformed requests raise into the nursery that it runs in, which here is the operator's own.
Each connection therefore runs behind a guard of ours. What a connection is, `connection` says; what a request must
pass, `guards`.
"""

import logging
import traceback
from dataclasses import dataclass
from pathlib import Path

import trio
from hypercorn.app_wrappers import ASGIWrapper
from hypercorn.config import Config
from hypercorn.typing import AppWrapper
from starlette.types import ASGIApp

from simulator.admin.access import OPEN, Access
from simulator.admin.bodies import BODY_TIMEOUT, MAX_BODY, BodyLimits
from simulator.admin.connection import LEAVE_TIMEOUT, WRITE_TIMEOUT, BoundedStream, Connection, refuse
from simulator.admin.guards import guarded
from simulator.admin.meters import HttpMeter

logger = logging.getLogger("khatban.http")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one peer, or all of them together, may take. Sizes in octets, times in seconds."""

    connections: int = 100
    refusals: int = 50
    """How many more may be told that they are too many; others are closed without a word."""
    header_section: int = 16 * 1024
    body: int = MAX_BODY
    idle_timeout: float = 10.0
    """For the whole header section to arrive, on a new connection or after an answer."""
    body_timeout: float = BODY_TIMEOUT
    write_timeout: float = WRITE_TIMEOUT
    leave_timeout: float = LEAVE_TIMEOUT


async def serve_http(
    app: ASGIApp,
    listeners: list[trio.SocketListener],
    *,
    access: Access = OPEN,
    meter: HttpMeter | None = None,
    limits: Limits | None = None,
    task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED,
) -> None:
    """Serve HTTP/1.1 until cancelled; takes the listeners over and closes them.

    The application gets no lifespan events: what starts and stops with the operator is started by its composition root.

    Args:
        app: An ASGI application; `guarded` is put around it.
        listeners: Bound and listening.
        access: Who may ask, and by which host names.
        meter: Counts connections and requests.
        limits: Defaults to `Limits()`.
        task_status: Started when connections are accepted.
    """
    limits = limits or Limits()
    meter = meter or HttpMeter()
    inside = meter.around(guarded(app, access, BodyLimits(limits.body, limits.body_timeout)))
    # Starlette and hypercorn describe the same calls, the one by mappings, the other by typed dictionaries.
    server = _Server(ASGIWrapper(inside), _configure(limits), limits, meter)  # type: ignore[arg-type]
    async with trio.open_nursery() as nursery:
        await nursery.start(trio.serve_listeners, server.serve, listeners)
        task_status.started()


@dataclass(slots=True)
class _Server:
    app: AppWrapper
    config: Config
    limits: Limits
    meter: HttpMeter

    async def serve(self, stream: trio.SocketStream) -> None:
        """One connection from its first octet to its last, whatever it brings."""
        self.meter.connections += 1
        try:
            if self.meter.connections > self.limits.connections + self.limits.refusals:
                await trio.aclose_forcefully(stream)
            elif self.meter.connections > self.limits.connections:
                await refuse(stream)
            else:
                bounded = BoundedStream(stream, self.limits.write_timeout)
                await Connection(self.app, self.config, bounded, self.limits.leave_timeout).run()
        except* (OSError, trio.BrokenResourceError, trio.ClosedResourceError):
            logger.debug("a peer left in the middle of a connection")
        except* Exception as group:
            # Messages of parse errors quote the request, so only the kind and the place are logged.
            logger.warning("a connection ended by an error of the server: %s", ", ".join(_places(group)))
        finally:
            self.meter.connections -= 1


def _configure(limits: Limits) -> Config:
    config = Config()
    config.errorlog = logger
    config.h11_max_incomplete_size = limits.header_section
    config.keep_alive_timeout = limits.idle_timeout
    config.include_server_header = False
    return config


def _places(group: BaseExceptionGroup[Exception]) -> list[str]:
    """Type and innermost frame of each exception in a group."""
    places = []
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            places += _places(error)
        else:
            frames = traceback.extract_tb(error.__traceback__)
            where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "an unknown place"
            places.append(f"{type(error).__name__} at {where}")
    return places
