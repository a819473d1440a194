"""`/console/`: the operator's page, served as the files that it is made of; `/` leads there.

The page is markup, style sheets and ES modules in `web/`, without a build step: what is in the folder is what a browser
gets. It reads and alters the operator through `/api/v1` alone, as every other client does.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

WEB: Final = Path(__file__).parent / "web"
CONSOLE_PATH: Final = "/console/"

MEDIA_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        ".css": "text/css; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".svg": "image/svg+xml",
        ".txt": "text/plain; charset=utf-8",
        ".woff2": "font/woff2",
    }
)
"""By the ending of a file's name; the machine's own table may differ, and a browser runs no module of another type."""

_POLICY: Final = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",  # no text becomes markup, whatever a message holds
    "trusted-types 'none'",
)
CONTENT_SECURITY_POLICY: Final = "; ".join(_POLICY)


def console_routes() -> list[Route]:
    """The page and its files, which are looked up once; only these names are served."""
    files = {file.relative_to(WEB).as_posix(): file for file in sorted(WEB.rglob("*")) if file.is_file()}

    async def serve(request: Request) -> Response:
        name = request.path_params["name"] or "index.html"
        if name not in files:
            raise HTTPException(404)
        return _answer(request, name, files[name].read_bytes())

    return [
        Route("/", _lead_to_console),
        Route(CONSOLE_PATH.removesuffix("/"), _lead_to_console),
        Route(CONSOLE_PATH + "{name:path}", serve),
    ]


async def _lead_to_console(_request: Request) -> Response:
    return RedirectResponse(CONSOLE_PATH, 307)


def _answer(request: Request, name: str, content: bytes) -> Response:
    """A file, or 304 where the browser has it as it is: it asks each time, since a new version may be there."""
    tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
    headers = {"cache-control": "no-cache", "etag": tag, "content-security-policy": CONTENT_SECURITY_POLICY}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=MEDIA_TYPES[PurePosixPath(name).suffix], headers=headers)
