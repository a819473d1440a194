"""What the ESMEs of a soak were told, and whether it can all be true. Whatever cannot is an AssertionError at once."""

import time
from collections import Counter
from collections.abc import Callable
from typing import Final, NamedTuple

TURNED_AWAY: Final = (0x14, 0x58)
"""ESME_RMSGQFUL, ESME_RTHROTTLED: what the faults answer to a submit_sm that never becomes a message."""
NOTICED_AFTER: Final = 10.0
"""Seconds by which an ESME has noticed that its session is over, and that what came there goes to another one."""


class _Doubt(NamedTuple):
    """Something came over two sessions, so that one of them has to be over at `until`: nobody knows yet which."""

    name: str
    sessions: tuple[int, int]
    until: float


class Books:
    """The accounts over all sessions of one account.

    What is on its way when a session breaks may be lost to the ESME or come again, and only that: an answer, so that a
    message is in the store of which nobody knows the message_id; a receipt's acknowledgement, so that it comes again
    over a later session.

    Attributes:
        answers: How often each command_status answered a submit_sm.
        unanswered: How many submit_sm a session left behind when it was over.
        repeated: How many deliver_sm came again.
        sessions: How many sessions there were.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self.answers: Counter[int] = Counter()
        self.unanswered = 0
        self.repeated = 0
        self.sessions = 0
        self._open: set[int] = set()
        self._given: set[str] = set()
        self._due: set[str] = set()
        self._came: dict[str, int] = {}
        self._early: set[str] = set()
        self._now = now
        self._doubtful: list[_Doubt] = []

    @property
    def receipts(self) -> int:
        """How many messages are reported on."""
        return len(self._came)

    @property
    def due(self) -> int:
        """How many receipts, and subscribers' messages, are still to come."""
        return len(self._due)

    def began(self) -> int:
        """A session is there; its number."""
        self.sessions += 1
        self._open.add(self.sessions)
        return self.sessions

    def ended(self, session: int, unanswered: int) -> None:
        """It is over, with so many submit_sm that were not answered."""
        self._open.discard(session)
        self._doubtful = [doubt for doubt in self._doubtful if session not in doubt.sessions]
        self.unanswered += unanswered

    def answered(self, command_status: int, message_id: str, *, is_asked: bool) -> None:
        """A submit_sm was answered; `is_asked` if a receipt was asked for."""
        self.answers[command_status] += 1
        if command_status:
            return
        assert message_id not in self._given, f"the message_id {message_id} was given twice"
        self._given.add(message_id)
        if message_id in self._early:
            assert is_asked, f"a receipt of {message_id} came, and nobody asked for it"
            self._early.remove(message_id)
        elif is_asked:
            self._due.add(message_id)

    def expect(self, name: str) -> None:
        """A subscriber has written; `name` is in his text and in no other's."""
        self._given.add(name)
        self._due.add(name)

    def came(self, name: str, session: int) -> None:
        """A deliver_sm came: the receipt of a message_id, or what a subscriber wrote."""
        for doubt in self._doubtful[:1]:
            assert self._now() < doubt.until, f"{doubt.name} was delivered twice, to sessions that both go on"
        if name in self._came:
            before = self._came[name]
            assert before != session, f"{name} was delivered twice to a session"
            if before in self._open and session in self._open:
                self._doubtful.append(_Doubt(name, (before, session), self._now() + NOTICED_AFTER))
            self.repeated += 1
        elif name in self._given:
            assert name in self._due, f"a receipt of {name} came, and nobody asked for it"
            self._due.remove(name)
        else:  # its submit_sm_resp is on its way over another session, or was lost
            self._early.add(name)
        self._came[name] = session

    def close(self, counted: int, window: int) -> None:
        """Nothing more will come: holds all of it against how many messages the operator says it judged."""
        assert not self._due, f"never came: {sorted(self._due)[:10]} and so on, {len(self._due)} in all"
        assert not self._doubtful, f"delivered twice to sessions that both went on: {self._doubtful}"
        assert len(self._early) <= self.unanswered, "receipts came of messages that nobody sent"
        assert self.repeated <= window * self.sessions, "more came again than the windows of the sessions held"
        lost = counted - self.judged
        assert 0 <= lost <= self.unanswered, f"{counted} messages were judged, {self.judged} answered"

    @property
    def judged(self) -> int:
        """How many submit_sm were answered as one that the rules have judged."""
        return sum(self.answers.values()) - sum(self.answers[status] for status in TURNED_AWAY)
