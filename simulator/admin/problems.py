"""How the HTTP side says no: RFC 9457 problem details, for every failure from a broken request line to a crash.

This file knows the JSON form only; who fails and why is the business of the callers.
"""

import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, Field
from starlette.responses import JSONResponse

PROBLEM_MEDIA_TYPE = "application/problem+json"
"""RFC 9457 section 3."""

INVALID_REQUEST = "urn:khatban:problem:invalid-request"
INVALID_WORLD = "urn:khatban:problem:invalid-world"


class ProblemItem(BaseModel):
    """One fault of a request."""

    path: str = Field(description="Where: `query.<name>`, or `body.<key>.<key>`.")
    message: str = Field(description="What is wrong there.")


class Problem(BaseModel):
    """Problem details (RFC 9457); `errors` lists every fault that was found, not only the first."""

    type: str = Field(
        default="about:blank", description="The kind of the problem; `about:blank` says no more than status."
    )
    title: str
    status: int
    detail: str
    errors: list[ProblemItem] = Field(default_factory=list)


class ProblemError(Exception):
    """Raised by a resource to answer with a problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


def problem(status: int, detail: str, *, kind: str = "about:blank", errors: Sequence[tuple[str, str]] = ()) -> Problem:
    """Problem details for an HTTP status, with its standard phrase as title.

    Args:
        status: HTTP status code, 400 to 599.
        detail: What went wrong, for a person.
        kind: The `type` URI.
        errors: Pairs of path and message.
    """
    items = [ProblemItem(path=path, message=message) for path, message in errors]
    return Problem(type=kind, title=HTTPStatus(status).phrase, status=status, detail=detail, errors=items)


def encode_json(content: Any) -> bytes:
    """JSON in UTF-8, Persian letters as themselves.

    A lone surrogate has no UTF-8 form; it leaves as its JSON escape, so that whatever a client sent can be named to it.
    """
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", errors="backslashreplace")


class ProblemResponse(JSONResponse):
    """A problem as a response."""

    media_type = PROBLEM_MEDIA_TYPE

    def __init__(self, value: Problem, headers: dict[str, str] | None = None) -> None:
        super().__init__(value.model_dump(mode="python"), status_code=value.status, headers=headers)

    def render(self, content: Any) -> bytes:
        """The body's bytes."""
        return encode_json(content)
