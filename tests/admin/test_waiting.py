"""Waiting for something, many at a time."""

from types import SimpleNamespace
from typing import Any

import pytest
import trio
import trio.testing

from simulator.admin.waiting import LOOK_SHARE, wait_until
from simulator.center.news import News


class Here:
    """A request that nobody breaks off."""

    def __init__(self, looking: trio.Lock) -> None:
        self.app = SimpleNamespace(state=SimpleNamespace(looking=looking))

    async def receive(self) -> dict[str, Any]:
        return await trio.sleep_forever()


def test_all_who_wait_together_take_a_tenth_of_the_event_loop() -> None:
    clock = trio.testing.MockClock(autojump_threshold=0)
    looks = 0

    def look_in_vain() -> bool:
        nonlocal looks
        looks += 1
        clock.jump(0.1)  # so long does it take
        return False

    async def wait() -> None:
        looking, changed = trio.Lock(), trio.Event()
        changed.set()
        operator: Any = SimpleNamespace(news=SimpleNamespace(changed=changed))
        async with trio.open_nursery() as nursery:
            for _ in range(20):
                request: Any = Here(looking)
                nursery.start_soon(wait_until, look_in_vain, operator, 60.0, request)

    trio.run(wait, clock=clock)
    assert looks * 0.1 == pytest.approx(LOOK_SHARE * 60, rel=0.15)


@pytest.mark.virtual_time
async def test_a_time_that_is_over_already_is_no_failure() -> None:
    operator: Any = SimpleNamespace(news=News())
    request: Any = Here(trio.Lock())
    await wait_until(lambda: False, operator, -0.001, request)
