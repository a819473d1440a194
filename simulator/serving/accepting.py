"""Accepts all the connections that have come, in one turn of the event loop.

Trio's own accept takes a turn for each. Where a thousand ESMEs are busy a turn takes long, and those that come at once
would wait for minutes.
"""

import errno
import logging
import os
import socket
from collections.abc import Awaitable, Callable
from typing import Final

import trio

_AT_ONCE: Final = 256
"""Connections that one turn takes at most; the rest are there in the next."""
_PAUSE: Final = 0.1
"""Seconds before the next attempt where the system has no room."""
_NO_ROOM: Final = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})

_log = logging.getLogger("khatban.smpp")


async def accept_all(
    listener: trio.SocketListener, serve: Callable[[trio.SocketStream], Awaitable[None]], connections: trio.Nursery
) -> None:
    """Starts `serve` in a nursery for each connection, until cancelled; closes the listener then."""
    async with listener:
        with socket.socket(fileno=os.dup(listener.socket.fileno())) as door:
            door.settimeout(0)
            while True:
                await trio.lowlevel.wait_readable(door)
                try:
                    for _ in range(_AT_ONCE):
                        connections.start_soon(serve, _accept(door))
                except BlockingIOError:
                    pass  # that was all
                except ConnectionAbortedError:
                    pass  # it went away while it waited
                except OSError as error:
                    if error.errno not in _NO_ROOM:
                        raise
                    _log.error("no connection can be accepted for now: %s", error.strerror)
                    await trio.sleep(_PAUSE)


def _accept(door: socket.socket) -> trio.SocketStream:
    accepted, _ = door.accept()
    accepted.settimeout(0)
    return trio.SocketStream(trio.socket.from_stdlib_socket(accepted))
