"""What is deleted over HTTP, what is kept and why, and what of the deleted stays."""

from pathlib import Path
from typing import Any

import pytest
import trio

from simulator.admin.app import create_app
from simulator.center.operator import Operator
from simulator.registry.world import build_world
from simulator.store import MessageQuery, Store, deletion
from simulator.store.ledger_check import check_ledger
from simulator.store.retention import SWEEP_AFTER
from tests.admin.api import ADVERT, DEDICATED, FREE, LISTED, NOON, ORDER, PROMOTIONAL, Api, running_api
from tests.admin.loopback import Reply, call, serving
from tests.esme import connected
from tests.store.test_store import ACCEPTANCE, message

MESSAGES = "/api/v1/messages"


async def delete(api: Api, target: str = "") -> Reply:
    return await call(api.port, "DELETE", f"{MESSAGES}{target}")


async def fill(api: Api) -> None:
    """1 and 2: refused at once; 3: delivered without a receipt; 4: on its way."""
    await api.esme.submit(PROMOTIONAL, LISTED, ADVERT)
    await api.esme.submit(DEDICATED, FREE, ADVERT)
    await api.esme.submit(DEDICATED, FREE, ORDER, registered_delivery=0)
    await api.post("/api/v1/clock/jump", {"by": 10})
    await api.esme.submit(DEDICATED, FREE, ORDER)


async def test_what_is_finished_goes_and_what_is_under_way_stays_and_says_why() -> None:
    async with running_api() as api:
        await fill(api)
        told = (await delete(api)).json()
        assert told == {
            "deleted": 3,
            "kept": [
                {
                    "why": "under-way",
                    "says": "on its way, or waiting for the rest of its text",
                    "messages": 1,
                    "ids": ["0000000004"],
                }
            ],
        }
        assert await api.found() == ["0000000004"]
        assert (await api.get(f"{MESSAGES}/0000000001")).status == 404


async def test_a_filter_chooses_what_is_deleted() -> None:
    async with running_api() as api:
        await fill(api)
        assert (await delete(api, "?verdict=refused&line=" + PROMOTIONAL)).json() == {"deleted": 1, "kept": []}
        assert await api.found() == ["0000000002", "0000000003", "0000000004"]
        assert (await delete(api, "?before=0000000003")).json()["deleted"] == 1
        assert (await delete(api, "?wait=1")).json()["errors"][0]["path"] == "query.wait"
        assert await api.found() == ["0000000003", "0000000004"]


async def test_many_go_in_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deletion, "SLICE", 2)
    async with running_api() as api:
        await fill(api)
        told = (await delete(api)).json()
        assert (told["deleted"], [kept["messages"] for kept in told["kept"]]) == (3, [1])


async def test_one_is_deleted_or_says_why_not() -> None:
    async with running_api() as api:
        await fill(api)
        assert (await delete(api, "/0000000001")).status == 204
        assert (await delete(api, "/0000000001")).status == 404
        reply = await delete(api, "/0000000004")
        assert (reply.status, reply.json()["detail"]) == (
            409,
            "message '0000000004' is not finished: on its way, or waiting for the rest of its text",
        )
        assert await api.found() == ["0000000002", "0000000003", "0000000004"]


async def test_a_receipt_that_waits_keeps_its_message() -> None:
    with trio.fail_after(10):
        async with running_api() as api:
            async with connected(api.operator, acknowledges=False) as esme:
                await api.post("/api/v1/sessions/1/unbind", {})
                await esme.bind()
                await esme.submit(DEDICATED, FREE, ORDER)
                await api.post("/api/v1/clock/jump", {"by": 10})
                await esme.receipt()
                [kept] = (await delete(api)).json()["kept"]
                assert kept["why"] == "receipt-waits"
            assert (await delete(api, "/0000000001")).status == 409


async def test_a_subscriber_who_is_still_to_read_keeps_his_message() -> None:
    async with running_api() as api:
        world = {"extends": "demo", "profile": {"receipts": {"manual_ack_after": 3600}}}
        await api.post("/api/v1/reset", {"world": world})
        async with connected(api.operator) as esme:
            await esme.bind()
            await esme.submit(DEDICATED, FREE, ORDER, registered_delivery=8)
            await api.post("/api/v1/clock/jump", {"by": 10})
            [kept] = (await delete(api)).json()["kept"]
            assert kept["why"] == "to-be-read"
            await api.post("/api/v1/clock/jump", {"by": 3600})
            await esme.receipt()
            with trio.fail_after(5):
                while (await delete(api)).json()["deleted"] != 1:
                    pass


async def test_what_messages_did_stays_when_they_are_deleted(tmp_path: Path) -> None:
    path = tmp_path / "store"
    account = {"system_id": "panel", "password": "panel", "balance": 1_000}
    world = build_world({"extends": "demo", "accounts": [account], "profile": {"tariff": {"persian": 100}}})

    def opened() -> Operator:
        return Operator(world, Store(path), seed=1, real=trio.current_time, wall=NOON.timestamp)

    def known(operator: Operator) -> tuple[Any, ...]:
        return operator.registers.purses.balance("panel"), operator.inquiries.violations_of(DEDICATED)

    operator = opened()
    async with serving(create_app(operator)) as port, connected(operator) as esme:
        api = Api(operator, port, esme)
        await esme.bind()
        await fill(api)
        before = known(operator)
        assert before == (800, 1)
        assert (await delete(api)).json()["deleted"] == 3
        assert known(operator) == before
        assert (await api.get("/api/v1/violations")).json()["total"] == 0
    operator.close()
    assert check_ledger(path).agrees
    operator = opened()
    assert known(operator) == before
    async with connected(operator) as esme:
        await esme.bind()
        assert (await esme.submit(DEDICATED, FREE, ORDER)).pdu == ("0000000005", ()), "no number is given twice"
    operator.close()


def test_verdicts_that_nobody_has_any_more_go_after_a_while() -> None:
    store = Store()
    for number in range(1, SWEEP_AFTER + 1):
        store.add_message(message(number, ACCEPTANCE, done_at=1.0))
    store.commit()
    deleted = store.delete(MessageQuery(), 0, 0)
    assert len(deleted.gone) == SWEEP_AFTER
    while store.tidy(0.0, 0, 0):
        pass
    assert store._db.execute("SELECT count(*) FROM verdicts").fetchone() == (0,)
    store.add_message(message(SWEEP_AFTER + 1, ACCEPTANCE))
    store.commit()
    kept = store.get(SWEEP_AFTER + 1)
    assert kept is not None
    assert kept.verdict == ACCEPTANCE
