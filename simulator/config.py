"""The configuration of a run: a TOML file that holds a world, and how the operator is served.

Everything is checked before a port opens; every fault is reported with file, line and path.
"""

import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from simulator.number_lists import NumberListError
from simulator.policy.check import check_world
from simulator.recipients import Recipients
from simulator.store import Durability, Retention
from simulator.world import World, WorldError, build_world, described, shipped_world

DEFAULT_WORLD = "demo"

Settings = TypeVar("Settings", bound=BaseModel)


class ConfigError(Exception):
    """A configuration that cannot be used; one fault a line, each with file, line and path."""


class TlsSettings(BaseModel):
    """A second SMPP door, behind TLS; the files are PEM, and relative to the folder of the configuration."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    port: int = Field(default=3550, ge=0, le=65535)
    certificate: Path
    key: Path


class ServerSettings(BaseModel):
    """How the operator is served: addresses, and the session timers in seconds of real time."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = "127.0.0.1"
    port: int = Field(default=2775, ge=0, le=65535)
    http_port: int = Field(default=8775, ge=0, le=65535)
    session_init: float = Field(default=30.0, gt=0)
    enquire_link: float = Field(default=60.0, gt=0)
    response_timeout: float = Field(default=60.0, gt=0)
    inactivity: float | None = Field(default=None, gt=0)
    window_out: int = Field(default=100, ge=1, le=100_000)
    """How many deliver_sm may wait for their answers on one bind."""
    strict: bool = True
    """Whether a request with a reserved value, or with TLVs that are not in order, is refused or taken as it came."""
    congestion: int | None = Field(default=None, ge=0, le=100)
    """The congestion_state that ESMEs at 5.0 are told in every response; nothing is said of it without one."""
    tls: TlsSettings | None = None
    durability: Durability = Durability.PROCESS
    """What the store survives: the end of the process, or that of the machine too (docs/store.md)."""


class RetentionSettings(BaseModel):
    """How much the store keeps; without a limit, everything."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    messages: int | None = Field(default=None, ge=1)
    """How many messages it may hold before finished ones are deleted, the oldest first."""
    age: float | None = Field(default=None, gt=0)
    """Seconds on the operator's clock that a finished message is kept."""

    @property
    def value(self) -> Retention:
        """As the store takes it."""
        return Retention(self.messages, self.age)


class Config(BaseModel):
    """A whole run."""

    model_config = ConfigDict(frozen=True)

    world: World
    server: ServerSettings = ServerSettings()
    retention: RetentionSettings = RetentionSettings()


def load_config(path: Path | None) -> Config:
    """The configuration in a TOML file, or the demo world without one.

    Raises:
        ConfigError: The file cannot be read, is no TOML, or holds faults.
    """
    if path is None:
        return Config(world=shipped_world(DEFAULT_WORLD))
    try:
        text = path.read_text("utf-8")
        table = tomllib.loads(text)
    except OSError as error:
        msg = f"{path}: {error.strerror}"
        raise ConfigError(msg) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        msg = f"{path}: not TOML: {error}"
        raise ConfigError(msg) from error
    server, faults = _settings(ServerSettings, "server", table.pop("server", {}))
    retention, more = _settings(RetentionSettings, "retention", table.pop("retention", {}))
    faults += more
    faults += _read_recipients(path.parent, table)
    try:
        world = check_world(build_world(table, path.parent))
    except WorldError as error:
        faults += error.errors
    if faults:
        raise ConfigError("\n".join(_located(path, text, *fault) for fault in faults))
    return Config(world=world, server=_with_files_beside(path, server), retention=retention)


def _read_recipients(folder: Path, table: dict[str, Any]) -> list[tuple[str, str]]:
    """Reads each line's `recipients_file`, beside the configuration, into its recipients; what is wrong with them."""
    faults = []
    lines = table.get("lines")
    for place, line in enumerate(lines if isinstance(lines, list) else ()):
        if not isinstance(line, dict) or not isinstance(name := line.pop("recipients_file", None), str):
            continue
        where = f"lines[{place}].recipients_file"
        if "recipients" in line:
            faults.append((where, "a line has recipients or a recipients_file, not both"))
            continue
        try:
            line["recipients"] = Recipients.read((folder / name).read_bytes())
        except NumberListError as error:
            faults.append((where, f"{name}:{error.line}: {error.why}"))
        except OSError as error:
            faults.append((where, f"{name}: {error.strerror}"))
    return faults


def _with_files_beside(path: Path, server: ServerSettings) -> ServerSettings:
    if server.tls is None:
        return server
    folder = path.parent
    files = {"certificate": folder / server.tls.certificate, "key": folder / server.tls.key}
    return server.model_copy(update={"tls": server.tls.model_copy(update=files)})


def _settings(model: type[Settings], name: str, table: Any) -> tuple[Settings, list[tuple[str, str]]]:
    """The settings in a table of the configuration, and what is wrong with it; then the settings are the defaults."""
    try:
        return model.model_validate(table), []
    except ValidationError as error:
        return model(), [(f"{name}.{where}", what) for where, what in described(error)]


def _located(path: Path, text: str, where: str, what: str) -> str:
    return f"{path}:{line_of(text, where)}: {where}: {what}" if where else f"{path}: {what}"


def line_of(text: str, path: str) -> int:
    """The line of a TOML text on which the value at a path such as `lines[2].number` stands, or its nearest parent."""
    steps = re.findall(r"([A-Za-z0-9_-]+)(?:\[(\d+)\])?", path)
    lines = text.splitlines()
    line = 0
    for depth, (key, index) in enumerate(steps):
        table = re.escape(".".join(step for step, _ in steps[: depth + 1]))
        header = re.compile(rf"^\s*\[\[?\s*{table}\s*\]")
        value = re.compile(rf"^\s*(?:[\w.-]+\.)?{re.escape(key)}\s*[=.]")
        headers = [number for number, written in enumerate(lines) if header.match(written)]
        values = [number for number, written in enumerate(lines) if number >= line and value.match(written)]
        if headers:
            line = headers[min(int(index or 0), len(headers) - 1)]
        elif values:
            line = values[0]
    return line + 1
