"""The stage of one scenario: its sessions, what was submitted, and everything that the client has reported since.

Steps act and look here. The stage tells the client what to do, turns the operator's time into real waiting, and has
everything written down. It judges nothing.
"""

import contextlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from harness.driver import Driver
from harness.driver_events import Closed, Failed, Hello, Nack, Pdu, SessionEvent
from harness.given import THE_OPERATOR
from harness.intake import Intake
from harness.operator_api import Operator
from harness.sessions import Call, Session, Submitted
from harness.transcript import Transcript

ANSWER_PATIENCE = 5.0
"""Real seconds for an answer that the operator owes at once (bind, submit_sm, unbind)."""
LATENESS = 2.0
"""Real seconds that something due later may come after its time, for a machine that is busy."""
LEAST_SILENCE = 0.15
"""Real seconds, at least, of listening before silence is believed."""
ARRIVAL = 1.0
"""Real seconds, at most, that a submit gets to be answered before clocks that stand still are wound forward."""
LOOK_INTERVAL = 0.05
"""Real seconds between two questions to the operator of a step that waits for the answer to fit."""
Answer = TypeVar("Answer")


class StepError(Exception):
    """The client could not carry a step out; nothing is said of the operator."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What one play of a scenario is given besides the client and the operators.

    Attributes:
        name: Unique in the life of the client; names the scenario's sessions.
        seed: For what the client draws at random.
        record: Takes every event as a JSON object.
        start: The operators' clocks when the scenario begins.
        speed: How many seconds of the operators' clocks pass in a real one; 0 while they stand still.
        clock: Real seconds that only grow.
    """

    name: str
    seed: int
    record: Callable[[Mapping[str, Any]], None]
    start: datetime
    speed: float = 1.0
    clock: Callable[[], float] = time.monotonic


