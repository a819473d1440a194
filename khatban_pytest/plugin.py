"""Khatban in pytest: an operator for the tests of a panel. Loaded by pytest itself, wherever Khatban is installed.

What runs here is in the user's process, so it is light and brings no event loop; the operator is a process of its own,
started with the first test that asks for it.
"""

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from khatban_pytest.fixtures import (
    blacklist,
    clock,
    handset,
    inbox,
    khatban_operator,
    khatban_pool,
    khatban_process,
    khatban_scenarios,
    line,
    operator,
    smsc_address,
)
from khatban_pytest.scenarios import OWN_SUFFIX, SERVICE, ScenarioFile, ScenarioService, is_scenario_file
from khatban_pytest.settings import (
    FRESH,
    MARKER,
    SHARED,
    SettingsError,
    driver_options,
    is_fresh,
    options,
    patience,
)

if TYPE_CHECKING:
    from khatban_client import Operator

__all__ = [
    "blacklist",
    "clock",
    "handset",
    "inbox",
    "khatban_operator",
    "khatban_pool",
    "khatban_process",
    "khatban_scenarios",
    "line",
    "operator",
    "smsc_address",
]

_MARKER_HELP = (
    f"{MARKER}(world=..., profile=..., start=..., speed=...): how the operator begins for a test; "
    "a world is a shipped one's name, the path of a TOML file, or a table"
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The ini options."""
    for name, help_text, default in options():
        parser.addini(name, f"Khatban: {help_text} [default: {default or 'none'}]", default=default)
    parser.addini("khatban_seconds", "Khatban: how long `inbox` and `handset` wait for a text", default="5")
    parser.addini("khatban_scenarios", f"Khatban: patterns of scenario files, besides *{OWN_SUFFIX}", "linelist")
    parser.addini("khatban_driver", "Khatban: the client that plays scenario files", default="smpplib")
    parser.addini("khatban_driver_options", "Khatban: what is said of that client: name = value", "linelist")
    parser.addini("khatban_operator", f"Khatban: {SHARED} by all tests, or a {FRESH} one for each", default=SHARED)


def pytest_configure(config: pytest.Config) -> None:
    """The marker; and what the ini options say is looked at before any test runs."""
    config.addinivalue_line("markers", _MARKER_HELP)
    try:
        is_fresh(config), patience(config)
        config.stash[SERVICE] = ScenarioService(config.getini("khatban_driver"), driver_options(config))
    except SettingsError as error:
        raise pytest.UsageError(str(error)) from None


def pytest_unconfigure(config: pytest.Config) -> None:
    """Ends what plays scenarios."""
    if SERVICE in config.stash:
        config.stash[SERVICE].close()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Takes scenario files, and no other YAML."""
    if not is_scenario_file(file_path, parent.config.rootpath, parent.config.getini("khatban_scenarios")):
        return None
    return ScenarioFile.from_parent(parent, path=file_path)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Has the operator begin anew before anything of a test binds to it, whatever the test itself asks for."""
    for item in items:
        names: list[str] = getattr(item, "fixturenames", [])
        if "khatban_process" in names:
            names[:] = ["khatban_operator", *(name for name in names if name != "khatban_operator")]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Adds to the report of a test that failed what its operator received."""
    report = yield
    asked = getattr(item, "funcargs", {}).get("khatban_operator")
    if report.failed and asked is not None:
        report.sections.append(("what the operator received", _received(asked)))
    return report


def _received(operator: "Operator") -> str:
    from khatban_client import OperatorError, wording
    from khatban_client.texts import put_together

    try:
        texts = put_together(operator.messages.find())
    except OperatorError as error:
        return str(error)
    return "\n".join(wording.told(texts)) or "nothing"
