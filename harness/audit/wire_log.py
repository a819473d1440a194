"""Reads an operator's wire log (docs/wire-log.md), whole or while it is written.

Owns the form of its lines. Passwords are overwritten in it already.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from harness.audit.traces import Carried, Ended, Judgement, Opened, SourceError, Trace
from simulator.smpp.states import Role

_SENDERS: Final[Mapping[str, Role]] = {"in": Role.ESME, "out": Role.MC}


class _Verdict(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)

    outcome: str
    rule: str | None
    clause: str | None
    trace: dict[str, str] = {}


class _Line(BaseModel):
    """What is read of a line; what it says besides is there for people."""

    model_config = ConfigDict(extra="ignore")

    time: datetime
    connection: int
    event: str | None = None
    direction: str | None = None
    octets: str | None = None
    verdict: _Verdict | None = None


class WireLogReader:
    """Makes traces of lines as they come, in pieces of any size.

    Args:
        name: What errors call the log.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._rest = b""
        self._number = 0
        self._open: set[int] = set()

    @property
    def has_rest(self) -> bool:
        """Whether the last line that came is cut off."""
        return bool(self._rest)

    def feed(self, octets: bytes) -> Iterator[Trace]:
        """What the lines say that are whole now.

        Raises:
            SourceError: A line is none of a wire log; says which, and why.
        """
        *lines, self._rest = (self._rest + octets).split(b"\n")
        for line in lines:
            self._number += 1
            yield from self._read(line)

    def _read(self, text: bytes) -> Iterator[Trace]:
        try:
            line = _Line.model_validate_json(text)
            octets = None if line.octets is None else bytes.fromhex(line.octets)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            raise self._error(f"{where}: {first['msg']}" if where else first["msg"]) from error
        except ValueError as error:
            raise self._error(f"octets: {error}") from error
        at, session = line.time.timestamp(), line.connection
        sender = _SENDERS.get(line.direction or "")
        if line.event == "opened":
            self._open.add(session)
            yield Opened(at, self._number, session)
        elif line.event == "closed":
            if session in self._open:
                self._open.remove(session)
                yield Ended(at, self._number, session, sender)
        elif octets is None or sender is None:
            raise self._error("expected an event, or octets and a direction that is in or out")
        else:
            yield Carried(at, self._number, session, sender, octets, _judgement(line.verdict))

    def _error(self, reason: str) -> SourceError:
        return SourceError(f"{self._name}:{self._number}: not a line of a wire log: {reason}")


def _judgement(verdict: _Verdict | None) -> Judgement | None:
    return None if verdict is None else Judgement(verdict.outcome, verdict.rule, verdict.clause, verdict.trace)


def read_wire_log(path: Path) -> tuple[list[Trace], list[str]]:
    """All traces of a wire log, and what is to be known of it.

    Raises:
        SourceError: It cannot be read, or a line is none of a wire log.
    """
    reader = WireLogReader(str(path))
    traces: list[Trace] = []
    try:
        with path.open("rb") as file:
            for line in file:
                traces += reader.feed(line)
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}") from error
    return traces, ["the last line is cut off, and was left out"] if reader.has_rest else []
