"""The delivery loop: sleeps until something falls due on the operator's clock, then has it done. And the tidying."""

import math

import trio

from simulator.center.operator import Operator

TICK = 0.01
"""Seconds of real time for which what falls due is gathered: one commit, and one write to each ESME, serve it all."""

TIDY_INTERVAL = 1.0
"""Seconds of real time between two looks for what need not be kept."""
TIDY_PAUSE = 0.02
"""Seconds between two slices where there is much to delete, which then takes up to a third of the time."""


async def deliver(operator: Operator) -> None:
    """Runs until cancelled; what falls due is done in batches, with the sockets served in between."""
    while True:
        due, now = operator.next_due(), trio.current_time()
        if due is None or due > now:
            with trio.move_on_at(math.inf if due is None else due + TICK):
                await operator.news.earlier.wait()
            continue
        operator.advance()
        operator.commit()
        following = operator.next_due()
        if following is not None and following <= now:
            await trio.lowlevel.checkpoint()  # more is due than one batch
        else:
            await trio.sleep(TICK)


async def tidy(operator: Operator) -> None:
    """Runs until cancelled; deletes in slices what the store need not keep, with the sockets served in between."""
    while True:  # noqa: ASYNC110 - nothing tells when a message has become old
        await trio.sleep(TIDY_PAUSE if operator.tidy() else TIDY_INTERVAL)
