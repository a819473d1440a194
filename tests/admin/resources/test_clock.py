"""The operator's clock over HTTP."""

from typing import Any

import pytest
import trio

from simulator.serving.delivery_loop import deliver
from simulator.smpp.pdus import SubmitSmResp
from tests.admin.api import DEDICATED, FREE, ORDER, Api, running_api
from tests.admin.loopback import call

CLOCK = "/api/v1/clock"


async def submitted(api: Api) -> str:
    answer = await api.esme.submit(DEDICATED, FREE, ORDER)
    assert isinstance(answer.pdu, SubmitSmResp)
    return answer.pdu.message_id


async def test_the_clock_is_read_and_stopped() -> None:
    async with running_api() as api:
        shown = (await api.get(CLOCK)).json()
        assert shown["now"].startswith("2026-11-22T12:00:0")
        assert shown["speed"] == 1
        body, json_type = b'{"speed": 0}', {"content-type": "application/json"}
        assert (await call(api.port, "PUT", f"{CLOCK}/speed", body, json_type)).json()["speed"] == 0
        assert (await api.get(CLOCK)).json()["now"] == (await api.get(CLOCK)).json()["now"]


async def test_a_jump_does_what_falls_due_on_the_way_at_its_own_moment() -> None:
    async with running_api() as api:
        message_id = await submitted(api)
        assert (await api.post(f"{CLOCK}/jump", {"by": 3600})).json()["now"].startswith("2026-11-22T13:00:0")
        message = (await api.get(f"/api/v1/messages/{message_id}")).json()
        assert message["state"] == "DELIVERED"
        assert message["done_at"].startswith("2026-11-22T12:00:0"), "it arrived a second after it was sent"


@pytest.mark.virtual_time
async def test_what_waits_for_a_stopped_clock_comes_after_the_jump() -> None:
    async with running_api() as api, trio.open_nursery() as nursery:
        nursery.start_soon(deliver, api.operator)
        api.operator.set_speed(0)
        message_id = await submitted(api)
        await trio.sleep(1000)
        [entry] = [api.operator.inquiries.entry(message_id)]
        assert entry is not None
        assert entry.message.done_at is None
        api.operator.jump(api.operator.clock.now() + 5)
        await trio.sleep(1)
        entry = api.operator.inquiries.entry(message_id)
        assert entry is not None
        assert entry.message.done_at is not None
        nursery.cancel_scope.cancel()


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({}, "body"),
        ({"to": "2026-12-01", "by": 5}, "body"),
        ({"to": "2026-11-22T11:59"}, "body.to"),
        ({"to": "2096-11-22T11:59"}, "body.to"),
        ({"to": "soon"}, "body.to"),
        ({"by": 0}, "body.by"),
        ({"by": 1e12}, "body.by"),
    ],
)
async def test_a_jump_that_cannot_be(body: dict[str, Any], path: str) -> None:
    async with running_api() as api:
        reply = await api.post(f"{CLOCK}/jump", body)
        assert reply.status == 422
        assert [error["path"] for error in reply.json()["errors"]] == [path]


async def test_a_moment_that_comes_while_one_asks_for_it_is_no_failure() -> None:
    async with running_api() as api:
        for _ in range(20):
            assert (await api.post("/api/v1/clock/jump", {"by": 5e-324})).status == 200


async def test_what_is_no_number_is_not_taken_for_one() -> None:
    async with running_api() as api:
        for by in (True, "5"):
            assert (await api.post(f"{CLOCK}/jump", {"by": by})).status == 422
        octets = b'{"speed": false}'
        assert (
            await call(api.port, "PUT", f"{CLOCK}/speed", octets, {"content-type": "application/json"})
        ).status == 422


async def test_the_clock_does_not_go_beyond_the_years_that_can_be_told() -> None:
    async with running_api() as api:
        await api.post("/api/v1/reset", {"clock": {"start": "2199-12-30T00:00:00+03:30", "speed": 0}})
        reply = await api.post(f"{CLOCK}/jump", {"by": 3 * 86_400})
        assert reply.status == 422
        assert reply.json()["errors"] == [{"path": "body.by", "message": "later than the year 2199"}]
        assert (await api.post(f"{CLOCK}/jump", {"by": 86_400})).status == 200
