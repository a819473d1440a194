"""What was done to an operator over HTTP is told, with who, when, what, and what became of it."""

import json
from pathlib import Path
from typing import Any

import pytest
import trio

from simulator.admin.app import create_app
from simulator.admin.mutation_log import legible
from simulator.center.operator import Operator
from simulator.registry.world import build_world
from simulator.store import Store
from simulator.store.store import CommitError
from tests.admin.api import DEDICATED, FREE, NOON, ORDER, Api, running_api
from tests.admin.loopback import call, serving
from tests.esme import connected

MUTATIONS = "/api/v1/mutations"
SUSPEND = {"kind": "suspend-line", "line": DEDICATED, "reason": "complaints"}


async def told(api: Api, query: str = "") -> list[dict[str, Any]]:
    answer = (await api.get(f"{MUTATIONS}?{query}")).json()
    mutations: list[dict[str, Any]] = answer["mutations"]
    return mutations


async def test_a_change_is_told_with_who_made_it_and_what_came_of_it() -> None:
    async with running_api() as api:
        await api.post("/api/v1/changes", SUSPEND, {"x-khatban-origin": "test of lines", "user-agent": "probe/1"})
        [mutation] = await told(api)
        assert mutation.pop("at").startswith("2026-11-22T12:00:0")
        assert mutation.pop("real_at").startswith("2026-11-22T12:00:0")
        assert mutation == {
            "id": 1,
            "method": "POST",
            "path": "/api/v1/changes",
            "client": "127.0.0.1",
            "origin": "test of lines",
            "agent": "probe/1",
            "body": SUSPEND,
            "status": 201,
            "outcome": None,
            "changes": [1],
        }


async def test_a_refusal_is_told_with_its_reason() -> None:
    async with running_api() as api:
        reply = await api.post("/api/v1/changes", {**SUSPEND, "line": "3000999999"})
        [mutation] = await told(api)
        assert (mutation["status"], mutation["outcome"]) == (409, reply.json()["detail"])
        assert mutation["changes"] == []


async def test_what_cannot_alter_anything_is_not_told() -> None:
    async with running_api() as api:
        await api.esme.submit(DEDICATED, FREE, ORDER)
        await api.get("/api/v1/messages")
        await api.post("/api/v1/explain", {"from": DEDICATED, "to": FREE, "text": ORDER})
        await api.post("/api/v1/nothing", {})
        await call(api.port, "DELETE", "/api/v1/clock")
        await api.post("/api/v1/changes", SUSPEND, {"origin": "http://evil.test"})
        assert await told(api) == []


async def test_every_way_to_alter_something_is_told() -> None:
    async with running_api() as api:
        await api.post("/api/v1/mo", {"from": FREE, "to": "8999", "text": "1"})
        await call(api.port, "POST", "/api/v1/blacklist/import", b"09121110001\n", {"content-type": "text/plain"})
        await api.post("/api/v1/clock/jump", {"by": 60})
        await call(api.port, "DELETE", "/api/v1/messages?verdict=refused")
        await call(api.port, "POST", "/api/v1/changes", b"{", {"content-type": "application/json"})
        assert [(one["path"], one["status"], one["body"], one["changes"]) for one in await told(api)] == [
            ("/api/v1/mo", 200, {"from": FREE, "to": "8999", "text": "1"}, [1]),
            ("/api/v1/blacklist/import", 201, None, [2]),
            ("/api/v1/clock/jump", 200, {"by": 60}, []),
            ("/api/v1/messages?verdict=refused", 200, None, []),
            ("/api/v1/changes", 400, None, []),
        ]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", [1, 2, 3]),
        ("order=newest&limit=1", [3]),
        ("method=DELETE", [3]),
        ("path=changes", [1, 2]),
        ("result=done", [1, 3]),
        ("result=refused", [2]),
        ("origin=one", [1]),
        ("client=127.0.0.1", [1, 2, 3]),
        ("text=complaints", [1, 2]),
        ("since=2026-11-23T00:00", []),
    ],
)
async def test_mutations_are_filtered(query: str, ids: list[int]) -> None:
    async with running_api() as api:
        await api.post("/api/v1/changes", SUSPEND, {"x-khatban-origin": "one"})
        await api.post("/api/v1/changes", SUSPEND)
        await call(api.port, "DELETE", "/api/v1/messages")
        assert [one["id"] for one in await told(api, query)] == ids


async def test_the_log_survives_the_operator_and_begins_anew_with_a_reset(tmp_path: Path) -> None:
    path, world = tmp_path / "store", build_world({"extends": "demo"})

    def opened() -> Operator:
        return Operator(world, Store(path), seed=1, real=trio.current_time, wall=NOON.timestamp)

    operator = opened()
    async with serving(create_app(operator)) as port, connected(operator) as esme:
        await Api(operator, port, esme).post("/api/v1/changes", SUSPEND)
    operator.close()
    operator = opened()
    async with serving(create_app(operator)) as port, connected(operator) as esme:
        api = Api(operator, port, esme)
        await call(port, "DELETE", "/api/v1/messages")
        assert [one["id"] for one in await told(api)] == [1, 2]
        accounts = [{"system_id": "other", "password": "geheim"}]
        await api.post("/api/v1/reset", {"world": {"accounts": accounts}})
        [mutation] = await told(api)
        assert (mutation["id"], mutation["path"]) == (1, "/api/v1/reset")
        assert mutation["body"]["world"]["accounts"] == [{"system_id": "other", "password": "•••"}]
    operator.close()
    assert b"geheim" not in path.read_bytes()


async def test_what_cannot_be_written_down_is_refused_and_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running_api() as api:

        def full() -> bool:
            raise CommitError("full")

        with monkeypatch.context() as patched:
            patched.setattr(api.operator._store, "commit", full)
            assert (await api.post("/api/v1/changes", SUSPEND)).status == 503
            assert (await api.post("/api/v1/changes", SUSPEND)).status == 503
        assert (await api.get(MUTATIONS)).status == 200


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (b"", None),
        (b"null", None),
        (b"nonsense", None),
        (b"[" * 100_000, None),
        (b'{"a": {"password": "x", "token": {"max": 1}}}', {"a": {"password": "•••", "token": {"max": 1}}}),
        (b'{"a": "\\ud800"}', {"a": "?"}),
        (json.dumps("x" * 300).encode(), "x" * 200 + "…"),
        (json.dumps(list(range(30))).encode(), [*range(20), "… and 10 more"]),
    ],
)
def test_a_body_is_kept_without_secrets_and_cut(body: bytes, kept: Any) -> None:
    text = legible(body)
    assert (None if text is None else json.loads(text)) == kept


def test_a_long_body_is_kept_by_its_outline() -> None:
    world = {"accounts": [{"system_id": "x" * 100, "password": "secret"}] * 15, "lines": ["y" * 150] * 40}
    text = legible(json.dumps({"world": world, "clock": {"speed": 2}}).encode())
    assert text is not None
    kept = json.loads(text)
    assert kept["clock"] == {"speed": 2}
    assert kept["world"].startswith("… ")
    assert "secret" not in text
    deep = legible(json.dumps({f"key {number}": "x" * 150 for number in range(100)}).encode())
    assert deep is not None
    assert len(deep) < 100
