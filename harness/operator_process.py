"""The operator under test as a process: started on free ports, watched until it is ready, ended in order.

It knows the operator's command line and its ready file; how one talks to it is `harness.operator_api`.
"""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from harness.operator_api import OperatorApi
from harness.results import OPERATOR_LOG

START_PATIENCE = 30.0
STOP_PATIENCE = 10.0
_GLANCE = 0.02
_LOG_TAIL = 2000


class StartError(Exception):
    """The operator could not be started; says what it wrote last."""


class OperatorProcess:
    """One operator in a child process. A context manager: entering waits until it is ready, leaving ends it.

    Args:
        folder: Takes its log; and its store and ready file while it runs.
        seed: Its seed.
        options: More options of `khatban serve`.

    Raises:
        StartError: On entering, as `start`.
    """

    def __init__(self, folder: Path, seed: int, options: Sequence[str] = ()) -> None:
        self._folder, self._seed, self._options = folder, seed, tuple(options)
        self._process: subprocess.Popen[bytes] | None = None
        self._api: OperatorApi | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()

    @property
    def api(self) -> OperatorApi:
        """The operator's HTTP side.

        Raises:
            StartError: It is not running.
        """
        if self._api is None:
            raise StartError("the operator is not running")
        return self._api

    @property
    def _ready_file(self) -> Path:
        return self._folder / "operator.ready.json"

    @property
    def _log_file(self) -> Path:
        return self._folder / OPERATOR_LOG

    def _command(self) -> list[str]:
        ports = ["--port", "0", "--http-port", "0"]
        files = ["--store", str(self._folder / "operator.sqlite"), "--ready-file", str(self._ready_file)]
        return [sys.executable, "-m", "khatban", "serve", *ports, "--seed", str(self._seed), *files, *self._options]

    def start(self) -> None:
        """Starts the operator and waits until it is ready.

        Raises:
            StartError: It ended, or was not ready in time; nothing of it is left running.
        """
        try:
            self._start()
        except BaseException:
            self.stop()
            raise

    def _start(self) -> None:
        with self._log_file.open("ab") as log:
            # A session of its own: Ctrl-C reaches the runner alone, which then ends its children in order.
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                self._command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        doors = self._wait_until_ready(self._process)
        try:
            smpp, http = ((str(doors[name][0]), int(doors[name][1])) for name in ("smpp", "http"))
        except (KeyError, IndexError, TypeError, ValueError) as error:
            raise StartError(
                f"the operator's ready file holds {doors!r}; expected the addresses smpp and http"
            ) from error
        self._api = OperatorApi(smpp, http)

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> dict[str, Any]:
        end = time.monotonic() + START_PATIENCE
        while time.monotonic() < end:
            if process.poll() is not None:
                raise StartError(f"the operator ended with status {process.returncode}: {self._last_words()}")
            try:
                doors = json.loads(self._ready_file.read_bytes())
            except (FileNotFoundError, ValueError):  # not there yet, or not yet written whole
                time.sleep(_GLANCE)
                continue
            if isinstance(doors, dict):
                return doors
            raise StartError(f"the operator's ready file holds {doors!r}; expected an object")
        raise StartError(f"the operator was not ready within {START_PATIENCE:g} s: {self._last_words()}")

    def _last_words(self) -> str:
        text = self._log_file.read_text("utf-8", errors="replace").strip()
        return text[-_LOG_TAIL:] or "it wrote nothing"

    def stop(self) -> None:
        """Ends the operator: first in order (SIGTERM), then by force. Its store goes; its log stays."""
        if self._api is not None:
            self._api.__exit__()
            self._api = None
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self._ready_file.unlink(missing_ok=True)
        for file in self._folder.glob("operator.sqlite*"):
            file.unlink(missing_ok=True)
