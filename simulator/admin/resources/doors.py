"""`/api/v1/doors`: where the operator listens, so that whoever sees it over HTTP knows where to bind."""

from collections.abc import Mapping
from typing import Self

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from simulator.center.operator import Operator


class DoorForm(BaseModel):
    """A door."""

    host: str = Field(examples=["127.0.0.1"])
    port: int = Field(examples=[2775])

    @classmethod
    def of(cls, address: tuple[str, int] | None) -> Self | None:
        """The form of an address, if there is one."""
        return None if address is None else cls(host=address[0], port=address[1])


class DoorsForm(BaseModel):
    """The doors of an operator."""

    smpp: DoorForm | None = Field(description="Null for an operator that no process serves over SMPP.")
    smpps: DoorForm | None = Field(description="SMPP behind TLS; null where that is not configured.")


def router(_operator: Operator) -> APIRouter:
    """The doors of an operator."""
    routes = APIRouter(prefix="/api/v1/doors", tags=["doors"])

    @routes.get("")
    async def list_doors(request: Request) -> DoorsForm:
        """Where the operator listens for SMPP."""
        doors: Mapping[str, tuple[str, int]] = request.app.state.doors
        return DoorsForm(smpp=DoorForm.of(doors.get("smpp")), smpps=DoorForm.of(doors.get("smpps")))

    return routes
