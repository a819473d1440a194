"""A driver's child process: started, heard, and ended, whatever becomes of it."""

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Self

from harness.driver import OPTIONS_VARIABLE, DriverError, DriverSpec
from harness.driver_events import Event, Hello, Line, Notice, parse_event

START_PATIENCE = 20.0
"""Real seconds for a child to say hello."""
STOP_PATIENCE = 3.0
"""Real seconds for a child to end after its input has ended, before it is killed."""


def _show(text: str) -> None:
    # Standard error: a progress bar that is on the screen moves out of the way.
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


class ProcessDriver:
    """A client in a child process. A context manager: entering waits for its hello, leaving ends the process.

    Args:
        spec: What to start.
        log: File that takes the child's standard error.
        show: Takes what is for the person at the console.

    Raises:
        DriverError: On entering, as `start`.
    """

    def __init__(self, spec: DriverSpec, log: Path, show: Callable[[str], None] = _show) -> None:
        self._spec, self._log, self._show = spec, log, show
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self._events: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._hello: Hello | None = None

    @property
    def name(self) -> str:
        """The name by which the user chose it."""
        return self._spec.name

    @property
    def capabilities(self) -> frozenset[str]:
        """What the child declared in its hello."""
        return frozenset() if self._hello is None else frozenset(self._hello.capabilities)

    @property
    def patience(self) -> float:
        """What the child declared in its hello: real seconds by which it may be slower than one that acts at once."""
        return 0.0 if self._hello is None else self._hello.patience

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
            self._hello = self._greeted()
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
                    env={**os.environ, OPTIONS_VARIABLE: self._spec.options.model_dump_json(by_alias=True)},
                    start_new_session=True,
                )
            except OSError as error:
                needs = f"; it needs {self._spec.needs}" if self._spec.needs else ""
                raise DriverError(f"driver {self.name}: {self._spec.command[0]}: {error.strerror}{needs}") from error
        name = f"driver {self.name}"
        self._reader = threading.Thread(target=self._read, args=(self._process,), name=name, daemon=True)
        self._reader.start()

    def _greeted(self) -> Hello:
        hello = self.receive(START_PATIENCE)
        if not isinstance(hello, Hello):
            raise DriverError(
                f"driver {self.name}: no hello within {START_PATIENCE:.0f} s but {hello}; see {self._log}"
            )
        return hello

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
        end = time.monotonic() + seconds
        while isinstance(event := self._next(end - time.monotonic()), Notice):
            self._show(event.text)
        return event

    def _next(self, seconds: float) -> Line | None:
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
        written = self._log.read_text("utf-8", errors="replace").rstrip()
        last = f": {written.splitlines()[-1]}" if written else ""
        needs = f"; it needs {self._spec.needs}" if self._hello is None and self._spec.needs else ""
        return DriverError(f"driver {self.name}: its process is gone{last}{needs}; see {self._log}")

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
