"""Who may write, and what every answer carries."""

import pytest

from simulator.admin.guards import SECURITY_HEADERS
from tests.admin.loopback import call, serving


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({}, True),
        ({"origin": "http://operator.localhost"}, True),
        ({"origin": "HTTP://Operator.Localhost"}, True),
        ({"origin": "https://operator.localhost", "sec-fetch-site": "same-origin"}, True),
        ({"origin": "http://operator.localhost:81"}, False),
        ({"origin": "http://evil.test"}, False),
        ({"origin": "http://operator.localhost.evil.test"}, False),
        ({"origin": "null"}, False),
        ({"origin": "http://[broken"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"origin": "http://operator.localhost", "sec-fetch-site": "cross-site"}, False),
    ],
)
async def test_a_write_from_the_page_of_another_site_is_refused(headers: dict[str, str], allowed: bool) -> None:
    async with serving() as port:
        for method in ("POST", "PUT", "DELETE", "BREW"):
            assert (await call(port, method, "/", headers=headers)).status == (200 if allowed else 403)
        assert (await call(port, "GET", "/", headers=headers)).status == 200


async def test_two_origins_must_both_be_ours() -> None:
    async with serving() as port:
        smuggled = {"origin": "http://operator.localhost\r\norigin: http://evil.test"}
        assert (await call(port, "POST", "/", headers=smuggled)).status == 403


@pytest.mark.parametrize(
    ("method", "target", "status"), [("GET", "/", 200), ("GET", "/crash", 500), ("POST", "/", 403)]
)
async def test_every_answer_carries_the_security_headers(method: str, target: str, status: int) -> None:
    async with serving() as port:
        reply = await call(port, method, target, headers={"sec-fetch-site": "cross-site"})
        assert reply.status == status
        assert dict(SECURITY_HEADERS).items() <= reply.headers.items()
