"""`khatban audit`: reads a recording, or has a client observed, judges it, and shows and writes the result."""

import os
import shlex
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from rich.console import Console
from rich.text import Text

from harness.audit.capture import read_capture
from harness.audit.check import Outcome
from harness.audit.display import show_result
from harness.audit.live import Plan, observe
from harness.audit.page import write_page
from harness.audit.phases import PHASES, WATCHING
from harness.audit.recording import Recording
from harness.audit.result import AuditResult, Source, audit, write_result
from harness.audit.traces import SourceError, Trace
from harness.audit.wire_log import read_wire_log
from harness.driver import DriverError
from harness.drivers.child import ChildError
from harness.run_request import UsageError
from harness.selection import driver_spec
from harness.signals import terminable
from khatban_client import Operator, OperatorError
from khatban_client.process import StartError

NONE_FAILED, SOME_FAILED, UNUSABLE, NOT_STARTED, INTERRUPTED = 0, 1, 2, 3, 130
TOKEN_VARIABLE: Final = "KHATBAN_HTTP_TOKEN"  # noqa: S105 -- where the token is, not a token
_DRIVER_NOTE: Final = "a driver was told when to bind, submit and repeat; what it was told says nothing of its client"


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asks for.

    Attributes:
        recording: a wire log or a capture; None for a live audit.
        port: of the operator: where ours listens, or which is looked at in a capture.
        seconds: how long a live audit lasts.
        provokes: whether faults are used in it.
        driver: name of the driver that makes the traffic; empty if none does.
        command: the program that makes it; empty if none does.
        config: the operator's configuration.
        operator: HTTP address of a running operator.
        wire_log: the wire log that it writes.
        record: where the wire log of a live audit is kept.
        client: what the result calls the client.
        json: where the result goes.
        html: where a page of it goes.
        everything: whether the console shows the whole table.
    """

    recording: Path | None = None
    port: int | None = None
    seconds: float = 120.0
    provokes: bool = True
    driver: str = ""
    command: str = ""
    config: Path | None = None
    operator: str = ""
    wire_log: Path | None = None
    record: Path | None = None
    client: str = ""
    json: Path | None = None
    html: Path | None = None
    everything: bool = False


def run_audit(request: Request, console: Console) -> int:
    """All of `khatban audit`.

    Returns:
        The exit status: 0 no check failed, 1 some did, 2 the recording or an option cannot be used, 3 the operator or
        the client could not be started, or went away, 130 interrupted before the audit began.
    """
    try:
        with terminable():
            result = _recorded(request, request.recording) if request.recording else _live(request, console)
        if request.json:
            write_result(result, request.json)
        if request.html:
            write_page(result, request.html)
    except KeyboardInterrupt:
        return _say(console, "interrupted", INTERRUPTED)
    except (SourceError, UsageError) as error:
        return _say(console, error, UNUSABLE)
    except (StartError, OperatorError, DriverError, ChildError) as error:
        return _say(console, error, NOT_STARTED)
    except OSError as error:
        return _say(console, f"{error.filename}: {error.strerror}", NOT_STARTED)
    show_result(console, result, everything=request.everything)
    return SOME_FAILED if result.outcomes[Outcome.FAIL] else NONE_FAILED


def _say(console: Console, error: object, status: int) -> int:
    console.print(Text(str(error), "bold red"), soft_wrap=True)
    return status


def _recorded(request: Request, path: Path) -> AuditResult:
    _refuse(request, "driver", "command", "config", "operator", "wire_log", "record")
    is_log = path.suffix in (".jsonl", ".json", ".log")
    traces: Sequence[Trace]
    traces, notes = read_wire_log(path) if is_log else read_capture(path, request.port)
    source = Source(kind="wire-log" if is_log else "capture", name=path.name)
    return audit(Recording(traces, notes=notes), source, request.client)


def _live(request: Request, console: Console) -> AuditResult:
    if request.driver and request.command:
        raise UsageError("either --driver or --command makes the traffic")
    if bool(request.operator) != bool(request.wire_log):
        raise UsageError("--operator and --wire-log go together: the log is what is looked at")
    if request.operator:
        _refuse(request, "config", "record")
    plan = Plan(
        seconds=request.seconds,
        phases=PHASES if request.provokes else WATCHING,
        driver=driver_spec(request.driver) if request.driver else None,
        command=_command(request.command),
        port=_port(request),
        config=request.config,
        operator=_running(request.operator, request.port or 2775) if request.operator else None,
        wire_log=request.wire_log,
        record=request.record,
    )
    observed = observe(plan, console)
    client = request.client or request.driver
    result = audit(observed.recording, Source(kind="live", name=client), client, observed.not_its_own)
    return result.model_copy(update={"notes": (_DRIVER_NOTE,)}) if observed.not_its_own else result


def _port(request: Request) -> int:
    """A client of the user's needs an address that he knows; a driver or a program is told it."""
    if request.port is not None:
        return request.port
    return 0 if request.driver or request.command else 2775


def _command(command: str) -> str:
    """Looked at before an operator is started for it."""
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise UsageError(f"--command: {error}") from error
    if words and shutil.which(words[0]) is None:
        raise UsageError(f"--command: there is no program {words[0]!r}")
    return command


def _running(url: str, port: int) -> Operator:
    try:
        return Operator(url, (urlsplit(url).hostname or "", port), os.environ.get(TOKEN_VARIABLE))
    except ValueError as error:
        raise UsageError(f"--operator: {error}") from error


def _refuse(request: Request, *names: str) -> None:
    given = [name.replace("_", "-") for name in names if getattr(request, name)]
    if given:
        raise UsageError(f"--{given[0]} has no meaning here")
