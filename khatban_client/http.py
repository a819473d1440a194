"""Calls of the operator's HTTP API, each on a connection of its own: JSON or text in, JSON or text out.

Only the standard library: whatever brings trio along (httpx does) must not get into a process that gevent has patched,
or whose owner never asked for it. A connection for each call leaves nothing to close, to lock or to grow stale in a
fork, and costs less than a millisecond on loopback.
"""

import http.client
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeVar
from urllib.parse import urlencode, urlsplit

from pydantic import TypeAdapter, ValidationError

from khatban_client.errors import OperatorError, Problem, RefusedError
from khatban_client.value import Value

PATIENCE = 30.0
"""Seconds to wait for what the operator answers at once."""
PAGE = 1000
"""Entries of a list that are asked for at once: as many as the operator gives."""
_PIECE = 65_536
_API = "/api/v1"

_CONNECTIONS: Final[Mapping[str, type[http.client.HTTPConnection]]] = MappingProxyType(
    {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
)

V = TypeVar("V", bound=Value)


class Address(NamedTuple):
    """Where a door is. A pair: `host, port = address`."""

    host: str
    port: int

    def __str__(self) -> str:
        """As it stands in a URL."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


_AGENT = "khatban_client"
TOKEN_VARIABLE = "KHATBAN_HTTP_TOKEN"  # noqa: S105 - where it is, not what it is
"""Of the environment: says the operator's token where none is given."""


class Http:
    """The operator's HTTP door.

    Args:
        url: Such as `http://127.0.0.1:8775`.
        token: Shown with every call, where the operator asks for one; left out, what `KHATBAN_HTTP_TOKEN` says.
        origin: Who asks, for the operator's log of mutations.

    Raises:
        ValueError: The URL is no `http://host:port`, or `https://` where a proxy in front of the operator speaks TLS.
    """

    def __init__(self, url: str, token: str | None = None, origin: str = "") -> None:
        parts = urlsplit(url)
        if parts.scheme not in _CONNECTIONS or not parts.hostname or parts.path.strip("/") or parts.query:
            raise ValueError(f"{url!r} is no address of an operator such as http://127.0.0.1:8775")
        self._connection = _CONNECTIONS[parts.scheme]
        self.address = Address(parts.hostname, parts.port or self._connection.default_port)
        self._headers = {"User-Agent": _AGENT}
        if token := os.environ.get(TOKEN_VARIABLE) if token is None else token:
            self._headers["Authorization"] = f"Bearer {token}"
        if origin:
            self._headers["X-Khatban-Origin"] = origin

    def ask(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        patience: float = PATIENCE,
    ) -> Any:
        """What the operator answers, read from JSON; None where the answer is empty.

        Args:
            method: Of HTTP.
            path: Below `/api/v1`, quoted.
            query: What of it is None is left out.
            body: Sent as JSON, unless None.
            patience: Seconds.

        Raises:
            RefusedError: The operator refuses.
            OperatorError: It does not answer, or with something else than JSON.
        """
        content = None if body is None else json.dumps(body).encode()
        headers = {} if body is None else {"Content-Type": "application/json"}
        with self._response(method, path, query, content, headers, patience) as response:
            return _json(response.read(), f"{method} {path}")

    def ask_table(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        """What the operator answers, where that is a JSON object; `options` as of `ask`.

        Raises:
            RefusedError, OperatorError: As `ask`.
        """
        answer = self.ask(method, path, **options)
        if not isinstance(answer, dict):
            raise OperatorError(f"{method} {path}: expected a JSON object, got {answer!r:.200}")
        return answer

    def ask_number(self, method: str, path: str, key: str, **options: Any) -> int:
        """The whole number that an answer has under a key; `options` as of `ask`.

        Raises:
            RefusedError, OperatorError: As `ask`.
        """
        answer = self.ask_table(method, path, **options)
        if not isinstance(answer.get(key), int):
            raise OperatorError(f"{method} {path}: expected {key}, got keys {sorted(answer)}")
        return int(answer[key])

    def read(self, form: type[V], path: str, **query: Any) -> V:
        """What is at a path, as a value.

        Raises:
            RefusedError, OperatorError: As `ask`.
        """
        return as_value(form, self.ask("GET", path, query=query), f"GET {path}")

    def pages(self, path: str, key: str, query: Mapping[str, Any]) -> list[Any]:
        """Every entry of a list that comes in pages, `{key: [...], "total": n}`, as JSON.

        Raises:
            RefusedError, OperatorError: As `ask`.
        """
        found: list[Any] = []
        while True:
            page = self.ask_table("GET", path, query={**query, "limit": PAGE, "offset": len(found)})
            entries, total = page.get(key), page.get("total")
            if not isinstance(entries, list) or not isinstance(total, int):
                raise OperatorError(f"GET {path}: expected {key} and total, got keys {sorted(page)}")
            found += entries
            if not entries or len(found) >= total:
                return found

    def upload(self, path: str, pieces: Iterable[bytes], query: Mapping[str, Any], patience: float = PATIENCE) -> Any:
        """Sends text of any length, piece by piece, and gives the answer.

        Raises:
            RefusedError, OperatorError: As `ask`.
        """
        headers = {"Content-Type": "text/plain", "Transfer-Encoding": "chunked"}
        with self._response("POST", path, query, pieces, headers, patience) as response:
            return _json(response.read(), f"POST {path}")

    def download(self, path: str, query: Mapping[str, Any], patience: float = PATIENCE) -> Iterator[bytes]:
        """Text of any length, piece by piece.

        Raises:
            RefusedError, OperatorError: As `ask`.
        """
        with self._response("GET", path, query, None, {}, patience) as response:
            while piece := response.read(_PIECE):
                yield piece

    @contextmanager
    def _response(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any] | None,
        content: bytes | Iterable[bytes] | None,
        headers: Mapping[str, str],
        patience: float,
    ) -> Iterator[http.client.HTTPResponse]:
        call, connection = f"{method} {path}", self._connection(*self.address, timeout=patience)
        given = {name: _written(value) for name, value in (query or {}).items() if value is not None}
        target = f"{_API}{path}?{urlencode(given)}" if given else f"{_API}{path}"
        sent = {**self._headers, **headers, "Connection": "close"}
        try:
            with suppress(BrokenPipeError, ConnectionResetError):  # it may refuse before it has read everything
                connection.request(method, target, content, sent, encode_chunked="Transfer-Encoding" in headers)
            response = connection.getresponse()
            if response.status >= http.client.BAD_REQUEST:
                raise RefusedError(call, _problem(response))
            yield response
        except (OSError, http.client.HTTPException) as error:
            raise OperatorError(f"{call}: {type(error).__name__}: {error}") from error
        finally:
            connection.close()


def as_value(form: type[V], answer: Any, call: str) -> V:
    """An answer as a value.

    Raises:
        OperatorError: It is none.
    """
    try:
        return form.model_validate(answer)
    except ValidationError as error:
        raise OperatorError(_misread(call, error)) from error


def as_values(form: type[V], answer: Any, call: str) -> list[V]:
    """An answer as a list of values.

    Raises:
        OperatorError: It is none.
    """
    try:
        return TypeAdapter(list[form]).validate_python(answer)  # type: ignore[valid-type] # made at run time
    except ValidationError as error:
        raise OperatorError(_misread(call, error)) from error


def _misread(call: str, error: ValidationError) -> str:
    faults = [f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors(include_url=False)]
    return f"{call}: not the answer that is documented: {'; '.join(faults)}"


def _json(content: bytes, call: str) -> Any:
    if not content:
        return None
    try:
        return json.loads(content)
    except ValueError:
        raise OperatorError(f"{call}: expected JSON, got {content[:200].decode(errors='replace')!r}") from None


def _written(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def _problem(response: http.client.HTTPResponse) -> Problem:
    """What a refusal tells; of something that is no operator, its status alone."""
    try:
        told = json.loads(response.read())
        return Problem.model_validate({**told, "status": response.status})
    except (ValueError, TypeError):
        return Problem(title=response.reason, status=response.status)
