"""The blacklist over HTTP: one number, pages, lists in and out."""

from typing import Any
from urllib.parse import quote

import pytest
import trio

from simulator.admin.access import OPEN
from simulator.admin.bodies import BodyLimits
from simulator.admin.guards import guarded
from simulator.admin.streaming import IMPORT_PATH, MAX_STREAMED, STREAMED_PATHS
from tests.admin.api import ADVERT, FREE, LISTED, PROMOTIONAL, Api, running_api
from tests.admin.loopback import Reply, call, exchange, parse, read_all, request, tiny_app

BLACKLIST, CHANGES = "/api/v1/blacklist", "/api/v1/changes"
TEXT = {"content-type": "text/plain"}
TEN = [f"98912111000{last}" for last in range(10)]
TEN_IRANCELL = [f"98935111000{last}" for last in range(10)]


async def upload(api: Api, text: str | bytes, query: str = "") -> Reply:
    body = text if isinstance(text, bytes) else text.encode()
    return await call(api.port, "POST", f"{IMPORT_PATH}{query}", body, TEXT)


async def state(api: Api, number: str) -> Any:
    return (await api.get(f"{BLACKLIST}/numbers/{number}")).json()


async def numbers(api: Api, query: str = "") -> list[str]:
    return [entry["number"] for entry in (await api.get(f"{BLACKLIST}/numbers?{query}")).json()["numbers"]]


async def submitted(api: Api, to: str) -> int:
    return (await api.esme.submit(PROMOTIONAL, to, ADVERT, registered_delivery=0)).command_status


async def test_an_opt_out_is_in_force_for_the_very_next_message() -> None:
    async with running_api() as api:
        assert await submitted(api, FREE) == 0
        await api.post(CHANGES, {"kind": "opt-out", "number": "0912 999 0001"})
        assert await submitted(api, FREE) == 0x401
        await api.post(CHANGES, {"kind": "opt-in", "number": f"+{FREE}"})
        assert await submitted(api, FREE) == 0


async def test_what_is_known_of_one_number() -> None:
    async with running_api() as api:
        assert await state(api, "09121110001") == {
            "number": LISTED,
            "prefix_of": "mci",
            "served_by": "mci",
            "rules_of": "mci",
            "listed": True,
            "enforced": True,
            "since": None,
            "next": None,
            "listed_by": ["mci"],
            "headers": [],
        }
        for change in (
            {"kind": "port-number", "number": LISTED, "operator": "irancell"},
            {"kind": "stop-header", "number": LISTED, "line": "3000200020"},
        ):
            assert (await api.post(CHANGES, change)).status == 201
        shown = await state(api, LISTED)
        assert (shown["served_by"], shown["rules_of"], shown["prefix_of"]) == ("irancell", "irancell", "mci")
        assert (shown["listed"], shown["listed_by"]) == (False, ["mci"])
        [header] = shown["headers"]
        assert (header["line"], header["stopped"], header["next"]) == ("3000200020", True, None)
        assert header["since"].startswith("2026-11-22T12:00:0")
        assert (await api.get(f"{BLACKLIST}/numbers/02188776655")).status == 422


async def test_a_delay_is_told() -> None:
    async with running_api() as api:
        world = {"extends": "demo", "profile": {"blacklist": {"effective_delay": 86_400}}}
        await api.post("/api/v1/reset", {"world": world, "clock": {"start": "2026-11-22T12:00", "speed": 0}})
        await api.post(CHANGES, {"kind": "opt-out", "number": FREE})
        shown = await state(api, FREE)
        assert (shown["listed"], shown["since"]) == (False, None)
        assert shown["next"] == {"at": "2026-11-23T12:00:00.000+03:30", "on": True}
        await api.post("/api/v1/clock/jump", {"by": 86_400})
        shown = await state(api, FREE)
        assert (shown["listed"], shown["next"]) == (True, None)
        assert shown["since"] == "2026-11-23T12:00:00.000+03:30"


