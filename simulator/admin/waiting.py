"""Requests that wait until something is so: the same two parameters, and the same manners, for every list."""

from collections.abc import Callable

import trio
from fastapi import Request
from pydantic import BaseModel, Field

from simulator.admin.pages import MAX_NUMBER
from simulator.admin.problems import INVALID_REQUEST, ProblemError, problem
from simulator.center.operator import Operator

MAX_WAIT = 60.0

LOOK_INTERVAL = 0.01
"""Seconds between two looks of a waiting request, at least: something may change with every turn of the event loop."""

LOOK_SHARE = 0.1
"""The share of the event loop that the looks of all waiting requests together may take."""


class Awaited(BaseModel):
    """A list that can be waited for."""

    wait: float | None = Field(default=None, ge=0, le=MAX_WAIT, description="Seconds to wait for `count` entries.")
    count: int | None = Field(default=None, ge=1, le=MAX_NUMBER, description="Goes with `wait`; 1 by default.")

    async def come(self, operator: Operator, count: Callable[[], int], request: Request) -> None:
        """Returns at once where nothing is to be waited for; else as `wait_until` does. `count` tells how many fit.

        Raises:
            ProblemError: `count` is given without `wait`.
        """
        if self.wait is not None:
            wanted = self.count or 1
            await wait_until(lambda: count() >= wanted, operator, self.wait, request)
        elif self.count is not None:
            fault = ("query.count", "says what to wait for, so `wait` must say how long")
            raise ProblemError(problem(422, "the query is not understood", kind=INVALID_REQUEST, errors=[fault]))


async def wait_until(is_so: Callable[[], bool], operator: Operator, seconds: float, request: Request) -> None:
    """Returns when something is so, when the time is over, or when nobody waits for the answer any more."""
    with trio.move_on_after(max(seconds, 0.0)):
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_cancel_when_left, request, nursery.cancel_scope)
            while True:
                changed = operator.news.changed
                async with request.app.state.looking:  # the one lock of all that wait
                    began = trio.current_time()
                    if is_so():
                        break
                    await trio.sleep((trio.current_time() - began) / LOOK_SHARE)
                await changed.wait()
                await trio.sleep(LOOK_INTERVAL)
            nursery.cancel_scope.cancel()


async def _cancel_when_left(request: Request, scope: trio.CancelScope) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
    scope.cancel()
