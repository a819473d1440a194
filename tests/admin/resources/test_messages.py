"""Finding messages, and waiting for them."""

from typing import Any
from urllib.parse import quote

import pytest
import trio

from simulator.admin.resources import messages
from simulator.serving.delivery_loop import deliver
from simulator.smpp.consts import MessageState
from tests.admin.api import ADVERT, DEDICATED, FREE, LISTED, NOON, ORDER, PROMOTIONAL, Api, running_api
from tests.admin.loopback import exchange, parse, request
from tests.esme import connected


async def send_three(api: Api) -> None:
    """1: an accepted order; 2: an advertisement to a listed number, refused; 3: an accepted advertisement."""
    await api.esme.submit(DEDICATED, FREE, ORDER)
    await api.esme.submit(PROMOTIONAL, LISTED, ADVERT)
    await api.esme.submit(PROMOTIONAL, "09129990002", ADVERT)


async def test_a_message_is_told_with_its_verdict() -> None:
    async with running_api() as api:
        await send_three(api)
        reply = await api.get("/api/v1/messages/0000000002")
        assert reply.headers["content-type"] == "application/json"
        assert ADVERT.encode() in reply.body, "Persian text is not escaped"
        message = reply.json()
        verdict = message.pop("verdict")
        [beginning] = message.pop("history")
        assert (beginning["event"], beginning["state"], beginning["err"]) == ("refused", "REJECTED", "027")
        assert message.pop("received_at").startswith("2026-11-22T12:00:0")
        assert message.pop("done_at").startswith("2026-11-22T12:00:0")
        assert message.pop("valid_until").startswith("2026-11-24T12:00:0")
        assert message == {
            "id": "0000000002",
            "account": "panel",
            "line": PROMOTIONAL,
            "line_type": "promotional",
            "source": PROMOTIONAL,
            "to": LISTED,
            "destination": LISTED,
            "operator": "mci",
            "text": ADVERT,
            "data_coding": 8,
            "part": None,
            "registered_delivery": 1,
            "command_status": "0x00000401",
            "state": "REJECTED",
            "err": "027",
            "scheduled_for": None,
            "attempts": 0,
            "cost": 0,
            "refunded_at": None,
            "receipts": [],
            "parts": [],
        }
        assert (verdict["outcome"], verdict["rule"]) == ("refused", "promotion-to-blacklisted")
        assert verdict["trace"][-1]["outcome"] == "refused"
        assert verdict["content"]["label"] == "promotional"
        for span in verdict["content"]["evidence"]:
            assert ADVERT[span["start"] : span["end"]] == span["quote"]


async def test_a_receipt_is_told_with_what_became_of_it() -> None:
    with trio.fail_after(10):
        async with running_api() as api, trio.open_nursery() as nursery:
            api.operator.reset(None, NOON, 100.0)
            nursery.start_soon(deliver, api.operator)
            async with connected(api.operator) as esme:
                await esme.bind()
                await esme.submit(DEDICATED, FREE, ORDER)
                await esme.receipt()
                told: dict[str, Any] = {"acknowledged_at": None}
                while told["acknowledged_at"] is None:
                    [told] = (await api.get("/api/v1/messages?state=DELIVERED")).json()["messages"][0]["receipts"]
            nursery.cancel_scope.cancel()
        assert (told["state"], told["err"]) == ("DELIVERED", "000")
        assert NOON.isoformat() < told["sent_at"] <= told["acknowledged_at"]


async def test_an_unregistered_originator_and_recipient_are_told_as_written() -> None:
    async with running_api() as api:
        await api.esme.submit("Bank", "12", ORDER)
        message = (await api.get("/api/v1/messages/0000000001")).json()
        assert (message["line"], message["line_type"], message["to"], message["operator"]) == ("Bank", None, "12", None)


@pytest.mark.parametrize("name", ["7", "x", "-1", "9" * 30, "%D9%A1", "%00", "1%2E0"])
async def test_a_message_that_is_not_there_is_a_problem(name: str) -> None:
    async with running_api() as api:
        await api.esme.submit(DEDICATED, FREE, ORDER)
        assert (await api.get(f"/api/v1/messages/{name}")).json()["status"] == 404


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", [1, 2, 3]),
        (f"line={PROMOTIONAL}", [2, 3]),
        (f"to={FREE}", [1]),
        ("to=09129990002", [3]),
        ("to=%2B98+912+999+0002", [3]),
        ("account=panel", [1, 2, 3]),
        ("account=nobody", []),
        ("verdict=refused", [2]),
        ("verdict=accepted&line=" + PROMOTIONAL, [3]),
        ("rule=promotion-to-blacklisted", [2]),
        ("state=REJECTED", [2]),
        ("state=ENROUTE", [1, 3]),
        ("text=" + quote("سفارش"), [1]),
        ("text=" + quote("50%"), []),
        ("since=2026-11-22T12:00:00%2B03:30", [1, 2, 3]),
        ("since=2026-11-22T12:01", []),
        ("until=2026-11-22T08:30:00Z", []),
        ("limit=2", [1, 2]),
        ("limit=2&offset=2", [3]),
        ("limit=0", []),
        ("order=newest", [3, 2, 1]),
        ("order=newest&limit=1&offset=1", [2]),
        ("order=newest&before=0000000003&limit=1", [2]),
        ("order=newest&before=0000000001", []),
        ("after=0000000001", [2, 3]),
        ("after=1&before=3", [2]),
    ],
)
async def test_filters_and_pages(query: str, ids: list[int]) -> None:
    async with running_api() as api:
        await send_three(api)
        assert await api.found(query) == [f"{number:010d}" for number in ids]


