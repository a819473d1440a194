"""Writes the table of what each driver can do into docs/drivers.md, from what the drivers' processes say of themselves.

python -m tools.drivers_page

A test holds the page to what this would write. A driver whose client is not installed stops it.
"""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from harness.driver import Capability, DriverSpec
from harness.driver_process import ProcessDriver
from harness.drivers import DRIVERS
from harness.drivers.command_driver import COMMAND
from harness.drivers.http_driver import HTTP
from harness.drivers.node_driver import NODE
from tools.markdown import table

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "drivers.md"
BEGIN, END = "<!-- table: python -m tools.drivers_page -->\n", "<!-- end of the table -->\n"

OPTIONS: Mapping[str, Mapping[str, str]] = {
    NODE.name: {"modules": str(ROOT / "tests" / "e2e" / "clients" / "node")},
    COMMAND.name: {"command": "true"},
    HTTP.name: {"url": "http://127.0.0.1"},
}
"""What a driver has to be told before it says anything."""

_CAN, _CANNOT = "yes", ""


def configured(spec: DriverSpec) -> DriverSpec:
    """A driver that can be asked what it can do."""
    return spec.configured(OPTIONS.get(spec.name, {}))


def capabilities_of(spec: DriverSpec, folder: Path) -> frozenset[str]:
    """What a driver says of itself.

    Raises:
        DriverError: Its client is not installed.
    """
    with ProcessDriver(configured(spec), folder / f"{spec.name}.log") as driver:
        return driver.capabilities


def page_with(page: str, can: Mapping[str, frozenset[str]]) -> str:
    """The page with this table in it: a row for each capability, a column for each driver."""
    before, _, rest = page.partition(BEGIN)
    _, _, behind = rest.partition(END)
    return "".join((before, BEGIN, *(f"{line}\n" for line in _table(can)), END, behind))


def _table(can: Mapping[str, frozenset[str]]) -> Sequence[str]:
    head = ["", *(f"`{name}`" for name in can)]
    rows = ([f"`{each}`", *(_CAN if each in told else _CANNOT for told in can.values())] for each in Capability)
    return list(table(head, rows))


def main() -> None:
    """Asks every driver and writes the page."""
    with tempfile.TemporaryDirectory() as folder:
        can = {spec.name: capabilities_of(spec, Path(folder)) for spec in DRIVERS}
    PAGE.write_text(page_with(PAGE.read_text("utf-8"), can), "utf-8")


if __name__ == "__main__":
    main()