async def test_the_summary_counts() -> None:
    async with running_api() as api:
        await api.post(CHANGES, {"kind": "stop-header", "number": FREE, "line": "3000200020"})
        await api.post(CHANGES, {"kind": "port-number", "number": FREE, "operator": "rightel"})
        shown = (await api.get(BLACKLIST)).json()
        assert shown.pop("enforced_by")[:2] == ["mci", "irancell"]
        assert shown == {
            "count": 20,
            "by_operator": {"mci": 10, "irancell": 10},
            "shared": False,
            "effective_delay": 0,
            "stopped_headers": {"3000200020": 1},
            "ported": 1,
        }


async def test_pages_and_searches() -> None:
    async with running_api() as api:
        assert await numbers(api) == TEN + TEN_IRANCELL
        page = (await api.get(f"{BLACKLIST}/numbers?limit=7")).json()
        assert [entry["number"] for entry in page["numbers"]] == TEN[:7]
        assert page["numbers"][0]["operator"] == "mci"
        assert page["next"] == TEN[7]
        assert await numbers(api, f"from={page['next']}&limit=7") == [*TEN[7:], *TEN_IRANCELL[:4]]
        assert (await api.get(f"{BLACKLIST}/numbers?limit=20")).json()["next"] is None
        assert await numbers(api, "operator=irancell") == TEN_IRANCELL
        for begins in ("0912", "98912111", "+98912", "912", "00989121110", "۰۹۱۲"):
            assert await numbers(api, f"begins={quote(begins)}") == TEN
        assert await numbers(api, "begins=09121110003") == [TEN[3]]
        assert await numbers(api, "begins=0919") == []
        for begins in ("021", "x", "0912111000300", "9 8 x"):
            assert (await api.get(f"{BLACKLIST}/numbers?begins={quote(begins)}")).status == 422


async def test_a_number_on_two_lists_stays_on_one_page() -> None:
    async with running_api() as api:
        await api.post(CHANGES, {"kind": "list-numbers", "numbers": [TEN[0]], "operator": "irancell"})
        page = (await api.get(f"{BLACKLIST}/numbers?limit=1")).json()
        assert sorted(entry["operator"] for entry in page["numbers"]) == ["irancell", "mci"]
        assert page["next"] == TEN[1]


async def test_a_long_list_is_one_change_and_comes_out_as_it_went_in() -> None:
    async with running_api() as api:
        first = 989_190_000_000
        text = "number\n" + "".join(f"{number}\n" for number in range(first, first + 200_000, 2))
        assert len(text) > 1024 * 1024, "longer than any other body may be"
        reply = await upload(api, text)
        assert (reply.status, reply.json()) == (201, {"id": 1, "numbers": 100_000})
        [entry] = (await api.get(CHANGES)).json()["changes"]
        change = {"kind": "list-numbers", "numbers": [], "count": 100_000}
        assert (entry["origin"], entry["change"]) == ("http", change)
        assert await submitted(api, str(first + 2)) == 0x401
        assert await submitted(api, str(first + 1)) == 0
        export = await api.get(f"{BLACKLIST}/export")
        assert export.headers["content-type"].startswith("text/plain")
        assert len(export.body.splitlines()) == 100_020
        assert (await api.get(f"{BLACKLIST}/export?operator=irancell")).body.decode().split() == TEN_IRANCELL
        assert (await upload(api, export.body, "?listed=false")).json() == {"id": 2, "numbers": 100_020}
        assert (await api.get(BLACKLIST)).json()["count"] == 0


@pytest.mark.parametrize(
    ("text", "status", "path"),
    [
        ("09121119999\n0912\n", 422, "body.line[2]"),
        ("09121119999\n" * 200_000 + "x\n" + "09121119999\n" * 200_000, 422, "body.line[200001]"),
        ("9" * 2_000_000, 422, "body.line[1]"),
    ],
)
async def test_a_bad_line_changes_nothing_and_is_named(text: str, status: int, path: str) -> None:
    async with running_api() as api:
        reply = await upload(api, text)
        assert (reply.status, reply.json()["errors"][0]["path"]) == (status, path)
        assert not (await state(api, "09121119999"))["listed"]
        assert (await api.get(CHANGES)).json()["total"] == 0


