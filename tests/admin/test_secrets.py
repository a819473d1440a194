"""No answer holds a secret."""

from typing import Any

import trio

from simulator.admin.access import Access, Token
from simulator.admin.app import OPENAPI_PATH, create_app
from simulator.center.operator import Operator
from simulator.registry.world import build_world
from simulator.store import Store
from tests.admin.api import DEDICATED, FREE, NOON, ORDER
from tests.admin.loopback import call, serving
from tests.esme import connected

PASSWORD = "s3cr3tpw"
SECRET = "a-token-that-nobody-guesses"
ENDLESS = "/api/v1/events"


async def test_no_list_and_no_error_tells_a_password_or_the_token() -> None:
    accounts = [{"system_id": "panel", "password": PASSWORD}]
    world = build_world({"extends": "demo", "accounts": accounts})
    operator = Operator(world, Store(), seed=1, real=trio.current_time, wall=NOON.timestamp)
    shown = {"authorization": f"Bearer {SECRET}", "content-type": "application/json"}
    app = create_app(operator)
    async with serving(app, access=Access(Token(SECRET))) as port, connected(operator) as esme:
        await esme.bind(password=PASSWORD)
        await esme.submit(DEDICATED, FREE, ORDER)
        bad_world = {"world": {"extends": "demo", "accounts": [*accounts, {"password": PASSWORD}]}}
        answers = [await call(port, "GET", target, headers=shown) for target in _targets(app.openapi())]
        answers.append(await call(port, "GET", OPENAPI_PATH, headers=shown))
        answers.append(await call(port, "POST", "/api/v1/reset", str(bad_world).replace("'", '"').encode(), shown))
    assert [answer.status for answer in answers[:-1]] == [200] * (len(answers) - 1)
    assert answers[-1].status == 422
    assert len(answers) > 15
    for answer in answers:
        assert PASSWORD not in str(answer)
        assert SECRET not in str(answer)


def _targets(document: dict[str, Any]) -> list[str]:
    """Everything that may be asked for without saying which one."""
    return [
        path
        for path, operations in document["paths"].items()
        if "get" in operations and "{" not in path and path != ENDLESS and not path.endswith("z")
    ]
