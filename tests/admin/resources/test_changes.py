"""Changing the operator's registers over HTTP, and the journal of it."""

from typing import Any

import pytest

from simulator.changing.changes import CHANGE_KINDS
from tests.admin.api import DEDICATED, FREE, ORDER, Api, running_api

CHANGES = "/api/v1/changes"
SUSPEND = {"kind": "suspend-line", "line": DEDICATED, "reason": "complaints"}


async def status(api: Api, line: str = DEDICATED, text: str = ORDER) -> int:
    return (await api.esme.submit(line, FREE, text, registered_delivery=0)).command_status


async def test_a_change_is_in_force_for_the_very_next_message_and_in_the_journal() -> None:
    async with running_api() as api:
        assert await status(api) == 0
        reply = await api.post(CHANGES, SUSPEND)
        assert (reply.status, reply.json()) == (201, {"id": 1})
        assert await status(api) == 0x0A
        reply = await api.post(CHANGES, {"kind": "reinstate-line", "line": f"+98{DEDICATED}", "reason": "mended"})
        assert (reply.status, reply.json()) == (201, {"id": 2})
        assert await status(api) == 0
        listed = (await api.get(CHANGES)).json()
        assert listed["total"] == 2
        assert [entry["id"] for entry in listed["changes"]] == [1, 2]
        assert listed["changes"][0]["origin"] == "http"
        assert listed["changes"][0]["change"] == SUSPEND


async def test_the_journal_is_filtered_and_paged() -> None:
    async with running_api() as api:
        for number in ("3000111111", "3000111112", "3000111113"):
            line = {"number": number, "account": "panel"}
            assert (await api.post(CHANGES, {"kind": "register-line", "line": line})).status == 201
        await api.post(CHANGES, SUSPEND)

        async def ids(query: str) -> list[int]:
            return [entry["id"] for entry in (await api.get(f"{CHANGES}?{query}")).json()["changes"]]

        assert await ids("kind=register-line") == [1, 2, 3]
        assert await ids("text=3000111112") == [2]
        assert await ids("origin=mo") == []
        assert await ids("limit=1&offset=2") == [3]
        assert await ids("since=2026-11-22T00:00") == [1, 2, 3, 4]
        assert await ids("until=2026-11-22T00:00") == []


@pytest.mark.parametrize(
    ("change", "status", "path"),
    [
        ({}, 422, "body"),
        ({"kind": "suspend-lines"}, 422, "body"),
        ({**SUSPEND, "because": "x"}, 422, "body.because"),
        ({"kind": "suspend-line", "line": DEDICATED}, 422, "body.reason"),
        ({**SUSPEND, "line": "3000999999"}, 409, "body.line"),
        ({"kind": "register-line", "line": {"number": "3", "account": "panel"}}, 422, "body.line.number"),
        ({"kind": "register-line", "line": {"number": DEDICATED, "account": "panel"}}, 409, "body.line.number"),
        ({"kind": "register-line", "line": {"number": "3000111111", "account": "x"}}, 409, "body.line.account"),
        ({"kind": "transfer-line", "line": DEDICATED, "account": "panel"}, 409, "body.account"),
        ({"kind": "reinstate-line", "line": DEDICATED, "reason": "x"}, 409, "body.line"),
        ({"kind": "approve-pattern", "line": "2000300030", "pattern": "x"}, 409, "body.pattern"),
        ({"kind": "approve-pattern", "line": "2000300030", "pattern": "otp"}, 409, "body.pattern"),
    ],
)
async def test_what_cannot_be_changes_nothing_and_says_why(change: dict[str, Any], status: int, path: str) -> None:
    async with running_api() as api:
        reply = await api.post(CHANGES, change)
        assert reply.status == status
        assert [error["path"] for error in reply.json()["errors"]] == [path]
        assert (await api.get(CHANGES)).json()["total"] == 0


async def test_an_unknown_kind_is_answered_with_the_one_that_was_meant() -> None:
    async with running_api() as api:
        [error] = (await api.post(CHANGES, {"kind": "suspend-lines"})).json()["errors"]
        assert "suspend-line" in error["message"].replace("suspend-lines", "")


async def test_every_kind_is_described() -> None:
    async with running_api() as api:
        kinds = (await api.get(f"{CHANGES}/kinds")).json()
    assert [kind["properties"]["kind"]["const"] for kind in kinds] == list(CHANGE_KINDS)
    assert all(kind["description"] for kind in kinds)


async def test_a_pattern_is_handed_in_approved_rejected_and_withdrawn() -> None:
    name = {"line": "2000300030", "pattern": "order"}
    text = "فروشگاه نمونه: سفارش ۱۲۳ ثبت شد"
    pattern = {"name": "order", "line": "2000300030", "text": "فروشگاه نمونه: سفارش %number% ثبت شد"}
    async with running_api() as api:

        async def passes() -> bool:
            return await status(api, "2000300030", text) == 0

        async def change(kind: str, **more: Any) -> int:
            return (await api.post(CHANGES, {"kind": kind, **more})).status

        assert not await passes()
        assert await change("hand-in-pattern", pattern=pattern) == 201
        assert not await passes(), "a pattern that waits for its review lets nothing through"
        assert await change("hand-in-pattern", pattern=pattern) == 409
        assert await change("approve-pattern", **name) == 201
        assert await passes()
        assert await change("reject-pattern", **name, reason="too wide") == 201
        assert not await passes()
        assert await change("hand-in-pattern", pattern=pattern) == 201, "a rejected pattern may be handed in anew"
        assert await change("approve-pattern", **name) == 201
        assert await change("withdraw-pattern", **name) == 201
        assert not await passes()
