"""Beginning anew over HTTP."""

import pytest

from simulator.smpp.consts import CommandStatus
from tests.admin.api import ADVERT, DEDICATED, FREE, LISTED, NOON, ORDER, PROMOTIONAL, running_api
from tests.esme import connected


async def test_a_reset_forgets_messages_and_sets_the_clock() -> None:
    async with running_api() as api:
        await api.esme.submit(DEDICATED, FREE, ORDER)
        reply = await api.post("/api/v1/reset", {"clock": {"start": "2026-11-22T23:00", "speed": 60}})
        assert reply.status == 200
        assert reply.json()["now"].startswith("2026-11-22T23:00:")
        assert reply.json()["speed"] == 60
        assert await api.found() == []
        async with connected(api.operator) as esme:
            await esme.bind()
            assert (await esme.submit(PROMOTIONAL, FREE, ADVERT)).command_status == 0x403, "not at night"


async def test_a_reset_takes_another_world_and_then_the_first_again() -> None:
    async with running_api() as api:
        world = {"accounts": [{"system_id": "other", "password": "secret"}]}
        assert (await api.post("/api/v1/reset", {"world": world})).status == 200
        async with connected(api.operator) as esme:
            assert (await esme.bind()).command_status == CommandStatus.ESME_RINVSYSID
            assert (await esme.bind("other", "secret")).command_status == CommandStatus.ESME_ROK
        assert (await api.post("/api/v1/reset", {})).json()["speed"] == 1
        async with connected(api.operator) as esme:
            assert (await esme.bind()).command_status == CommandStatus.ESME_ROK


@pytest.mark.parametrize(
    ("wanted", "path"),
    [
        ({"world": {"extends": "dmo"}}, "body.world.extends"),
        ({"world": {}}, "body.world.accounts"),
        ({"world": {"extends": "demo", "lines": [{"number": "1", "account": "panel"}]}}, "body.world.lines[4].number"),
        ({"world": {"extends": "demo", "profile": {"name": "x"}}}, "body.world.profile.name"),
        ({"world": []}, "body.world"),
        ({"clock": {"speed": -1}}, "body.clock.speed"),
        ({"clock": {"speed": float("nan")}}, "body.clock.speed"),
        ({"clock": {"speed": float("inf")}}, "body.clock.speed"),
        ({"clock": {"start": "2026"}}, "body.clock.start"),
        ({"clock": {"start": 0}}, "body.clock.start"),
        ({"clock": None}, "body.clock"),
        ({"when": NOON.isoformat()}, "body.when"),
    ],
)
async def test_what_cannot_be_changes_nothing_and_is_named(wanted: dict[str, object], path: str) -> None:
    async with running_api() as api:
        await api.esme.submit(DEDICATED, LISTED, ORDER)
        reply = await api.post("/api/v1/reset", wanted)
        assert reply.status == 422
        assert [error["path"] for error in reply.json()["errors"]] == [path]
        assert await api.found() == ["0000000001"]
        assert (await api.esme.submit(DEDICATED, FREE, ORDER)).command_status == 0, "the session goes on"


async def test_a_reset_from_another_site_is_refused() -> None:
    async with running_api() as api:
        await api.esme.submit(DEDICATED, FREE, ORDER)
        assert (await api.post("/api/v1/reset", {}, {"origin": "http://evil.test"})).status == 403
        assert await api.found() == ["0000000001"]
