"""A client and an operator for the stage that live in one thread and in virtual time."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from harness.driver import Capability, DriverError
from harness.driver_events import Event, Notice, parse_event
from harness.given import THE_OPERATOR
from harness.operator_api import Message, OperatorError
from harness.stage import Scene, Stage
from harness.step import Step
from harness.steps import STEPS
from harness.values import TEHRAN

SUBMIT = {"from": "3000200020", "to": "989123456701", "text": "سلام"}
START = datetime(2026, 11, 22, 10, 0, tzinfo=TEHRAN)
ALL = frozenset(str(capability) for capability in Capability)
Reaction = Callable[[dict[str, Any]], list[dict[str, Any]]]


def react_bound(command: dict[str, Any]) -> list[dict[str, Any]]:
    """Binds and sends as a good client does, without any answer of the operator."""
    match command["command"]:
        case "bind":
            return [{"event": "bound", "command_status": 0}]
        case "submit":
            return sent(command, parts=1)
        case "unbind":
            return [{"event": "unbound", "command_status": 0}, {"event": "closed", "reason": "unbound"}]
        case _:
            return [{"event": "closed", "reason": "closed by the scenario"}]


def sent(command: dict[str, Any], parts: int) -> list[dict[str, Any]]:
    submit = {"event": "sent", "pdu": "submit_sm", "tag": command["tag"], "parts": parts}
    return [submit | {"sequence_number": number + 1, "part": number} for number in range(1, parts + 1)]


def response(tag: str, status: int, message_id: str = "", part: int = 1, sequence_number: int = 0) -> dict[str, Any]:
    number = sequence_number or int(tag) * 10 + part
    answer = {"event": "response", "sequence_number": number, "command_status": status}
    return answer | {"message_id": message_id, "tag": tag, "part": part}


def receipt(message_id: str, state: str, err: str = "000") -> dict[str, Any]:
    ends = {"source": "989123456701", "destination": "3000200020", "text": ""}
    return {"event": "receipt", "message_id": message_id, "state": state, "err": err, **ends}


@dataclass
class FakeDriver:
    """Reacts to each command with events at once; `later` holds (seconds after the start, event) pairs."""

    react: Reaction = react_bound
    name: str = "fake"
    capabilities: frozenset[str] = ALL
    patience: float = 0.0
    commands: list[dict[str, Any]] = field(default_factory=list)
    later: list[tuple[float, dict[str, Any]]] = field(default_factory=list)
    recorded: list[Mapping[str, Any]] = field(default_factory=list)
    now: float = 0.0
    dead: bool = False

    def __post_init__(self) -> None:
        self._queue: list[Event] = []
        self._session = ""

    def clock(self) -> float:
        return self.now

    def send(self, command: str, **fields: Any) -> None:
        if self.dead:
            raise DriverError("driver fake: its process is gone")
        self._session = fields["session"]
        self.commands.append({"command": command, **fields})
        self._queue += [self._event(event) for event in self.react(self.commands[-1])]

    def receive(self, seconds: float) -> Event | None:
        if self.dead:
            raise DriverError("driver fake: its process is gone")
        due = [entry for entry in self.later if entry[0] <= self.now + seconds]
        if not self._queue and due:
            first = min(due, key=lambda entry: entry[0])
            self.later.remove(first)
            self.now = max(self.now, first[0])
            return self._event(first[1])
        if not self._queue:
            self.now += seconds
            return None
        return self._queue.pop(0)

    def _event(self, fields: dict[str, Any]) -> Event:
        event = parse_event(json.dumps({"session": self._session, **fields}).encode())
        assert not isinstance(event, Notice)  # the process's own business, of which no stage hears
        return event


@dataclass
class FakeOperator:
    """Holds what a test puts into it."""

    held: list[Message] = field(default_factory=list)
    resets: list[tuple[Mapping[str, Any], datetime, float]] = field(default_factory=list)
    smpp: tuple[str, int] = ("127.0.0.1", 2775)
    url: str = "http://127.0.0.1:8775/api/v1"
    gone: bool = False
    asked: list[Any] = field(default_factory=list)
    answer: str | None = None
    """What a change is refused with, or what is written back to a subscriber."""
    registered: dict[str, Any] = field(default_factory=dict)
    written_down: list[dict[str, Any]] = field(default_factory=list)
    now: datetime = START
    on_jump: Callable[[], None] = lambda: None
    """What falls due."""

    def violations(self, filters: Mapping[str, str]) -> list[dict[str, Any]]:
        self.asked.append(dict(filters))
        return self.written_down

    def explain(self, source: str, destination: str, text: str, at: datetime | None) -> dict[str, Any]:
        self.asked.append((source, destination, text, at))
        return self.registered

    def switch_fault_on(self, table: Mapping[str, Any]) -> None:
        self.asked.append(dict(table))

    def switch_faults_off(self) -> None:
        self.asked.append("all faults off")

    def faults(self) -> list[dict[str, Any]]:
        return self.written_down

    def call(self, host: str, port: int, password: str) -> None:
        self.asked.append((host, port, password))

    def change(self, table: Mapping[str, Any]) -> str | None:
        self.asked.append(dict(table))
        return self.answer

    def jump(self, *, by: float | None, to: datetime | None) -> datetime:
        self.asked.append((by, to))
        self.now = to or self.now + timedelta(seconds=by or 0)
        self.on_jump()
        return self.now

    def receive_mo(self, source: str, destination: str, text: str) -> str | None:
        self.asked.append((source, destination, text))
        return self.answer

    def line(self, number: str) -> dict[str, Any]:
        self.asked.append(number)
        return self.registered

    def request(self, number: int) -> dict[str, Any]:
        self.asked.append(number)
        return self.registered

    def reset(self, world: Mapping[str, Any], start: datetime, speed: float) -> None:
        if self.gone:
            raise OperatorError("POST /reset: connection refused")
        self.resets.append((world, start, speed))

    def messages(self, filters: Mapping[str, str] = MappingProxyType({})) -> list[Message]:
        if filters:
            self.asked.append(dict(filters))
        if self.gone:
            raise OperatorError("GET /messages: connection refused")
        return self.held

    def changes(self) -> list[dict[str, Any]]:
        return []

    def catalogue(self) -> dict[str, Any]:
        return {"rules": [], "clauses": []}


def message(message_id: str, **verdict: Any) -> Message:
    empty: dict[str, Any] = {
        "outcome": "accepted",
        "rule": None,
        "clause": None,
        "violation": False,
        "content": None,
        "trace": [],
    }
    return {"id": message_id, "account": "panel", "verdict": empty | verdict, "receipts": []}


def scene(driver: FakeDriver, speed: float = 1.0) -> Scene:
    return Scene("1", 7, driver.recorded.append, START, speed, driver.clock)


def bound_stage(driver: FakeDriver, operator: FakeOperator, speed: float = 1.0) -> Stage:
    stage = Stage(driver, {THE_OPERATOR: operator}, scene(driver, speed))
    stage.bind(None, None, type="transceiver", system_id="panel", password="panel")
    return stage


def step(key: str, **fields: Any) -> Step:
    [kind] = [kind for kind in STEPS if kind.key == key]
    return kind.model_validate(fields)


def answering(*answers: dict[str, Any]) -> FakeDriver:
    """A client whose every submit goes out in one part and gets these answers at once."""

    def react(command: dict[str, Any]) -> list[dict[str, Any]]:
        return [*react_bound(command), *(answers if command["command"] == "submit" else ())]

    return FakeDriver(react)


def submitted(driver: FakeDriver, operator: FakeOperator | None = None, speed: float = 1.0) -> Any:
    stage = bound_stage(driver, operator or FakeOperator(), speed)
    assert step("submit", **SUBMIT).run(stage) is None
    return stage
