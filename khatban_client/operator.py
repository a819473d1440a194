"""The operator over HTTP: its resources, and what is asked of it as a whole."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from khatban_client.errors import OperatorError
from khatban_client.http import PATIENCE, Address, Http, as_value
from khatban_client.messages import Explanation
from khatban_client.profile import Profile
from khatban_client.resources.accounts import Accounts
from khatban_client.resources.blacklist import Blacklist
from khatban_client.resources.changes import Changes
from khatban_client.resources.clock import Clock, Time
from khatban_client.resources.faults import Faults
from khatban_client.resources.header_stops import HeaderStops
from khatban_client.resources.lines import Lines
from khatban_client.resources.messages import MessageFilters, Messages
from khatban_client.resources.mo import Mo
from khatban_client.resources.mutations import Mutations
from khatban_client.resources.patterns import Patterns
from khatban_client.resources.requests import Requests
from khatban_client.resources.sessions import Sessions
from khatban_client.resources.subscribers import Subscribers
from khatban_client.resources.violations import Violations
from khatban_client.verification import Expectation, Report

World = Mapping[str, Any]
"""A world's table as in a world file: `extends`, `profile`, `accounts`, `lines`, `patterns`, `blacklist`..."""


class Operator:
    """An operator that runs somewhere. Holds no connection, so that nothing is to be closed; any thread may ask.

    Every method raises `RefusedError` where the operator says no, and `OperatorError` where it does not answer.

    Args:
        url: Its HTTP door, such as `http://127.0.0.1:8775`.
        smpp: Its SMPP door, where that is known already.
        token: Shown with every call, where the operator asks for one; left out, what `KHATBAN_HTTP_TOKEN` says.
        origin: Who asks, such as a test by its name, for the operator's log of mutations.

    Raises:
        ValueError: The URL is no `http://host:port`.
    """

    def __init__(
        self, url: str, smpp: tuple[str, int] | None = None, token: str | None = None, origin: str = ""
    ) -> None:
        self.url = url.rstrip("/")
        self.http = Http(url, token, origin)
        self._smpp = None if smpp is None else Address(*smpp)
        self.messages = Messages(self.http)
        self.changes = Changes(self.http)
        self.accounts = Accounts(self.http)
        self.lines = Lines(self.http)
        self.patterns = Patterns(self.http)
        self.requests = Requests(self.http)
        self.violations = Violations(self.http)
        self.blacklist = Blacklist(self.http)
        self.header_stops = HeaderStops(self.http)
        self.mo = Mo(self.http)
        self.subscribers = Subscribers(self.http)
        self.sessions = Sessions(self.http)
        self.clock = Clock(self.http)
        self.faults = Faults(self.http)
        self.mutations = Mutations(self.http)

    def __repr__(self) -> str:
        return f"Operator({self.url!r})"

    @property
    def smpp(self) -> Address:
        """Host and port of the SMPP door; asked for once, where it was not said.

        Raises:
            OperatorError: It has none, or does not answer.
        """
        if self._smpp is None:
            door: Any = self.http.ask_table("GET", "/doors").get("smpp")
            try:
                self._smpp = Address(str(door["host"]), int(door["port"]))
            except (TypeError, KeyError, ValueError):
                raise OperatorError(f"GET /doors: expected an SMPP door, got {door!r}") from None
        return self._smpp

    def explain(self, source: str, to: str, text: str, at: datetime | None = None) -> Explanation:
        """What would become of a message, without sending it.

        Args:
            source: The originator.
            to: The recipient.
            text: What is sent.
            at: When; the operator's now.
        """
        asked = {"from": source, "to": to, "text": text, "at": at and at.isoformat()}
        return as_value(Explanation, self.http.ask("POST", "/explain", body=asked), "POST /explain")

    def verify(
        self,
        *expected: Expectation,
        only: bool = False,
        among: MessageFilters | None = None,
        seconds: float = 0.0,
    ) -> Report:
        """Holds expected messages against what came, with the nearest misses explained field by field.

        Args:
            expected: Each by itself; a message may fit several.
            only: Whether anything else that came is wrong.
            among: Only these messages are looked at.
            seconds: How long to wait until it is so, 60 at most.
        """
        filters = {
            name: value.isoformat() if isinstance(value, datetime) else value for name, value in (among or {}).items()
        }
        asked = {"expected": expected, "only": only, "among": filters, "wait": seconds}
        answer = self.http.ask("POST", "/verify", body=asked, patience=seconds + PATIENCE)
        return as_value(Report, answer, "POST /verify")

    def reset(
        self,
        world: World | None = None,
        *,
        snapshot: Mapping[str, Any] | None = None,
        start: datetime | None = None,
        speed: float | None = None,
        parts: Collection[str] | None = None,
    ) -> Time:
        """Ends every session, forgets every message, and begins anew; what is left out is as at the operator's start.

        Args:
            world: Another world.
            snapshot: Instead: what `snapshot` gave.
            start: What time it is then; else the real time.
            speed: Seconds of the operator in a real one; 0 stands still; else 1.
            parts: Only these begin anew, in the present world: `messages`, `sessions`, `faults`, `clock`, `registers`
                or some of them (`lines`, `blacklist`, `subscribers`, `accounts`, `profile`), `mutations`.
        """
        asked = {
            "world": world and dict(world),
            "snapshot": snapshot and dict(snapshot),
            "clock": {"start": start and start.isoformat(), "speed": speed},
            "parts": None if parts is None else list(parts),
        }
        body = {name: value for name, value in asked.items() if value is not None}
        return as_value(Time, self.http.ask("POST", "/reset", body=body), "POST /reset")

    def snapshot(self) -> dict[str, Any]:
        """The world as it is now, to begin with again."""
        return self.http.ask_table("GET", "/snapshot")

    def rules(self) -> dict[str, Any]:
        """Every rule in the order in which they judge, and every clause: `{"rules": [...], "clauses": [...]}`."""
        return self.http.ask_table("GET", "/rules")

    def profile(self) -> Profile:
        """How it answers: every value with its basis, and those that were changed in this run."""
        return self.http.read(Profile, "/profile")

    def outbind(self, port: int, host: str = "127.0.0.1", password: str = "") -> None:
        """Has it call an ESME that listens on loopback, and send outbind."""
        self.http.ask("POST", "/outbinds", body={"host": host, "port": port, "password": password})

    def alert(self, account: str, subscriber: str, line: str = "", availability: str = "available") -> int:
        """Tells an account by alert_notification that a subscriber can be reached; how many sessions were told."""
        body = {"account": account, "subscriber": subscriber, "line": line, "availability": availability}
        return self.http.ask_number("POST", "/alerts", "binds", body=body)
