"""Signing in with a browser: a form for the token, and a cookie instead of it.

A browser cannot show a token when it opens a page or an event stream, so it gets a cookie: a number that says nothing,
is known to this process only, is not shown to scripts (HttpOnly) and not sent from other sites (SameSite=Strict).
"""

import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import parse_qsl

import trio
from starlette.datastructures import Headers
from starlette.requests import Request, cookie_parser
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from simulator.admin.assets import asset_of, text_of
from simulator.admin.problems import ProblemResponse, problem

LOGIN: Final = "/login"
LOGOUT: Final = "/logout"
STYLE: Final = "/login/page.css"

SESSION_SECONDS: Final = 12 * 3600
MAX_SESSIONS: Final = 100
"""Sign-ins that are remembered; the oldest is forgotten first."""

_FAILED: Final = """<p class="bad">That is not the token. <span lang="fa" dir="rtl">رمز درست نیست.</span></p>"""


class Sessions:
    """Who has signed in: numbers that nobody guesses, each for some hours."""

    def __init__(self) -> None:
        self._ends: OrderedDict[str, float] = OrderedDict()

    def begin(self, now: float) -> str:
        """A new number."""
        number = secrets.token_urlsafe(32)
        self._ends[number] = now + SESSION_SECONDS
        if len(self._ends) > MAX_SESSIONS:
            self._ends.popitem(last=False)
        return number

    def end(self, number: str) -> None:
        """Forgets a number."""
        self._ends.pop(number, None)

    def has(self, number: str, now: float) -> bool:
        """Whether a number is known, and its time not over."""
        return self._ends.get(number, now) > now


class Login:
    """The pages of signing in and out."""

    def __init__(self, fits: Callable[[Scope, str], Awaitable[bool]]) -> None:
        """`fits` says whether a text is the token, after a while where somebody keeps guessing."""
        self._fits = fits
        self._sessions = Sessions()

    def is_signed_in(self, headers: Headers) -> bool:
        """Whether a request comes from a browser in which somebody signed in."""
        return self._sessions.has(_shown(headers), trio.current_time())

    async def sign_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The form; and, once it was sent, a cookie and the page that was asked for."""
        answers = {"GET": self._form, "HEAD": self._form, "POST": self._take}
        answer = answers.get(scope["method"], _not_possible)
        await (await answer(Request(scope, receive)))(scope, receive, send)

    async def sign_out(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Forgets the browser."""
        request = Request(scope, receive)
        if scope["method"] != "POST":
            await (await _not_possible(request))(scope, receive, send)
            return
        self._sessions.end(_shown(request.headers))
        answer = RedirectResponse(LOGIN, 303)
        answer.delete_cookie(_cookie(request.headers), httponly=True, samesite="strict")
        await answer(scope, receive, send)

    async def _form(self, _request: Request) -> Response:
        return asset_of(text_of("login.html"), "login.html")

    async def _take(self, request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode("latin-1")))
        if not await self._fits(request.scope, form.get("token", "").strip()):
            return asset_of(text_of("login.html").replace("<!--failed-->", _FAILED), "login.html", 401)
        answer = RedirectResponse(_local(request.query_params.get("next", "/")), 303)
        number = self._sessions.begin(trio.current_time())
        answer.set_cookie(_cookie(request.headers), number, SESSION_SECONDS, httponly=True, samesite="strict")
        return answer


async def _not_possible(request: Request) -> Response:
    return ProblemResponse(problem(405, f"{request.method} is not possible here"), headers={"allow": "GET, HEAD, POST"})


def _shown(headers: Headers) -> str:
    return cookie_parser(headers.get("cookie", "")).get(_cookie(headers), "")


def _cookie(headers: Headers) -> str:
    """The cookie's name: browsers give all ports of a host the same cookies, and operators may be neighbours."""
    port = headers.get("host", "").rpartition(":")[2]
    return f"khatban-{port}" if port.isascii() and port.isdigit() else "khatban"


def _local(target: str) -> str:
    """A page of ours, whatever a link to the form asked for."""
    is_ours = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if is_ours and target.isprintable() else "/"