class Stage:
    """Where the steps of one scenario act."""

    def __init__(self, driver: Driver, operators: Mapping[str, Operator], scene: Scene) -> None:
        self.operators = operators
        self._driver, self._scene = driver, scene
        self._began, self._ahead = scene.clock(), 0.0
        self._sessions: list[Session] = []
        self.transcript = Transcript(scene.record)
        self.submitted: list[Submitted] = []
        self._arrived = 0
        """How many of them were waited for before clocks were wound forward."""
        self._intake = Intake(self.submitted, self.transcript)

    # Who is there

    def operator(self, name: str | None = None) -> Operator:
        """The operator of that name; without one, the only one."""
        return self.operators[THE_OPERATOR if name is None else name]

    def operator_of(self, session: Session) -> Operator:
        """The operator at the other end of a session."""
        return self.operators[session.operator]

    def session(self, name: str | None = None) -> Session:
        """The session of that name; without one, the only one that the scenario has not left.

        Raises:
            StepError: There is none.
        """
        fitting = [one for one in self._sessions if (not one.left if name is None else one.name == name)]
        if not fitting:
            raise StepError("there is no session")
        return fitting[-1]

    def find(self, label: str | None) -> Submitted:
        """The submit of that label, or the last one."""
        fitting = [entry for entry in self.submitted if label is None or entry.label == label]
        if not fitting:
            raise StepError("nothing was submitted yet")
        return fitting[-1]

    def gone(self, name: str | None = None) -> Closed | None:
        """How a connection ended that the scenario had not left: that of the named session, or any."""
        there = [one for one in self._sessions if not one.left and name in (None, one.name)]
        return next((one.closed for one in there if one.closed is not None), None)

    # What the client is told

    def open(self, name: str | None, operator: str | None) -> Session:
        """Has the client open a connection."""
        session = self._new_session(name, operator)
        host, port = self.operator_of(session).smpp
        self.tell(session, "open", host=host, port=port)
        return session

    def listen(self, name: str | None, operator: str | None) -> Session:
        """Has the client wait for a call of the operator."""
        session = self._new_session(name, operator)
        host, _ = self.operator_of(session).smpp
        self.tell(session, "listen", host=host)
        return session

    def _new_session(self, name: str | None, operator: str | None) -> Session:
        tag = f"{self._scene.name}.{len(self._sessions) + 1}"
        session = Session(name or "", tag, THE_OPERATOR if operator is None else operator)
        self._sessions.append(session)
        return session

    def bind(self, name: str | None, operator: str | None, **asked: Any) -> Session:
        """Opens a new session and waits for the bind's answer or the connection's end."""
        session = self._new_session(name, operator)
        session.account = asked["system_id"]
        host, port = self.operator_of(session).smpp
        address: dict[str, Any] = {"host": host, "port": port, "operator": self.operator_of(session).url}
        self.tell(session, "bind", **address, seed=self._scene.seed, **asked)
        self.wait(lambda: session.bound is not None, self.patience, session)
        return session

    def submit(self, call: Call, label: str | None, session: Session) -> Submitted:
        """Sends a text and waits until the client has written all its parts."""
        tag = str(len(self.submitted) + 1)
        entry = Submitted(tag, label, call, session, self.moment())
        self.submitted.append(entry)
        asked = {"also_to": list(call.also_to), "schedule": call.schedule, "validity": call.validity}
        self.tell(
            session,
            "submit",
            tag=tag,
            source=call.source,
            destination=call.destination,
            text=call.text,
            receipt=call.receipt,
            **{name: value for name, value in asked.items() if value},
            **call.more,
        )
        self.wait(lambda: entry.parts > 0, self.patience, session)
        return entry

    def tell(self, session: Session, command: str, **fields: Any) -> None:
        """Gives the client a command for a session that is not over."""
        if session.closed is None:
            self._driver.send(command, session=session.tag, **fields)

    def ask(self, session: Session, operation: str, **fields: Any) -> Pdu | Nack | None:
        """Has the client send a request, and waits for the answer to it; None if none comes."""
        answer = f"{operation}{'' if operation == 'enquire_link' else '_sm'}_resp"
        self.tell(session, operation, **fields)

        def answered() -> Pdu | Nack | None:
            return next((one for one in self._unseen_in(session) if _answers(one, answer)), None)

        self.wait(lambda: answered() is not None, self.patience, session)
        found = answered()
        self.see([] if found is None else [found])
        return found

    def _unseen_in(self, session: Session) -> Iterator[Pdu | Nack]:
        """PDUs that no step has looked at, also those that another event tells."""
        for event in (*self.pdus, *self.unseen):
            if event.session == session.tag and isinstance(event, Pdu | Nack):
                yield event

    def ask_until(self, ask: Callable[[], Answer], fits: Callable[[Answer], bool], seconds: float) -> Answer:
        """The operator's last answer: asks until it fits, or so many seconds of the operators' clocks are over."""
        answer = ask()
        if fits(answer):
            return answer
        end = self._scene.clock() + self._wound(seconds) + LATENESS
        while not fits(answer := ask()) and self._scene.clock() < end:
            self.wait(lambda: False, LOOK_INTERVAL)
        return answer

    def unbind(self, session: Session) -> None:
        """Sends an unbind and waits for its answer."""
        session.left = True
        self.tell(session, "unbind")
        self.wait(lambda: session.unbound is not None, self.patience, session)

    def close(self, session: Session) -> None:
        """Closes the connection, and waits until the client says so."""
        session.left = True
        self.tell(session, "close")
        with contextlib.suppress(StepError):  # the connection went by itself while we told the client to close it
            self.wait(lambda: session.closed is not None, self.patience, session)

    def leave(self) -> None:
        """Closes every connection that there still is."""
        for session in self._sessions:
            self.close(session)

    # The operators' time

    def moment(self) -> float:
        """Seconds of the operators' clocks since the scenario began, as the stage reckons them."""
        return (self._scene.clock() - self._began) * self._scene.speed + self._ahead

    def jump(self, *, by: float | None, to: datetime | None) -> None:
        """Has the clocks of all operators jump forward, once what was submitted has arrived."""
        self._await_arrival()
        now = [operator.jump(by=by, to=to) for operator in self.operators.values()]
        passed = max(now) - self._scene.start
        self._ahead += passed.total_seconds() - self.moment()

    def _await_arrival(self) -> None:
        """Gives each submit the time to be answered, once: what comes after a jump lives by the time after it."""
        sent, self._arrived = self.submitted[self._arrived :], len(self.submitted)
        if sent and self.stands_still:
            self.wait(lambda: all(one.answered or one.session.closed is not None for one in sent), ARRIVAL)

    @property
    def patience(self) -> float:
        """The longest real time to wait for an answer that the operator owes at once."""
        return ANSWER_PATIENCE + self._driver.patience

    def pass_time(self, seconds: float, until: Callable[[], bool], session: Session | None = None) -> bool:
        """Lets so many seconds of the operators' clocks pass, while these run at most until a condition holds.

        Clocks that stand still jump; what they brought is then listened for, for a moment. Returns whether the
        condition holds.
        """
        real = self._wound(seconds)
        return self.wait(until, max(real, LEAST_SILENCE), session)

    def wait_due(
        self,
        until: Callable[[], bool],
        seconds: float,
        session: Session | None = None,
        *,
        is_coming: bool | None = None,
    ) -> bool:
        """Waits for what has to come within so many seconds of the operators' clocks; a busy machine gets a margin.

        Clocks that stand still jump so far, unless it is there by then, or is known to be coming by itself; where
        nothing is known of that, it is listened for before they jump.
        """
        if self.wait(until, LEAST_SILENCE if self.stands_still and is_coming is None else 0.0, session):
            return True
        real = 0.0 if is_coming and self.stands_still else self._wound(seconds)
        return self.wait(until, real + LATENESS + self._driver.patience, session)

    def _wound(self, seconds: float) -> float:
        """The real seconds in which so many of the operators' clocks pass: none for clocks that are wound forward."""
        if self._scene.speed:
            return seconds / self._scene.speed
        self.jump(by=seconds, to=None)
        return 0.0

    @property
    def stands_still(self) -> bool:
        """Whether the operators' clocks move only when a step moves them."""
        return not self._scene.speed

    # What the client reports

    def see(self, events: Iterable[SessionEvent]) -> None:
        """Marks events as looked at by the step that runs, so that `expect_nothing` does not report them."""
        self._intake.see(events)

    @property
    def unseen(self) -> Sequence[SessionEvent]:
        """What no step has looked at, without PDUs that another event tells."""
        return self._intake.unseen

    @property
    def pdus(self) -> Sequence[Pdu]:
        """Every PDU that no step has looked at, of a client that shows them."""
        return self._intake.pdus

    def wait(self, until: Callable[[], bool], seconds: float, session: Session | None = None) -> bool:
        """Takes events in until a condition holds, so many real seconds have passed, or the connection is gone.

        Without a session, it goes on until all connections are gone that the scenario has not left.

        Raises:
            DriverError: The client's process is gone.
            StepError: The client could not do what it was told.
        """
        end = self._scene.clock() + seconds
        awaited = [one for one in self._sessions if not one.left] if session is None else [session]
        while not until():
            left = end - self._scene.clock()
            if awaited and all(one.closed is not None for one in awaited):
                return False
            event = self._driver.receive(max(left, 0.0))
            if event is None and left <= 0:
                return False
            if event is not None and not isinstance(event, Hello):
                self._take(event)
        return True

    def _take(self, event: SessionEvent) -> None:
        session = next((one for one in self._sessions if one.tag == event.session), None)
        if session is None:  # of a scenario before this one
            return
        self.transcript.add(event, session, self._scene.clock() - self._began, self.moment())
        if isinstance(event, Failed):
            raise StepError(f"the client could not carry out {event.command}: {event.reason}")
        self._intake.take(event, session)


def _answers(event: Pdu | Nack, name: str) -> bool:
    return isinstance(event, Nack) or event.name in (name, "generic_nack")
