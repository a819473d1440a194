"""`/api/v1/subscribers`: how a subscriber's handset is found; it is set by a change of the kind `set-handsets`."""

from fastapi import APIRouter
from pydantic import BaseModel, Field

from simulator.admin.problems import ProblemError, problem
from simulator.center.operator import Operator
from simulator.numbers.numbering import MobileOperator, mobile_operator, normal_mobile
from simulator.profiles.handset import OUTCOMES, HandsetState
from simulator.smpp.consts import MessageState


class Subscriber(BaseModel):
    """A subscriber and the handset."""

    number: str = Field(description="98 and ten digits.")
    operator: MobileOperator | None = Field(description="The operator that serves the number's prefix.")
    state: HandsetState | None = Field(description="Null where every message draws one of `outcomes`.")
    outcomes: dict[HandsetState, float] = Field(description="Their weights.")


class HandsetKind(BaseModel):
    """A state of handsets, and what an attempt to deliver ends in."""

    state: HandsetState
    message_state: str
    err: str
    network_error: int | None = Field(description="The GSM code of network_error_code.")
    may_be_tried_again: bool


def router(operator: Operator) -> APIRouter:
    """The subscribers of an operator."""
    routes = APIRouter(prefix="/api/v1/subscribers", tags=["subscribers"])
    kinds = [
        HandsetKind(
            state=state,
            message_state=MessageState(outcome.state).name,
            err=outcome.err,
            network_error=outcome.network_error,
            may_be_tried_again=outcome.may_be_tried_again,
        )
        for state, outcome in OUTCOMES.items()
    ]

    @routes.get("")
    async def list_handset_states() -> list[HandsetKind]:
        """The states in which a handset may be found."""
        return kinds

    @routes.get("/{number}")
    async def get_subscriber(number: str) -> Subscriber:
        """A subscriber, by any form of the number."""
        normal = normal_mobile(number)
        if normal is None:
            raise ProblemError(problem(404, f"{number!r} is not an Iranian mobile number"))
        entry = operator.registers.subscribers.entry(normal)
        return Subscriber(
            number=normal,
            operator=mobile_operator(normal),
            state=HandsetState.ON if entry is None else entry.state,
            outcomes={} if entry is None else entry.outcomes,
        )

    return routes
