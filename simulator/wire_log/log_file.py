"""A file that is written to beside the work, and given up rather than let disturb it."""

import logging
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

_FULL: Final = 1 << 18
"""Octets that may wait to be written."""

_log = logging.getLogger("khatban.wire_log")


class LogFile:
    """A file of records, written anew. What is added waits for `flush`, though not without bound.

    When it cannot be written any more (the disk is full), one error is logged, the records already in it stay whole,
    and what is added from then on goes nowhere.
    """

    def __init__(self, path: Path) -> None:
        """Opens the file.

        Raises:
            OSError: It cannot be written.
        """
        self._path = path
        self._file = path.open("wb", buffering=0)
        self._waiting: list[bytes] = []
        self._size = 0
        self._written = 0

    def add(self, record: bytes) -> None:
        """Takes a record."""
        if self._file.closed:
            return
        self._waiting.append(record)
        self._size += len(record)
        if self._size > _FULL:
            self.flush()

    def flush(self) -> None:
        """Hands the operating system what waits."""
        if not self._waiting:
            return
        octets = memoryview(b"".join(self._waiting))
        self._waiting, self._size = [], 0
        try:
            self._write(octets)
        except OSError as error:
            _log.error("%s: %s; nothing more is written to it", self._path, error.strerror)
            with suppress(OSError):  # a pipe has no length
                os.ftruncate(self._file.fileno(), self._written)
            self._file.close()

    def close(self) -> None:
        """Writes what waits, and closes the file."""
        self.flush()
        self._file.close()

    def _write(self, octets: memoryview) -> None:
        size = len(octets)
        while octets:
            octets = octets[self._file.write(octets) :]
        self._written += size
