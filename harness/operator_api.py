"""The operator as the harness meets it: the addresses of its doors and its HTTP API (`/api/v1`).

It knows the API's paths and shapes and nothing of how the operator is started or built.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol, Self

import httpx

Message = dict[str, Any]
"""A message in the operator's API form; `harness.results` documents where it is kept."""

_PAGE = 1000
_PATIENCE = 10.0
_REFUSALS = (httpx.codes.CONFLICT, httpx.codes.UNPROCESSABLE_ENTITY)


class OperatorError(Exception):
    """The operator is gone, does not answer, or refuses what the harness asks; says which call and why."""


class OperatorRefusalError(OperatorError):
    """The operator says why what was asked cannot be: as things are (409), or whatever they were (422)."""

    def __init__(self, call: str, status: int, why: str) -> None:
        self.why = why
        super().__init__(f"{call}: {status} {why}")


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
    """The operator over HTTP. A context manager, which closes the client.

    Args:
        smpp: Host and port of its SMPP door.
        http: Host and port of its HTTP door.
        transport: Another way to it, for tests.
    """

    def __init__(
        self, smpp: tuple[str, int], http: tuple[str, int], transport: httpx.BaseTransport | None = None
    ) -> None:
        self._smpp = smpp
        host = f"[{http[0]}]" if ":" in http[0] else http[0]
        self._url = f"http://{host}:{http[1]}/api/v1"
        # trust_env off: a proxy of the environment must not stand between the harness and a loopback address.
        self._client = httpx.Client(base_url=self._url, timeout=_PATIENCE, trust_env=False, transport=transport)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._client.close()

    @property
    def smpp(self) -> tuple[str, int]:
        """Host and port of the SMPP door."""
        return self._smpp

    @property
    def url(self) -> str:
        """Where the HTTP API begins, with the version."""
        return self._url

    def reset(self, world: Mapping[str, Any], start: datetime, speed: float) -> None:
        """Closes all sessions, forgets all messages, and begins again with a world and a clock.

        Raises:
            OperatorError: It refuses the world or the clock, or does not answer.
        """
        clock = {"start": start.isoformat(), "speed": speed}
        self._call("POST", "/reset", json={"world": dict(world), "clock": clock})

    def messages(self) -> list[Message]:
        """Every message that the operator holds, oldest first.

        Raises:
            OperatorError: It does not answer, or answers otherwise than documented.
        """
        found: list[Message] = []
        while True:
            page = self._call("GET", "/messages", params={"limit": _PAGE, "offset": len(found)})
            messages = page.get("messages")
            if not isinstance(messages, list) or not isinstance(page.get("total"), int):
                raise OperatorError(f"GET /messages: expected messages and total, got keys {sorted(page)}")
            found += messages
            if not messages or len(found) >= page["total"]:
                return found

    def catalogue(self) -> dict[str, Any]:
        """The operator's rules and clauses.

        Raises:
            OperatorError: It does not answer, or answers otherwise than documented.
        """
        answer = self._call("GET", "/rules")
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
            self._call("POST", "/changes", json=dict(table))
        except OperatorRefusalError as error:
            return error.why
        return None

    def jump(self, *, by: float | None, to: datetime | None) -> None:
        """Has the operator's clock jump forward.

        Raises:
            OperatorError: It is past that already, or does not answer.
        """
        self._call("POST", "/clock/jump", json={"by": by} if to is None else {"to": to.isoformat()})

    def receive_mo(self, source: str, destination: str, text: str) -> str | None:
        """Has a subscriber write; what is written back to him, if anything.

        Raises:
            OperatorError: It knows no such number, or does not answer.
        """
        reply = self._call("POST", "/mo", json={"from": source, "to": destination, "text": text}).get("reply")
        return None if reply is None else str(reply)

    def now(self) -> datetime:
        """What its clock shows.

        Raises:
            OperatorError: It does not answer.
        """
        return datetime.fromisoformat(str(self._call("GET", "/clock")["now"]))

    def line(self, number: str) -> dict[str, Any]:
        """A registered line in its API form.

        Raises:
            OperatorError: There is none, or it does not answer.
        """
        return self._call("GET", f"/lines/{number}")

    def request(self, number: int) -> dict[str, Any]:
        """A request for a service line in its API form.

        Raises:
            OperatorError: There is none, or it does not answer.
        """
        return self._call("GET", f"/requests/{number}")

    def switch_on(self, fault: Mapping[str, Any]) -> int:
        """Switches a fault on (docs/faults.md); the number by which the operator knows it.

        Raises:
            OperatorError: There is no such fault, or it does not answer.
        """
        return int(self._call("POST", "/faults", json=dict(fault))["id"])

    def bites(self) -> dict[int, int]:
        """How often each fault that is on has bitten, by its number; one that has ended is on no more.

        Raises:
            OperatorError: It does not answer.
        """
        return {int(each["id"]): int(each["bites"]) for each in self._call("GET", "/faults")["on"]}

    def sessions(self) -> list[int]:
        """The numbers of the sessions that are bound, in the order of their binding.

        Raises:
            OperatorError: It does not answer.
        """
        return [int(each["id"]) for each in self._call("GET", "/sessions")["sessions"]]

    def unbind(self, session: int) -> None:
        """Has the operator unbind a session.

        Raises:
            OperatorError: There is none, or it does not answer.
        """
        self._call("POST", f"/sessions/{session}/unbind")

    def drop(self, session: int) -> None:
        """Has the operator close the connection of a session, as a broken line does.

        Raises:
            OperatorError: There is none, or it does not answer.
        """
        self._call("DELETE", f"/sessions/{session}")

    def switch_all_off(self) -> None:
        """Switches every fault off.

        Raises:
            OperatorError: It does not answer.
        """
        self._call("DELETE", "/faults")

    def _call(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        try:
            response = self._client.request(method, path, **options)
        except httpx.HTTPError as error:
            raise OperatorError(f"{method} {path}: {type(error).__name__}: {error}") from error
        if response.status_code == httpx.codes.NO_CONTENT:
            return {}
        try:
            answer = response.json()
        except ValueError:
            answer = None
        if response.status_code in _REFUSALS:
            raise OperatorRefusalError(f"{method} {path}", response.status_code, _problem_text(answer))
        if response.is_error:
            raise OperatorError(f"{method} {path}: {response.status_code} {_problem_text(answer)}".rstrip())
        if not isinstance(answer, dict):
            raise OperatorError(f"{method} {path}: expected a JSON object, got {response.text[:200]!r}")
        return answer


def _problem_text(answer: Any) -> str:
    """A problem document (RFC 9457) as one line: its detail and each fault with its path."""
    if not isinstance(answer, dict):
        return ""
    faults = answer.get("errors") or []
    listed = [f"{fault.get('path')}: {fault.get('message')}" for fault in faults if isinstance(fault, dict)]
    return "; ".join([str(answer.get("detail") or answer.get("title") or ""), *listed])