async def test_the_total_counts_all_pages_of_the_filter() -> None:
    async with running_api() as api:
        await send_three(api)
        assert (await api.get(f"/api/v1/messages?line={PROMOTIONAL}&limit=1&offset=1")).json()["total"] == 2


async def test_a_page_of_more_than_one_slice_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "SLICE", 2)
    async with running_api() as api:
        await send_three(api)
        assert await api.found() == ["0000000001", "0000000002", "0000000003"]


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("verdict=maybe", "query.verdict"),
        ("state=2", "query.state"),
        ("state=delivered", "query.state"),
        ("limit=1001", "query.limit"),
        ("limit=-1", "query.limit"),
        ("limit=" + "9" * 5000, "query.limit"),
        ("offset=99999999999999999999", "query.offset"),
        ("since=2026-11-22T10:00:00+03:30", "query.since"),
        ("until=0001-01-01T00:00:00%2B14:00", "query.until"),
        ("text=", "query.text"),
        ("wait=61", "query.wait"),
        ("wait=nan", "query.wait"),
        ("wait=inf", "query.wait"),
        ("wait=1&count=0", "query.count"),
        ("count=1", "query.count"),
        ("order=best", "query.order"),
        ("after=x", "query.after"),
        ("before=" + "9" * 19, "query.before"),
    ],
)
async def test_a_value_that_cannot_be_is_named(query: str, path: str) -> None:
    async with running_api() as api:
        reply = await api.get(f"/api/v1/messages?{query}")
        assert reply.status == 422
        assert [error["path"] for error in reply.json()["errors"]] == [path]


def test_every_state_has_its_name_in_the_documentation() -> None:
    schema = messages.Filters.model_json_schema()["properties"]["state"]
    assert schema["anyOf"][0]["enum"] == [state.name for state in MessageState]


async def test_waiting_ends_when_enough_messages_are_there() -> None:
    with trio.fail_after(10):
        async with running_api() as api, trio.open_nursery() as nursery:
            answered = trio.Event()
            ids: list[str] = []

            async def wait() -> None:
                ids.extend(await api.found(f"verdict=refused&count=2&wait=60&line={PROMOTIONAL}"))
                answered.set()

            nursery.start_soon(wait)
            await send_three(api)
            assert not answered.is_set()
            await api.esme.submit(PROMOTIONAL, LISTED, ADVERT)
            await answered.wait()
            assert ids == ["0000000002", "0000000004"]


async def test_waiting_for_what_is_there_takes_no_time() -> None:
    with trio.fail_after(10):
        async with running_api() as api:
            await send_three(api)
            assert len(await api.found("wait=60")) == 3
            assert len(await api.found("wait=60&count=3&limit=1")) == 1


async def test_waiting_ends_with_its_time() -> None:
    with trio.fail_after(10):
        async with running_api() as api:
            await send_three(api)
            began = trio.current_time()
            assert len(await api.found("count=4&wait=0.2")) == 3
            assert trio.current_time() - began >= 0.2
            assert len(await api.found("count=4&wait=0")) == 3


async def test_nobody_waits_for_a_client_that_left() -> None:
    with trio.fail_after(10):
        async with running_api() as api:
            reply = parse(await exchange(api.port, request("GET", "/api/v1/messages?wait=60"), half_close=True))
            assert reply.json() == {"messages": [], "total": 0}


async def test_a_reset_does_not_disturb_those_who_wait() -> None:
    with trio.fail_after(10):
        async with running_api() as api, trio.open_nursery() as nursery:
            found: list[list[str]] = []

            async def wait() -> None:
                found.append(await api.found("count=2&wait=60"))

            await api.esme.submit(DEDICATED, FREE, ORDER)
            nursery.start_soon(wait)
            assert (await api.post("/api/v1/reset", {"clock": {"start": NOON.isoformat()}})).status == 200
            async with connected(api.operator) as esme:
                await esme.bind()
                await esme.submit(DEDICATED, FREE, ORDER)
                assert found == []
                await esme.submit(DEDICATED, FREE, ORDER)
        assert found == [["0000000001", "0000000002"]]


async def test_what_is_no_state_is_said_whatever_it_is() -> None:
    async with running_api() as api:
        states: list[Any] = [{}, [], 2, None, "DELIVRD"]
        for state in states:
            reply = await api.post("/api/v1/messages/0000000001/move", {"state": state})
            assert reply.status == 422
            assert "is no message_state" in reply.json()["errors"][0]["message"]
