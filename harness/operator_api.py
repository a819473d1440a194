"""The operator as the harness meets it: the address of its SMPP door, and its HTTP API.

What it tells stays in its JSON form here, for the run directory keeps all of it; values are `khatban_client`'s.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

import khatban_client
from khatban_client import OperatorError, RefusedError

__all__ = ["Message", "Operator", "OperatorApi", "OperatorError"]

Message = dict[str, Any]
"""A message in the operator's API form; `harness.results` documents where it is kept."""

_CONFLICT, _UNPROCESSABLE = 409, 422


class Operator(Protocol):
    """What steps and the runner need of the operator."""

    @property
    def smpp(self) -> tuple[str, int]:
        """Host and port of its SMPP door."""

    @property
    def url(self) -> str:
        """Where its HTTP API begins, with the version."""

    def reset(self, world: Mapping[str, Any], start: datetime, speed: float) -> None:
        """Closes all sessions, forgets all messages, and begins again with a world and a clock."""

    def messages(self) -> list[Message]:
        """Every message that it holds, oldest first."""

    def catalogue(self) -> dict[str, Any]:
        """Its rules and clauses: `{"rules": [...], "clauses": [...]}`."""

    def change(self, table: Mapping[str, Any]) -> str | None:
        """Changes what is registered; why it refuses, or None."""

    def jump(self, *, by: float | None, to: datetime | None) -> None:
        """Has its clock jump forward, by seconds or to a moment."""

    def receive_mo(self, source: str, destination: str, text: str) -> str | None:
        """Has a subscriber write; what is written back to him, if anything."""

    def line(self, number: str) -> dict[str, Any]:
        """A registered line."""

    def request(self, number: int) -> dict[str, Any]:
        """A request for a service line."""


class OperatorApi:
    """The operator over HTTP.

    Args:
        operator: Where it is.
    """

    def __init__(self, operator: khatban_client.Operator) -> None:
        self._operator, self._http = operator, operator.http

    @property
    def smpp(self) -> tuple[str, int]:
        """Host and port of the SMPP door."""
        return self._operator.smpp

    @property
    def url(self) -> str:
        """Where the HTTP API begins, with the version."""
        return f"{self._operator.url}/api/v1"

    def reset(self, world: Mapping[str, Any], start: datetime, speed: float) -> None:
        """Closes all sessions, forgets all messages, and begins again with a world and a clock.

        Raises:
            OperatorError: It refuses the world or the clock, or does not answer.
        """
        self._operator.reset(world, start=start, speed=speed)

    def messages(self) -> list[Message]:
        """Every message that the operator holds, oldest first.

        Raises:
            OperatorError: It does not answer, or answers otherwise than documented.
        """
        return self._http.pages("/messages", "messages", {})

    def catalogue(self) -> dict[str, Any]:
        """The operator's rules and clauses.

        Raises:
            OperatorError: It does not answer, or answers otherwise than documented.
        """
        answer = self._operator.rules()
        if not all(isinstance(answer.get(key), list) for key in ("rules", "clauses")):
            raise OperatorError(f"GET /rules: expected rules and clauses, got keys {sorted(answer)}")
        return answer

    def change(self, table: Mapping[str, Any]) -> str | None:
        """Changes what is registered; why the operator refuses, or None.

        A change that cannot be, whatever is registered, is refused as well.

        Raises:
            OperatorError: It does not answer.
        """
        try:
            self._http.ask("POST", "/changes", body=dict(table))
        except RefusedError as error:
            if error.status not in (_CONFLICT, _UNPROCESSABLE):
                raise
            return str(error.problem)
        return None

    def jump(self, *, by: float | None, to: datetime | None) -> None:
        """Has the operator's clock jump forward.

        Raises:
            OperatorError: It is past that already, or does not answer.
        """
        self._operator.clock.jump(by, to=to)

    def receive_mo(self, source: str, destination: str, text: str) -> str | None:
        """Has a subscriber write; what is written back to him, if anything.

        Raises:
            OperatorError: It knows no such number, or does not answer.
        """
        return self._operator.mo.send(source, destination, text).reply

    def line(self, number: str) -> dict[str, Any]:
        """A registered line in its API form.

        Raises:
            OperatorError: There is none, or it does not answer.
        """
        return self._http.ask_table("GET", f"/lines/{number}")

    def request(self, number: int) -> dict[str, Any]:
        """A request for a service line in its API form.

        Raises:
            OperatorError: There is none, or it does not answer.
        """
        return self._http.ask_table("GET", f"/requests/{number}")
