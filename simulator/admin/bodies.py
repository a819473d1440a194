"""Bodies of requests, bounded in size, time and number.

Bodies of the API are short, so nothing is gained by streaming them; the exceptions are `STREAMED_PATHS`.
"""

from typing import Final, NamedTuple

import trio
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from simulator.admin.problems import Problem, ProblemResponse, problem
from simulator.admin.streaming import MAX_STREAMED, STREAMED_PATHS, StreamedBody

MAX_BODY: Final = 1024 * 1024
"""Octets of a request body that are accepted."""

DISCARDED_BODY: Final = 4 * MAX_BODY
"""Octets of a too long body that are still read: most clients look for the answer only after they have sent it all."""

BODY_TIMEOUT: Final = 10.0
"""Seconds for a body to arrive, counted from its headers, however steadily it trickles."""

MAX_UPLOADS: Final = 4
"""Streamed bodies that are taken at once: each may hold a set of some ten million numbers."""

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class BodyLimits(NamedTuple):
    """How long a short body may be, in octets, and how long it may take, in seconds."""

    size: int = MAX_BODY
    seconds: float = BODY_TIMEOUT


class BodyLimit:
    """Has bodies come within limits: short ones as a whole, those of `STREAMED_PATHS` piece by piece."""

    def __init__(self, app: ASGIApp, limits: BodyLimits) -> None:
        self._app = app
        self._limits = limits
        self._short = ShortBody(app, limits)
        self._uploads = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["path"] not in STREAMED_PATHS or scope["method"] in SAFE_METHODS:
            await self._short(scope, receive, send)
        elif self._uploads >= MAX_UPLOADS:
            refusal = ProblemResponse(problem(503, "too many lists come in already"))
            await ShortBody(refusal, self._limits)(scope, receive, send)
        else:
            self._uploads += 1
            try:
                streamed = StreamedBody(receive, send, limit=MAX_STREAMED, timeout=self._limits.seconds)
                await self._app(scope, streamed.receive, streamed.send)
            finally:
                self._uploads -= 1


class ShortBody:
    """Reads the whole body before the application runs, within a size and a time.

    An application that answers before it has read its body would leave the connection in a state that cannot be used
    again; so what answers in its place is put behind this too.
    """

    def __init__(self, app: ASGIApp, limits: BodyLimits) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        body: bytes | Problem | None = problem(408, f"the body did not arrive within {self._limits.seconds:g} seconds")
        with trio.move_on_after(self._limits.seconds):
            body = await self._read(receive)
        if body is None:
            return  # the client is gone
        if isinstance(body, Problem):
            await ProblemResponse(body, headers={"connection": "close"})(scope, receive, send)
            return
        await self._app(scope, _replay(body, receive), send)

    async def _read(self, receive: Receive) -> bytes | Problem | None:
        body = bytearray()
        size = 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            chunk = message.get("body", b"")
            size += len(chunk)
            if size <= self._limits.size:
                body += chunk
            if not message.get("more_body", False) or size > self._limits.size + DISCARDED_BODY:
                break
        if size > self._limits.size:
            return problem(413, f"the body is longer than {self._limits.size} octets")
        return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that first gives the body that was read, then what the connection says next."""
    given = False

    async def replayed() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed
