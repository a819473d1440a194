"""The HTTP server against broken, hostile and slow peers."""

import random

import pytest
import trio
import trio.testing
from hypercorn.events import Event, RawData
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.types import Receive, Scope, Send

from simulator.admin.connection import BoundedStream, Http1Protocol
from simulator.admin.server import Limits
from tests.admin.loopback import call, exchange, parse, read_all, request, serving, tiny_app

WEBSOCKET = b"GET / HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n"
MALFORMED = [
    b"\r\n\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET / HTTP/9.9\r\nhost: localhost\r\n\r\n",
    b"GET  / HTTP/1.1\r\nhost: localhost\r\n\r\n",
    b"GET http://[::1 HTTP/1.1\r\nhost: localhost\r\n\r\n",
    b"GET /%ff%00%zz?%=%&&= HTTP/1.1\r\nhost: localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\nhost: localhost\r\nhost: b\r\n\r\n",
    b"GET / HTTP/1.1\r\nhost localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\nhost: localhost\r\nx: \x00\r\n\r\n",
    b"GET / HTTP/1.1\r\nhost: localhost\r\ncontent-length: -1\r\n\r\n",
    b"POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nabcdef",
    b"POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: " + b"9" * 5000 + b"\r\n\r\n",
    b"POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST / HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: gzip\r\n\r\n",
    b"POST / HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n",
    b"POST / HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n" + b"f" * 20 + b"\r\nabc",
    b"POST / HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabcdef\r\n0\r\n\r\n",
    b"POST / HTTP/1.1\r\nhost: localhost\r\nexpect: 100-continue\r\ncontent-length: 9\r\n\r\nabc",
    b"GET / HTTP/1.1\r\nhost: [::]\r\nconnection: upgrade, http2-settings\r\nupgrade: h2c\r\nhttp2-settings: ?\r\n\r\n",
    WEBSOCKET + b"\r\n\x81\xff\xff",
    WEBSOCKET + b"sec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n\x88\x00",
    b"CONNECT a:1 HTTP/1.1\r\nhost: localhost\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nhost: localhost\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\4\0\0\0\0\0",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\xff" * 64,
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"\0\0\0\x10\0\0\0\x15\0\0\0\0\0\0\0\1",
    b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\nGET / HTTP/1.1\r\nhost: localhost\r\n\r\n\xff\xfe garbage",
    b"GET /crash HTTP/1.1\r\nhost: localhost\r\n\r\n" * 3,
    b"GET / HTTP/1.0\r\n\r\n",
    b"x" * 70_000,
    b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 20_000,
]
IMPATIENT = Limits(idle_timeout=0.3, body_timeout=0.3, write_timeout=0.5, leave_timeout=0.3)


def mutate(octets: bytes, chance: random.Random) -> list[bytes]:
    """A few octets changed, dropped, doubled or inserted, then cut into up to three pieces."""
    mutated = bytearray(octets)
    for _ in range(chance.randrange(6)):
        at = chance.randrange(len(mutated) + 1)
        what = chance.randrange(4)
        if what == 0:
            mutated[at : at + 1] = bytes([chance.randrange(256)])
        elif what == 1:
            del mutated[at : at + chance.randrange(1, 9)]
        elif what == 2:
            mutated[at:at] = mutated[at : at + chance.randrange(1, 30)]
        else:
            mutated[at:at] = chance.choice([b"\r\n", b"\r", b"\n", b"\0", b":", b" ", b"\r\n\r\n", b"%", b"\xff"])
    cuts = sorted(chance.randrange(len(mutated) + 1) for _ in range(chance.randrange(3)))
    return [bytes(mutated[a:b]) for a, b in zip([0, *cuts], [*cuts, len(mutated)], strict=True)]


async def assert_alive(port: int) -> None:
    reply = await call(port, "GET", "/livez")
    assert (reply.status, reply.body) == (200, b"GET 0")


@pytest.mark.parametrize("octets", MALFORMED)
async def test_a_malformed_request_ends_its_own_connection_only(octets: bytes) -> None:
    with trio.fail_after(10):
        async with serving(limits=IMPATIENT) as port:
            await exchange(port, octets)
            await exchange(port, octets, half_close=True)
            await exchange(port, octets, reset=True)
            await assert_alive(port)


async def test_2000_mutated_requests_do_not_end_the_server() -> None:
    chance = random.Random(2000)
    slots = trio.CapacityLimiter(80)

    async def bother(port: int, octets: bytes) -> None:
        chunks = mutate(octets, chance)
        half_close, reset = chance.random() < 0.5, chance.random() < 0.3
        async with slots:
            with trio.fail_after(10):
                await exchange(port, *chunks, half_close=half_close, reset=reset)

    async with serving(limits=IMPATIENT) as port:
        async with trio.open_nursery() as nursery:
            for _ in range(2000):
                nursery.start_soon(bother, port, chance.choice(MALFORMED))
        await assert_alive(port)


