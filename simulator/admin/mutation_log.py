"""Notes every request that may alter something, with who asked, what, and what became of it, before the answer leaves.

So a run can be told apart from what was done to it. Requests that no operation took (401, 404, 405, 413) altered
nothing and are not noted; nor are questions that have a body and are therefore asked by POST.
"""

import json
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from simulator.admin.bodies import SAFE_METHODS
from simulator.admin.streaming import STREAMED_PATHS
from simulator.center.operator import Operator
from simulator.messages import Mutation

ORIGIN_HEADER: Final = "x-khatban-origin"
"""Where a client says who it is: a test by its name, the page, the command line."""

QUESTIONS: Final = frozenset({"/api/v1/explain", "/api/v1/verify"})
"""What is asked by POST and alters nothing."""

_SECRETS: Final = frozenset({"password", "secret", "token"})
_HIDDEN: Final = "•••"
_TEXT, _LIST, _BODY, _HEADER = 200, 20, 4_096, 200
"""Characters of a string, entries of a list, characters of a whole body and of a header that are kept."""
_CHANGES: Final = "khatban.changes"


def brought_about(request: Request, change: int) -> None:
    """Has a request's note tell that it brought a change of the registers about, by its number in the journal."""
    request.scope.setdefault(_CHANGES, []).append(change)


class MutationLog:
    """The log of one operator, around its application."""

    def __init__(self, app: ASGIApp, operator: Operator) -> None:
        self._app = app
        self._operator = operator

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] in SAFE_METHODS or scope["path"] in QUESTIONS:
            await self._app(scope, receive, send)
            return
        body = bytearray()
        begun: Message | None = None

        async def receive_and_keep() -> Message:
            message = await receive()
            if scope["path"] not in STREAMED_PATHS:
                body.extend(message.get("body", b""))
            return message

        async def note_and_send(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = message  # until the answer's body says why, if it is a refusal
                return
            if begun is not None:
                self._note(scope, bytes(body), begun["status"], message.get("body", b""))
                await send(begun)
                begun = None
            await send(message)

        try:
            await self._app(scope, receive_and_keep, note_and_send)
        except Exception:
            self._note(scope, bytes(body), 500, b"")
            raise

    def _note(self, scope: Scope, body: bytes, status: int, answer: bytes) -> None:
        if "endpoint" not in scope or status == 405:
            return
        headers = Headers(scope=scope)
        query = scope["query_string"].decode("latin-1")
        mutation = Mutation(
            number=0,
            at=0.0,
            wall=0.0,
            method=scope["method"],
            path=scope["path"] + (f"?{query}" if query else ""),
            client=str((scope.get("client") or ("",))[0]),
            origin=headers.get(ORIGIN_HEADER, "")[:_HEADER],
            agent=headers.get("user-agent", "")[:_HEADER],
            body=legible(body),
            status=status,
            outcome=_detail(answer) if status >= 400 else "",
            changes=json.dumps(scope.get(_CHANGES, [])),
        )
        self._operator.note(mutation)


def _detail(answer: bytes) -> str:
    try:
        return str(json.loads(answer)["detail"])
    except (ValueError, KeyError, TypeError):
        return "it failed"


def legible(body: bytes) -> str | None:
    """A body as JSON, without secrets and cut where it is long; None where there is none, or it is no JSON."""
    try:
        value = json.loads(body) if body else None
    except (ValueError, RecursionError):
        return None
    if value is None:
        return None
    text = _dumped(_cut(value))
    if len(text) <= _BODY:
        return text
    if isinstance(value, dict):
        text = _dumped({str(key)[:_TEXT]: _measured(inner) for key, inner in value.items()})
    return text if len(text) <= _BODY else _dumped(_measured(value))


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace").decode()


def _cut(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _HIDDEN if key in _SECRETS and isinstance(inner, str) else _cut(inner) for key, inner in value.items()
        }
    if isinstance(value, list):
        more = [f"… and {len(value) - _LIST} more"] if len(value) > _LIST else []
        return [*map(_cut, value[:_LIST]), *more]
    if isinstance(value, str) and len(value) > _TEXT:
        return f"{value[:_TEXT]}…"
    return value


def _measured(value: Any) -> Any:
    """What is too long, by its length only."""
    if isinstance(value, dict | list | str):
        cut = _cut(value)
        return cut if len(_dumped(cut)) <= _TEXT else f"… {len(_dumped(value))} characters of JSON"
    return value
