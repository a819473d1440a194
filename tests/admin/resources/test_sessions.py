"""Who is bound, how much goes over it, and its end by the operator."""

from typing import Any

import pytest
import trio

from simulator.admin.resources.sessions import SessionForm
from simulator.delivery.binds import Meter
from simulator.serving.server import Door, serve_connection
from simulator.smpp.events import Closed
from simulator.smpp.pdus import BindReceiver
from tests.admin.api import DEDICATED, FREE, ORDER, Api, running_api
from tests.admin.loopback import call
from tests.esme import QUIET, Esme, connected

SESSIONS = "/api/v1/sessions"


async def listed(api: Api, query: str = "") -> list[dict[str, Any]]:
    told = (await api.get(f"{SESSIONS}?{query}")).json()
    sessions: list[dict[str, Any]] = told["sessions"]
    assert told["total"] == len(sessions)
    return sessions


async def delete(api: Api, target: str) -> int:
    return (await call(api.port, "DELETE", target)).status


async def test_a_session_is_told_with_what_goes_over_it() -> None:
    async with running_api() as api:
        await api.esme.submit(DEDICATED, FREE, ORDER)
        await api.esme.submit("3", FREE, ORDER)
        [session] = await listed(api)
        assert session.pop("bound_at").startswith("2026-11-22T12:00:0")
        assert session == {
            "id": 1,
            "account": "panel",
            "system_id": "panel",
            "bind_type": "transceiver",
            "state": "BOUND_TRX",
            "interface_version": "0x34",
            "peer": None,
            "tls": False,
            "window": None,
            "in_flight": 0,
            "window_out": 1000,
            "waiting": 0,
            "submitted": 2,
            "delivered": 0,
            "rate": 2,
        }
        assert (await api.get(f"{SESSIONS}/1")).json()["submitted"] == 2
        assert SessionForm.model_fields.keys() == {*session, "bound_at"}


async def test_receipts_are_counted_when_they_are_sent_and_when_they_are_acknowledged() -> None:
    with trio.fail_after(10):
        async with running_api() as api, connected(api.operator, acknowledges=False) as esme:
            await esme.bind(kind=BindReceiver)
            [receiver] = await listed(api, "bind_type=receiver")
            await api.esme.submit(DEDICATED, FREE, ORDER)
            api.operator.binds.remove(next(iter(api.operator.binds)))  # so that the receipt goes to the receiver
            await api.post("/api/v1/clock/jump", {"by": 60})
            await esme.receipt()
            one = (await api.get(f"{SESSIONS}/{receiver['id']}")).json()
            assert (one["waiting"], one["delivered"]) == (1, 0)


async def test_the_address_of_a_socket_is_told() -> None:
    async with running_api() as api, trio.open_nursery() as nursery:
        [listener] = await trio.open_tcp_listeners(0, host="127.0.0.1")
        async with listener, await trio.open_tcp_stream(*listener.socket.getsockname()) as stream:
            nursery.start_soon(serve_connection, Door(api.operator, QUIET), await listener.accept())
            await Esme(stream).bind()
            host, port = stream.socket.getsockname()
            assert [session["peer"] for session in await listed(api)] == [None, f"{host}:{port}"]
            nursery.cancel_scope.cancel()


async def test_sessions_are_filtered_and_waited_for() -> None:
    with trio.fail_after(10):
        async with running_api() as api, connected(api.operator) as esme, trio.open_nursery() as nursery:
            found: list[int] = []

            async def wait() -> None:
                found.extend([session["id"] for session in await listed(api, "bind_type=receiver&wait=60")])

            nursery.start_soon(wait)
            assert await listed(api, "bind_type=receiver") == []
            await esme.bind(kind=BindReceiver)
            while not found:
                await trio.lowlevel.checkpoint()
            assert found == [2]
            assert [session["id"] for session in await listed(api, "account=panel")] == [1, 2]
            assert await listed(api, "account=nobody") == []
            assert (await api.get(f"{SESSIONS}?count=2")).json()["errors"][0]["path"] == "query.count"


async def test_a_session_is_unbound_and_the_esme_answers() -> None:
    async with running_api() as api:
        assert (await api.post(f"{SESSIONS}/1/unbind", {})).status == 204
        assert await listed(api) == [], "at once"
        closed = await api.esme.next(Closed)
        assert closed == Closed("the peer has unbound")


async def test_a_dropped_connection_ends_without_a_word_and_its_receipts_go_out_again() -> None:
    with trio.fail_after(10):
        async with running_api() as api:
            async with connected(api.operator, acknowledges=False) as esme:
                await esme.bind()
                await api.post(f"{SESSIONS}/1/unbind", {})
                await esme.submit(DEDICATED, FREE, ORDER)
                await api.post("/api/v1/clock/jump", {"by": 60})
                first = await esme.receipt()
                octets = len(esme.octets)
                assert await delete(api, f"{SESSIONS}/2") == 204
                await esme.next(Closed)
                assert len(esme.octets) == octets
            async with connected(api.operator) as esme:
                await esme.bind()
                assert await esme.receipt() == first


@pytest.mark.parametrize("number", [2, 10**18])
async def test_a_session_that_is_not_bound_is_a_problem(number: int) -> None:
    async with running_api() as api:
        assert (await api.get(f"{SESSIONS}/{number}")).status == 404
        assert (await api.post(f"{SESSIONS}/{number}/unbind", {})).status == 404
        assert await delete(api, f"{SESSIONS}/{number}") == 404


def test_a_rate_is_that_of_the_last_second() -> None:
    meter = Meter()
    assert meter.rate(0.0) == 0
    for eighth in range(32):
        meter.submitted += 5
        meter.mark(eighth / 8)
    assert meter.rate(4.0) == 8 * 5
    assert meter.rate(4.5) == 4 * 5
    assert meter.rate(5.0) == 0


def test_a_busy_bind_keeps_few_marks() -> None:
    meter = Meter()
    for read in range(3_000):
        meter.submitted += 1
        meter.mark(read / 1_000)
    assert 900 <= meter.rate(2.999) <= 1_000
    assert len(meter._marks) <= 12
