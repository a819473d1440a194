"""Who stopped which line: listed, searched, counted and waited for."""

from typing import Any

import pytest
import trio

from tests.admin.api import DEDICATED, PROMOTIONAL, Api, running_api

STOPS = "/api/v1/header-stops"
FIRST, SECOND, THIRD = "989121110001", "989121110002", "989351110003"


async def stop(api: Api, number: str, line: str, kind: str = "stop-header") -> None:
    assert (await api.post("/api/v1/changes", {"kind": kind, "number": number, "line": line})).status == 201


async def fill(api: Api) -> None:
    for number in (SECOND, FIRST, THIRD):
        await stop(api, number, PROMOTIONAL)
    await stop(api, FIRST, DEDICATED)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [(PROMOTIONAL, FIRST), (PROMOTIONAL, SECOND), (PROMOTIONAL, THIRD), (DEDICATED, FIRST)]),
        (f"line=%2B98{PROMOTIONAL}&limit=2", [(PROMOTIONAL, FIRST), (PROMOTIONAL, SECOND)]),
        ("number=09121110001", [(PROMOTIONAL, FIRST), (DEDICATED, FIRST)]),
        ("begins=0935", [(PROMOTIONAL, THIRD)]),
        ("limit=2&offset=2", [(PROMOTIONAL, THIRD), (DEDICATED, FIRST)]),
        ("limit=2&offset=3", [(DEDICATED, FIRST)]),
        ("limit=0", []),
        ("line=3000999999", []),
        (f"line={DEDICATED}&begins=0935", []),
    ],
)
async def test_stops_are_listed_by_line_and_number(query: str, found: list[tuple[str, str]]) -> None:
    async with running_api() as api:
        await fill(api)
        told = (await api.get(f"{STOPS}?{query}")).json()
        assert [(one["line"], one["number"]) for one in told["stops"]] == found
        assert told["total"] == sum(told["lines"].values())
        if not query:
            assert told["lines"] == {PROMOTIONAL: 3, DEDICATED: 1}


async def test_a_stop_says_since_when_and_one_that_was_taken_back_is_none() -> None:
    async with running_api() as api:
        await fill(api)
        await stop(api, THIRD, PROMOTIONAL, "rejoin-header")
        told = (await api.get(f"{STOPS}?line={PROMOTIONAL}")).json()
        assert [one["number"] for one in told["stops"]] == [FIRST, SECOND]
        assert told["stops"][0]["since"].startswith("2026-11-22T12:00:0")
        assert told["stops"][0]["next"] is None


async def test_a_test_waits_until_a_subscriber_has_stopped_a_line() -> None:
    with trio.fail_after(10):
        async with running_api() as api, trio.open_nursery() as nursery:
            told: dict[str, Any] = {}

            async def wait() -> None:
                told.update((await api.get(f"{STOPS}?number={FIRST}&wait=60")).json())

            nursery.start_soon(wait)
            await api.post("/api/v1/mo", {"from": FIRST, "to": PROMOTIONAL, "text": "لغو ۱۱"})
            while not told:
                await trio.lowlevel.checkpoint()
            assert told["total"] == 1


@pytest.mark.parametrize("query", ["begins=12", "number=12", "since=2026"])
async def test_a_filter_that_cannot_be_is_named(query: str) -> None:
    async with running_api() as api:
        reply = await api.get(f"{STOPS}?{query}")
        assert (reply.status, reply.json()["errors"][0]["path"]) == (422, f"query.{query.partition('=')[0]}")
