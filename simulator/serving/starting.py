"""What the start of an operator may stumble over, and what it opens besides sockets."""

import json
import os
from collections.abc import Mapping
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

    def by_door(self) -> dict[str, Address]:
        """`smpp` and `http`, and `smpps` if it is there."""
        doors = {"smpp": self.smpp, "http": self.http, "smpps": self.smpps}
        return {name: address for name, address in doors.items() if address}


class ReadyFile:
    """A file that says where the operators listen, from when they are ready until they end; whole or not at all."""

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

    def say(self, addresses: Mapping[str, Addresses]) -> None:
        """The operators are ready.

        One JSON object: `{"smpp": [host, port], "http": [host, port]}` for an operator without a name; such an object
        for each of several under `operators` and its name.
        """
        by_name = {name: listens.by_door() for name, listens in addresses.items()}
        said = by_name.get("", {"operators": by_name})
        self._draft.write_text(json.dumps(said) + "\n", "utf-8")
        self._draft.replace(self._path)

    def remove(self) -> None:
        """The operators are not ready, or not any more."""
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
