"""Parts of an operator begin anew, and everything else stays."""

from typing import Any

import pytest
import trio

from simulator.changing.reset_parts import _FAMILIES, Part
from simulator.store.store import CommitError
from tests.admin.api import ADVERT, DEDICATED, FREE, LISTED, ORDER, PROMOTIONAL, Api, running_api
from tests.esme import connected

OFF: dict[str, Any] = {"kind": "set-handsets", "handsets": {"numbers": FREE, "state": "off"}}
LINE = {"number": "3000111111", "account": "panel"}


async def reset(api: Api, *parts: str, **more: Any) -> int:
    return (await api.post("/api/v1/reset", {"parts": list(parts), **more})).status


async def change(api: Api, kind: str, **fields: Any) -> None:
    assert (await api.post("/api/v1/changes", {"kind": kind, **fields})).status == 201


async def kinds(api: Api) -> list[str]:
    return [entry["change"]["kind"] for entry in (await api.get("/api/v1/changes")).json()["changes"]]


async def fill(api: Api) -> None:
    await change(api, **OFF)
    await change(api, "suspend-line", line=DEDICATED, reason="complaints")
    await change(api, "opt-out", number=FREE)
    await change(api, "set-profile-value", path="sanctions.strikes", value=1)
    await api.post("/api/v1/faults", {"name": "late-response", "after": 2.0, "scope": {"account": "nobody"}})
    await api.esme.submit(PROMOTIONAL, LISTED, ADVERT)


async def test_messages_go_and_the_rest_stays_with_the_session() -> None:
    async with running_api() as api:
        await fill(api)
        await api.post("/api/v1/mo", {"from": FREE, "to": PROMOTIONAL, "text": "سلام"})
        assert await reset(api, "messages") == 200
        assert await api.found() == []
        for target in ("mo", "violations"):
            assert (await api.get(f"/api/v1/{target}")).json()["total"] == 0
        assert len(await kinds(api)) == 4
        assert len((await api.get("/api/v1/faults")).json()["on"]) == 1
        assert (await api.esme.submit(PROMOTIONAL, FREE, ADVERT)).command_status == 0x401, "opted out, as before"
        assert await api.found() == ["0000000002"], "no number is given twice"


async def test_receipts_of_forgotten_messages_are_forgotten_by_the_sessions() -> None:
    with trio.fail_after(10):
        async with running_api() as api:
            async with connected(api.operator, acknowledges=False) as esme:
                await api.post("/api/v1/sessions/1/unbind", {})
                await esme.bind()
                await esme.submit(DEDICATED, FREE, ORDER)
                await api.post("/api/v1/clock/jump", {"by": 60})
                await esme.receipt()
                assert await reset(api, "messages") == 200
            async with connected(api.operator) as esme:
                await esme.bind()
                await esme.submit(DEDICATED, FREE, ORDER)
                await api.post("/api/v1/clock/jump", {"by": 60})
                assert b"0000000002" in (await esme.receipt()).short_message
                [session] = (await api.get("/api/v1/sessions")).json()["sessions"]
                assert (session["waiting"], session["delivered"]) in {(1, 0), (0, 1)}


@pytest.mark.parametrize(
    ("part", "left"),
    [
        ("subscribers", ["suspend-line", "opt-out", "set-profile-value"]),
        ("lines", ["set-handsets", "opt-out", "set-profile-value"]),
        ("blacklist", ["set-handsets", "suspend-line", "set-profile-value"]),
        ("profile", ["set-handsets", "suspend-line", "opt-out"]),
        ("accounts", ["set-handsets", "suspend-line", "opt-out", "set-profile-value"]),
        ("registers", []),
    ],
)
async def test_changes_of_a_part_are_as_if_they_had_never_been(part: str, left: list[str]) -> None:
    async with running_api() as api:
        await fill(api)
        assert await reset(api, part) == 200
        assert await kinds(api) == left
        registers = api.operator.registers
        assert (registers.subscribers.entry(FREE) is None) == ("set-handsets" not in left)
        assert (registers.profile.sanctions.strikes != 1) == ("set-profile-value" not in left)
        line = registers.lines.find(DEDICATED)
        assert line is not None
        assert (line.state == "active") == ("suspend-line" not in left)
        assert len(await api.found()) == 1
        reply = await api.post("/api/v1/changes", OFF)
        assert reply.json() == {"id": 5}, "no number is given twice"


