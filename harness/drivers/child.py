"""What the children that are written in Python share: the loop of commands and sockets, and how one reports.

It imports nothing of the operator, so that a child stays a foreign witness.
"""

import json
import os
import re
import select
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from harness.driver import SUBMIT_FIELDS, Capability

_RECEIPT_WORDS = {key: re.compile(rf"\b{key}:\s*(\S+)", re.IGNORECASE) for key in ("id", "stat", "err")}


class ChildError(Exception):
    """A command cannot be carried out; says why."""


@dataclass(frozen=True, kw_only=True)
class Bind:
    """The command `bind`, as `harness.driver` describes it."""

    seed: int
    host: str
    port: int
    operator: str
    type: str
    system_id: str
    password: str
    tls: Mapping[str, Any] | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)

    def needs(self) -> Iterator[Capability]:
        """What a client must be able to do for it."""
        yield Capability(self.type)
        if self.tls is not None:
            yield Capability.TLS
        if self.fields:
            yield Capability.BIND_FIELDS


@dataclass(frozen=True, kw_only=True)
class Submit:
    """The command `submit`, likewise."""

    tag: str
    source: str
    destination: str
    receipt: bool
    text: str = ""
    octets: str | None = None
    also_to: Sequence[str] = ()
    schedule: str = ""
    validity: str = ""
    payload: bool = False
    pdu: str = "submit_sm"
    fields: Mapping[str, Any] = field(default_factory=dict)
    tlvs: Sequence[Mapping[str, Any]] = ()

    def needs(self) -> Iterator[Capability]:
        """What a client must be able to do for it."""
        asked = {
            Capability.SHORT_MESSAGE: self.octets is not None,
            Capability.SEVERAL_RECIPIENTS: self.also_to,
            Capability.SCHEDULE: self.schedule,
            Capability.VALIDITY: self.validity,
            Capability.PAYLOAD: self.payload,
            Capability.DATA_SM: self.pdu == "data_sm",
            Capability.TLVS: self.tlvs,
        }
        yield from (capability for capability, is_asked in asked.items() if is_asked)
        for name in self.fields:
            if name not in SUBMIT_FIELDS:
                raise ChildError(f"no submit has a field {name}")
            yield SUBMIT_FIELDS[name]


def report(event: str, **fields: object) -> None:
    """Writes one event line."""
    sys.stdout.write(json.dumps({"event": event, **fields}) + "\n")
    sys.stdout.flush()


def receipt_words(text: str, message_id: str = "") -> dict[str, str]:
    """What a receipt's text says, as the fields of the event; a message_id that is told elsewhere comes first."""
    said = {key: found[1] if (found := form.search(text)) else "" for key, form in _RECEIPT_WORDS.items()}
    return {"message_id": message_id or said["id"], "state": said["stat"], "err": said["err"]}


def reason_of(error: BaseException) -> str:
    """An error in words."""
    words = " ".join(str(part) for part in error.args)
    if isinstance(error, ChildError):
        return words
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


class Session(ABC):
    """One session, by the name that the runner gave it.

    Subclasses name the commands that they carry out in `commands`, each with the method that does it.
    """

    commands: ClassVar[Mapping[str, str]] = {"submit": "submit", "unbind": "unbind"}

    def __init__(self, name: str) -> None:
        self.name = name

    def report(self, event: str, **fields: object) -> None:
        """Writes one event line of this session."""
        report(event, session=self.name, **fields)

    def readable(self) -> Sequence[Any]:
        """What `select` is to watch for this session: sockets, or descriptors."""
        return ()

    def due(self) -> float | None:
        """When `look` is to be called though nothing is readable, on the monotonic clock; None: never."""
        return None

    def look(self) -> bool:
        """Takes in what has come; False when the session is over, and has reported so."""
        return True

    @abstractmethod
    def close(self, reason: str) -> None:
        """Ends the connection and reports so."""


Opener = Callable[..., Session | None]
"""Makes a session of the name and fields of a command (of `bind`, of the name and a `Bind`)."""


