"""What a resource is: one part of the operator's HTTP API, asked through its door."""

from typing import Any, ClassVar, TypeVar

from khatban_client.http import Http, as_values
from khatban_client.value import Value

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

    def _change(self, kind: str, **fields: Any) -> int:
        """Makes a change, of what is not None; its number in the journal."""
        given = {name: value for name, value in fields.items() if value is not None}
        return self._http.ask_number("POST", "/changes", "id", body={"kind": kind, **given})
