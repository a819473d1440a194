"""Observes an operator by its wire log, while that is written."""

from pathlib import Path

from harness.audit.recording import Recording
from harness.audit.traces import Carried, Opened, SourceError, Trace
from harness.audit.wire_log import WireLogReader


class Observer:
    """Follows a wire log.

    Args:
        path: The file.
        from_end: Whether to begin with what is written from now on, as for an operator that has run for a while.

    Raises:
        SourceError: It cannot be read.

    Attributes:
        traces: All that was seen so far.
        pdus: How many PDUs.
        sessions: How many connections.
    """

    def __init__(self, path: Path, *, from_end: bool = False) -> None:
        self.traces: list[Trace] = []
        self.pdus = self.sessions = 0
        self._path = path
        self._reader = WireLogReader(str(path))
        try:
            self._at = path.stat().st_size if from_end else 0
        except OSError as error:
            raise SourceError(f"{path}: {error.strerror}") from error

    def look(self) -> None:
        """Takes in what was written since.

        Raises:
            SourceError: The log cannot be read any more, or is none.
        """
        try:
            with self._path.open("rb") as file:
                file.seek(self._at)
                octets = file.read()
        except OSError as error:
            raise SourceError(f"{self._path}: {error.strerror}") from error
        self._at += len(octets)
        for trace in self._reader.feed(octets):
            self.traces.append(trace)
            self.pdus += isinstance(trace, Carried)
            self.sessions += isinstance(trace, Opened)

    def recording(self, until: float) -> Recording:
        """What was seen, until that moment on the operator's clock."""
        return Recording(self.traces, until)
