"""Subscribers' messages over HTTP."""

from typing import Any

import pytest

from tests.admin.api import ADVERT, DEDICATED, FREE, ORDER, PROMOTIONAL, Api, running_api
from tests.esme import connected

MO, CHANGES = "/api/v1/mo", "/api/v1/changes"


async def write(api: Api, to: str, text: str, number: str = FREE) -> Any:
    reply = await api.post(MO, {"from": number, "to": to, "text": text})
    assert reply.status == 200
    return reply.json()


async def submitted(api: Api, line: str, text: str, to: str = FREE) -> int:
    return (await api.esme.submit(line, to, text, registered_delivery=0)).command_status


async def test_a_subscriber_opts_out_and_in_at_his_operators_short_code() -> None:
    async with running_api() as api:
        received = await write(api, "8999", "۱")
        assert (received["outcome"], received["change"]) == ("changed", 1)
        assert "8999" in received["reply"]
        assert await submitted(api, PROMOTIONAL, ADVERT) == 0x401
        assert await submitted(api, DEDICATED, ORDER) == 0, "information reaches him"
        await write(api, "8999", "2")
        assert await submitted(api, PROMOTIONAL, ADVERT) == 0
        entries = (await api.get(f"{CHANGES}?origin=mo")).json()["changes"]
        assert [entry["change"]["kind"] for entry in entries] == ["opt-out", "opt-in"]


async def test_a_subscriber_stops_a_header_and_comes_back() -> None:
    async with running_api() as api:
        assert (await write(api, DEDICATED, "لغو ۱۱"))["outcome"] == "changed"
        assert await submitted(api, DEDICATED, ORDER) == 0x402
        assert await submitted(api, PROMOTIONAL, ORDER) == 0
        assert await submitted(api, DEDICATED, ORDER, "989129990002") == 0
        explained = (await api.post("/api/v1/explain", {"from": DEDICATED, "to": FREE, "text": ORDER})).json()
        assert explained["header_stopped"]
        assert (explained["verdict"]["rule"], explained["verdict"]["clause"]) == ("stopped-header", "optout.header")
        assert (await write(api, DEDICATED, "12"))["change"] == 2
        assert await submitted(api, DEDICATED, ORDER) == 0


async def test_what_changes_nothing() -> None:
    async with running_api() as api:
        for to, text, outcome in [
            ("800", "", "answered"),
            (DEDICATED, "سلام", "for-account"),
            ("5005", "2", "unknown-destination"),
        ]:
            received = await write(api, to, text)
            assert (received["outcome"], received["change"]) == (outcome, None)
        assert (await api.get(CHANGES)).json()["total"] == 0


async def test_what_asks_for_nothing_reaches_the_account() -> None:
    async with running_api() as api:
        await write(api, DEDICATED, "سلام، ساعت کار شما؟")
        came = await api.esme.receipt()
        assert (came.source_addr, came.destination_addr) == (FREE, DEDICATED)
        assert came.short_message.decode("utf-16-be") == "سلام، ساعت کار شما؟"


async def test_a_profile_may_pass_the_words_on_as_well() -> None:
    async with running_api() as api:
        world = {"extends": "demo", "profile": {"header_stops": {"passed_on": True}}}
        await api.post("/api/v1/reset", {"world": world})
        async with connected(api.operator) as esme:
            await esme.bind()
            assert (await write(api, DEDICATED, "11"))["outcome"] == "changed"
            assert (await esme.receipt()).short_message == b"11"


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"from": "02188776655", "to": "8999", "text": "1"}, "body.from"),
        ({"to": "8999", "text": "1"}, "body.from"),
        ({"from": FREE, "to": "8" * 41, "text": "1"}, "body.to"),
        ({"from": FREE, "to": "8999", "text": "1", "at": 5}, "body.at"),
    ],
)
async def test_a_message_that_cannot_be(body: dict[str, Any], path: str) -> None:
    async with running_api() as api:
        reply = await api.post(MO, body)
        assert (reply.status, reply.json()["errors"][0]["path"]) == (422, path)
