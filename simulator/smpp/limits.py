"""The limits of a session: sizes, times and the window, as the shell sets them."""

from dataclasses import dataclass

from simulator.smpp.consts import HEADER_SIZE


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """The limits of one session; times are in seconds, None switches a timer off.

    Attributes:
        max_pdu: the greatest command_length taken, in octets. The default holds the longest message_payload.
        session_init: from the connection to the bind; then the session closes.
        enquire_link: silence of the peer after which enquire_link is sent; the answer, or anything else, must come
            within `response_timeout` (if that is off, within the same time again), or the session closes.
        inactivity: time without a message either way after which the session closes.
        response_timeout: what an answer to a request of ours may take.
        window_out: how many requests of ours may be unanswered at once.
        window_in: how many requests of the peer may be unanswered at once; one more is an `Overrun`. None: any number.
        strict: whether a request with a reserved value, or with TLVs that are not in order, is refused; otherwise it is
            passed on as it came.
    """

    max_pdu: int = 65_536 + 4_096
    session_init: float | None = 10.0
    enquire_link: float | None = 30.0
    inactivity: float | None = None
    response_timeout: float | None = 60.0
    window_out: int = 10
    window_in: int | None = None
    strict: bool = True

    def __post_init__(self) -> None:
        if self.max_pdu < HEADER_SIZE:
            raise ValueError(f"max_pdu: {self.max_pdu} octets, but a header alone has {HEADER_SIZE}")
        if self.window_out < 1:
            raise ValueError(f"window_out: {self.window_out}, must be 1 or more")
        if self.window_in is not None and self.window_in < 1:
            raise ValueError(f"window_in: {self.window_in}, must be 1 or more, or None for any number")
        for name in ("session_init", "enquire_link", "inactivity", "response_timeout"):
            seconds = getattr(self, name)
            if seconds is not None and not seconds > 0:
                raise ValueError(f"{name}: {seconds} seconds, must be more than 0, or None for off")
