"""What a resource is: one part of the operator's HTTP API, asked through its door."""

import time
from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from khatban_client.http import Http, as_values
from khatban_client.value import Value

LONGEST_WAIT = 60.0
"""Seconds that the operator lets one call wait."""
_ANSWER = 10.0
"""Seconds for the answer itself, after the waiting."""

V = TypeVar("V", bound=Value)


class Resource:
    """A part of the API. Every method raises `RefusedError` or `OperatorError`, as `Http.ask` does.

    Args:
        http: The operator's door.
    """

    path: ClassVar[str]
    """Where it is, below `/api/v1`."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def _all(self, form: type[V], key: str, query: dict[str, Any]) -> list[V]:
        """Every entry of a list that comes in pages, `{key: [...], "total": n}`."""
        return as_values(form, self._http.pages(self.path, key, query), f"GET {self.path}")

    def _come(self, count: int, seconds: float, query: Mapping[str, Any]) -> None:
        """Returns when a list that can be waited for has so many entries, or when the time is over."""
        end = time.monotonic() + seconds
        while (left := min(end - time.monotonic(), LONGEST_WAIT)) > 0:
            asked = {**query, "wait": left, "count": count}
            if self._http.ask_number("GET", self.path, "total", query=asked, patience=left + _ANSWER) >= count:
                return

    def _change(self, kind: str, **fields: Any) -> int:
        """Makes a change, of what is not None; its number in the journal."""
        given = {name: value for name, value in fields.items() if value is not None}
        return self._http.ask_number("POST", "/changes", "id", body={"kind": kind, **given})
