"""`/livez`: the event loop turns. `/readyz`: the operator's doors are open."""

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

from simulator.admin.problems import ProblemError, problem
from simulator.center.operator import Operator


class Health(BaseModel):
    """How the operator is."""

    status: Literal["alive", "ready"]


def router(operator: Operator) -> APIRouter:
    """The probes of an operator."""
    routes = APIRouter(tags=["health"])

    @routes.get("/livez")
    async def livez() -> Health:
        """Whether the operator answers at all."""
        return Health(status="alive")

    @routes.get("/readyz")
    async def readyz() -> Health:
        """Whether the operator accepts binds; 503 while it starts or stops."""
        if not operator.ready:
            raise ProblemError(problem(503, "the operator is starting or stopping"))
        return Health(status="ready")

    return routes
