"""What every fault has to show: that it bites, octet by octet, and after how many bites it is used up."""

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from tests.trouble.wire import Wire, World

Bite = Callable[[World], Awaitable[Wire | None]]
"""Makes the fault bite and asserts what an ESME sees; gives the connection if that lives on."""


class Case(NamedTuple):
    """A fault in a test: how it is seen to bite, the parameters that it is given, and its bites in one run of that."""

    bite: Bite
    parameters: dict[str, Any] = {}  # noqa: RUF012 - never changed
    bites: int = 1
