"""The fixtures. Those that a test asks for stand on `khatban_operator`, whose name no project has for itself."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from khatban_pytest.pool import Pool
from khatban_pytest.scenarios import SERVICE, ScenarioService
from khatban_pytest.settings import SettingsError, beginning, is_fresh, patience

if TYPE_CHECKING:
    from khatban_client import Address, Operator
    from khatban_client.handset import Handset
    from khatban_client.inbox import Inbox
    from khatban_client.process import OperatorProcess
    from khatban_client.resources.blacklist import Blacklist
    from khatban_client.resources.clock import Clock
    from khatban_client.resources.lines import Line

_NEW_LINES = {"samantel": "9999", "": "3000"}
"""How the number begins that a line is given where the test names none: by its type."""


def _scope(fixture_name: str, config: pytest.Config) -> Any:
    """An operator lasts as long as the ini option says."""
    del fixture_name
    return "function" if is_fresh(config) else "session"


@pytest.fixture(scope="session")
def khatban_pool(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    """The operator processes of this run."""
    pool = Pool(tmp_path_factory.mktemp("khatban"), has_spare=is_fresh(pytestconfig))
    yield pool
    pool.close()


@pytest.fixture(scope="session")
def khatban_scenarios(pytestconfig: pytest.Config) -> ScenarioService:
    """What plays scenario files, on operators of their own."""
    return pytestconfig.stash[SERVICE]


@pytest.fixture(scope=_scope)
def khatban_process(khatban_pool: Pool) -> "Iterator[OperatorProcess]":
    """The operator's process: one for the whole run (with xdist, of each worker), or one for each test."""
    with khatban_pool.take() as process:
        yield process


@pytest.fixture(scope=_scope)
def smsc_address(khatban_process: "OperatorProcess") -> "Address":
    """Host and port to which the panel binds; `panel` and `panel` are the account of the demo world."""
    return khatban_process.operator.smpp


@pytest.fixture
def khatban_operator(khatban_process: "OperatorProcess", request: pytest.FixtureRequest) -> "Operator":
    """The operator, begun anew for this test as its markers say; it notes what this test does to it under its name."""
    from khatban_client import Operator, RefusedError

    name = request.node.nodeid.encode("ascii", "backslashreplace").decode()  # a header takes no more
    operator = Operator(khatban_process.operator.url, khatban_process.operator.smpp, origin=name)
    try:
        begun = beginning(request.node)
        operator.reset(begun.world, start=begun.start, speed=begun.speed)
    except (SettingsError, RefusedError) as error:
        pytest.fail(f"the operator cannot begin as this test wants it: {error}", pytrace=False)
    return operator


@pytest.fixture
def operator(khatban_operator: "Operator") -> "Operator":
    """The operator: everything that its HTTP API can do."""
    return khatban_operator


@pytest.fixture
def inbox(khatban_operator: "Operator", pytestconfig: pytest.Config) -> "Inbox":
    """The texts that the operator received: `inbox.wait_for(to=..., text=...)`."""
    from khatban_client.inbox import Inbox

    return Inbox(khatban_operator, patience(pytestconfig))


@pytest.fixture
def handset(khatban_operator: "Operator", pytestconfig: pytest.Config) -> "Callable[[str], Handset]":
    """A subscriber's handset by its number: `handset("09121234567").write(line, "لغو ۱۱")`."""
    from khatban_client.handset import Handset

    return lambda number: Handset(khatban_operator, number, patience(pytestconfig))


@pytest.fixture
def blacklist(khatban_operator: "Operator") -> "Blacklist":
    """Who opted out of advertising: `blacklist.add(number)`, `number in blacklist`."""
    return khatban_operator.blacklist


@pytest.fixture
def clock(khatban_operator: "Operator") -> "Clock":
    """The operator's time: `clock.jump(hours)`, `clock.now()`, `clock.freeze()`."""
    return khatban_operator.clock


class LineMaker(Protocol):
    """Registers a line; without a number it is given one."""

    def __call__(self, number: str = "", *, type: str = "promotional", account: str = "panel", **more: Any) -> "Line":  # noqa: A002 - the register's word
        """The line as the operator has it; `more` as in a world's `lines`."""


@pytest.fixture
def line(khatban_operator: "Operator") -> LineMaker:
    """Registers lines: `line(type="dedicated_service").number`."""
    made = 0

    def make(number: str = "", *, type: str = "promotional", account: str = "panel", **more: Any) -> "Line":  # noqa: A002 - as above
        nonlocal made
        made += 1
        given = number or f"{_NEW_LINES.get(type, _NEW_LINES[''])}{900_000 + made}"
        khatban_operator.lines.register(given, account, type=type, **more)
        return khatban_operator.lines.get(given)

    return make
