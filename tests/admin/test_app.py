"""The API as a whole: its operations, and how it refuses what it does not understand."""

import json
from pathlib import Path
from typing import Any

import anyio.to_thread
import pytest
import trio
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.admin import resources
from simulator.admin.app import OPENAPI_PATH
from simulator.admin.resources import RESOURCES
from tests.admin.api import DEDICATED, FREE, ORDER, running_api
from tests.admin.loopback import call

DRAFT = {"from": DEDICATED, "to": FREE, "text": ORDER}


def errors_of(problem: dict[str, Any]) -> dict[str, str]:
    return {error["path"]: error["message"] for error in problem["errors"]}


async def test_probes() -> None:
    async with running_api() as api:
        assert (await api.get("/livez")).json() == {"status": "alive"}
        assert (await api.get("/readyz")).json() == {"status": "ready"}
        api.operator.ready = False
        assert (await api.get("/livez")).status == 200
        reply = await api.get("/readyz")
        assert (reply.status, reply.headers["content-type"]) == (503, "application/problem+json")


@pytest.mark.parametrize(
    ("method", "target", "status"),
    [
        ("GET", "/docs", 404),
        ("GET", "/console/../app.py", 404),
        ("GET", "/api/v1/messages/", 404),
        ("GET", "/%D8%AE%D8%B7/%00", 404),
        ("OPTIONS", "*", 404),
        ("CONNECT", "a.test:1", 404),
        ("DELETE", "/livez", 405),
        ("GET", "/api/v1/reset", 405),
    ],
)
async def test_what_is_not_there_is_a_problem(method: str, target: str, status: int) -> None:
    async with running_api() as api:
        reply = await call(api.port, method, target)
        assert reply.status == reply.json()["status"] == status
        assert reply.headers["content-type"] == "application/problem+json"
        assert ("allow" in reply.headers) == (status == 405)


async def test_a_method_that_is_not_there_is_answered_with_those_that_are() -> None:
    async with running_api() as api:
        for target, methods in (
            ("/api/v1/faults", "GET, POST, DELETE"),
            ("/api/v1/mo", "POST, GET"),
            ("/livez", "GET"),
        ):
            assert (await call(api.port, "PATCH", target)).headers["allow"] == methods


async def test_unknown_and_repeated_query_parameters_are_named() -> None:
    async with running_api() as api:
        reply = await api.get("/api/v1/messages?lin=1&limit=1&limit=2&text=a")
        assert reply.status == 422
        assert errors_of(reply.json()) == {
            "query.lin": "unknown parameter; did you mean 'line'?",
            "query.limit": "given more than once",
        }
        for target in ("/livez", "/api/v1/rules", "/api/v1/messages/0000000001"):
            problem = (await api.get(f"{target}?cache=no")).json()
            assert errors_of(problem) == {"query.cache": "unknown parameter"}


async def test_unknown_keys_are_named_where_they_stand() -> None:
    async with running_api() as api:
        problem = (await api.post("/api/v1/explain", {**DRAFT, "txt": "", "text": 5})).json()
        assert errors_of(problem) == {
            "body.txt": "unknown key; did you mean 'text'?",
            "body.text": "Input should be a valid string",
        }
        problem = (await api.post("/api/v1/reset", {"clock": {"stort": "", "x": 1}})).json()
        assert errors_of(problem) == {
            "body.clock.stort": "unknown key; did you mean 'start'?",
            "body.clock.x": "unknown key; there are: speed, start",
        }


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[" * 100_000, 400),
        (b'{"from": ' + b"9" * 5000 + b"}", 400),
        (b"\xff\xfe{}", 400),
        (b"", 422),
        (b"null", 422),
        (b"[]", 422),
        (b'"text"', 422),
        (b'{"\\ud800": 1}', 422),
        (b'{"from": "\\ud800", "to": "", "text": ""}', 422),
        (b" " * 1024 * 1025, 413),
    ],
)
async def test_a_body_that_is_no_json_object_is_a_problem(body: bytes, status: int) -> None:
    async with running_api() as api:
        reply = await api.post("/api/v1/explain", body)
        assert reply.status == reply.json()["status"] == status
        assert reply.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "a/b/c"]
)
async def test_a_body_that_does_not_say_that_it_is_json_is_refused(media_type: str) -> None:
    async with running_api() as api:
        assert (await api.post("/api/v1/explain", DRAFT, {"content-type": media_type})).status == 415


async def test_a_crash_of_a_resource_is_told_as_a_problem_and_logged_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def crash(*_: object) -> None:
        raise LookupError("inside")

    async with running_api() as api:
        monkeypatch.setattr(api.operator.inquiries, "find", crash)
        reply = await api.get("/api/v1/changes")
        assert (reply.status, reply.headers["content-type"]) == (500, "application/problem+json")
        assert b"inside" not in reply.body
    assert [record.getMessage() for record in caplog.records] == ["GET '/api/v1/changes' failed"]


