"""`/api/v1/blacklist`: who is on it, one number's state, long lists in and out. What is changed goes by `changes`."""

from collections.abc import AsyncGenerator, Iterable, Iterator
from contextlib import aclosing
from itertools import islice
from typing import Annotated, Self

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, Field
from pyroaring import BitMap
from starlette.requests import ClientDisconnect

from simulator.admin.moments import Moment
from simulator.admin.mutation_log import brought_about
from simulator.admin.problems import INVALID_REQUEST, ProblemError, problem
from simulator.admin.standings import Beginning, NextForm, bounds_of, since_of
from simulator.admin.streaming import IMPORT_PATH, StreamedText
from simulator.center.operator import Operator
from simulator.changing.change import ChangeError
from simulator.changing.changes.blacklist import bulk_change
from simulator.changing.journal import Origin
from simulator.numbers.number_lists import NumberListError, NumberListReader
from simulator.numbers.number_sets import number_of_bit
from simulator.numbers.numbering import MobileOperator, SubscriberNumber, mobile_operator
from simulator.numbers.timed_set import Standing
from simulator.registry.blacklist import Entry

MAX_PAGE = 10_000
NUMBERS_A_PIECE = 20_000
"""Numbers of an export that are written at once: some milliseconds of the operator's time."""

_LIST_EXAMPLE = "09121110001\n09121110010-09121110019\n# from the shop's list\n+989351110001\n"


class Summary(BaseModel):
    """How many are on the blacklist, and how it is kept."""

    count: int = Field(description="A number counts once on each list that it is on.")
    by_operator: dict[MobileOperator, int] = Field(description="Empty where the list is shared.")
    shared: bool
    effective_delay: float = Field(description="Seconds after which a subscriber's word counts.")
    enforced_by: list[MobileOperator]
    stopped_headers: dict[str, int] = Field(description="How many subscribers stopped each line.")
    ported: int = Field(description="How many numbers another operator serves than their prefix's.")


class HeaderForm(BaseModel):
    """A line that a subscriber stopped, or comes back to."""

    line: str
    stopped: bool
    since: Moment | None = Field(description="Null where it was so from the start.")
    next: NextForm | None

    @classmethod
    def of(cls, line: str, standing: Standing) -> Self:
        """The form of a line's standing with a subscriber."""
        return cls(line=line, stopped=standing.present, since=since_of(standing), next=NextForm.of(standing))


class NumberState(BaseModel):
    """All that the operator knows of a subscriber's wishes."""

    number: str
    prefix_of: MobileOperator
    served_by: MobileOperator
    rules_of: MobileOperator = Field(description="Whose rules hold, as the profile follows the one or the other.")
    listed: bool = Field(description="Whether it is on that operator's blacklist.")
    enforced: bool = Field(description="Whether that operator holds promotions back for it.")
    since: Moment | None = Field(description="Since when it is as it is; null where it was so from the start.")
    next: NextForm | None
    listed_by: list[MobileOperator] = Field(description="The operators that have it on their list.")
    headers: list[HeaderForm]


class Listed(BaseModel):
    """A number on the blacklist."""

    number: str
    operator: MobileOperator | None = Field(description="Whose list; null where it is shared.")

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """The form of an entry."""
        return cls(number=entry.number, operator=entry.operator)


class Page(BaseModel):
    """A page of the blacklist in the order of the numbers."""

    numbers: list[Listed]
    next: str | None = Field(description="The `from` of the next page; null on the last one.")


class Filters(BaseModel):
    """Which numbers."""

    begins: Beginning = ""
    operator: MobileOperator | None = Field(default=None, description="On whose list.")
    since: SubscriberNumber | None = Field(default=None, alias="from", description="The first number of the page.")
    limit: int = Field(default=100, ge=1, le=MAX_PAGE)


class Imported(BaseModel):
    """A list was taken, by one change."""

    id: int = Field(description="Its number in the journal.")
    numbers: int = Field(description="How many numbers the list holds.")


