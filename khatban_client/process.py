"""The operator as a process: started on free ports, watched until it is ready, ended in order.

It knows the operator's command line and its ready file; how one talks to it is `khatban_client.operator`.
"""

import contextlib
import json
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from khatban_client import launch
from khatban_client.http import Address
from khatban_client.operator import Operator

START_PATIENCE = 30.0
STOP_PATIENCE = 10.0
LOG = "operator.log"
_GLANCE = 0.01
_LOG_TAIL = 2000


class StartError(Exception):
    """The operator could not be started; says what it wrote last."""


class OperatorProcess:
    """One operator in a child process. A context manager: entering waits until it is ready, leaving ends it.

    Should this process end without leaving it, killed for instance, it ends as well.

    Args:
        folder: Takes its log; and its store and ready file while it runs.
        seed: Its seed.
        options: More options of `khatban serve`.

    Raises:
        StartError: On entering, as `start`.
    """

    def __init__(self, folder: Path, seed: int = 1, options: Sequence[str] = ()) -> None:
        self._folder, self._seed, self._options = folder, seed, tuple(options)
        self._process: subprocess.Popen[bytes] | None = None
        self._operators: Mapping[str, Operator] = {}

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()

    @property
    def operator(self) -> Operator:
        """The operator that runs in it; of several, the first.

        Raises:
            StartError: It is not running.
        """
        return next(iter(self.operators.values()))

    @property
    def operators(self) -> Mapping[str, Operator]:
        """Each operator that runs in it, by its name; the only one of a configuration without names has an empty one.

        Raises:
            StartError: It is not running.
        """
        if not self._operators:
            raise StartError("the operator is not running")
        return self._operators

    @property
    def _ready_file(self) -> Path:
        return self._folder / "operator.ready.json"

    @property
    def _log_file(self) -> Path:
        return self._folder / LOG

    def _command(self) -> list[str]:
        ports = ["--port", "0", "--http-port", "0"]
        files = ["--store", str(self._folder / "operator.sqlite"), "--ready-file", str(self._ready_file)]
        return launch.command("khatban", "serve", *ports, "--seed", str(self._seed), *files, *self._options)

    def start(self) -> None:
        """Starts the operator, unless `launch` has, and waits until it is ready.

        Raises:
            StartError: It ended, or was not ready in time; nothing of it is left running.
        """
        try:
            self.launch()
            self._operators = self._wait_until_ready()
        except BaseException:
            self.stop()
            raise

    def launch(self) -> None:
        """Starts the operator without waiting for it."""
        if self._process is not None:
            return
        with self._log_file.open("ab") as log:
            # A session of its own: Ctrl-C reaches the parent alone, which then ends its children in order.
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                self._command(), stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True
            )

    def _wait_until_ready(self) -> Mapping[str, Operator]:
        end = time.monotonic() + START_PATIENCE
        while time.monotonic() < end:
            if self._process is None or self._process.poll() is not None:
                status = None if self._process is None else self._process.returncode
                raise StartError(f"the operator ended with status {status}: {self._last_words()}")
            try:
                doors = json.loads(self._ready_file.read_bytes())
            except (FileNotFoundError, ValueError):  # not there yet, or not yet written whole
                time.sleep(_GLANCE)
                continue
            return _operators_behind(doors)
        raise StartError(f"the operator was not ready within {START_PATIENCE:g} s: {self._last_words()}")

    def _last_words(self) -> str:
        text = self._log_file.read_text("utf-8", errors="replace").strip()
        return text[-_LOG_TAIL:] or "it wrote nothing"

    def stop(self) -> None:
        """Ends the operator: first in order (SIGTERM), then by force. Its store goes; its log stays."""
        self._operators = {}
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdin is not None:
            with contextlib.suppress(OSError):
                process.stdin.close()
        self._ready_file.unlink(missing_ok=True)
        for file in self._folder.glob("operator.sqlite*"):
            file.unlink(missing_ok=True)


def _operators_behind(doors: Any) -> Mapping[str, Operator]:
    named = doors.get("operators") if isinstance(doors, dict) else None
    if isinstance(named, dict) and named:
        return {str(name): _operator_behind(addresses) for name, addresses in named.items()}
    return {"": _operator_behind(doors)}


def _operator_behind(doors: Any) -> Operator:
    try:
        smpp, http = (Address(str(doors[name][0]), int(doors[name][1])) for name in ("smpp", "http"))
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise StartError(f"the operator's ready file holds {doors!r}; expected the addresses smpp and http") from error
    return Operator(f"http://{http}", smpp)
