"""The processes of Locust as children of the command: this process itself imports neither gevent nor Locust."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from harness.load.order import Order
from khatban_client import launch

STOP_PATIENCE = 10.0
_LOG_TAIL = 2000


class GeneratorError(Exception):
    """A process of Locust has ended before its time; says what it wrote last."""


class GeneratorProcess:
    """One of them. A context manager: leaving ends it. Should this process be killed, it ends as well.

    Args:
        order: what it is told.
        log: takes what it says besides.
    """

    def __init__(self, order: Order, log: Path) -> None:
        self._log = log
        with log.open("ab") as file:
            # A session of its own: Ctrl-C reaches the parent alone, which then ends the load in order.
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                launch.reading_command("harness.load.generator", order.model_dump_json()),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=file,
                start_new_session=True,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()

    def told(self) -> Iterator[dict[str, Any]]:
        """What it tells, until it ends.

        Raises:
            GeneratorError: it failed.
        """
        if self._process.stdout is None:
            return
        for line in self._process.stdout:
            yield json.loads(line)
        if status := self._process.wait():
            raise GeneratorError(f"Locust ended with status {status}: {self.last_words()}")

    def interrupt(self) -> None:
        """Asks it to end the load in order; it writes what it has."""
        self._process.terminate()

    def last_words(self) -> str:
        """The end of its log."""
        return self._log.read_text("utf-8", errors="replace").strip()[-_LOG_TAIL:] or "it wrote nothing"

    def stop(self) -> None:
        """Ends it; by force where it does not end by itself."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        try:
            self._process.wait(STOP_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