async def test_no_operation_uses_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a thread was asked for")

    monkeypatch.setattr(anyio.to_thread, "run_sync", refuse)
    async with running_api() as api:
        await api.esme.submit(DEDICATED, FREE, ORDER)
        for target in (
            "/livez",
            "/readyz",
            "/api/v1/messages",
            "/api/v1/messages/0000000001",
            "/api/v1/messages/0000000001/pdu",
            "/api/v1/sessions",
            "/api/v1/rules",
            "/api/v1/accounts",
            "/api/v1/lines",
            f"/api/v1/lines/{DEDICATED}",
            "/api/v1/line-kinds",
            "/api/v1/requests",
            "/api/v1/patterns",
            "/api/v1/header-stops",
            "/api/v1/violations",
            "/api/v1/violations.csv",
            OPENAPI_PATH,
        ):
            assert (await api.get(target)).status == 200
        for target, body in (("/api/v1/explain", DRAFT), ("/api/v1/reset", {})):
            assert (await api.post(target, body)).status == 200


async def test_openapi_describes_every_operation_and_its_failures() -> None:
    async with running_api() as api:
        document = (await api.get(OPENAPI_PATH)).json()
    assert set(document["paths"]) == {
        "/livez",
        "/readyz",
        "/api/v1/doors",
        "/api/v1/messages",
        "/api/v1/messages/{id}",
        "/api/v1/messages/{id}/move",
        "/api/v1/messages/{id}/pdu",
        "/api/v1/events",
        "/metrics",
        "/api/v1/subscribers",
        "/api/v1/subscribers/{number}",
        "/api/v1/explain",
        "/api/v1/verify",
        "/api/v1/rules",
        "/api/v1/changes",
        "/api/v1/changes/kinds",
        "/api/v1/blacklist",
        "/api/v1/blacklist/export",
        "/api/v1/blacklist/import",
        "/api/v1/blacklist/numbers",
        "/api/v1/blacklist/numbers/{number}",
        "/api/v1/mo",
        "/api/v1/accounts",
        "/api/v1/accounts/{system_id}",
        "/api/v1/sessions",
        "/api/v1/sessions/{id}",
        "/api/v1/sessions/{id}/unbind",
        "/api/v1/lines",
        "/api/v1/lines/{number}",
        "/api/v1/line-kinds",
        "/api/v1/requests",
        "/api/v1/patterns",
        "/api/v1/patterns/{id}",
        "/api/v1/header-stops",
        "/api/v1/requests/{number}",
        "/api/v1/violations",
        "/api/v1/violations.csv",
        "/api/v1/clock",
        "/api/v1/clock/jump",
        "/api/v1/clock/speed",
        "/api/v1/faults",
        "/api/v1/faults/{id}",
        "/api/v1/alerts",
        "/api/v1/outbinds",
        "/api/v1/reset",
        "/api/v1/snapshot",
        "/api/v1/mutations",
        "/api/v1/profile",
    }
    for path in document["paths"].values():
        for operation in path.values():
            success, failure = operation["responses"]
            assert (success in {"200", "201", "202", "204"}, failure) == (True, "default")
            assert "application/problem+json" in operation["responses"]["default"]["content"]
            assert operation["description"]
    assert "errors" in document["components"]["schemas"]["Problem"]["properties"]


def test_the_resources_are_those_of_the_folder() -> None:
    folder = Path(resources.__file__).parent
    files = {file.stem for file in folder.glob("*.py")} - {"__init__"}
    assert {resource.__module__.rpartition(".")[2] for resource in RESOURCES} == files


ANY_TEXT = st.lists(st.characters() | st.sampled_from("\ud800\udfff"), max_size=20).map("".join)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=10,
)
DRAFTS = st.fixed_dictionaries({}, optional=dict.fromkeys(("from", "to", "text", "at"), ANY_JSON))
RESETS = st.fixed_dictionaries(
    {},
    optional={
        "clock": ANY_JSON | st.fixed_dictionaries({}, optional={"start": ANY_JSON, "speed": ANY_JSON}),
        "world": ANY_JSON
        | st.fixed_dictionaries(
            {"extends": st.just("demo")},
            optional=dict.fromkeys(("profile", "accounts", "lines", "patterns", "blacklist"), ANY_JSON),
        ),
    },
)


@given(st.lists(st.tuples(DRAFTS | ANY_JSON, RESETS | ANY_JSON), min_size=1, max_size=10))
@settings(max_examples=15, deadline=None)
def test_no_json_makes_the_api_crash(bodies: list[tuple[Any, Any]]) -> None:
    async def play() -> None:
        async with running_api() as api:
            for draft, reset in bodies:
                for target, body in (("/api/v1/explain", draft), ("/api/v1/reset", reset)):
                    reply = await api.post(target, body)
                    assert reply.status in (200, 400, 422), (target, json.dumps(body), reply)

    trio.run(play)
