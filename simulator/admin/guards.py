"""What every request passes before it meets a resource: size, time, origin, and a net under a crash.

These wrap any ASGI application; the order matters and stands in `guarded`.
"""

import logging
from urllib.parse import urlsplit

import trio
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from simulator.admin.problems import Problem, ProblemResponse, problem
from simulator.admin.streaming import MAX_STREAMED, STREAMED_PATHS, StreamedBody

logger = logging.getLogger("khatban.http")

MAX_BODY = 1024 * 1024
"""Octets of a request body that are accepted."""

DISCARDED_BODY = 4 * MAX_BODY
"""Octets of a too long body that are still read: most clients look for the answer only after they have sent it all."""

BODY_TIMEOUT = 10.0
"""Seconds for a body to arrive, counted from its headers, however steadily it trickles."""

SECURITY_HEADERS = (
    ("cache-control", "no-store"),
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ("cross-origin-resource-policy", "same-origin"),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
)
"""Set on an answer that does not set them itself."""

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def guarded(app: ASGIApp, *, max_body: int = MAX_BODY, body_timeout: float = BODY_TIMEOUT) -> ASGIApp:
    """The application behind all guards, the outermost last."""
    app = SameOrigin(app)
    app = BodyLimit(app, max_body, body_timeout)
    app = CrashNet(app)
    return SecurityHeaders(app)


class SecurityHeaders:
    """Adds `SECURITY_HEADERS` to every answer, those of the other guards included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS:
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class CrashNet:
    """Turns an exception of the application into a 500 that says nothing of the inside, and a log entry that does."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        started = False

        async def note_start(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, note_start)
        except Exception:
            # The path is the client's text: repr keeps line breaks out of the log.
            logger.exception("%s %r failed", scope["method"], scope["path"])
            if not started:
                await ProblemResponse(crash_problem())(scope, receive, send)


def crash_problem() -> Problem:
    """The problem of a 500, which never shows internals."""
    return problem(500, "the operator failed to answer this request; its log says why")


class BodyLimit:
    """Reads the whole body before the application runs, within a size and a time.

    API bodies are small, so nothing is gained by streaming them, and an application that answers before it has read
    its body would leave the connection in a state that cannot be used again. The exceptions are `STREAMED_PATHS`.
    """

    def __init__(self, app: ASGIApp, max_body: int, timeout: float) -> None:
        self._app = app
        self._max_body = max_body
        self._timeout = timeout

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["path"] in STREAMED_PATHS and scope["method"] not in SAFE_METHODS:
            streamed = StreamedBody(receive, send, limit=MAX_STREAMED, timeout=self._timeout)
            await self._app(scope, streamed.receive, streamed.send)
            return
        body: bytes | Problem | None = problem(408, f"the body did not arrive within {self._timeout:g} seconds")
        with trio.move_on_after(self._timeout):
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
            if size <= self._max_body:
                body += chunk
            if not message.get("more_body", False) or size > self._max_body + DISCARDED_BODY:
                break
        if size > self._max_body:
            return problem(413, f"the body is longer than {self._max_body} octets")
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


class SameOrigin:
    """Refuses writes that a browser sends on behalf of another site.

    A page anywhere can make a browser post to an operator on the same machine; it cannot keep the browser from saying
    so in Origin (RFC 6454 section 7) or Sec-Fetch-Site (W3C Fetch Metadata). Other clients send neither.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["method"] not in SAFE_METHODS:
            headers = Headers(scope=scope)
            if not _same_site(headers) or not _same_origin(headers):
                refusal = problem(403, "writes from the pages of other sites are refused (Origin, Sec-Fetch-Site)")
                await ProblemResponse(refusal)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _same_site(headers: Headers) -> bool:
    return all(value == "same-origin" for value in headers.getlist("sec-fetch-site"))


def _same_origin(headers: Headers) -> bool:
    host = headers.get("host", "").lower()
    return all(_authority(origin) == host for origin in headers.getlist("origin"))


def _authority(origin: str) -> str | None:
    """Host and port of an Origin; None for `null` and for what is no origin.

    The scheme is not compared: behind a proxy that ends TLS it differs from ours.
    """
    try:
        parts = urlsplit(origin)
    except ValueError:
        return None
    return parts.netloc.lower() or None
