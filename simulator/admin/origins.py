"""Whose page it is that has a browser send a request, and by which name it asks for the operator."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from simulator.admin.access import is_called
from simulator.admin.bodies import SAFE_METHODS, BodyLimits, ShortBody
from simulator.admin.problems import ProblemResponse, problem


class KnownHost:
    """Refuses requests by a host name that is not the operator's.

    A page of another site that lets its own name point to this machine (DNS rebinding) is of one origin with us in the
    eyes of the browser; the name that it asks by is what gives it away.
    """

    def __init__(self, app: ASGIApp, names: tuple[str, ...], limits: BodyLimits) -> None:
        self._app = app
        self._names = names
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        host = Headers(scope=scope).get("host")  # HTTP/1.0 needs none, and no browser speaks that
        if host is None or is_called(host, self._names):
            await self._app(scope, receive, send)
            return
        detail = f"this operator is not called {host!r}; names besides localhost and addresses: server.http_names"
        await ShortBody(ProblemResponse(problem(421, detail)), self._limits)(scope, receive, send)


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
