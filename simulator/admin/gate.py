"""Lets requests through that show the operator's token, or come from a browser in which somebody signed in by it."""

from typing import Final
from urllib.parse import quote

import trio
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from simulator.admin.access import Token
from simulator.admin.assets import asset
from simulator.admin.bodies import BodyLimits, ShortBody
from simulator.admin.login import LOGIN, LOGOUT, STYLE, Login
from simulator.admin.origins import SameOrigin
from simulator.admin.problems import ProblemResponse, problem
from simulator.center.failed_binds import FailedBinds

OPEN_PATHS: Final = frozenset({"/livez", "/readyz", "/console/khatban.svg"})
"""What everybody may ask: whether the operator is there, and its mark."""
OPEN_FOLDERS: Final = ("/console/style/", "/console/fonts/")
"""How the page on which one signs in looks."""

MAX_FORM: Final = 4_096
"""Octets of the form by which one signs in."""


class Gate:
    """Asks every request for the token."""

    def __init__(self, app: ASGIApp, token: Token, limits: BodyLimits) -> None:
        self._app = app
        self._token = token
        self._limits = limits
        self._failures = FailedBinds()
        self._login = Login(self._fits)
        form = limits._replace(size=MAX_FORM)
        self._pages: dict[str, ASGIApp] = {
            LOGIN: ShortBody(SameOrigin(self._login.sign_in), form),
            LOGOUT: ShortBody(SameOrigin(self._login.sign_out), form),
            STYLE: ShortBody(asset("login.css"), form),
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        path, headers = scope["path"], Headers(scope=scope)
        if path in self._pages:
            await self._pages[path](scope, receive, send)
        elif (
            path in OPEN_PATHS
            or path.startswith(OPEN_FOLDERS)
            or await self._shows_token(scope, headers)
            or self._login.is_signed_in(headers)
        ):
            await self._app(scope, receive, send)
        elif scope["method"] == "GET" and "text/html" in headers.get("accept", ""):
            await ShortBody(RedirectResponse(f"{LOGIN}?next={quote(path)}", 303), self._limits)(scope, receive, send)
        else:
            refusal = problem(401, "this operator asks for its token: Authorization: Bearer TOKEN")
            answer = ProblemResponse(refusal, headers={"www-authenticate": 'Bearer realm="khatban"'})
            await ShortBody(answer, self._limits)(scope, receive, send)

    async def _shows_token(self, scope: Scope, headers: Headers) -> bool:
        kind, _, shown = headers.get("authorization", "").partition(" ")
        return kind.lower() == "bearer" and await self._fits(scope, shown.strip())

    async def _fits(self, scope: Scope, shown: str) -> bool:
        """Whether it is the token; one who keeps guessing hears late that it is not."""
        address = str((scope.get("client") or ("",))[0])
        if self._token.fits(shown):
            self._failures.succeeded(address)
            return True
        await trio.sleep(self._failures.failed(address, trio.current_time()))
        return False
