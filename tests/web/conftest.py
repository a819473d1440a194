"""One browser and one operator for all tests of the console; each test begins the world anew."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Browser

from harness.operator_process import OperatorProcess
from tests.browser import chromium
from tests.web.console import Console
from tests.web.lively import MORNING, WORLD

Open = Callable[..., Console]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OperatorProcess]:
    with OperatorProcess(tmp_path_factory.mktemp("console"), seed=1) as process:
        yield process


@pytest.fixture
def operator(running: OperatorProcess) -> OperatorProcess:
    running.api.reset(WORLD, datetime.fromisoformat(MORNING), speed=1.0)
    return running


@pytest.fixture
def opened(browser: Browser, operator: OperatorProcess) -> Iterator[Open]:
    """Opens the console at a place; whatever a browser complains of by the end of the test fails it."""
    consoles: list[Console] = []

    def open_console(place: str = "", **wishes: Any) -> Console:
        console = Console(browser, operator, **wishes)
        consoles.append(console)
        console.go(place)
        return console

    yield open_console
    complaints = [complaint for console in consoles for complaint in console.close()]
    assert complaints == []
