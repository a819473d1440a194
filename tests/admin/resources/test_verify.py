"""Expected messages against what came, and the nearest misses explained."""

from typing import Any

import pytest
import trio

from simulator.admin.resources import verify
from tests.admin.api import ADVERT, DEDICATED, FREE, LISTED, ORDER, PROMOTIONAL, Api, running_api
from tests.center.test_operator import part_of

VERIFY = "/api/v1/verify"


async def send_three(api: Api) -> None:
    """1: an accepted order; 2: an advertisement to a listed number, refused; 3: an accepted advertisement."""
    await api.esme.submit(DEDICATED, FREE, ORDER)
    await api.esme.submit(PROMOTIONAL, LISTED, ADVERT)
    await api.esme.submit(PROMOTIONAL, "09129990002", ADVERT)


async def verified(api: Api, *expected: dict[str, Any], **more: Any) -> dict[str, Any]:
    reply = await api.post(VERIFY, {"expected": list(expected), **more})
    assert reply.status == 200, reply.body
    report: dict[str, Any] = reply.json()
    return report


@pytest.mark.parametrize(
    ("expected", "ids"),
    [
        ({}, [1, 2, 3]),
        ({"line": f"+98{PROMOTIONAL}"}, [2, 3]),
        ({"to": "+98 912 999 0002"}, [3]),
        ({"account": "panel", "count": 3}, [1, 2, 3]),
        ({"verdict": "refused", "rule": "promotion-to-blacklisted"}, [2]),
        ({"clause": "blacklist.no-promotion"}, [2]),
        ({"label": "promotional", "at_least": 2}, [2, 3]),
        ({"category": "order_status"}, [1]),
        ({"state": "REJECTED", "err": "027"}, [2]),
        ({"command_status": "ESME_ROK", "at_most": 2}, [1, 3]),
        ({"text": "سفارش"}, [1]),
        ({"text_is": ORDER}, [1]),
        ({"pattern": "سفارش شما با شماره %number% ثبت شد و تا ساعت %hour% امروز ارسال می‌شود."}, [1]),
        ({"text": "no such words", "count": 0}, []),
        ({"text": "no such words", "at_most": 1}, []),
    ],
)
async def test_what_came_as_expected_is_met(expected: dict[str, Any], ids: list[int]) -> None:
    async with running_api() as api:
        await send_three(api)
        report = await verified(api, expected)
        [result] = report["results"]
        assert result["ids"] == [f"{number:010d}" for number in ids]
        assert (report["met"], result["met"], result["found"], result["why"], result["nearest"]) == (
            True,
            True,
            len(ids),
            None,
            [],
        )
        assert result["expected"] == expected
        assert report["looked_at"] == 3


@pytest.mark.parametrize(
    ("expected", "why"),
    [
        ({"to": "09350000000"}, "no message fits, expected at least 1"),
        ({"line": PROMOTIONAL, "count": 1}, "2 messages fit, expected 1"),
        ({"to": FREE, "at_least": 2}, "1 message fits, expected at least 2"),
        ({"account": "panel", "at_most": 2}, "3 messages fit, expected at most 2"),
        ({"account": "panel", "count": 0}, "3 messages fit, expected 0"),
    ],
)
async def test_what_came_too_seldom_or_too_often_is_not(expected: dict[str, Any], why: str) -> None:
    async with running_api() as api:
        await send_three(api)
        report = await verified(api, {}, expected)
        assert (report["met"], report["results"][0]["met"]) == (False, True)
        assert (report["results"][1]["met"], report["results"][1]["why"]) == (False, why)


async def test_the_nearest_misses_are_explained_field_by_field() -> None:
    async with running_api() as api:
        await send_three(api)
        expected = {"line": PROMOTIONAL, "to": LISTED, "verdict": "accepted", "rule": "link", "text_is": ADVERT + "!"}
        [result] = (await verified(api, expected))["results"]
        first, second, third = result["nearest"]
        end = ADVERT[-10:]
        assert first["message"]["ids"] == ["0000000002"]
        assert first["differences"] == [
            {
                "field": "verdict",
                "expected": "accepted",
                "actual": "refused",
                "note": "refused by promotion-to-blacklisted under blacklist.no-promotion",
            },
            {
                "field": "rule",
                "expected": "link",
                "actual": "promotion-to-blacklisted",
                "note": "refused by promotion-to-blacklisted under blacklist.no-promotion",
            },
            {
                "field": "text_is",
                "expected": ADVERT + "!",
                "actual": ADVERT,
                "note": f"they differ from character {len(ADVERT) + 1} on: «{end}!», but came «{end}»",
            },
        ]
        assert [miss["message"]["ids"] for miss in (second, third)] == [["0000000003"], ["0000000001"]]