async def test_sessions_faults_and_mutations_begin_anew() -> None:
    async with running_api() as api:
        await fill(api)
        assert await reset(api, "faults", "mutations") == 200
        assert (await api.get("/api/v1/faults")).json()["on"] == []
        [mutation] = (await api.get("/api/v1/mutations")).json()["mutations"]
        assert mutation["path"] == "/api/v1/reset"
        assert len((await api.get("/api/v1/sessions")).json()["sessions"]) == 1
        assert await reset(api, "sessions") == 200
        assert (await api.get("/api/v1/sessions")).json()["sessions"] == []


async def test_the_clock_goes_back_only_with_what_its_time_is_written_in() -> None:
    async with running_api() as api:
        await api.post("/api/v1/clock/jump", {"by": 86_400})
        reply = await api.post("/api/v1/reset", {"parts": ["clock"]})
        assert (reply.status, reply.json()["detail"]) == (
            409,
            "the clock goes back only if the messages and the registers begin anew as well; nothing was changed",
        )
        later = {"start": "2026-12-01T10:00", "speed": 0}
        assert await reset(api, "clock", clock=later) == 200
        assert (await api.get("/api/v1/clock")).json() == {"now": "2026-12-01T10:00:00.000+03:30", "speed": 0}
        assert await reset(api, "clock", "messages", "registers") == 200
        assert (await api.get("/api/v1/clock")).json()["now"].startswith("2026-11-22T12:00:0")


async def test_what_would_not_fit_any_more_is_a_conflict() -> None:
    async with running_api() as api:
        await change(api, "register-line", line=LINE)
        await change(api, "stop-header", line=LINE["number"], number=FREE)
        reply = await api.post("/api/v1/reset", {"parts": ["lines"]})
        assert reply.status == 409
        assert "change 2 of the store (stop-header) does not fit" in reply.json()["detail"]
        assert await kinds(api) == ["register-line", "stop-header"]
        assert api.operator.registers.lines.find(LINE["number"]) is not None
        assert await reset(api, "lines", "blacklist") == 200
        assert await kinds(api) == []


async def test_what_was_prepared_stays() -> None:
    async with running_api() as api:
        await change(api, "register-line", line=LINE)
        snapshot = (await api.get("/api/v1/snapshot")).json()
        assert (await api.post("/api/v1/reset", {"snapshot": snapshot})).status == 200
        await change(api, **OFF)
        assert await reset(api, "registers") == 200
        assert await kinds(api) == ["register-line"]


@pytest.mark.parametrize(
    ("wanted", "path"),
    [
        ({"parts": []}, "body.parts"),
        ({"parts": ["message"]}, "body.parts[0]"),
        ({"parts": ["messages"], "world": {"extends": "demo"}}, "body"),
        ({"parts": ["messages"], "clock": {"speed": 2}}, "body"),
    ],
)
async def test_parts_that_cannot_be_are_named(wanted: dict[str, Any], path: str) -> None:
    async with running_api() as api:
        reply = await api.post("/api/v1/reset", wanted)
        assert (reply.status, [error["path"] for error in reply.json()["errors"]]) == (422, [path])


async def test_a_full_disk_resets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running_api() as api:
        await fill(api)

        def full(*_: object) -> None:
            raise CommitError("full")

        monkeypatch.setattr(api.operator._store, "forgetting", full)
        assert await reset(api, "registers") == 503
        assert len(await kinds(api)) == 4


def test_every_family_of_changes_belongs_to_a_part() -> None:
    parted = {change for part, family in _FAMILIES.items() if part is not Part.REGISTERS for change in family}
    assert parted == set(_FAMILIES[Part.REGISTERS])
