"""Who is connected over SMPP, and how many may be, so that nobody who only connects keeps others out.

An ESME binds as soon as it is connected; who does not is cut first when there are too many like him. So a flood of
connections on which nobody says anything costs itself, and hardly anybody else: one who binds is not cut for it.
"""

import resource
from typing import Final, Protocol

RESERVED_FILES: Final = 256
"""What a process opens besides SMPP connections: HTTP, stores, logs."""
_A_TURN: Final = 524_288
_LEAST_READ, _MOST_READ = 2_048, 65_536


class Guest(Protocol):
    """A connection (`simulator.serving.server.Connection`)."""

    def cut(self) -> None: ...  # noqa: D102 - the connection's own


class Lobby:
    """The connections of one operator: so many at once, and so many of them on which nobody has bound yet."""

    def __init__(self, connections: int = 10_000, unbound: int = 2_000) -> None:
        self._most = connections
        self._most_unbound = unbound
        self._count = 0
        self._unbound: dict[Guest, None] = {}
        """In the order of their coming."""

    def enter(self, guest: Guest) -> bool:
        """A connection is made; False if there are too many, and nothing is to be said on it."""
        if self._count >= self._most:
            return False
        self._count += 1
        self._unbound[guest] = None
        if len(self._unbound) > self._most_unbound:
            longest = next(iter(self._unbound))
            del self._unbound[longest]
            longest.cut()
        return True

    def bound(self, guest: Guest) -> None:
        """An ESME has bound on it."""
        self._unbound.pop(guest, None)

    @property
    def read_size(self) -> int:
        """Octets that a connection may read at once: its share of half a megabyte.

        All that have something to say are heard in each turn of the event loop, so that this bounds how long one takes,
        and with it the wait of whoever has come meanwhile.
        """
        return min(_MOST_READ, max(_LEAST_READ, _A_TURN // max(1, self._count)))

    def leave(self, guest: Guest) -> None:
        """A connection that had entered is over."""
        self._count -= 1
        self._unbound.pop(guest, None)


def room_for(connections: int) -> int:
    """How many of so many connections this process can have open, having asked the system for as many files.

    Beyond that the system would refuse files to the store and to HTTP just as well.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + RESERVED_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return connections if soft == resource.RLIM_INFINITY else max(1, min(connections, soft - RESERVED_FILES))
