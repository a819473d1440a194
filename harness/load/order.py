"""What one process of a load test is told, and by which names a locustfile is told it."""

import ipaddress
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict

VARIABLES = {
    "plan": "KHATBAN_LOAD_PLAN",
    "out": "KHATBAN_LOAD_OUT",
    "smpp": "KHATBAN_LOAD_SMPP",
    "http": "KHATBAN_LOAD_HTTP",
    "target_is_mine": "KHATBAN_LOAD_TARGET_IS_MINE",
}
"""The variables by which `locust -f harness/load/locustfile.py` is told the same."""


class TargetError(Exception):
    """A load is not sent where it was asked to go; says why, and what to do."""


class Role(StrEnum):
    """What a process does."""

    LOCAL = "local"
    MASTER = "master"
    WORKER = "worker"


class Order(BaseModel):
    """What a process of a load test is told.

    Attributes:
        role: its role.
        plan: the plan's file.
        out: the run directory, where it is the one that writes it.
        smpp: `host:port` of the SMPP door that is loaded.
        http: the HTTP door of the same operator, where it is Khatban.
        own_operator: whether it was started for this run.
        master: `host:port` of Locust's master, where there is one: where it listens, or where a worker finds it.
        workers: for how many a master waits.
        workers_patience: seconds for which it does.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Role = Role.LOCAL
    plan: Path
    out: Path | None = None
    smpp: str
    http: str | None = None
    own_operator: bool = False
    master: str = ""
    workers: int = 0
    workers_patience: float = 60.0


def check_target(address: str, *, is_mine: bool) -> None:
    """Lets a load go to this machine only, unless the user says that the target is his.

    Raises:
        TargetError: it is another machine.
    """
    host = urlsplit(f"//{address}").hostname or ""
    if not is_mine and not is_loopback(host):
        raise TargetError(
            f"{address} is another machine. A load test of a system that is not yours is an attack; if it is yours, say"
            " so: --target-is-mine"
        )


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, by its own word and without asking anybody for the name."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_said(environment: Mapping[str, str]) -> bool:
    """Whether the environment says that the target is the user's own."""
    return environment.get(VARIABLES["target_is_mine"], "") in {"1", "yes", "true"}
