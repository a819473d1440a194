"""One message with all that is known of it: what befell it, the parts of its text, and its request."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from simulator.smpp.pdus import CancelSm, ReplaceSm, SubmitSm
from simulator.smpp.text import encode_text
from simulator.store import Store
from simulator.store.reader import _PARTS_APART
from tests.admin.api import ADVERT, DEDICATED, FREE, ORDER, PROMOTIONAL, Api, running_api
from tests.center.test_operator import part_of
from tests.esme import Esme, connected, message
from tests.store.test_store import message as stored

FIRST = "0000000001"


@asynccontextmanager
async def beginning(start: str = "2026-11-22T12:00", **profile: Any) -> AsyncIterator[tuple[Api, Esme]]:
    """An operator whose clock stands still, with an ESME that is bound."""
    async with running_api() as api:
        world = {"extends": "demo", "profile": profile}
        reply = await api.post("/api/v1/reset", {"world": world, "clock": {"start": start, "speed": 0}})
        assert reply.status == 200
        async with connected(api.operator) as esme:
            await esme.bind()
            yield api, esme


async def history(api: Api, number: str = FIRST) -> list[tuple[str, str, str, str]]:
    """Time of day, event, state and err of what befell a message."""
    told = (await api.get(f"/api/v1/messages/{number}")).json()["history"]
    return [(one["at"][11:19], one["event"], one["state"], one["err"]) for one in told]


async def jump(api: Api, seconds: float) -> None:
    assert (await api.post("/api/v1/clock/jump", {"by": seconds})).status == 200


async def test_a_message_that_is_delivered_was_submitted_and_ended() -> None:
    async with beginning() as (api, esme):
        await esme.submit(DEDICATED, FREE, ORDER)
        assert await history(api) == [("12:00:00", "submitted", "ENROUTE", "000")]
        await jump(api, 60)
        assert [one[1:] for one in await history(api)][1:] == [("ended", "DELIVERED", "000")]
        assert api.operator._store._db.execute("SELECT count(*) FROM turns").fetchone() == (0,), "it costs nothing more"


async def test_attempts_that_failed_are_told_with_their_error() -> None:
    async with beginning(delivery={"mode": "immediate", "retry": {"first": 60, "factor": 1}}) as (api, esme):
        absent = {"kind": "set-handsets", "handsets": {"numbers": FREE, "state": "off"}}
        assert (await api.post("/api/v1/changes", absent)).status == 201
        await esme.submit(DEDICATED, FREE, ORDER)
        await jump(api, 90)
        found = {"kind": "set-handsets", "handsets": {"numbers": FREE, "state": "on"}}
        assert (await api.post("/api/v1/changes", found)).status == 201
        await jump(api, 1)
        told = (await api.get(f"/api/v1/messages/{FIRST}")).json()["history"]
        assert [(one["at"][11:19], one["event"]) for one in told] == [
            ("12:00:00", "submitted"),
            ("12:00:00", "attempt-failed"),
            ("12:01:00", "attempt-failed"),
            ("12:01:30", "put-forward"),
            ("12:01:30", "ended"),
        ]
        assert told[1]["err"] != "000"
        assert told[1]["note"] == "the handset was tried in vain; it goes on at 2026-11-22 12:01:00"


async def test_what_was_held_and_released_is_told_with_its_moments() -> None:
    hold = {"promotion-outside-hours": {"style": "hold"}}
    async with beginning("2026-11-22T23:30", answers=hold, delivery={"mode": "immediate"}) as (api, esme):
        await esme.submit(PROMOTIONAL, FREE, ADVERT)
        assert await history(api) == [
            ("23:30:00", "submitted", "ENROUTE", "000"),
            ("23:30:00", "held", "ENROUTE", "000"),
        ]
        await jump(api, 8 * 3600)
        assert [one[:2] for one in await history(api)][2:] == [("07:00:00", "released"), ("07:00:00", "ended")]


async def test_a_message_that_is_scheduled_replaced_moved_or_called_back_says_so() -> None:
    async with beginning(delivery={"mode": "manual"}) as (api, esme):
        await esme.send(message(DEDICATED, FREE, ORDER)._replace(schedule_delivery_time="000000010000000R"))
        await esme.response()
        _, octets = encode_text("سفارش دیگر")
        await esme.send(ReplaceSm(message_id=FIRST, source_addr=DEDICATED, short_message=octets))
        assert (await esme.response()).command_status == 0
        moved = await api.post(f"/api/v1/messages/{FIRST}/move", {"state": "UNDELIVERABLE", "err": "007"})
        assert moved.json()["history"][-1]["event"] == "ended"
        assert await history(api) == [
            ("12:00:00", "submitted", "SCHEDULED", "000"),
            ("12:00:00", "replaced", "SCHEDULED", "000"),
            ("12:00:00", "moved", "UNDELIVERABLE", "007"),
            ("12:00:00", "ended", "UNDELIVERABLE", "007"),
        ]
        await esme.submit(DEDICATED, FREE, ORDER)
        await esme.send(CancelSm(message_id="0000000002", source_addr=DEDICATED))
        await esme.response()
        assert [one[1:3] for one in await history(api, "0000000002")][1:] == [
            ("called-back", "DELETED"),
            ("ended", "DELETED"),
        ]


async def test_what_was_given_back_is_told() -> None:
    delivery = {"mode": "manual"}
    async with beginning(delivery=delivery, tariff={"persian": 100}) as (api, esme):
        await esme.submit(DEDICATED, FREE, ORDER)
        moved = await api.post(f"/api/v1/messages/{FIRST}/move", {"state": "EXPIRED"})
        assert [(one["event"], one["note"]) for one in moved.json()["history"]][-1] == (
            "refunded",
            "100 rials were given back",
        )


async def test_a_part_tells_all_parts_of_its_text_and_no_others() -> None:
    async with beginning(delivery={"mode": "manual"}) as (api, esme):
        first, second = ORDER[:20], ORDER[20:]
        other = part_of("اول ", 2, 1, to="09129990002")
        parts = [part_of(second, 2, 2), other, part_of(first, 2, 1), part_of("سوم ", 2, 1), part_of(second, 2, 2)]
        await esme.send(*parts)
        for _ in parts:
            await esme.response()

        async def told(number: int) -> list[tuple[str, int]]:
            story = (await api.get(f"/api/v1/messages/{number:010d}")).json()
            return [(part["id"][-1], part["number"]) for part in story["parts"]]

        assert await told(1) == await told(3) == [("3", 1), ("1", 2)]
        assert await told(2) == [("2", 1)]
        assert await told(4) == await told(5) == [("4", 1), ("5", 2)]
        [beginning_, *_] = (await api.get("/api/v1/messages/0000000001")).json()["history"]
        assert beginning_["note"] == "submitted as part 2 of 2"
        await jump(api, 3600)
        assert [one[1] for one in await history(api, "0000000002")] == ["submitted", "judged-incomplete"]


def test_a_part_far_away_is_of_another_text() -> None:
    store = Store()
    part = stored(1)._replace(part=(7, 2, 1))  # type: ignore[arg-type] # a tuple is what the store takes it for
    for number in (1, 2 + _PARTS_APART):
        store.add_message(part._replace(number=number))
    store.commit()
    found = store.get(1)
    assert found is not None
    assert [one.number for one in store.parts_near(found)] == [1]


async def test_the_request_is_told_as_it_came() -> None:
    async with running_api() as api:
        pdu = message(DEDICATED, FREE, ORDER)
        [sequence_number] = await api.esme.send(pdu)
        await api.esme.response()
        told = (await api.get(f"/api/v1/messages/{FIRST}/pdu")).json()
        assert (told["name"], told["sequence_number"], told["command_status"]) == (
            "submit_sm",
            sequence_number,
            "ESME_ROK",
        )
        assert told["fields"]["short_message"] == pdu.short_message.hex()
        assert set(told["fields"]) == set(SubmitSm._fields) - {"tlvs"}
        assert bytes.fromhex(told["octets"])[16:].endswith(pdu.short_message)
        assert (await api.get("/api/v1/messages/0000000009/pdu")).status == 404


async def test_a_message_of_an_older_store_has_no_request() -> None:
    async with running_api() as api:
        api.operator._store.add_message(stored(1))
        reply = await api.get(f"/api/v1/messages/{FIRST}/pdu")
        assert (reply.status, reply.json()["detail"]) == (404, f"message '{FIRST}' came before requests were kept")
