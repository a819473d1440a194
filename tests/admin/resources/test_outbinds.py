import pytest

from tests.admin.api import running_api


@pytest.mark.parametrize("host", ["192.0.2.1", "localhost", "", "::2", "127.0.0.1.example"])
async def test_nobody_but_loopback_is_called(host: str) -> None:
    async with running_api() as api:
        reply = await api.post("/api/v1/outbinds", {"host": host, "port": 2775})
        assert reply.status == 422
        assert reply.json()["errors"][0]["path"] == "body.host"


async def test_calls_that_wait_are_bounded() -> None:
    async with running_api() as api:  # nobody takes the calls here
        statuses = [(await api.post("/api/v1/outbinds", {"port": 1})).status for _ in range(20)]
        assert set(statuses) == {202, 503}
        assert statuses[0] == 202
