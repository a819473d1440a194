"""The delivery loop: sleeps until something falls due on the operator's clock, then has it done."""

import math

import trio

from simulator.operator import Operator

TICK = 0.005
"""Seconds of real time for which what falls due is gathered: one commit, and one write to each ESME, serve it all."""


async def deliver(operator: Operator) -> None:
    """Runs until cancelled; what falls due is done in batches, with the sockets served in between."""
    while True:
        due = operator.next_due()
        if due is None or due > trio.current_time():
            with trio.move_on_at(math.inf if due is None else due + TICK):
                await operator.earlier.wait()
        else:
            operator.advance()
            operator.commit()
            await trio.lowlevel.checkpoint()