@given(
    st.lists(st.one_of(st.binary(max_size=60), st.sampled_from(MALFORMED[:20])), min_size=1, max_size=4), st.booleans()
)
@settings(max_examples=60, deadline=None)
def test_any_octets_get_an_answer_or_a_close(chunks: list[bytes], reset: bool) -> None:
    async def play() -> None:
        with trio.fail_after(10):
            async with serving(limits=IMPATIENT) as port:
                answer = await exchange(port, *chunks, half_close=True, reset=reset)
                assert not answer or answer.startswith(b"HTTP/1.1 ")
                await assert_alive(port)

    trio.run(play)


@pytest.mark.parametrize(
    ("octets", "status"),
    [
        (b"garbage\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: gzip\r\n\r\n", 501),
        (b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 5000, 431),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    ],
)
async def test_a_request_that_cannot_be_served_is_told_why(octets: bytes, status: int) -> None:
    async with serving() as port:
        reply = parse(await exchange(port, octets))
        assert reply.status == reply.json()["status"] == status
        assert reply.headers["content-type"] == "application/problem+json"
        assert reply.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "upgrade",
    [
        {"connection": "upgrade, http2-settings", "upgrade": "h2c", "http2-settings": "AAMAAABkAAQAAP__"},
        {
            "connection": "upgrade",
            "upgrade": "websocket",
            "sec-websocket-version": "13",
            "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
        },
    ],
)
async def test_an_upgrade_is_not_taken_up(upgrade: dict[str, str]) -> None:
    async with serving() as port:
        reply = parse(await exchange(port, request("GET", "/", headers=upgrade), half_close=True))
        assert (reply.status, reply.body) == (200, b"GET 0")


async def test_a_connection_serves_one_request_after_another() -> None:
    async with serving() as port:
        octets = request("POST", "/", b"abc", {"connection": "keep-alive"}) + request("GET", "/")
        answers = await exchange(port, octets)
        assert answers.count(b"HTTP/1.1 200") == 2
        assert b"POST 3" in answers
        assert answers.endswith(b"GET 0")


async def test_a_peer_that_half_closes_gets_its_answer() -> None:
    async with serving() as port:
        assert parse(await exchange(port, request("GET", "/"), half_close=True)).body == b"GET 0"


@pytest.mark.parametrize("chunks", [[b""], [b"GET / HT"], [b"GET / HTTP/1.1\r\n", b"host: localhost\r\n"]])
async def test_headers_that_do_not_come_to_an_end_close_the_connection(chunks: list[bytes]) -> None:
    with trio.fail_after(5):
        async with serving(limits=IMPATIENT) as port:
            assert await exchange(port, *chunks) == b""


async def trickle(stream: trio.SocketStream) -> None:
    while True:
        await stream.send_all(b"a: b\r\n")
        await trio.sleep(0.01)


async def test_headers_that_trickle_for_ever_close_the_connection() -> None:
    with trio.fail_after(10):
        async with serving(limits=IMPATIENT) as port, await trio.open_tcp_stream("127.0.0.1", port) as stream:
            await stream.send_all(b"GET / HTTP/1.1\r\nhost: localhost\r\n")
            with pytest.raises(trio.BrokenResourceError):
                await trickle(stream)
            await assert_alive(port)


async def test_a_body_that_does_not_come_to_an_end_is_refused() -> None:
    with trio.fail_after(5):
        async with serving(limits=IMPATIENT) as port:
            octets = b"POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\nabc"
            assert parse(await exchange(port, octets)).json()["status"] == 408


@pytest.mark.parametrize(("size", "status"), [(1024 * 1024, 200), (1024 * 1024 + 1, 413), (6 * 1024 * 1024, 413)])
async def test_a_body_over_one_mebibyte_is_refused(size: int, status: int) -> None:
    async with serving() as port:
        assert (await call(port, "POST", "/", b"x" * size)).status == status


async def test_a_body_in_chunks_is_counted_too() -> None:
    async with serving(limits=Limits(body=10)) as port:
        head = b"POST / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n"
        short, long = (head + b"6\r\nabcdef\r\n" * chunks + b"0\r\n\r\n" for chunks in (1, 2))
        assert parse(await exchange(port, short)).status == 200
        assert parse(await exchange(port, long)).json()["detail"] == "the body is longer than 10 octets"


async def test_a_crash_is_told_without_its_inside_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    async with serving() as port:
        reply = await call(port, "GET", "/crash")
        assert reply.status == reply.json()["status"] == 500
        assert b"crashed" not in reply.body
        assert b"LookupError" not in reply.body
        [record] = [record for record in caplog.records if record.name == "khatban.http"]
        assert record.getMessage() == "GET '/crash' failed"
        assert "LookupError: the application crashed" in caplog.text
        await assert_alive(port)


