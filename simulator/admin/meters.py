"""What only the serving side knows: how HTTP is used, and how late the event loop is."""

from bisect import bisect_left
from collections import Counter
from typing import Final, NamedTuple

import trio
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LAG_BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0)
"""Upper bounds, in seconds."""
LAG_INTERVAL: Final = 0.25
"""Seconds between two measurements."""


class Asked(NamedTuple):
    """By what requests are counted."""

    method: str
    """Upper case; `OTHER` for what nobody knows, lest a client make up any number of them."""
    route: str
    """The template of the path; empty where the request was refused before it had one."""


_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class HttpMeter:
    """Connections and requests."""

    def __init__(self) -> None:
        self.connections = 0
        """How many are open."""
        self.answers: Counter[tuple[Asked, int]] = Counter()
        """By status too; 0 where the client left before its answer began."""
        self.seconds: Counter[Asked] = Counter()
        """How long requests took, until their answers were sent."""

    def around(self, app: ASGIApp) -> ASGIApp:
        """The application with its requests counted."""

        async def counted(scope: Scope, receive: Receive, send: Send) -> None:
            status = 0

            async def note_status(message: Message) -> None:
                nonlocal status
                status = message.get("status", status)
                await send(message)

            began = trio.current_time()
            try:
                await app(scope, receive, note_status)
            finally:
                route = str(getattr(scope.get("route"), "path", ""))
                asked = Asked(scope["method"] if scope["method"] in _METHODS else "OTHER", route)
                self.answers[asked, status] += 1
                self.seconds[asked] += trio.current_time() - began  # type: ignore[assignment] # a Counter of floats

        return counted


class LagMeter:
    """How much later than asked for a task runs: what everything else in the event loop has it wait."""

    def __init__(self) -> None:
        self.counts = [0] * (len(LAG_BUCKETS) + 1)
        """Of each bucket by itself; the last is for all beyond."""
        self.sum = 0.0

    async def watch(self) -> None:
        """Measures until cancelled."""
        while True:
            due = trio.current_time() + LAG_INTERVAL
            await trio.sleep_until(due)
            self.note(trio.current_time() - due)

    def note(self, lag: float) -> None:
        """Counts one measurement, in seconds."""
        self.counts[bisect_left(LAG_BUCKETS, lag)] += 1
        self.sum += lag


class Meters:
    """Both."""

    def __init__(self) -> None:
        self.http = HttpMeter()
        self.lag = LagMeter()
