"""Has a client observed live, and provoked: an operator, its faults, and the phases in which they come."""

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from harness.audit.clients import LINE, PASSWORD, SYSTEM_ID, Client, Driven, Program, Watched
from harness.audit.observer import Observer
from harness.audit.phases import PHASES, Fault, Phase
from harness.audit.recording import Recording
from harness.driver import DriverSpec
from harness.operator_process import OperatorProcess
from khatban_client import Operator, OperatorError

ENQUIRE_LINK: Final = 4.0
"""Seconds of silence after which the operator of an audit asks whether the client is there."""
_CONFIG: Final = f'extends = "demo"\n\n[server]\nenquire_link = {ENQUIRE_LINK}\nresponse_timeout = 60.0\n'
_WIRE_LOG, _CONFIG_FILE, _CLIENT_LOG = "wire.jsonl", "operator.toml", "client.log"
_GLANCE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Plan:
    """What a live audit does.

    Attributes:
        seconds: how long it lasts, at most.
        phases: what is done meanwhile.
        driver: who makes the traffic, if a driver does.
        command: the program that makes it, if one does.
        port: where an operator of our own listens; 0 is any free port.
        config: its configuration; without one it has the demo world.
        operator: one that runs already, in place of one of our own.
        wire_log: the wire log that this operator writes.
        record: where the wire log of an operator of our own is kept; nowhere without it.
    """

    seconds: float
    phases: tuple[Phase, ...] = PHASES
    driver: DriverSpec | None = None
    command: str = ""
    port: int = 2775
    config: Path | None = None
    operator: Operator | None = None
    wire_log: Path | None = None
    record: Path | None = None


@dataclass(frozen=True, slots=True)
class Observed:
    """What a live audit saw, and the checks that it says nothing about."""

    recording: Recording
    not_its_own: frozenset[str]


def observe(plan: Plan, console: Console) -> Observed:
    """Carries out a plan.

    Raises:
        StartError, OperatorError: The operator cannot be started, or does not answer.
        DriverError, ChildError: The client cannot be started, or is gone.
        SourceError: The operator's wire log cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="khatban-audit-") as name, ExitStack() as end:
        folder = Path(name)
        if plan.operator is not None and plan.wire_log is not None:
            operator, observer = plan.operator, Observer(plan.wire_log, from_end=True)
        else:
            process = end.enter_context(OperatorProcess(folder, seed=1, options=_options(plan, folder)))
            operator, observer = process.operator, Observer(_log(plan, folder))
        with _client(plan, operator, folder, console) as client:
            _tell(console, plan, operator)
            with _progress(console) as progress:
                _Course(plan, operator, observer, client, progress).run()
            client.leave()
            until = operator.clock.now().timestamp()
            end.close()  # an operator of our own unbinds whoever is still there, which is the last occasion
            observer.look()
            return Observed(observer.recording(until), client.not_its_own)


def _options(plan: Plan, folder: Path) -> Sequence[str]:
    config = plan.config
    if config is None:
        config = folder / _CONFIG_FILE
        config.write_text(_CONFIG, encoding="utf-8")
    return ("--config", str(config), "--port", str(plan.port), "--wire-log", str(_log(plan, folder)))


def _log(plan: Plan, folder: Path) -> Path:
    return plan.record or folder / _WIRE_LOG


def _client(plan: Plan, operator: Operator, folder: Path, console: Console) -> Client:
    if plan.driver is not None:
        return Driven(plan.driver, operator, folder / _CLIENT_LOG)
    if plan.command:
        return Program(plan.command, operator, lambda line: console.print(Text(line, "dim")))
    return Watched()


def _tell(console: Console, plan: Plan, operator: Operator) -> None:
    host, port = operator.smpp
    console.print(Text.assemble("operator at ", (f"{host}:{port}", "bold"), f", for {plan.seconds:.0f} s"))
    if plan.driver is None and not plan.command:
        told = f"Have your client bind as {SYSTEM_ID} / {PASSWORD} and send from line {LINE}, without a pause, "
        console.print(Text(f"{told}texts short and long, and let it run on whatever happens. Ctrl-C ends the audit."))


@contextmanager
def _progress(console: Console) -> Iterator[Progress]:
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[seen]}"), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        yield progress


class _Course:
    """The phases of one audit, one after another."""

    def __init__(self, plan: Plan, operator: Operator, observer: Observer, client: Client, progress: Progress) -> None:
        self._plan, self._operator, self._observer, self._client = plan, operator, observer, client
        self._progress = progress
        self._task = progress.add_task("", total=plan.seconds, seen="")
        self._began = time.monotonic()

    def run(self) -> None:
        """Until the time is over, the client has ended, or somebody interrupts it: what was seen is kept."""
        try:
            for phase in self._plan.phases:
                self._play(phase)
        except KeyboardInterrupt:
            self._progress.console.print(Text("interrupted; what was seen is judged", "yellow"))
        finally:
            if any(phase.faults for phase in self._plan.phases):
                self._operator.faults.switch_all_off()

    def _play(self, phase: Phase) -> None:
        self._progress.update(self._task, description=phase.name)
        end = time.monotonic() + phase.share * self._plan.seconds
        self._client.is_quiet = phase.is_quiet
        if phase.ending:
            self._end_sessions(phase)
        for fault in phase.faults:
            self._provoke(fault, end)
        self._pass(min(end, time.monotonic() + phase.reaction))

    def _end_sessions(self, phase: Phase) -> None:
        for session in self._operator.sessions.find():
            with suppress(OperatorError):  # it has just gone by itself
                end = self._operator.sessions.unbind if phase.ending == "unbind" else self._operator.sessions.drop
                end(session.id)

    def _provoke(self, fault: Fault, end: float) -> None:
        """Switches a fault on and waits until it has bitten as often as it may, or the phase is over."""
        number = self._operator.faults.switch_on(**fault)
        while time.monotonic() < end and not self._client.is_over:
            self._step(end)
            if number not in {each.id for each in self._operator.faults.on()}:
                return
        self._operator.faults.switch_all_off()

    def _pass(self, end: float) -> None:
        while time.monotonic() < end and not self._client.is_over:
            self._step(end)

    def _step(self, end: float) -> None:
        self._client.act(min(_GLANCE, max(end - time.monotonic(), 0.0)))
        self._observer.look()
        seen = f"{self._observer.pdus} PDUs, {self._observer.sessions} sessions"
        self._progress.update(self._task, completed=time.monotonic() - self._began, seen=seen)