async def test_an_exception_out_of_a_connection_stays_in_it(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    healthy = Http1Protocol.handle

    async def handle(self: Http1Protocol, event: Event) -> None:
        if isinstance(event, RawData) and b"/explode" in event.data:
            raise RuntimeError(event.data)
        await healthy(self, event)

    monkeypatch.setattr(Http1Protocol, "handle", handle)
    async with serving() as port:
        assert await exchange(port, request("GET", "/explode", headers={"authorization": "secret"})) == b""
        await assert_alive(port)
    assert "RuntimeError at test_server.py" in caplog.text
    assert "secret" not in caplog.text


async def answered_in_the_end(port: int) -> None:
    while b" 200 " not in await exchange(port, request("GET", "/")):
        pass


async def test_more_connections_than_allowed_are_told_so() -> None:
    with trio.fail_after(5):
        async with serving(limits=Limits(connections=2, idle_timeout=60)) as port:
            held = [await trio.open_tcp_stream("127.0.0.1", port) for _ in range(2)]
            assert (await call(port, "GET", "/")).json()["detail"] == "too many connections"
            await held[0].aclose()
            await answered_in_the_end(port)
            await held[1].aclose()


async def test_a_client_may_send_a_long_body_to_its_end_before_it_hears_the_refusal() -> None:
    async with serving() as port:
        stream = await trio.open_tcp_stream("127.0.0.1", port)
        async with stream:
            head = b"POST / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: %d\r\n\r\n" % (4 << 20)
            await stream.send_all(head)
            for _ in range(64):
                await stream.send_all(bytes(1 << 16))
            assert parse(await read_all(stream)).status == 413


async def test_a_body_that_goes_on_after_its_refusal_does_not_hold_the_connection() -> None:
    with trio.fail_after(10):
        async with serving(limits=Limits(connections=1, body=10, idle_timeout=60)) as port:
            head = b"POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 99999999\r\n\r\n"
            await exchange(port, head, *[bytes(1 << 20)] * 32)
            await answered_in_the_end(port)


async def deaf_app(scope: Scope, receive: Receive, send: Send) -> None:
    """Does not notice that its client left."""
    if scope["path"] == "/stay":
        await trio.sleep_forever()
    await tiny_app(scope, receive, send)


async def test_an_application_that_does_not_notice_the_end_does_not_hold_the_connection() -> None:
    with trio.fail_after(10):
        async with serving(deaf_app, Limits(connections=1, leave_timeout=0.1)) as port:
            assert await exchange(port, request("GET", "/stay"), half_close=True) == b""
            await answered_in_the_end(port)


async def endless_answer(scope: Scope, receive: Receive, send: Send) -> None:
    """More than the buffers of a loopback connection hold."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for _ in range(64):
        await send({"type": "http.response.body", "body": bytes(1 << 20), "more_body": True})


@pytest.mark.parametrize("requests", [1, 2])
async def test_a_peer_that_does_not_read_loses_its_connection(requests: int) -> None:
    with trio.fail_after(10):
        async with serving(endless_answer, Limits(connections=1, write_timeout=0.3, leave_timeout=0.1)) as port:
            lazy = await trio.open_tcp_stream("127.0.0.1", port)
            await lazy.send_all(request("GET", "/", headers={"connection": "keep-alive"}) * requests)
            assert b" 503 " in await exchange(port, request("GET", "/"))
            while b" 503 " in await exchange(port, request("GET", "/")):
                pass
            await lazy.aclose()


async def test_cancellation_does_not_wait_for_a_peer_that_does_not_read() -> None:
    with trio.fail_after(5):
        async with serving(endless_answer) as port:
            lazy = await trio.open_tcp_stream("127.0.0.1", port)
            await lazy.send_all(request("GET", "/"))
            assert await lazy.receive_some(1)
            await trio.testing.wait_all_tasks_blocked()
        await lazy.aclose()


async def test_a_flood_of_connections_is_closed_without_a_word() -> None:
    with trio.fail_after(5):
        async with serving(limits=Limits(connections=1, refusals=1, idle_timeout=60)) as port:
            held = [await trio.open_tcp_stream("127.0.0.1", port) for _ in range(2)]
            assert b" 503 " in await held[1].receive_some()  # and waits for the other side to close
            assert await exchange(port, request("GET", "/")) == b""
            for stream in held:
                await stream.aclose()
            await answered_in_the_end(port)


async def test_a_write_beside_the_closing_of_a_connection_is_a_write_to_a_broken_one() -> None:
    near, far = (trio.SocketStream(end) for end in trio.socket.socketpair())
    async with near, far:
        stream = BoundedStream(near)
        with near._send_conflict_detector, pytest.raises(trio.BrokenResourceError):  # as while `send_eof` waits
            await stream.send_all(b"x")
        await stream.send_all(b"y")
        assert await far.receive_some() == b"y"