async def test_an_operator_has_no_list_of_its_own_where_the_list_is_shared() -> None:
    async with running_api() as api:
        await api.post("/api/v1/reset", {"world": {"extends": "demo", "profile": {"blacklist": {"shared": True}}}})
        reply = await upload(api, FREE, "?operator=mci")
        assert (reply.status, reply.json()["errors"][0]["path"]) == (409, "query.operator")
        assert (await upload(api, FREE)).status == 201
        assert (await api.get(f"{BLACKLIST}/numbers?begins={FREE}")).json()["numbers"][0]["operator"] is None


async def test_a_page_of_another_site_cannot_send_a_list() -> None:
    async with running_api() as api:
        body = b"09121119999\n" * 300_000
        assert (await call(api.port, "POST", IMPORT_PATH, body, {**TEXT, "origin": "http://evil.test"})).status == 403
        assert (await api.get(CHANGES)).json()["total"] == 0


async def test_a_list_that_is_too_long_is_refused_before_it_comes() -> None:
    async with running_api() as api:
        body = request("POST", IMPORT_PATH, b"0" * 100, {**TEXT, "content-length": "100"})
        assert parse(await exchange(api.port, body)).status == 422
        chunks = [b"POST %s HTTP/1.1\r\nhost: operator.localhost\r\n" % IMPORT_PATH.encode()]
        chunks.append(b"connection: close\r\ntransfer-encoding: chunked\r\n\r\n5\r\n0912\n\r\n0\r\n\r\n")
        assert parse(await exchange(api.port, b"".join(chunks))).status == 422
    assert MAX_STREAMED > 10_000_000 * 15
    assert {IMPORT_PATH} == STREAMED_PATHS


@pytest.mark.virtual_time
async def test_a_list_that_stops_on_its_way_is_given_up() -> None:
    sent: list[Any] = []

    async def receive() -> Any:
        if not sent:
            await trio.sleep(9)
            return {"type": "http.request", "body": b"x", "more_body": True}
        return await trio.sleep_forever()

    async def send(message: Any) -> None:
        sent.append(message)

    async def reads_one(scope: Any, take: Any, give: Any) -> None:
        sent.append(await take())
        await tiny_app(scope, take, give)

    scope = {"type": "http", "path": IMPORT_PATH, "method": "POST", "headers": []}
    began = trio.current_time()
    await guarded(reads_one, OPEN, BodyLimits())(scope, receive, send)
    assert trio.current_time() - began == 19
    assert [message.get("status") for message in sent] == [None, 408, None]


async def test_a_connection_serves_again_after_streams_in_and_out() -> None:
    async with running_api() as api:
        stream = await trio.open_tcp_stream("127.0.0.1", api.port)
        keep = {"connection": "keep-alive"}
        bad = request("POST", IMPORT_PATH, b"0912\n" + b"09121119999\n" * 300_000, {**TEXT, **keep})
        export = request("GET", f"{BLACKLIST}/export?operator=mci", headers=keep)
        async with stream:
            for octets, end in ((bad, b"nothing was changed"), (export, b"0\r\n\r\n"), (export, b"0\r\n\r\n")):
                await stream.send_all(octets)
                answer = b""
                while end not in answer:
                    piece = await stream.receive_some()
                    assert piece, answer
                    answer += piece
            await stream.send_all(request("GET", BLACKLIST))
            assert parse(await read_all(stream)).json()["count"] == 20


async def test_who_leaves_in_the_middle_of_an_export_leaves_nothing_behind() -> None:
    async with running_api() as api:
        await api.post(CHANGES, {"kind": "list-numbers", "numbers": ["989100000000-989105999999"]})
        stream = await trio.open_tcp_stream("127.0.0.1", api.port)
        await stream.send_all(request("GET", f"{BLACKLIST}/export"))
        await stream.receive_some(1000)
        await stream.aclose()
        assert (await api.get(BLACKLIST)).json()["count"] == 6_000_020
