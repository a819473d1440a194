"""What an observer of the wire saw, whatever it looked through: connections that begin and end, and PDUs.

A source (`wire_log`, `capture`) makes these in the order of time; nothing here knows where they come from. Times are
POSIX seconds on the clock of the source. `frame` is the source's own number, to look the thing up there: the line of a
wire log, the packet of a capture. `session` is a number for each connection.
"""

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from simulator.smpp.states import Role


class Judgement(NamedTuple):
    """What an operator decided of the message that a submit_sm_resp answers.

    Attributes:
        outcome: `accepted` or `refused`.
        rule: the rule that refused, or that was broken and only counted; None if there is none.
        clause: the clause that it stands on.
        trace: by rule, what each rule that had something to say of the message said: `passed`, `exempt`, `counted` or
            `refused`.
    """

    outcome: str
    rule: str | None
    clause: str | None
    trace: Mapping[str, str]


class Opened(NamedTuple):
    """A client has connected."""

    at: float
    frame: int
    session: int


class Carried(NamedTuple):
    """One whole PDU, passwords overwritten; or, where its command_length cannot be, only its header."""

    at: float
    frame: int
    session: int
    sender: Role
    octets: bytes
    judgement: Judgement | None = None


class Lost(NamedTuple):
    """The observer missed octets: what went over the session before and after is known, but not what was here."""

    at: float
    frame: int
    session: int


class Ended(NamedTuple):
    """A connection is over; `by` is the side that ended it, as far as the source can tell."""

    at: float
    frame: int
    session: int
    by: Role | None


Trace: TypeAlias = Opened | Carried | Lost | Ended


class SourceError(Exception):
    """A recording cannot be read; says the file, where in it, and why."""