class Child:
    """The loop of the process: commands from standard input, and whatever the sessions wait for.

    Args:
        driver: The driver's name.
        version: Of what it wraps.
        capabilities: What it can do.
        openers: The commands that make a session. Each gives it, or None when it has reported that there is none.
        patience: See `harness.driver_events.Hello`.
        broken: The errors by which a command fails without any harm to the session.
    """

    def __init__(
        self,
        driver: str,
        version: str,
        capabilities: Sequence[str],
        openers: Mapping[str, Opener],
        *,
        patience: float = 0.0,
        broken: tuple[type[Exception], ...] = (),
    ) -> None:
        self._hello = {"driver": driver, "version": version, "capabilities": list(capabilities), "patience": patience}
        self._driver, self._capabilities, self._openers = driver, frozenset(capabilities), openers
        self._broken: tuple[type[Exception], ...] = (*broken, ChildError, OSError, ValueError, TypeError)
        self._sessions: dict[str, Session] = {}
        self._rest = b""

    def run(self) -> None:
        """Until standard input ends, or Ctrl-C; what is still open is closed then."""
        self.greet()
        try:
            while self._turn():
                pass
        finally:
            self.close()

    def greet(self) -> None:
        """Says hello."""
        report("hello", **self._hello)

    def close(self) -> None:
        """Closes what is still open."""
        for session in list(self._sessions.values()):
            session.close("the runner ended")

    def forget(self, name: str) -> None:
        """A session has ended by itself, and has reported so."""
        self._sessions.pop(name, None)

    def _turn(self) -> bool:
        watched = {each: session for session in self._sessions.values() for each in session.readable()}
        moments = [moment for session in self._sessions.values() if (moment := session.due()) is not None]
        wait = max(0.0, min(moments) - time.monotonic()) if moments else None
        readable, _, _ = select.select([sys.stdin.fileno(), *watched], [], [], wait)
        self._look({watched[each].name for each in readable if each in watched})
        return sys.stdin.fileno() not in readable or self.read()

    def read(self) -> bool:
        """Takes in commands from standard input, which is readable; False at its end."""
        data = os.read(sys.stdin.fileno(), 65536)
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            self._obey(json.loads(line))
        return bool(data)

    def _look(self, ready: set[str]) -> None:
        now = time.monotonic()
        for name, session in list(self._sessions.items()):
            moment = session.due()
            if (name in ready or (moment is not None and moment <= now)) and not session.look():
                del self._sessions[name]

    def _obey(self, command: dict[str, Any]) -> None:
        name, kind = command.pop("session"), command.pop("command")
        try:
            if kind in self._openers:
                session = self._open(kind, name, command)
                if session is not None:
                    self._sessions[name] = session
            elif name not in self._sessions:
                report("failed", session=name, command=kind, reason="this session is not bound")
            elif kind == "close":
                self._sessions.pop(name).close("closed by the scenario")
            else:
                self._carry_out(self._sessions[name], kind, command)
        except self._broken as error:
            report("failed", session=name, command=kind, reason=reason_of(error))

    def _open(self, kind: str, name: str, fields: dict[str, Any]) -> Session | None:
        if kind != "bind":
            return self._openers[kind](name, **fields)
        bind = Bind(**fields)
        self._check(bind.needs())
        return self._openers[kind](name, bind)

    def _carry_out(self, session: Session, kind: str, fields: dict[str, Any]) -> None:
        method = getattr(session, session.commands.get(kind, ""), None)
        if method is None:
            raise ChildError(f"{self._driver}'s driver has no such command")
        if kind != "submit":
            method(**fields)
            return
        submit = Submit(**fields)
        self._check(submit.needs())
        method(submit)

    def _check(self, needs: Iterator[Capability]) -> None:
        lacking = [need for need in needs if need not in self._capabilities]
        if lacking:
            raise ChildError(f"{self._driver} cannot: {', '.join(lacking)}")
