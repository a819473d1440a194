"""`/api/v1/snapshot`: the world as it is now, from which another operator can begin."""

from typing import Any

from fastapi import APIRouter

from simulator.center.operator import Operator


def router(operator: Operator) -> APIRouter:
    """The snapshot of an operator."""
    routes = APIRouter(prefix="/api/v1/snapshot", tags=["snapshot"])

    @routes.get("")
    async def take_snapshot() -> dict[str, Any]:
        """The world and what was changed in it since, as `khatban snapshot save` writes it, but without passwords."""
        return operator.snapshot().model_dump(mode="json")

    return routes
