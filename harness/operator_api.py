"""The operator as the harness meets it: the address of its SMPP door, and its HTTP API.

What it tells stays in its JSON form here, for the run directory keeps all of it; values are `khatban_client`'s.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Protocol

import khatban_client
from khatban_client import OperatorError, RefusedError

__all__ = ["Message", "Operator", "OperatorApi", "OperatorError"]

Message = dict[str, Any]
"""A message in the operator's API form; `harness.results` documents where it is kept."""

_ALL: Mapping[str, str] = MappingProxyType({})
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

    def messages(self, filters: Mapping[str, str] = _ALL) -> list[Message]:
        """The messages that it holds and that fit the filters of its API, oldest first."""

    def violations(self, filters: Mapping[str, str]) -> list[dict[str, Any]]:
        """The violations that fit the filters of its API, oldest first."""

    def changes(self) -> list[dict[str, Any]]:
        """What was changed in its registers, oldest first, in the form of its API."""

    def catalogue(self) -> dict[str, Any]:
        """Its rules, clauses and profile: `{"rules": [...], "clauses": [...], "profile": {...}}`."""

    def change(self, table: Mapping[str, Any]) -> str | None:
        """Changes what is registered; why it refuses, or None."""

    def jump(self, *, by: float | None, to: datetime | None) -> datetime:
        """Has its clock jump forward, by seconds or to a moment; what it shows then."""

    def explain(self, source: str, destination: str, text: str, at: datetime | None) -> dict[str, Any]:
        """What would become of a message that is not sent."""

    def switch_fault_on(self, table: Mapping[str, Any]) -> None:
        """Has something go wrong."""

    def switch_faults_off(self) -> None:
        """Has nothing go wrong any more."""

    def faults(self) -> list[dict[str, Any]]:
        """What goes wrong now: of each fault its name and parameters, and how often it has bitten."""

    def call(self, host: str, port: int, password: str) -> None:
        """Has it call an ESME that waits to be told to bind."""

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

    def messages(self, filters: Mapping[str, str] = _ALL) -> list[Message]:
        """The messages that the operator holds and that fit, oldest first.

        Raises:
            OperatorError: It knows no such filter, does not answer, or answers otherwise than documented.
        """
        return self._http.pages("/messages", "messages", filters)

    def violations(self, filters: Mapping[str, str]) -> list[dict[str, Any]]:
        """The violations that fit, oldest first.

        Raises:
            OperatorError: As `messages`.
        """
        return self._http.pages("/violations", "violations", filters)

    def changes(self) -> list[dict[str, Any]]:
        """What was changed in the operator's registers, oldest first.

        Raises:
            OperatorError: As `messages`.
        """
        return self._http.pages("/changes", "changes", _ALL)

    def catalogue(self) -> dict[str, Any]:
        """The operator's rules, clauses and profile.

        Raises:
            OperatorError: It does not answer, or answers otherwise than documented.
        """
        answer = self._operator.rules()
        if not all(isinstance(answer.get(key), list) for key in ("rules", "clauses")):
            raise OperatorError(f"GET /rules: expected rules and clauses, got keys {sorted(answer)}")
        return answer | {"profile": self._http.ask_table("GET", "/profile")}

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

    def jump(self, *, by: float | None, to: datetime | None) -> datetime:
        """Has the operator's clock jump forward; what it shows then.

        Raises:
            OperatorError: It is past that already, or does not answer.
        """
        return self._operator.clock.jump(by, to=to).now

    def explain(self, source: str, destination: str, text: str, at: datetime | None) -> dict[str, Any]:
        """What would become of a message that is not sent, in its API form.

        Raises:
            OperatorError: It does not answer.
        """
        asked = {"from": source, "to": destination, "text": text, "at": at and at.isoformat()}
        return self._http.ask_table("POST", "/explain", body=asked)

    def switch_fault_on(self, table: Mapping[str, Any]) -> None:
        """Has something go wrong.

        Raises:
            OperatorError: There is no such fault, or it does not answer.
        """
        self._operator.faults.switch_on(**table)

    def switch_faults_off(self) -> None:
        """Has nothing go wrong any more.

        Raises:
            OperatorError: It does not answer.
        """
        self._operator.faults.switch_all_off()

    def faults(self) -> list[dict[str, Any]]:
        """What is on now, each in its API form.

        Raises:
            OperatorError: It does not answer.
        """
        return [one.model_dump() for one in self._operator.faults.on()]

    def call(self, host: str, port: int, password: str) -> None:
        """Has the operator call an ESME that waits to be told to bind.

        Raises:
            OperatorError: It calls only loopback addresses, has too many calls waiting, or does not answer.
        """
        self._operator.outbind(port, host, password)

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
