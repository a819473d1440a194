"""What a driver is: a real SMPP client in a child process, told what to do and heard in JSON lines.

The child reads one command a line on its standard input and writes one event a line (`harness.driver_events`) on its
standard output; it speaks SMPP to the operator by the library that it wraps, in whatever language. Its first line is
`hello`. It ends when its standard input ends, so that it cannot outlive the runner.

| command | fields | answered by |
|---|---|---|
| `bind` | session, seed, host, port, type (`bind_` follows), system_id, password | sent; bound or closed |
| `submit` | session, tag, source, destination, text, receipt | sent and response, once for each part |
| | where asked for: also_to (a list), schedule, validity (as SMPP writes times) | |
| `unbind` | session | sent, unbound, closed |
| `close` | session | closed |

What the client cannot carry out is answered by `failed`. The child answers enquire_link and deliver_sm itself. A
session is a connection; its name is never used again, so that late events of an old one cannot be mistaken.
"""

import contextlib
import json
import queue
import subprocess
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol, Self

from harness.driver_events import Event, Hello, parse_event

START_PATIENCE = 20.0
"""Real seconds for a child to say hello."""
STOP_PATIENCE = 3.0
"""Real seconds for a child to end after its input has ended, before it is killed."""


class Capability(StrEnum):
    """What a client may or may not be able to do; a scenario that needs more is UNSUPPORTED with that client."""

    TRANSCEIVER = "transceiver"
    TRANSMITTER = "transmitter"
    RECEIVER = "receiver"
    RECEIPTS = "receipts"
    """Reports delivery receipts with message_id, state and err."""
    LONG_TEXT = "long_text"
    """Splits a text that does not fit one short message."""
    SEVERAL_RECIPIENTS = "several_recipients"
    """Names several recipients in one call, a submit_multi."""


class DriverError(Exception):
    """The client's process could not be started, died, or spoke something else than events."""


class Driver(Protocol):
    """A client, as the runner sees it."""

    @property
    def name(self) -> str:
        """The name by which the user chose it."""

    @property
    def capabilities(self) -> frozenset[str]:
        """What it declared in its hello."""

    def send(self, command: str, **fields: Any) -> None:
        """Gives one command to the client.

        Raises:
            DriverError: The process is gone.
        """

    def receive(self, seconds: float) -> Event | None:
        """The next event, or None when none came within so many real seconds.

        Raises:
            DriverError: The process is gone, or wrote something else than an event.
        """


@dataclass(frozen=True, slots=True)
class DriverSpec:
    """How to start a client: its name, the sentence shown in help, and the command line of its child."""

    name: str
    title: str
    command: Sequence[str]


class ProcessDriver:
    """A client in a child process. A context manager: entering waits for its hello, leaving ends the process.

    Args:
        spec: What to start.
        log: File that takes the child's standard error.

    Raises:
        DriverError: On entering, as `start`.
    """

    def __init__(self, spec: DriverSpec, log: Path) -> None:
        self._spec, self._log = spec, log
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self._events: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._capabilities: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The name by which the user chose it."""
        return self._spec.name

    @property
    def capabilities(self) -> frozenset[str]:
        """What the child declared in its hello."""
        return self._capabilities

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()

    def start(self) -> None:
        """Starts the child and waits for its hello.

        Raises:
            DriverError: It cannot be started or does not say hello; nothing of it is left running.
        """
        try:
            self._start()
            self._capabilities = self._greeted()
        except BaseException:
            self.stop()
            raise

    def _start(self) -> None:
        with self._log.open("ab") as log:
            try:
                # A session of its own: Ctrl-C reaches the runner alone, which then ends its children in order.
                self._process = subprocess.Popen(  # noqa: S603 - the command is our own table's (harness.drivers)
                    list(self._spec.command),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    start_new_session=True,
                )
            except OSError as error:
                raise DriverError(f"driver {self.name}: {self._spec.command[0]}: {error.strerror}") from error
        name = f"driver {self.name}"
        self._reader = threading.Thread(target=self._read, args=(self._process,), name=name, daemon=True)
        self._reader.start()

    def _greeted(self) -> frozenset[str]:
        hello = self.receive(START_PATIENCE)
        if not isinstance(hello, Hello):
            raise DriverError(
                f"driver {self.name}: no hello within {START_PATIENCE:.0f} s but {hello}; see {self._log}"
            )
        return frozenset(hello.capabilities)

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        """The reader thread: it only moves lines, so that nothing of a scenario runs beside the runner."""
        if process.stdout is not None:
            with process.stdout as lines:
                for line in lines:
                    self._events.put(line)
        self._events.put(None)

    def send(self, command: str, **fields: Any) -> None:
        """Gives one command to the child.

        Raises:
            DriverError: The process is gone.
        """
        if self._process is None or self._process.stdin is None:
            raise DriverError(f"driver {self.name}: not started")
        line: Mapping[str, Any] = {"command": command, **fields}
        try:
            self._process.stdin.write(json.dumps(line).encode() + b"\n")
            self._process.stdin.flush()
        except OSError as error:
            raise self._gone() from error

    def receive(self, seconds: float) -> Event | None:
        """The next event, or None when none came within so many real seconds.

        Raises:
            DriverError: The process is gone, or wrote something else than an event.
        """
        try:
            line = self._events.get(timeout=max(seconds, 0.0))
        except queue.Empty:
            return None
        if line is None:
            self._events.put(None)
            raise self._gone()
        try:
            return parse_event(line)
        except ValueError as error:
            raise DriverError(f"driver {self.name} wrote {line[:200]!r}, which is no event: {error}") from error

    def _gone(self) -> DriverError:
        return DriverError(f"driver {self.name}: its process is gone; see {self._log}")

    def stop(self) -> None:
        """Ends the child: first by the end of its input, then by force."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            with contextlib.suppress(OSError):  # it died before it had read everything; nobody is left to tell
                process.stdin.close()
        try:
            process.wait(STOP_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if self._reader is not None:
            self._reader.join(STOP_PATIENCE)
