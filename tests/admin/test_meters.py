"""Counting requests, and measuring the event loop."""

import pytest
import trio
import trio.testing

from simulator.admin.meters import LAG_BUCKETS, LAG_INTERVAL, HttpMeter, LagMeter
from tests.admin.loopback import call, serving


def test_a_lag_is_counted_in_its_bucket() -> None:
    meter = LagMeter()
    for lag in (0.0, 0.001, 0.0011, 0.3, 5.0):
        meter.note(lag)
    assert meter.counts[:2] == [2, 1]
    assert meter.counts[LAG_BUCKETS.index(0.5)] == 1
    assert meter.counts[-1] == 1
    assert meter.sum == pytest.approx(5.3021)


@pytest.mark.virtual_time
async def test_the_event_loop_is_measured_four_times_a_second() -> None:
    meter = LagMeter()
    with trio.move_on_after(10 * LAG_INTERVAL + LAG_INTERVAL / 2):
        await meter.watch()
    assert sum(meter.counts) == 10


async def test_requests_and_connections_are_counted_however_they_end() -> None:
    meter = HttpMeter()
    async with serving(meter=meter) as port:
        for target in ("/", "/crash"):
            await call(port, "GET", target)
        async with await trio.open_tcp_stream("127.0.0.1", port) as stream:
            await stream.send_all(b"GET / HTTP/1.1\r\n")
            await trio.testing.wait_all_tasks_blocked()
            assert meter.connections > 0
    assert meter.connections == 0
    assert {(asked.method, status): count for (asked, status), count in meter.answers.items()} == {
        ("GET", 200): 1,
        ("GET", 500): 1,
    }
