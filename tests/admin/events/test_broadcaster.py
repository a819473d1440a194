"""What the broadcaster tells whom, without HTTP in between."""

import json
import sqlite3
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from typing import Any

import pytest
import trio

from simulator.admin.events import EVENTS, broadcaster
from simulator.admin.events.broadcaster import FLOOD_INTERVAL, INTERVAL, Broadcaster
from simulator.admin.events.news import MAX_BATCH
from simulator.admin.events.reader import MAX_WAITING, Reader
from simulator.center.operator import Operator
from simulator.changing.changes import change_adapter
from simulator.changing.journal import Origin
from simulator.registry.world import build_world
from simulator.store import Store
from tests.admin.api import DEDICATED, FREE, NOON, ORDER
from tests.esme import Esme, connected, message

pytestmark = pytest.mark.virtual_time


def an_operator() -> Operator:
    return Operator(build_world({"extends": "demo"}), Store(), seed=1, real=trio.current_time, wall=NOON.timestamp)


@asynccontextmanager
async def bound(operator: Operator) -> AsyncIterator[Esme]:
    async with connected(operator) as esme:
        await esme.bind()
        yield esme


@asynccontextmanager
async def listening(
    here: Broadcaster, names: Collection[str] = EVENTS, last_id: str | None = None
) -> AsyncIterator[Reader]:
    with here.listening(names, last_id) as reader:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(here.look)
            await trio.testing.wait_all_tasks_blocked()
            yield reader
            nursery.cancel_scope.cancel()


async def told(reader: Reader) -> tuple[str, str, Any]:
    """Name, id and content of the next event."""
    fields = dict(line.split(": ", 1) for line in (await reader.next()).decode().splitlines() if line)
    return fields["event"], fields.get("id", ""), json.loads(fields["data"])


async def send(esme: Esme, count: int) -> None:
    await esme.send(*[message(DEDICATED, FREE, ORDER, registered_delivery=0)] * count)
    for _ in range(count):
        await esme.response()


def is_noting(here: Broadcaster) -> bool:
    return here._note in here._operator._store._watchers


async def test_nothing_is_noted_while_nobody_listens() -> None:
    operator = an_operator()
    here = Broadcaster(operator)
    assert not is_noting(here)


async def test_all_readers_get_the_same_octets() -> None:
    operator = an_operator()
    here = Broadcaster(operator)
    async with bound(operator) as esme, listening(here) as first, listening(here) as second:
        await send(esme, 1)
        assert await first.next() is await second.next()


async def test_a_burst_is_told_ten_times_a_second_and_a_hundred_entries_at_once() -> None:
    operator = an_operator()
    here = Broadcaster(operator)
    async with bound(operator) as esme, listening(here, ["messages"]) as reader:
        await send(esme, 1)
        await told(reader)
        began = trio.current_time()
        await send(esme, MAX_BATCH + 20)
        _, _, data = await told(reader)
        assert trio.current_time() - began <= INTERVAL
        assert [row["id"] for row in data["messages"]] == [f"{number:010d}" for number in range(22, 122)]
        assert data["skipped"] == 20
        flooded = trio.current_time()
        await send(esme, 1)
        await told(reader)
        assert trio.current_time() - flooded == pytest.approx(FLOOD_INTERVAL)


async def test_a_reader_who_does_not_read_misses_what_waited_and_goes_on_with_the_newest() -> None:
    operator = an_operator()
    here = Broadcaster(operator)
    async with bound(operator) as esme, listening(here, ["messages"]) as idle, listening(here, ["messages"]) as brisk:
        for _ in range(MAX_WAITING + 1):
            await send(esme, 1)
            _, newest, _ = await told(brisk)
        assert (await told(idle))[2] == {"events": MAX_WAITING}
        assert (await told(idle))[1] == newest


async def test_another_goes_on_when_the_reader_leaves_whose_task_has_looked() -> None:
    operator = an_operator()
    here = Broadcaster(operator)
    async with bound(operator) as esme, trio.open_nursery() as nursery:
        leaving = trio.CancelScope()

        async def leave() -> None:
            with leaving:
                async with listening(here):
                    await trio.sleep_forever()

        nursery.start_soon(leave)
        await trio.testing.wait_all_tasks_blocked()
        async with listening(here, ["messages"]) as staying:
            leaving.cancel()
            await send(esme, 1)
            assert (await told(staying))[0] == "messages"
            assert here.readers == 1


async def test_who_comes_back_gets_what_was_kept_and_what_was_noted() -> None:
    operator = an_operator()
    here = Broadcaster(operator)
    async with bound(operator) as esme:
        async with listening(here, ["messages"]) as other, listening(here, ["messages"]) as reader:
            await send(esme, 1)
            _, seen, _ = await told(reader)
            await send(esme, 1)
            await told(other)
            await told(other)
        await send(esme, 1)
        async with listening(here, ["messages"], seen) as reader:
            ids = [row["id"] for _ in range(2) for row in (await told(reader))[2]["messages"]]
        assert {"0000000002", "0000000003"} <= set(ids)


async def test_who_comes_back_after_more_than_was_kept_is_told_how_many_events_are_gone() -> None:
    operator = an_operator()
    here = Broadcaster(operator)
    async with bound(operator) as esme, listening(here, ["messages"]) as brisk:
        await send(esme, 1)
        _, seen, _ = await told(brisk)
        for _ in range(MAX_WAITING + 7):
            await send(esme, 1)
            await told(brisk)
        async with listening(here, ["messages"], seen) as late:
            assert (await told(late))[2] == {"events": 7}


async def test_when_too_much_happens_while_nobody_listens_nothing_more_is_noted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(broadcaster, "MAX_NOTED", 5)
    operator = an_operator()
    here = Broadcaster(operator)
    async with bound(operator) as esme:
        async with listening(here, ["messages"]) as reader:
            await send(esme, 1)
            _, seen, _ = await told(reader)
        await send(esme, 3)
        assert is_noting(here)
        await send(esme, 3)
        assert not is_noting(here)
        async with listening(here, ["messages"], seen) as reader:
            assert (await told(reader))[2] == {"events": None}


async def test_a_store_that_cannot_be_read_costs_the_readers_what_they_would_have_been_told(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    operator = an_operator()
    here = Broadcaster(operator)

    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    async with bound(operator) as esme, listening(here, ["messages"]) as reader:
        with monkeypatch.context() as broken:
            broken.setattr(operator.inquiries, "numbered", fail)
            await send(esme, 1)
            assert (await told(reader))[2] == {"events": None}
        await send(esme, 1)
        assert (await told(reader))[0] == "messages"
    assert "the store cannot be read" in caplog.text


async def test_a_long_change_is_told_without_its_body() -> None:
    operator = an_operator()
    here = Broadcaster(operator)
    numbers = {"kind": "list-numbers", "numbers": [f"98912{number:07d}" for number in range(200)]}
    async with listening(here, ["changes"]) as reader:
        operator.change(change_adapter().validate_python(numbers), Origin.HTTP)
        [row] = (await told(reader))[2]["changes"]
        assert row["change"] == {"kind": "list-numbers"}
