"""A program of the user's own: told address and credentials by its environment, heard line by line, ended in order."""

import os
import queue
import shlex
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping

from harness.drivers.child import Bind, ChildError

STOP_PATIENCE = 3.0
"""Real seconds for a program to end by SIGTERM, before it is killed."""


class OwnProgram:
    """A program and whatever it starts, as one process group.

    Args:
        command: A command line; it is taken apart as a shell would, but no shell runs it.
        variables: What is added to its environment.

    Attributes:
        lines: What it has written to its standard output, as it came; standard error goes where ours goes.

    Raises:
        ChildError: It cannot be started.
    """

    def __init__(self, command: str, variables: Mapping[str, str]) -> None:
        words = shlex.split(command)
        if not words:
            raise ChildError("the command is empty")
        # With setpriv the kernel ends the program when ours is gone, however that came about.
        setpriv = shutil.which("setpriv")
        guarded = [setpriv, "--pdeathsig", "TERM"] if setpriv else []
        if shutil.which(words[0]) is None:
            raise ChildError(f"there is no program {words[0]}")
        try:
            self._process = subprocess.Popen(  # noqa: S603 - the user's own command
                [*guarded, *words],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=sys.stderr,
                env={**os.environ, **variables},
                process_group=0,
            )
        except OSError as error:
            raise ChildError(f"{words[0]}: {error.strerror}") from error
        self._name = words[0]
        self.lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        if self._process.stdout is not None:
            with self._process.stdout as lines:
                for line in lines:
                    self.lines.put(line.decode("utf-8", errors="replace").rstrip())

    @property
    def ended(self) -> str:
        """How it ended, in words; empty while it runs."""
        status = self._process.poll()
        return "" if status is None else f"{self._name} ended with status {status}"

    def stop(self) -> None:
        """Ends it, and what it has started: first by SIGTERM, then by force."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            if self._process.poll() is None:
                os.killpg(self._process.pid, number)
                try:
                    self._process.wait(STOP_PATIENCE)
                except subprocess.TimeoutExpired:
                    continue
            break


def environment(bind: Bind) -> dict[str, str]:
    """Where the operator is, and as whom one binds."""
    return {
        "KHATBAN_HOST": bind.host,
        "KHATBAN_PORT": str(bind.port),
        "KHATBAN_SYSTEM_ID": bind.system_id,
        "KHATBAN_PASSWORD": bind.password,
        "KHATBAN_API": bind.operator,
    }
