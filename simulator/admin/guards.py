"""What every request passes before it meets a resource: size, time, origin, and a net under a crash.

These wrap any ASGI application; the order matters and stands in `guarded`.
"""

import logging
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from simulator.admin.access import Access
from simulator.admin.bodies import BodyLimit, BodyLimits
from simulator.admin.gate import Gate
from simulator.admin.origins import KnownHost, SameOrigin
from simulator.admin.problems import Problem, ProblemResponse, problem

logger = logging.getLogger("khatban.http")

SECURITY_HEADERS: Final = (
    ("cache-control", "no-store"),
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ("cross-origin-resource-policy", "same-origin"),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
)
"""Set on an answer that does not set them itself."""


def guarded(app: ASGIApp, access: Access, limits: BodyLimits) -> ASGIApp:
    """The application behind all guards, the outermost last."""
    app = SameOrigin(app)
    app = BodyLimit(app, limits)
    if access.token is not None:
        app = Gate(app, access.token, limits)
    app = KnownHost(app, access.names, limits)
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
