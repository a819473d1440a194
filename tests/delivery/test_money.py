"""What messages cost: charged when they are accepted, refunded when they end so, once each, also over a restart."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import trio

from simulator.center.operator import Operator
from simulator.changing.change import ChangeError
from simulator.changing.changes.accounts import TopUp
from simulator.changing.journal import Origin
from simulator.smpp.pdus import CancelSm
from simulator.store import MessageQuery, Store
from simulator.store.retention import Retention
from tests.center.test_operator import (
    ADVERT,
    DEDICATED,
    FREE,
    LISTED,
    NOON,
    ORDER,
    PROMOTIONAL,
    make_operator,
    part_of,
    running,
)
from tests.esme import Esme, connected

pytestmark = pytest.mark.virtual_time

TARIFF = {"persian": 100, "latin": 220, "by_prefix": {"2000": {"persian": 90, "latin": 200, "refunded": []}}}


def paying(balance: int | None, store: Store | None = None, at: float = NOON, **world: Any) -> Operator:
    profile = {"tariff": TARIFF, **world.pop("profile", {})}
    account = {"system_id": "panel", "password": "panel"} | ({} if balance is None else {"balance": balance})
    return make_operator(store, at, accounts=[account], profile=profile, **world)


@asynccontextmanager
async def bound(operator: Operator) -> AsyncIterator[Esme]:
    async with running(operator), connected(operator) as esme:
        await esme.bind()
        yield esme


def balance(operator: Operator) -> int | None:
    return operator.registers.purses.balance("panel")


def costs(operator: Operator) -> list[tuple[int, bool]]:
    return [
        (one.message.cost, one.message.refunded_at is not None) for one in operator.inquiries.entries(MessageQuery())
    ]


async def test_a_message_is_charged_when_it_is_accepted_until_there_is_nothing_left() -> None:
    operator = paying(250)
    async with bound(operator) as esme:
        statuses = [(await esme.submit(DEDICATED, FREE, ORDER)).command_status for _ in range(3)]
        assert statuses == [0, 0, 0x430]
        assert balance(operator) == 50
        assert costs(operator) == [(100, False), (100, False), (0, False)]
        operator.change(TopUp(account="panel", rials=50), Origin.HTTP)
        assert (await esme.submit(DEDICATED, FREE, ORDER)).command_status == 0
        assert balance(operator) == 0


async def test_who_pays_later_is_charged_and_never_refused() -> None:
    operator = paying(None)
    async with bound(operator) as esme:
        assert (await esme.submit(DEDICATED, FREE, ORDER)).command_status == 0
        assert (balance(operator), costs(operator)) == (None, [(100, False)])
        with pytest.raises(ChangeError, match="pays later"):
            operator.change(TopUp(account="panel", rials=50), Origin.HTTP)


async def test_a_refusal_in_the_response_costs_nothing() -> None:
    operator = paying(1000)
    async with bound(operator) as esme:
        await esme.submit(PROMOTIONAL, LISTED, ADVERT)
        assert (balance(operator), costs(operator)) == (1000, [(0, False)])


@pytest.mark.parametrize(("refund", "left"), [(True, 1000), (False, 900)])
@pytest.mark.parametrize("style", ["receipt", "silent"])
async def test_a_refusal_that_comes_later_is_refunded_as_the_profile_says(refund: bool, left: int, style: str) -> None:
    answers = {"promotion-to-blacklisted": {"style": style, "refund": refund, "by_prefix": {}}}
    operator = paying(1000, profile={"answers": answers})
    async with bound(operator) as esme:
        await esme.submit(PROMOTIONAL, LISTED, "پیام کوتاه نمونه")
        await trio.sleep(60)
        assert (balance(operator), costs(operator)) == (left, [(100, refund)])


@pytest.mark.parametrize(("line", "cost", "left"), [(DEDICATED, 100, 1000), ("2000200020", 90, 910)])
async def test_what_the_network_does_not_deliver_is_refunded_as_the_tariff_says(
    line: str, cost: int, left: int
) -> None:
    lines = [{"number": "2000200020", "type": "dedicated_service", "account": "panel"}]
    operator = paying(1000, lines=lines, subscribers=[{"numbers": FREE, "state": "unknown"}])
    async with bound(operator) as esme:
        await esme.submit(line, FREE, ORDER)
        assert balance(operator) == 1000 - cost
        await trio.sleep(60)
        assert balance(operator) == left


async def test_what_is_called_back_is_refunded_once() -> None:
    operator = paying(1000)
    async with bound(operator) as esme:
        await esme.submit(DEDICATED, FREE, ORDER)
        await esme.send(CancelSm(message_id="0000000001", source_addr=DEDICATED))
        assert (await esme.response()).command_status == 0
        await trio.sleep(60)
        assert (balance(operator), costs(operator)) == (1000, [(100, True)])


async def test_the_parts_of_a_text_are_charged_together_when_it_is_whole() -> None:
    operator = paying(250)
    async with bound(operator) as esme:
        await esme.send(part_of(ORDER[:20], 3, 1), part_of(ORDER[20:40], 3, 2))
        assert [(await esme.response()).command_status for _ in range(2)] == [0, 0]
        assert balance(operator) == 250
        await esme.send(part_of(ORDER[40:], 3, 3))
        assert (await esme.response()).command_status == 0x430
        assert balance(operator) == 250
        operator.change(TopUp(account="panel", rials=50), Origin.HTTP)
        await trio.sleep(120)
        await esme.send(*(part_of(ORDER[20 * at : 20 * at + 20], 2, at + 1) for at in range(2)))
        assert [(await esme.response()).command_status for _ in range(2)] == [0, 0]
        assert balance(operator) == 100


async def test_a_held_message_is_charged_once() -> None:
    night = NOON + 11.5 * 3600
    operator = paying(1000, at=night, profile={"answers": {"promotion-outside-hours": {"style": "hold"}}})
    async with bound(operator) as esme:
        assert (await esme.submit(PROMOTIONAL, FREE, "پیام کوتاه نمونه")).command_status == 0
        assert balance(operator) == 900
        await trio.sleep(10 * 3600)
        assert (balance(operator), costs(operator)) == (900, [(100, False)])
        [entry] = operator.inquiries.entries(MessageQuery())
        assert entry.message.verdict is not None
        assert entry.message.verdict.is_accepted


async def test_balances_outlive_a_restart_and_what_is_not_kept(tmp_path: Path) -> None:
    def store() -> Store:
        return Store(tmp_path / "store", retention=Retention(messages=1))

    operator = paying(1000, store())
    async with bound(operator) as esme:
        for _ in range(5):
            await esme.submit(DEDICATED, FREE, ORDER, registered_delivery=0)
        operator.change(TopUp(account="panel", rials=7), Origin.HTTP)
        await trio.sleep(60)
    assert balance(operator) == 507
    operator.close()
    operator = paying(1000, store(), at=NOON + 100)
    assert balance(operator) == 507
    while operator.tidy():
        pass
    assert len(costs(operator)) == 1
    operator.close()
    operator = paying(1000, store(), at=NOON + 200)
    assert balance(operator) == 507
    operator.close()
