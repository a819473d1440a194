"""Reads the configuration of a run from TOML: one operator, whose world the file holds, or several under their names.

Everything is checked before a port opens; every fault is reported with file, line and path.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from simulator.policy.check import check_world
from simulator.registry.recipient_files import read_recipients
from simulator.registry.world import World, WorldError, build_world, described, shipped_world
from simulator.serving.config import (
    ClockSettings,
    Config,
    ConfigError,
    Files,
    OperatorConfig,
    RetentionSettings,
    ServerSettings,
    SharedBlacklist,
)
from simulator.wording import hint

DEFAULT_WORLD = "demo"

_NAME = re.compile(r"^[a-z][a-z0-9-]{0,29}$")

Fault = tuple[str, str]
"""A path such as `operators.mci.lines[2].number`, and what is wrong there."""
Model = TypeVar("Model", bound=BaseModel)


def load_config(path: Path | None) -> Config:
    """The configuration in a TOML file, or the demo world without one.

    Raises:
        ConfigError: The file cannot be read, is no TOML, or holds faults.
    """
    if path is None:
        return Config(operators=(OperatorConfig(world=shipped_world(DEFAULT_WORLD)),))
    try:
        text = path.read_text("utf-8")
        table = tomllib.loads(text)
    except OSError as error:
        msg = f"{path}: {error.strerror}"
        raise ConfigError(msg) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        msg = f"{path}: not TOML: {error}"
        raise ConfigError(msg) from error
    reader = _Reader(path.parent)
    config = reader.several(table) if "operators" in table else reader.one(table)
    if reader.faults or config is None:
        raise ConfigError("\n".join(_located(path, text, *fault) for fault in reader.faults))
    return config


class _Reader:
    """Reads tables into the configuration, and collects what is wrong with them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.faults: list[Fault] = []

    def one(self, table: dict[str, Any]) -> Config | None:
        operator = self._operator("", table, {})
        return Config(operators=(operator,)) if operator else None

    def several(self, table: dict[str, Any]) -> Config | None:
        for key in table.keys() - {"operators", "blacklists"}:
            self.faults.append((key, "where operators have names, this stands in the table of one"))
        blacklists = {
            name: self._model(SharedBlacklist, below, f"blacklists.{name}")
            for name, below in self._tables(table, "blacklists")
        }
        operators = [self._operator(name, dict(below), blacklists) for name, below in self._tables(table, "operators")]
        there = tuple(operator for operator in operators if operator)
        self.faults += _clashes(there)
        return Config(operators=there, blacklists=blacklists) if there else None

    def _tables(self, table: dict[str, Any], key: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """The tables under a key, by their names."""
        tables = table.get(key, {})
        if not isinstance(tables, dict) or (key == "operators" and not tables):
            self.faults.append((key, f"expected tables [{key}.<name>]"))
            return
        for name, below in tables.items():
            if not isinstance(below, dict):
                self.faults.append((f"{key}.{name}", "expected a table"))
            elif not _NAME.match(name):
                self.faults.append((f"{key}.{name}", "a name is small letters, digits and hyphens, a letter first"))
            else:
                yield name, below

    def _operator(
        self, name: str, table: dict[str, Any], blacklists: Mapping[str, SharedBlacklist]
    ) -> OperatorConfig | None:
        at = f"operators.{name}." if name else ""
        server = self._model(ServerSettings, table.pop("server", {}), f"{at}server")
        retention = self._model(RetentionSettings, table.pop("retention", {}), f"{at}retention")
        clock = self._model(ClockSettings, table.pop("clock", {}), f"{at}clock")
        files = self._model(Files, table.pop("files", {}), f"{at}files")
        shared = table.pop("blacklist") if name and isinstance(table.get("blacklist"), str) else None
        if shared is not None and shared not in blacklists:
            self.faults.append((f"{at}blacklist", f"there is no table [blacklists.{shared}]{hint(shared, blacklists)}"))
        world = self._world(table, at)
        if world is None:
            return None
        server, files = self._with_files_beside(server), _beside(self._folder, files)
        return OperatorConfig(
            name=name, world=world, server=server, retention=retention, clock=clock, files=files, blacklist=shared
        )

    def _world(self, table: dict[str, Any], at: str) -> World | None:
        self.faults += [(at + where, what) for where, what in read_recipients(self._folder, table)]
        try:
            return check_world(build_world(table, self._folder))
        except WorldError as error:
            self.faults += [(at + where if where else at.rstrip("."), what) for where, what in error.errors]
            return None

    def _model(self, model: type[Model], table: Any, at: str) -> Model:
        """A part of the configuration; what it would be without a word where the table has faults."""
        try:
            return model.model_validate(table, context={"folder": self._folder})
        except ValidationError as error:
            self.faults += [(f"{at}.{where}" if where else at, what) for where, what in described(error)]
            return model()

    def _with_files_beside(self, server: ServerSettings) -> ServerSettings:
        tls = server.tls and _beside(self._folder, server.tls)
        return _beside(self._folder, server).model_copy(update={"tls": tls})


def _beside(folder: Path, files: Model) -> Model:
    """Paths that were written relative to the folder of the configuration."""
    paths = {name: folder / value for name, value in files if isinstance(value, Path)}
    return files.model_copy(update=paths)


def _clashes(operators: tuple[OperatorConfig, ...]) -> Iterator[Fault]:
    """What two operators cannot both have: ports, and files to write."""
    taken: dict[object, str] = {}
    for operator in operators:
        for where, what in _claims(operator):
            if (first := taken.setdefault(what, where)) != where:
                yield where, f"{what[-1]} is that of {first} already"


def _claims(operator: OperatorConfig) -> Iterator[tuple[str, tuple[object, ...]]]:
    at, server = f"operators.{operator.name}", operator.server
    ports = {"port": (server.host, server.port), "http_port": (server.http_host or server.host, server.http_port)}
    if server.tls:
        ports["tls.port"] = (server.host, server.tls.port)
    yield from ((f"{at}.server.{name}", address) for name, address in ports.items() if address[1])
    yield from ((f"{at}.files.{name}", (path,)) for name, path in operator.files if path)


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
