"""How to start any program of the user's own, once for each text that a scenario submits."""

from typing import Literal

from pydantic import Field

from harness.driver import DriverSpec, python_child
from harness.drivers.own_system import OwnSystemOptions


class CommandOptions(OwnSystemOptions):
    """What a user says of his program.

    Attributes:
        command: The command line; it is told of the operator and of the text by its environment (docs/drivers.md).
        reports: What it tells by itself, as events in JSON lines on its standard output; of all else the operator's
            records are what counts.
    """

    command: str = Field(min_length=1)
    reports: tuple[Literal["response", "receipt", "mo"], ...] = ()


COMMAND = DriverSpec(
    name="command",
    title="a program of your own, run for each text",
    command=python_child("command_child"),
    takes=CommandOptions,
)
