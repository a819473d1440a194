"""What the start of an operator may stumble over, and what it opens besides sockets."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from simulator.wire_log import LogFile

Address = tuple[str, int]


class StartError(Exception):
    """The operator cannot start; the message says why."""


@dataclass(frozen=True)
class Addresses:
    """Where the operator listens."""

    smpp: Address
    http: Address
    smpps: Address | None
    """SMPP behind TLS, where that is configured."""

    def as_json(self) -> str:
        """One JSON object: `{"smpp": [host, port], "http": [host, port]}`, and `smpps` likewise if it is there."""
        doors = {"smpp": self.smpp, "http": self.http, "smpps": self.smpps}
        return json.dumps({name: address for name, address in doors.items() if address})


@dataclass(frozen=True)
class Files:
    """What a run may write; what has no path is not written."""

    store: Path | None = None
    """Keeps the messages; they are in memory without it."""
    checks_store: bool = False
    """Whether every page of the store is read before it is used."""
    ready_file: Path | None = None
    wire_log: Path | None = None
    """Takes every PDU as a JSON line."""
    pcap: Path | None = None
    """Takes every octet as a capture."""


class ReadyFile:
    """A file that says where the operator listens, from when it is ready until it ends; whole or not at all."""

    def __init__(self, path: Path) -> None:
        """Opens a draft beside it.

        Raises:
            StartError: It cannot be written.
        """
        self._path = path
        self._draft = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            self._draft.touch()
        except OSError as error:
            msg = f"cannot write the ready file {path}: {error.strerror}"
            raise StartError(msg) from error

    def say(self, addresses: Addresses) -> None:
        """The operator is ready."""
        self._draft.write_text(addresses.as_json() + "\n", "utf-8")
        self._draft.replace(self._path)

    def remove(self) -> None:
        """The operator is not ready, or not any more."""
        self._draft.unlink(missing_ok=True)
        self._path.unlink(missing_ok=True)


def open_log_file(path: Path | None) -> LogFile | None:
    """A file of the wire log, if it is wanted.

    Raises:
        StartError: It cannot be written.
    """
    if path is None:
        return None
    try:
        return LogFile(path)
    except OSError as error:
        msg = f"cannot write {path}: {error.strerror}"
        raise StartError(msg) from error
