"""What peers of HTTP do, SMPP sessions of the same operator do not notice."""

import random
from contextlib import AsyncExitStack

import trio

from simulator.admin.server import Limits
from simulator.smpp.pdus import SubmitSmResp
from simulator.smpp.receipts import parse_receipt
from tests.admin.api import DEDICATED, FREE, ORDER, Api, running_api
from tests.admin.loopback import exchange, request
from tests.admin.test_server import MALFORMED, mutate

MESSAGES = 60
LIMITS = Limits(connections=40, refusals=10, idle_timeout=0.3, body_timeout=0.3, write_timeout=0.5, leave_timeout=0.3)


async def malformed(api: Api, chance: random.Random) -> None:
    await exchange(api.port, *mutate(chance.choice(MALFORMED), chance), half_close=True, reset=chance.random() < 0.3)


async def aborted_stream(api: Api, chance: random.Random) -> None:
    """Listens to events, or waits for messages, and goes away by a reset."""
    target = chance.choice(
        ["/api/v1/events", "/api/v1/messages?wait=60&count=100000", "/api/v1/sessions?wait=9&count=9"]
    )
    await exchange(api.port, request("GET", target), reset=True)


async def slow_body(api: Api, _chance: random.Random) -> None:
    """Announces a body that never comes."""
    await exchange(
        api.port, b"POST /api/v1/reset HTTP/1.1\r\nhost: localhost\r\ncontent-length: 99\r\n\r\n{", reset=False
    )


async def deaf_listener(api: Api, _chance: random.Random) -> None:
    """Listens to events and reads none of them."""
    async with await trio.open_tcp_stream("127.0.0.1", api.port) as stream:
        await stream.send_all(request("GET", "/api/v1/events"))
        await trio.sleep_forever()


async def flood(api: Api, _chance: random.Random) -> None:
    """Opens many connections and says nothing."""
    async with AsyncExitStack() as opened:
        for _ in range(60):
            await opened.enter_async_context(await trio.open_tcp_stream("127.0.0.1", api.port))


async def test_hostile_peers_of_http_do_not_disturb_an_smpp_session() -> None:
    chance = random.Random(7)
    nuisances = [malformed, aborted_stream, slow_body, deaf_listener, flood]

    async def bother(api: Api) -> None:
        while True:
            with trio.move_on_after(1):
                await chance.choice(nuisances)(api, chance)

    told: list[str] = []
    async with running_api(limits=LIMITS) as api, trio.open_nursery() as nursery:
        for _ in range(12):
            nursery.start_soon(bother, api)
        for _ in range(MESSAGES):
            answer = await api.esme.submit(DEDICATED, FREE, ORDER)
            assert isinstance(answer.pdu, SubmitSmResp)
            assert answer.command_status == 0
            told.append(answer.pdu.message_id)
        api.operator.jump(api.operator.clock.now() + 3600)
        while api.operator.is_behind:
            api.operator.advance()
            api.operator.commit()
        receipts = [parse_receipt((await api.esme.receipt()).short_message).message_id for _ in told]
        assert sorted(receipts) == told
        nursery.cancel_scope.cancel()
    assert api.operator.tally.malformed == {}


async def test_http_answers_again_when_the_hostile_have_left() -> None:
    chance = random.Random(8)
    async with running_api(limits=LIMITS) as api:
        with trio.move_on_after(1):
            async with trio.open_nursery() as nursery:
                for nuisance in [flood, slow_body, deaf_listener, malformed] * 15:
                    nursery.start_soon(nuisance, api, chance)
        with trio.fail_after(10):
            while b" 200 " not in await exchange(api.port, request("GET", "/livez")):
                pass