def router(operator: Operator) -> APIRouter:
    """The blacklist of an operator."""
    routes = APIRouter(prefix="/api/v1/blacklist", tags=["blacklist"])

    @routes.get("")
    async def summarise() -> Summary:
        """How many are on it, and how it is kept."""
        return _summary(operator)

    @routes.get("/numbers")
    async def list_numbers(filters: Annotated[Filters, Query()]) -> Page:
        """Who is on it, page by page."""
        first, last = bounds_of(filters.begins)
        if filters.since is not None:
            first = max(first, int(filters.since) - int(number_of_bit(0)))
        entries = operator.registers.blacklist.entries(operator.clock.now(), first, filters.operator)
        return _page(entries, number_of_bit(last), filters.limit)

    @routes.get("/numbers/{number}")
    async def show_number(number: Annotated[SubscriberNumber, Path(examples=["09121110001"])]) -> NumberState:
        """What is known of one number, in any form."""
        return _state(operator, number)

    @routes.get("/export", response_class=StreamedText)
    async def export(operator_: Annotated[MobileOperator | None, Query(alias="operator")] = None) -> StreamedText:
        """Every number, one a line, as it is now: what an import takes."""
        bits = operator.registers.blacklist.numbers(operator.clock.now(), operator_)
        return StreamedText(_lines(bits))

    @routes.post(
        IMPORT_PATH.removeprefix("/api/v1/blacklist"),
        status_code=201,
        openapi_extra={"requestBody": {"required": False, "content": {"text/plain": {"example": _LIST_EXAMPLE}}}},
    )
    async def import_list(
        request: Request,
        *,
        listed: Annotated[bool, Query(description="Put on the list, or taken off it.")] = True,
        operator_: Annotated[
            MobileOperator | None, Query(alias="operator", description="On whose list; else where each is served.")
        ] = None,
    ) -> Imported:
        """Takes a list of any length, one number or range FIRST-LAST a line: all of it by one change, or nothing."""
        asked = bulk_change(await _read_list(request), operator_, listed=listed)
        try:
            change = operator.change(asked, Origin.HTTP)
        except ChangeError as error:
            faults = [(f"query.{error.where}", error.why)]
            raise ProblemError(problem(409, f"{error.why}; nothing was changed", errors=faults)) from None
        brought_about(request, change)
        return Imported(id=change, numbers=asked.count or 0)

    return routes


def _summary(operator: Operator) -> Summary:
    registers, now = operator.registers, operator.clock.now()
    settings = registers.blacklist.settings
    return Summary(
        count=registers.blacklist.count(now),
        by_operator=registers.blacklist.counts(now),
        shared=settings.shared,
        effective_delay=settings.effective_delay,
        enforced_by=list(settings.enforced_by),
        stopped_headers=registers.header_stops.counts(now),
        ported=len(registers.numbers),
    )


def _state(operator: Operator, number: str) -> NumberState:
    registers, now = operator.registers, operator.clock.now()
    ruling, prefix = registers.numbers.ruling(number), mobile_operator(number)
    standing = registers.blacklist.standing(number, ruling, now)
    return NumberState(
        number=number,
        prefix_of=prefix or ruling,
        served_by=registers.numbers.serving(number),
        rules_of=ruling,
        listed=standing.present,
        enforced=ruling in registers.blacklist.settings.enforced_by,
        since=since_of(standing),
        next=NextForm.of(standing),
        listed_by=[each for each in MobileOperator if registers.blacklist.is_listed(number, each, now)],
        headers=[HeaderForm.of(*each) for each in registers.header_stops.standings(number, now).items()],
    )


def _page(entries: Iterable[Entry], last: str, limit: int) -> Page:
    """A page, and where the next begins; the lists' entries of one number stay on one page."""
    page: list[Listed] = []
    for entry in entries:
        if entry.number > last:
            break
        if len(page) >= limit and entry.number != page[-1].number:
            return Page(numbers=page, next=entry.number)
        page.append(Listed.of(entry))
    return Page(numbers=page, next=None)


async def _lines(bits: BitMap) -> AsyncGenerator[bytes, None]:
    numbers: Iterator[str] = map(number_of_bit, bits)
    while piece := list(islice(numbers, NUMBERS_A_PIECE)):
        yield ("\n".join(piece) + "\n").encode()


async def _read_list(request: Request) -> BitMap:
    reader = NumberListReader()
    try:
        async with aclosing(request.stream()) as pieces:
            async for piece in pieces:
                reader.feed(piece)
        return reader.finish()
    except NumberListError as error:
        faults = [(f"body.line[{error.line}]", error.why)]
        raise ProblemError(problem(422, f"{error}; nothing was changed", kind=INVALID_REQUEST, errors=faults)) from None
    except ClientDisconnect:
        raise ProblemError(problem(400, "the list was not sent to its end; nothing was changed")) from None
