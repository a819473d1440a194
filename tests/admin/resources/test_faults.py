"""Switching faults over HTTP."""

from typing import Any

import pytest

from simulator.trouble.faults import FAULT_KINDS
from simulator.trouble.magic_numbers import MAGIC_NUMBERS
from tests.admin.api import DEDICATED, FREE, ORDER, Api, running_api
from tests.admin.loopback import Reply, call

FAULTS = "/api/v1/faults"
SCOPE = {"account": None, "line": None, "destination": None}


async def delete(api: Api, target: str) -> Reply:
    return await call(api.port, "DELETE", target)


async def status(api: Api) -> int:
    return (await api.esme.submit(DEDICATED, FREE, ORDER, registered_delivery=0)).command_status


async def on(api: Api) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = (await api.get(FAULTS)).json()["on"]
    return listed


async def test_a_fault_is_switched_on_bites_and_is_switched_off() -> None:
    async with running_api() as api:
        assert await status(api) == 0
        reply = await api.post(FAULTS, {"name": "throttled", "scope": {"line": DEDICATED}})
        assert (reply.status, reply.json()) == (201, {"id": 1})
        assert [await status(api), await status(api)] == [0x58, 0x58]
        [listed] = await on(api)
        fault = {"name": "throttled", "scope": {**SCOPE, "line": DEDICATED}, "share": 1.0, "status": 0x58}
        assert listed == {"id": 1, "fault": {**fault, "count": None, "span": None}, "bites": 2, "remaining": None}
        reply = await delete(api, f"{FAULTS}/1")
        assert (reply.status, reply.body) == (204, b"")
        assert await status(api) == 0
        assert (await delete(api, f"{FAULTS}/1")).status == 404


async def test_count_and_span_end_a_fault() -> None:
    async with running_api() as api:
        await api.post(FAULTS, {"name": "queue-full", "count": 1})
        await api.post(FAULTS, {"name": "throttled", "span": 3600})
        assert [await status(api), await status(api)] == [0x14, 0x58]
        [listed] = await on(api)
        assert (listed["id"], listed["fault"]["name"]) == (2, "throttled")
        assert 3000 < listed["remaining"] <= 3600


async def test_all_are_switched_off_at_once_and_by_a_reset() -> None:
    async with running_api() as api:
        for _ in range(2):
            await api.post(FAULTS, {"name": "throttled"})
        assert (await delete(api, FAULTS)).status == 204
        assert await on(api) == []
        await api.post(FAULTS, {"name": "throttled"})
        await api.post("/api/v1/reset", {})
        assert await on(api) == []


async def test_the_catalogue_says_every_fault_with_its_parameters_and_every_magic_number() -> None:
    async with running_api() as api:
        told = (await api.get(FAULTS)).json()
        assert [kind["name"] for kind in told["catalogue"]] == list(FAULT_KINDS)
        nack = next(kind for kind in told["catalogue"] if kind["name"] == "generic-nack")
        assert nack["parameters"] == [
            {"name": "status", "default": 8, "choices": []},
            {"name": "sequence", "default": "own", "choices": ["own", "zero", "other"]},
        ]
        assert nack["what"].startswith("A good submit_sm is answered by generic_nack")
        assert told["magic"] == {suffix: fault.name for suffix, fault in MAGIC_NUMBERS.items()}
        await api.post("/api/v1/reset", {"world": {"extends": "demo", "magic_suffixes": False}})
        assert (await api.get(FAULTS)).json()["magic"] == {}


@pytest.mark.parametrize(
    ("table", "path", "message"),
    [
        ({"name": "late-respnse"}, "body", "there is no fault 'late-respnse'; did you mean 'late-response'?"),
        ({"after": 1}, "body", "a fault needs its name"),
        ({"name": "late-response", "aftr": 2}, "body.aftr", "unknown key"),
        ({"name": "reset", "reset": 1}, "body.reset", "unknown key"),
        ({"name": ["rst"]}, "body", "there is no fault \"['rst']\""),
        ({"name": "late-response", "after": -1}, "body.after", "Input should be greater than or equal to 0"),
        ({"name": "throttled", "share": 0}, "body.share", "Input should be greater than 0"),
        ({"name": "throttled", "count": 0}, "body.count", "Input should be greater than or equal to 1"),
        ({"name": "throttled", "scope": {"lin": "1"}}, "body.scope.lin", "unknown key"),
        (
            {"name": "bind-late", "scope": {"line": DEDICATED}},
            "body",
            "its scope cannot be by line; what is known then: account",
        ),
        ([], "body", "Input should be a valid dictionary"),
    ],
)
async def test_what_cannot_be_is_named_and_switches_nothing_on(table: object, path: str, message: str) -> None:
    async with running_api() as api:
        reply = await api.post(FAULTS, table)
        assert reply.status == 422
        assert reply.json()["errors"] == [{"path": path, "message": message}]
        assert await on(api) == []


@pytest.mark.parametrize(("target", "code"), [(f"{FAULTS}/0", 422), (f"{FAULTS}/x", 422), (f"{FAULTS}/9", 404)])
async def test_a_number_that_no_fault_has(target: str, code: int) -> None:
    async with running_api() as api:
        assert (await delete(api, target)).status == code


async def test_another_site_cannot_switch() -> None:
    async with running_api() as api:
        assert (await api.post(FAULTS, {"name": "reset"}, {"origin": "http://evil.test"})).status == 403
        reply = await call(api.port, "DELETE", FAULTS, b"", {"origin": "http://evil.test"})
        assert reply.status == 403
        assert await on(api) == []
