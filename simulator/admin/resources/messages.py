"""`/api/v1/messages`: what was submitted and what became of it, by filters and pages, now or once it has come."""

from collections import defaultdict
from typing import Annotated

import trio
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from simulator.admin.message_filters import MessageFilters, StateName
from simulator.admin.models import MessageForm
from simulator.admin.pages import StorePage
from simulator.admin.problems import ProblemError, problem
from simulator.admin.stories import MessageStory, PduForm
from simulator.admin.waiting import Awaited
from simulator.center.inquiries import Entry, Story
from simulator.center.operator import Operator
from simulator.messages import message_id
from simulator.smpp.consts import MessageState
from simulator.store import MessageQuery, Open
from simulator.store.deletion import SAYS

SLICE = 25
"""Messages that become JSON in one turn of the event loop, about two milliseconds."""

_NAMED = 10
"""So many of the messages that were kept are named."""


class Filters(MessageFilters, Awaited, StorePage):
    """Which messages, and which page of them."""


_FORMS = TypeAdapter(list[MessageForm])


class Move(BaseModel):
    """Where a message is brought by hand."""

    model_config = ConfigDict(extra="forbid")

    state: StateName
    err: str = Field(default="000", pattern=r"^[0-9]{3}$", description="What its receipt says of the reason.")


class Messages(BaseModel):
    """A page of messages."""

    messages: list[MessageForm]
    total: int = Field(description="How many messages fit the filters, on all pages together.")


class Kept(BaseModel):
    """Messages that were not deleted, because they are not finished."""

    why: Open
    says: str = Field(description="The same for a person.")
    messages: int
    ids: list[str] = Field(description="Those of the first few.")


class Deletion(BaseModel):
    """What became of the messages that fitted. What they did stays: costs, violations, what counts for a day."""

    deleted: int
    kept: list[Kept] = Field(description="Empty where all were deleted.")


def router(operator: Operator) -> APIRouter:
    """The messages of an operator."""
    routes = APIRouter(prefix="/api/v1/messages", tags=["messages"])

    def story_of(id_: str) -> Story:
        story = operator.inquiries.story(id_)
        if story is None:
            raise ProblemError(problem(404, f"there is no message {id_!r}"))
        return story

    @routes.get("", response_model=Messages)
    async def list_messages(filters: Annotated[Filters, Query()], request: Request) -> Response:
        """The messages that fit, at once; or, with `wait`, as soon as `count` of them do or the time is over.

        Pages by `after` and `before` are exact while messages come and go; those by `offset` move.
        """
        query = filters.query(**filters.page())
        await filters.come(operator, lambda: operator.inquiries.count(query), request)
        return await _page(operator.inquiries.entries(query), operator.inquiries.count(query))

    @routes.delete("")
    async def delete_messages(filters: Annotated[MessageFilters, Query()]) -> Deletion:
        """Deletes the finished messages that fit, with their receipts; what is under way is kept, and says why."""
        return await _delete(operator, filters.query())

    @routes.get("/{id}")
    async def get_message(id: str) -> MessageStory:  # noqa: A002 - the name that the documentation shows
        """One message by its message_id, with what befell it and the parts of its text."""
        return MessageStory.telling(story_of(id))

    @routes.get("/{id}/pdu")
    async def get_pdu(id: str) -> PduForm:  # noqa: A002 - as above
        """The request that brought a message, as it came."""
        story_of(id)
        octets = operator.inquiries.pdu_of(id)
        if octets is None:
            raise ProblemError(problem(404, f"message {id!r} came before requests were kept"))
        return PduForm.of(octets)

    @routes.delete("/{id}", status_code=204)
    async def delete_message(id: str) -> None:  # noqa: A002 - as above
        """Deletes a finished message, with its receipts; one that is under way is a conflict (409)."""
        number = story_of(id).entry.message.number
        deleted = operator.delete(MessageQuery(after=number - 1, before=number + 1))
        for _, why in deleted.kept:
            raise ProblemError(problem(409, f"message {id!r} is not finished: {SAYS[why]}"))

    @routes.post("/{id}/move")
    async def move_message(id: str, wanted: Move) -> MessageStory:  # noqa: A002 - as above
        """Brings a message under way into another state by hand."""
        moved = operator.move(id, wanted.state, wanted.err)
        story = story_of(id)
        if not moved:
            state = MessageState(story.entry.message.state).name
            raise ProblemError(problem(409, f"message {id!r} is {state}, which does not become {wanted.state.name}"))
        return MessageStory.telling(story)

    return routes


async def _page(entries: list[Entry], total: int) -> Response:
    """A `Messages` as JSON, made in slices: the SMPP sessions of the same event loop have their turns in between."""
    slices = []
    for start in range(0, len(entries), SLICE):
        forms = [MessageForm.of(entry) for entry in entries[start : start + SLICE]]
        slices.append(_FORMS.dump_json(forms).removeprefix(b"[").removesuffix(b"]"))
        await trio.lowlevel.checkpoint()
    body = b'{"messages":[%s],"total":%d}' % (b",".join(slices), total)
    return Response(body, media_type="application/json")


async def _delete(operator: Operator, query: MessageQuery) -> Deletion:
    """Deletes in slices, as `_page` reads."""
    gone, kept, after = 0, defaultdict[Open, list[int]](list), 0
    while True:
        deleted = operator.delete(query, after)
        gone += len(deleted.gone)
        for number, why in deleted.kept:
            kept[why].append(number)
        if deleted.last is None:
            break
        after = deleted.last
        await trio.lowlevel.checkpoint()
    told = [
        Kept(why=why, says=SAYS[why], messages=len(numbers), ids=[message_id(number) for number in numbers[:_NAMED]])
        for why, numbers in sorted(kept.items())
    ]
    return Deletion(deleted=gone, kept=told)