async def test_a_text_that_does_not_fit_a_pattern_says_where() -> None:
    async with running_api() as api:
        await api.esme.submit(DEDICATED, FREE, ORDER)
        [result] = (await verified(api, {"pattern": "سفارش شما با شماره %number% لغو شد"}))["results"]
        [difference] = result["nearest"][0]["differences"]
        assert difference["field"] == "pattern"
        assert difference["note"] == "the fixed part «لغو شد» is missing, changed or out of its place"


async def test_a_value_of_a_pattern_may_say_anything() -> None:
    async with running_api() as api:
        await api.esme.submit(PROMOTIONAL, FREE, "فروشگاه ما: ۵۰٪ تخفیف ویژه، shop.ir")
        assert (await verified(api, {"pattern": "فروشگاه ما: %offer%، %link%"}))["met"]


async def test_with_only_whatever_else_came_is_wrong() -> None:
    async with running_api() as api:
        await send_three(api)
        report = await verified(api, {"line": PROMOTIONAL}, only=True)
        assert (report["met"], report["results"][0]["met"], report["unexpected_count"]) == (False, True, 1)
        [unexpected] = report["unexpected"]
        assert unexpected.pop("received_at").startswith("2026-11-22T12:00:0")
        assert unexpected == {
            "ids": ["0000000001"],
            "account": "panel",
            "line": DEDICATED,
            "to": FREE,
            "text": ORDER,
            "verdict": "accepted",
            "rule": None,
            "state": "ENROUTE",
        }
        assert (await verified(api, {"line": PROMOTIONAL}, {"line": DEDICATED}, only=True))["met"]
        assert not (await verified(api, only=True))["met"]
        assert (await verified(api, only=True, among={"after": "0000000003"}))["met"], "nothing came after it"


async def test_the_parts_of_a_text_are_one_message() -> None:
    async with running_api() as api:
        await api.esme.send(part_of(ORDER[:20], 2, 1), part_of(ORDER[20:], 2, 2), part_of("نیمه", 3, 1))
        for _ in range(3):
            await api.esme.response()
        report = await verified(api, {"text_is": ORDER, "count": 1}, {"text": "نیمه", "verdict": "accepted"})
        whole, half = report["results"]
        assert (report["looked_at"], whole["ids"]) == (2, ["0000000001", "0000000002"])
        [difference] = half["nearest"][0]["differences"]
        assert difference["actual"] == "none yet: it waits for the rest of its text"


async def test_waiting_ends_as_soon_as_it_is_so() -> None:
    with trio.fail_after(10):
        async with running_api() as api, trio.open_nursery() as nursery:
            answered = trio.Event()
            reports: list[dict[str, Any]] = []

            async def wait() -> None:
                reports.append(await verified(api, {"line": DEDICATED, "count": 2}, wait=60))
                answered.set()

            nursery.start_soon(wait)
            await send_three(api)
            assert not answered.is_set()
            await api.esme.submit(DEDICATED, FREE, ORDER)
            await answered.wait()
            assert reports[0]["met"]


async def test_waiting_ends_with_its_time() -> None:
    with trio.fail_after(10):
        async with running_api() as api:
            await send_three(api)
            report = await verified(api, {"line": DEDICATED}, {"rule": "link"}, wait=0.2)
            assert [result["met"] for result in report["results"]] == [True, False]


async def test_more_than_can_be_looked_at_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "MAX_LOOKED_AT", 2)
    monkeypatch.setattr(verify, "_SLICE", 1)
    async with running_api() as api:
        await send_three(api)
        reply = await api.post(VERIFY, {"expected": [{}]})
        assert (reply.status, reply.json()["errors"][0]["path"]) == (422, "body.among")
        report = await verified(api, {"count": 2}, among={"line": PROMOTIONAL})
        assert (report["met"], report["looked_at"]) == (True, 2)


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({}, "body.expected"),
        ({"expected": []}, "body"),
        ({"expected": [{"txt": "a"}]}, "body.expected[0].txt"),
        ({"expected": [{"state": "DONE"}]}, "body.expected[0].state"),
        ({"expected": [{"count": 1, "at_least": 1}]}, "body.expected[0]"),
        ({"expected": [{"at_most": 1, "at_least": 2}]}, "body.expected[0]"),
        ({"expected": [{"text": ""}]}, "body.expected[0].text"),
        ({"expected": [{}], "among": {"limit": 5}}, "body.among.limit"),
        ({"expected": [{}], "wait": 61}, "body.wait"),
        ({"expected": [{}], "wait": True}, "body.wait"),
        ({"expected": [{"count": "1"}]}, "body.expected[0].count"),
    ],
)
async def test_what_cannot_be_expected_is_named(body: dict[str, Any], path: str) -> None:
    async with running_api() as api:
        reply = await api.post(VERIFY, body)
        assert (reply.status, [error["path"] for error in reply.json()["errors"]]) == (422, [path])
