"""`/api/v1/sessions`: the bound sessions with what goes over them; unbound by the operator, or cut off."""

from typing import Annotated, Self

import trio
from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, Field

from simulator.admin.moments import Moment, tehran_moment
from simulator.admin.problems import ProblemError, problem
from simulator.admin.waiting import Awaited
from simulator.center.operator import Operator
from simulator.delivery.binds import Bind
from simulator.registry.accounts import BindType

_Id = Annotated[int, Path(ge=1, description="Its number.")]


class SessionForm(BaseModel):
    """A bound session."""

    id: int = Field(description="From 1, in the order of binding; never given twice.")
    account: str
    system_id: str
    bind_type: BindType
    state: str = Field(examples=["BOUND_TRX"])
    interface_version: str = Field(description="What the ESME says it speaks.", examples=["0x34"])
    peer: str | None = Field(description="Its address and port.", examples=["127.0.0.1:40312"])
    tls: bool
    bound_at: Moment
    window: int | None = Field(description="How many of its requests may be unanswered; null for any number.")
    in_flight: int = Field(description="How many of its requests are unanswered.")
    window_out: int = Field(description="How many requests of the operator's may be unanswered.")
    waiting: int = Field(description="How many deliver_sm wait for its answer.")
    submitted: int = Field(description="Messages that it submitted, refused ones too.")
    delivered: int = Field(description="The deliver_sm that it acknowledged.")
    rate: int = Field(description="Messages that it submitted in the last second.")

    @classmethod
    def of(cls, bind: Bind) -> Self:
        """The form of a session as it is now."""
        session = bind.session
        return cls(
            id=bind.id,
            account=bind.account,
            system_id=bind.account,
            bind_type=bind.caller.type,
            state=session.state.value,
            interface_version=f"0x{session.interface_version:02X}",
            peer=bind.caller.peer,
            tls=bind.caller.is_tls,
            bound_at=tehran_moment(bind.caller.bound_at),
            window=session.window_in,
            in_flight=session.unanswered,
            window_out=session.outstanding + session.window_room,
            waiting=len(bind.unacknowledged),
            submitted=bind.meter.submitted,
            delivered=bind.meter.delivered,
            rate=bind.meter.rate(trio.current_time()),
        )


class Sessions(BaseModel):
    """Bound sessions, in the order of their binding."""

    sessions: list[SessionForm]
    total: int


class Filters(Awaited):
    """Which sessions."""

    account: str | None = Field(default=None, max_length=40)
    bind_type: BindType | None = None

    def fit(self, bind: Bind) -> bool:
        """Whether a session is asked for."""
        return self.account in (None, bind.account) and self.bind_type in (None, bind.caller.type)


def router(operator: Operator) -> APIRouter:
    """The sessions of an operator."""
    routes = APIRouter(prefix="/api/v1/sessions", tags=["sessions"])

    def fitting(filters: Filters) -> list[Bind]:
        return sorted((bind for bind in operator.binds if filters.fit(bind)), key=lambda bind: bind.id)

    def bind_of(number: int) -> Bind:
        bind = operator.binds.get(number)
        if bind is None:
            raise ProblemError(problem(404, f"no session {number} is bound"))
        return bind

    @routes.get("")
    async def list_sessions(filters: Annotated[Filters, Query()], request: Request) -> Sessions:
        """Who is bound, at once; or, with `wait`, as soon as `count` sessions fit or the time is over."""
        await filters.come(operator, lambda: len(fitting(filters)), request)
        sessions = [SessionForm.of(bind) for bind in fitting(filters)]
        return Sessions(sessions=sessions, total=len(sessions))

    @routes.get("/{id}")
    async def get_session(id: _Id) -> SessionForm:  # noqa: A002 - the name that the documentation shows
        """One session."""
        return SessionForm.of(bind_of(id))

    @routes.post("/{id}/unbind", status_code=204)
    async def unbind_session(id: _Id) -> None:  # noqa: A002 - as above
        """Sends unbind to the ESME. It is not bound any more at once; the connection ends soon, answered or not."""
        operator.end_session(bind_of(id), politely=True)

    @routes.delete("/{id}", status_code=204)
    async def drop_session(id: _Id) -> None:  # noqa: A002 - as above
        """Closes the connection without a word, as a broken line does. What was not acknowledged goes out again."""
        operator.end_session(bind_of(id), politely=False)

    return routes
