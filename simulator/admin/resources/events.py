"""`/api/v1/events`: what is new, the moment it is: server-sent events."""

from typing import Annotated

from fastapi import APIRouter, Header, Query, Request
from pydantic import AfterValidator

from simulator.admin.events import EVENTS, Broadcaster, EventStream
from simulator.admin.problems import ProblemError, problem
from simulator.center.operator import Operator
from simulator.wording import hint

_EXAMPLE = """retry: 1000

event: messages
id: 5f1c09ab-1
data: {"messages":[{"id":"0000000001","at":"2026-11-22T10:00:00.250+03:30","account":"panel","line":"3000200020",\
"to":"989121110001","text":"سفارش شما ثبت شد.","part":null,"parts":null,"verdict":"accepted","rule":null,\
"state":"ENROUTE"}],"skipped":0}

event: sessions
id: 5f1c09ab-2
data: {"total":0,"accounts":{}}
"""


_ALL = ",".join(EVENTS)


def _known(names: str) -> str:
    for name in names.split(","):
        if name not in EVENTS:
            msg = f"there is no event {name!r}{hint(name, EVENTS)}"
            raise ValueError(msg)
    return names


Names = Annotated[str, AfterValidator(_known)]


def router(_operator: Operator) -> APIRouter:
    """The events of an operator."""
    routes = APIRouter(prefix="/api/v1/events", tags=["events"])

    @routes.get(
        "",
        status_code=200,
        response_class=EventStream,
        responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}, "example": _EXAMPLE}}}},
    )
    async def listen(
        request: Request,
        names: Annotated[
            Names, Query(max_length=200, description="Which events, with commas between.", examples=["messages,mo"])
        ] = _ALL,
        last_event_id: Annotated[
            str | None, Header(max_length=100, description="The id of the last event that was seen.")
        ] = None,
    ) -> EventStream:
        """Tells what is new until the client leaves.

        Listen first and read the lists after that: then nothing is missed, and what is told twice is the same. Under
        load an event tells the latest hundred entries, and in `skipped` how many others there were. An event `skipped`
        says that whole events were lost to this client, which may come too slowly or too late: read the lists anew.
        """
        broadcaster: Broadcaster = request.app.state.broadcaster
        if broadcaster.is_full:
            raise ProblemError(problem(503, "too many listen already"))
        return EventStream(broadcaster, names.split(","), last_event_id)

    return routes
