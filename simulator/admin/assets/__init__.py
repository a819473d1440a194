"""The few files of pages that are no part of the console: signing in, and the documentation of the API."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from starlette.responses import Response

_FOLDER: Final = Path(__file__).parent

_MEDIA_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {".css": "text/css", ".html": "text/html", ".js": "text/javascript"}
)

PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self';"
    " base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""Nothing from elsewhere, and nothing that stands in the page itself."""


def text_of(name: str) -> str:
    """What a file holds."""
    return (_FOLDER / name).read_text("utf-8")


def asset(name: str) -> Response:
    """A file as an answer."""
    return asset_of(text_of(name), name)


def asset_of(text: str, name: str, status_code: int = 200) -> Response:
    """The text of a file, filled in, as an answer."""
    # A form that is sent from a page without a referrer bears the Origin "null", which nobody takes for ours.
    headers = {"content-security-policy": PAGE_POLICY, "referrer-policy": "same-origin"}
    return Response(text, status_code, headers, _MEDIA_TYPES[Path(name).suffix])
