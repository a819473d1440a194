"""The four timers of a session (5.0: 2.7) as numbers: when each runs out, on the clock that the caller's `now` is of.

Nothing here waits. All times are in seconds, None is "off".
"""

from enum import Enum
from typing import NamedTuple

from simulator.smpp.limits import SessionLimits


class Timer(Enum):
    """What can run out, in the order in which it is looked at."""

    SESSION_INIT = "session_init"
    RESPONSE = "response"
    INACTIVITY = "inactivity"
    ENQUIRE_LINK = "enquire_link"


class Timers(NamedTuple):
    """The moment at which each timer runs out; None while it does not run.

    Attributes:
        session_init: the connection is there, the bind is not.
        response: the oldest unanswered request of ours.
        inactivity: no message either way.
        enquire_link: nothing heard from the peer.
    """

    session_init: float | None = None
    response: float | None = None
    inactivity: float | None = None
    enquire_link: float | None = None

    def deadline(self) -> float | None:
        """The moment at which the next timer runs out; None if none runs."""
        return min((moment for moment in self if moment is not None), default=None)

    def expired(self, now: float) -> tuple[Timer, ...]:
        """The timers that have run out at `now`, a moment that is exactly reached included."""
        return tuple(timer for timer, moment in zip(Timer, self, strict=True) if moment is not None and moment <= now)


def after(now: float, period: float | None) -> float | None:
    """The moment that is `period` seconds after `now`; None if the timer is off."""
    return None if period is None else now + period


class SessionTimers:
    """What a session has to remember for its timers: since when what has not happened.

    Attributes:
        heard_at: when octets last came from the peer.
        message_at: when a message last went either way.
        enquiry: sequence_number of an enquire_link of the session's own that waits for its answer; 0 if none does.
        enquired_at: when that was sent.
    """

    def __init__(self, limits: SessionLimits, now: float) -> None:
        self._limits = limits
        self._opened_at = self.heard_at = self.message_at = self.enquired_at = now
        self.enquiry = 0

    @property
    def is_unheard(self) -> bool:
        """Whether nothing at all has come since the enquire_link that waits for its answer."""
        return bool(self.enquiry) and self.heard_at <= self.enquired_at

    def running(self, *, is_bound: bool, response: float | None) -> Timers:
        """The timers that run before the bind or after it; `response` is the moment of the oldest request of ours."""
        limits = self._limits
        if not is_bound:
            return Timers(session_init=after(self._opened_at, limits.session_init), response=response)
        if self.is_unheard:
            enquire_link = after(self.enquired_at, limits.response_timeout or limits.enquire_link)
        else:
            enquire_link = after(self.heard_at, limits.enquire_link)
        return Timers(None, response, after(self.message_at, limits.inactivity), enquire_link)
