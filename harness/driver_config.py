"""What a user says of drivers in a file: a table of TOML for each, by its name."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from harness.driver import DriverOptionError
from harness.drivers import DRIVERS
from harness.drivers.command_driver import COMMAND
from simulator.wording import hint


def driver_options(config: Path | None, command: str | None) -> Mapping[str, Mapping[str, Any]]:
    """The options of drivers, by their names, from what a command line says.

    Args:
        config: The file, if there is one.
        command: The program of the driver `command`; comes before what the file says of it.

    Raises:
        DriverOptionError: As `load_driver_config`.
    """
    tables = {} if config is None else dict(load_driver_config(config))
    if command is not None:
        tables[COMMAND.name] = {**tables.get(COMMAND.name, {}), "command": command}
    return tables


def load_driver_config(file: Path) -> Mapping[str, Mapping[str, Any]]:
    """The options of each driver that the file names; they are checked when the driver is chosen.

    Raises:
        DriverOptionError: It cannot be read, or names no driver.
    """
    try:
        tables = tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise DriverOptionError(f"{file}: {error.strerror}") from error
    except ValueError as error:  # TOML that is none, or octets that are no UTF-8
        raise DriverOptionError(f"{file}: {error}") from error
    names = [spec.name for spec in DRIVERS]
    for name, options in tables.items():
        if name not in names:
            raise DriverOptionError(f"{file}: {name}: there is no driver of this name{hint(name, names)}")
        if not isinstance(options, Mapping):
            raise DriverOptionError(f"{file}: {name}: expected a table of its options, [{name}]")
    return tables
