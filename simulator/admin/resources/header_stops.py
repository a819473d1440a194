"""`/api/v1/header-stops`: who stopped which line («لغو ۱۱»). It is changed by `stop-header` and `rejoin-header`."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from pyroaring import BitMap

from simulator.admin.moments import Moment
from simulator.admin.pages import Page
from simulator.admin.standings import Beginning, NextForm, bounds_of, since_of
from simulator.admin.waiting import Awaited
from simulator.center.operator import Operator
from simulator.numbers.number_sets import bit_of, number_of_bit
from simulator.numbers.numbering import SubscriberNumber

_EVERYBODY = bounds_of("")


class Stop(BaseModel):
    """A line that a subscriber wants nothing of."""

    line: str
    number: str
    since: Moment | None = Field(description="Null where it was so from the start.")
    next: NextForm | None = Field(description="When he comes back to it, if that is decided.")


class Stops(BaseModel):
    """A page of stops, by line and number."""

    stops: list[Stop]
    total: int = Field(description="How many fit the filters, on all pages together.")
    lines: dict[str, int] = Field(description="The same for each line that has any.")


class Filters(Awaited, Page):
    """Which stops; all that are given must fit."""

    line: str | None = Field(default=None, max_length=40, description="The line, in any form.")
    number: SubscriberNumber | None = Field(default=None, description="The subscriber, in any form.")
    begins: Beginning = ""


def router(operator: Operator) -> APIRouter:
    """The header stops of an operator."""
    routes = APIRouter(prefix="/api/v1/header-stops", tags=["blacklist"])

    def fitting(filters: Filters) -> dict[str, BitMap]:
        """The numbers that fit, by line."""
        stopped = operator.registers.header_stops.stopped(operator.clock.now())
        if filters.line is not None:
            line = operator.registers.lines.find(filters.line)
            wanted = line.number if line else filters.line
            stopped = {number: bits for number, bits in stopped.items() if number == wanted}
        if filters.number is not None:
            stopped = {line: bits & BitMap([bit_of(filters.number)]) for line, bits in stopped.items()}
        first, last = bounds_of(filters.begins)
        if (first, last) != _EVERYBODY:
            stopped = {line: bits & BitMap(range(first, last + 1)) for line, bits in stopped.items()}
        return {line: bits for line, bits in stopped.items() if bits}

    def stop(line: str, bit: int) -> Stop:
        number = number_of_bit(bit)
        standing = operator.registers.header_stops.standing(number, line, operator.clock.now())
        return Stop(line=line, number=number, since=since_of(standing), next=NextForm.of(standing))

    @routes.get("")
    async def list_stops(filters: Annotated[Filters, Query()], request: Request) -> Stops:
        """Who stopped which line, at once; or, with `wait`, as soon as `count` stops fit or the time is over."""
        await filters.come(operator, lambda: sum(map(len, fitting(filters).values())), request)
        found = fitting(filters)
        page: list[Stop] = []
        skipped, wanted = filters.offset, filters.limit
        for line, bits in found.items():
            page += [stop(line, bit) for bit in bits[skipped : skipped + wanted - len(page)]]
            skipped = max(0, skipped - len(bits))
        lines = {line: len(bits) for line, bits in found.items()}
        return Stops(stops=page, total=sum(lines.values()), lines=lines)

    return routes
