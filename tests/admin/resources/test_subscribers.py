"""Handsets and messages moved by hand, over HTTP."""

from typing import Any

import pytest

from simulator.profiles.handset import HandsetState
from tests.admin.api import DEDICATED, FREE, ORDER, running_api


async def test_a_handset_is_read_and_set() -> None:
    async with running_api() as api:
        shown = (await api.get("/api/v1/subscribers/09129990001")).json()
        assert shown == {"number": FREE, "operator": "mci", "state": "on", "outcomes": {}}
        change = {"kind": "set-handsets", "handsets": {"numbers": "09129990000-09129990009", "state": "off"}}
        assert (await api.post("/api/v1/changes", change)).status == 201
        assert (await api.get(f"/api/v1/subscribers/{FREE}")).json()["state"] == "off"
        change = {"kind": "set-handsets", "handsets": {"numbers": FREE, "outcomes": {"on": 9, "barred": 1}}}
        assert (await api.post("/api/v1/changes", change)).status == 201
        shown = (await api.get(f"/api/v1/subscribers/{FREE}")).json()
        assert (shown["state"], shown["outcomes"]) == (None, {"on": 9.0, "barred": 1.0})


async def test_the_handset_of_a_magic_number_is_told_as_messages_find_it() -> None:
    async with running_api() as api:
        assert (await api.get("/api/v1/subscribers/09120098103")).json()["state"] == "off"


async def test_every_state_of_handsets_is_told() -> None:
    async with running_api() as api:
        kinds = (await api.get("/api/v1/subscribers")).json()
    assert [kind["state"] for kind in kinds] == list(HandsetState)


@pytest.mark.parametrize(
    ("handsets", "says"),
    [
        ({"numbers": FREE}, "say either"),
        ({"numbers": FREE, "state": "on", "outcomes": {"on": 1}}, "say either"),
        ({"numbers": "021", "state": "on"}, "not an Iranian mobile number"),
        ({"numbers": FREE, "state": "asleep"}, "Input should be"),
        ({"numbers": FREE, "outcomes": {"on": 0}}, "greater than 0"),
    ],
)
async def test_handsets_that_cannot_be(handsets: dict[str, Any], says: str) -> None:
    async with running_api() as api:
        reply = await api.post("/api/v1/changes", {"kind": "set-handsets", "handsets": handsets})
        assert reply.status == 422
        assert says in reply.json()["errors"][0]["message"]
        assert (await api.get("/api/v1/subscribers/021")).status == 404


async def test_a_message_is_moved_by_hand() -> None:
    async with running_api() as api:
        await api.esme.submit(DEDICATED, FREE, ORDER)
        target = "/api/v1/messages/0000000001/move"
        moved = (await api.post(target, {"state": "UNDELIVERABLE", "err": "045"})).json()
        assert (moved["state"], moved["err"]) == ("UNDELIVERABLE", "045")
        reply = await api.post(target, {"state": "DELIVERED"})
        assert (reply.status, "does not become" in reply.json()["detail"]) == (409, True)
        assert (await api.post("/api/v1/messages/0000000009/move", {"state": "DELIVERED"})).status == 404
        assert (await api.post(target, {"state": "GONE"})).status == 422
