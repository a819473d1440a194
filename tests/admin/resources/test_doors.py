"""Where to bind, told over HTTP."""

import httpx

from simulator.admin.app import create_app
from tests.admin.api import running_api


async def test_an_operator_without_smpp_has_no_door() -> None:
    async with running_api() as api:
        assert (await api.get("/api/v1/doors")).json() == {"smpp": None, "smpps": None}


async def test_the_doors_are_where_the_operator_listens() -> None:
    async with running_api() as api:
        doors = {"smpp": ("127.0.0.1", 2775), "http": ("127.0.0.1", 8080), "smpps": ("::1", 3550)}
        transport = httpx.ASGITransport(create_app(api.operator, doors))
        async with httpx.AsyncClient(transport=transport, base_url="http://operator.test") as client:
            answer = (await client.get("/api/v1/doors")).json()
    assert answer == {"smpp": {"host": "127.0.0.1", "port": 2775}, "smpps": {"host": "::1", "port": 3550}}
